"""Everything in the content that stands on a place in the guidance, with the places it cites."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from assistant.dialogues.model import Telling
from assistant.guidance.citations import Citation
from assistant.guidance.model import Guidance, Passage, Section
from assistant.library.read import CheckedContent
from assistant.quiz.model import Bank

_LINK = re.compile(r"\]\((?P<target>[^)\s]*#[^)\s]+)\)")


class CitingKind(StrEnum):
    """What cites, in the order in which it is listed."""

    INTENT = "intent"
    NODE = "node"
    ITEM = "item"
    CONTACT = "contact"
    TERM = "term"
    PASSAGE = "passage"
    DIALOGUE = "dialogue"
    ROUTE = "route"
    DIFFERS = "differs"


class Citing(NamedTuple):
    """Something that cites ``cites``. A node is named ``dialogue/node``, a passage by its citation,
    a difference in front matter ``publication/differs-1``, everything else by its id. ``deadlines``
    are those that a node reckons."""

    kind: CitingKind
    id: str
    cites: tuple[str, ...]
    deadlines: tuple[str, ...] = ()


def citing(content: CheckedContent, bank: Bank) -> Iterator[Citing]:
    """Everything that cites a place in the guidance, in the order of ``CitingKind`` and then of the
    content."""
    guidance = content.guidance
    for intent in content.questions.intents:
        yield Citing(CitingKind.INTENT, intent.id, intent.citations)
    for dialogue in content.dialogues:
        for node in dialogue.nodes:
            dues = (
                tuple(deadline.due for deadline in node.deadlines)
                if isinstance(node, Telling)
                else ()
            )
            yield Citing(CitingKind.NODE, f"{dialogue.id}/{node.id}", node.cites, dues)
    for topic in bank.topics:
        for item in topic.items:
            yield Citing(CitingKind.ITEM, item.id, item.cites)
    for contact in guidance.contacts:
        yield Citing(CitingKind.CONTACT, contact.id, contact.citations)
    for term in guidance.terms:
        yield Citing(CitingKind.TERM, term.id, term.citations)
    yield from _links(guidance)
    for dialogue in content.dialogues:
        yield Citing(CitingKind.DIALOGUE, dialogue.id, dialogue.citations)
    for route in guidance.countries.routes if guidance.countries else ():
        yield Citing(CitingKind.ROUTE, route.id, route.citations)
    for publication in guidance.publications:
        for number, one in enumerate(publication.about.differs, 1):
            yield Citing(CitingKind.DIFFERS, f"{publication.id}/differs-{number}", one.between)


def _links(guidance: Guidance) -> Iterator[Citing]:
    """Passages that lead the reader to another place; those of a section without a number are one,
    named by the section."""
    for publication in guidance.publications:
        for section in publication.sections:
            found: dict[str, dict[str, None]] = {}
            for passage in section.passages:
                for match in _LINK.finditer(passage.text):
                    target = match["target"]
                    full = publication.id + target if target.startswith("#") else target
                    found.setdefault(citation_of(section, passage), {})[full] = None
            for name, targets in found.items():
                yield Citing(CitingKind.PASSAGE, name, tuple(targets))


def citation_of(section: Section, passage: Passage) -> str:
    """The citation that leads to ``passage``: by its number, or else to the whole section."""
    return str(Citation(section.publication, section.anchor, passage.paragraph))


@lru_cache(maxsize=8192)
def place_of(text: str) -> Citation:
    """The citation ``text``, of content that has been checked: read once."""
    return Citation.parse(text)


def bank_of(content: CheckedContent) -> Bank:
    """The quiz items of ``content``; an empty bank where it was read without them."""
    found = getattr(content, "bank", None)
    return found if isinstance(found, Bank) else Bank(())
