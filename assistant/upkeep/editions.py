"""The two versions of a publication that are compared."""

from pathlib import Path

from assistant.errors import AssistantError
from assistant.guidance.citations import printable
from assistant.guidance.model import Guidance, Publication
from assistant.guidance.publication_file import read_publication

PUBLISHED = "published"
"""The folder of the imported publications, in the user's own folder."""


def restatement(guidance: Guidance, name: str) -> Publication:
    """The publication ``name`` as the corpus has it. Raises AssistantError where there is none."""
    for publication in guidance.publications:
        if publication.id == name:
            return publication
    known = ", ".join(publication.id for publication in guidance.publications)
    raise AssistantError(f"there is no publication {printable(name)!r}; there are: {known}")


def another_version(path: Path, name: str) -> Publication:
    """The publication ``name`` in the corpus file ``path``, or in the folder ``path`` (or
    ``corpus/`` in it) under its own name.

    Raises AssistantError where there is none, ContentError where the file has faults.
    """
    if path.is_dir():
        files = [path / f"{name}.md", path / "corpus" / f"{name}.md"]
        found = next((file for file in files if file.is_file()), None)
        if found is None:
            raise AssistantError(f"the folder {path} holds no {name}.md, and no corpus/{name}.md")
        path = found
    elif not path.is_file():
        raise AssistantError(f"{path} is no file and no folder")
    publication, _ = read_publication(path, any_name=True)
    if publication.id != name:
        raise AssistantError(f"{path} is the publication {publication.id!r}, not {name!r}")
    return publication


def edition_and_draft(home: Path, name: str) -> tuple[Publication, Publication]:
    """The accepted published edition of ``name`` and the draft of the next one, as imported into
    ``home``. Raises AssistantError where either is missing."""
    folder = home / PUBLISHED
    files = (folder / f"{name}.md", folder / f"{name}.draft.md")
    for file, what in zip(files, ("accepted edition", "draft"), strict=True):
        if not file.is_file():
            raise AssistantError(
                f"there is no {what} of {printable(name)} to compare ({file}); "
                "name another version with --against FILE"
            )
    edition, draft = (another_version(file, name) for file in files)
    return edition, draft
