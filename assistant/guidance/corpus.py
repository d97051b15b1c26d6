"""The corpus folder read and checked: every publication, the glossary, the contacts and the
countries."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from assistant.errors import CitationError, ContentError, Problem
from assistant.guidance.citations import Citation
from assistant.guidance.content_files import YamlDocument, read_yaml
from assistant.guidance.model import Contact, Countries, Guidance, Publication, Term
from assistant.guidance.publication_file import read_publication

T = TypeVar("T", Term, Contact)

_LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")


def read_corpus(folder: Path) -> Guidance:
    """All the guidance in ``folder``. Raises ContentError with every fault in every file."""
    problems: list[Problem] = []
    publications: list[tuple[Publication, YamlDocument]] = []
    for path in sorted(folder.glob("*.md")):
        try:
            publications.append(read_publication(path))
        except ContentError as error:
            problems += error.problems
    if not publications and not problems:
        problems.append(
            Problem(
                "no-publication",
                folder,
                0,
                "holds no publication (a Markdown file with front matter)",
            )
        )
    terms, term_lines = _table(folder / "glossary.yaml", Term, "terms", problems)
    contacts, contact_lines = _table(folder / "contacts.yaml", Contact, "contacts", problems)
    countries = _countries(folder / "countries.yaml", problems)
    guidance = Guidance(
        tuple(publication for publication, _ in publications), terms, contacts, countries[0]
    )
    if not problems:
        for publication, document in publications:
            problems += _broken_links(guidance, publication, document)
        for entry, line in [*zip(terms, term_lines, strict=True)]:
            problems += broken_citations(guidance, entry.citations, folder / "glossary.yaml", line)
        for contact, line in [*zip(contacts, contact_lines, strict=True)]:
            problems += broken_citations(
                guidance, contact.citations, folder / "contacts.yaml", line
            )
        for route, line in countries[1]:
            problems += broken_citations(guidance, route, folder / "countries.yaml", line)
    if problems:
        raise ContentError(problems)
    return guidance


def broken_citations(
    guidance: Guidance, citations: Iterable[str], path: Path, line: int
) -> list[Problem]:
    """A problem for each citation, all of which stand at ``line`` of ``path``, that leads
    nowhere."""
    problems: list[Problem] = []
    for text in citations:
        try:
            guidance.resolve(Citation.parse(text))
        except CitationError as error:
            problems.append(Problem("broken-citation", path, line, str(error)))
    return problems


def _table(
    path: Path, kind: type[T], key: str, problems: list[Problem]
) -> tuple[tuple[T, ...], list[int]]:
    if not path.exists():
        return (), []
    try:
        found, faults = read_yaml(path).items(kind, key)
    except ContentError as error:
        problems += error.problems
        return (), []
    problems += faults
    lines: dict[str, int] = {}
    for line, entry in found:
        if entry.id in lines:
            problems.append(
                Problem(
                    "duplicate-id",
                    path,
                    line,
                    f"the id {entry.id!r} stands on line {lines[entry.id]} already",
                )
            )
        lines.setdefault(entry.id, line)
    return tuple(entry for _, entry in found), [line for line, _ in found]


def _countries(
    path: Path, problems: list[Problem]
) -> tuple[Countries | None, list[tuple[tuple[str, ...], int]]]:
    if not path.exists():
        return None, []
    try:
        document = read_yaml(path)
        countries = document.convert(Countries, document.value)
    except ContentError as error:
        problems += error.problems
        return None, []
    return countries, [
        (route.citations, document.line("routes", n)) for n, route in enumerate(countries.routes)
    ]


def _broken_links(
    guidance: Guidance, publication: Publication, document: YamlDocument
) -> list[Problem]:
    """Links between sections and differences in the front matter of ``publication`` that lead
    nowhere."""
    problems: list[Problem] = []
    for section in publication.sections:
        for passage in section.passages:
            targets = (match["target"] for match in _LINK.finditer(passage.text))
            full = (
                publication.id + target if target.startswith("#") else target for target in targets
            )
            problems += broken_citations(
                guidance, (t for t in full if "#" in t), document.path, passage.line
            )
    for n, difference in enumerate(publication.about.differs):
        line = document.line("differs", n)
        problems += broken_citations(guidance, difference.between, document.path, line)
    return problems
