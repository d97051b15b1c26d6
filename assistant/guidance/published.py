"""The published texts that a user has imported: one Markdown file a publication, beside drafts."""

from pathlib import Path
from typing import NamedTuple

from assistant.errors import ContentError, Problem
from assistant.guidance.editions import accepted_files
from assistant.guidance.model import Publication
from assistant.guidance.publication_file import read_publication


class PublishedTexts(NamedTuple):
    """The accepted published texts in the order of their ids, and the faults of those that cannot
    be used."""

    publications: tuple[Publication, ...]
    problems: tuple[Problem, ...]


def read_published(folder: Path) -> PublishedTexts:
    """Every accepted published text in ``folder``, which need not exist; drafts are passed over.

    A faulty file does not keep the others from being read.
    """
    found: list[Publication] = []
    problems: list[Problem] = []
    for path in accepted_files(folder):
        try:
            found.append(read_published_text(path))
        except ContentError as error:
            problems += error.problems
    return PublishedTexts(tuple(found), tuple(problems))


def read_published_text(path: Path) -> Publication:
    """The published text in the Markdown file ``path``, accepted or a draft. Raises ContentError.

    Its front matter has ``edition``; a restatement is refused here.
    """
    publication, document = read_publication(path)
    if publication.about.edition is None:
        raise ContentError(
            [
                document.problem(
                    "not-published", "this is a restatement: a published text has `edition`"
                )
            ]
        )
    return publication
