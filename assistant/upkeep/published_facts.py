"""Facts held against the published wording: each number, rank, time limit, form, statute and body
of an answer, a node or a quiz item must stand in the published passages that it cites, and each of
a restated passage in the published one.

Against the restatement all this is checked where content is read. Here it is left out, so that what
was restated wrongly is found as well. A fact that stands elsewhere (in the heading of a
table, on the cover) has its reason in ``intents/elsewhere.yaml``.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from assistant.dialogues.dialogue_files import text_of
from assistant.errors import CitationError, Problem
from assistant.guidance.citations import Citation
from assistant.guidance.content_files import Key, read_yaml
from assistant.guidance.editions import with_published
from assistant.guidance.facts import grounds, missing_facts, stands
from assistant.guidance.model import Guidance, Publication
from assistant.library.citing import CitingKind, citation_of, place_of
from assistant.library.content import Content
from assistant.library.read import CheckedContent
from assistant.quiz.item_files import proved
from assistant.quiz.model import Scenario
from assistant.upkeep.changed_facts import FactKind, facts_of
from assistant.upkeep.places import Places

REASONS = Path("intents") / "elsewhere.yaml"
"""Where the reasons are, below the root of the content."""

# The mark of a footnote, which is printed against the word before it.
_NOTE = re.compile(r"\(Note\s+\d+\)")
_BESIDES = frozenset([FactKind.TIME_LIMIT, FactKind.TELEPHONE, FactKind.ADDRESS, FactKind.DATE])
"""Kinds of facts that are looked for besides those that must stand in the restatement."""


class Reason(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a fact does not stand in the published passage that is cited: ``of`` is ``intent:ID``,
    ``node:DIALOGUE/NODE``, ``item:ID`` or ``passage:CITATION``."""

    of: str
    fact: str
    why: str


class Stated(NamedTuple):
    """A text that states facts, with what it cites; a restated passage with its ``line``."""

    kind: CitingKind
    id: str
    cites: tuple[str, ...]
    texts: tuple[str, ...]
    line: int = 0

    @property
    def name(self) -> str:
        """What a reason calls it."""
        return f"{self.kind}:{self.id}"


class Finding(NamedTuple):
    """A fact (or a citation) of ``stated`` that the published text does not hold."""

    stated: Stated
    code: str
    kind: str
    fact: str


def problems_with_published(
    source: Content, content: CheckedContent, published: Sequence[Publication]
) -> list[Problem]:
    """Every fact of ``content``, read from ``source``, that does not stand in the ``published``
    passages that it cites and has no written reason; and every reason that is not needed. The files
    are relative to the root of ``source``.

    Raises ContentError where the file of the reasons has faults.
    """
    if not published:
        return []
    places = Places(source)
    reasons, faults = _reasons(source.root / REASONS, places)
    used: set[tuple[str, str]] = set()
    problems = list(faults)
    for finding in findings(content, published):
        key = (finding.stated.name, finding.fact)
        if key in reasons:
            used.add(key)
            continue
        path, line = places.of(finding.stated.kind, finding.stated.id)
        line = finding.stated.line or line
        problems.append(places.problem(finding.code, path, line, _message(finding)))
    restated = {publication.id for publication in content.guidance.publications}
    if restated <= {publication.id for publication in published}:
        for key in reasons.keys() - used:
            message = f"{key[0]}: the reason for {key[1]!r} is not needed; take it out"
            problems.append(
                places.problem("idle-reason", source.root / REASONS, reasons[key], message)
            )
    return sorted(problems, key=lambda one: (str(one.file), one.line, one.message))


def findings(content: CheckedContent, published: Sequence[Publication]) -> Iterator[Finding]:
    """What the answers, nodes and items of ``content`` state and the ``published`` passages that
    they cite do not hold, whatever the reason."""
    texts = with_published(content.guidance, tuple(published))
    there = {publication.id for publication in published}
    known: dict[tuple[str, ...], str] = {}
    for stated in _stated(content):
        if not any(place_of(text).publication in there for text in stated.cites):
            continue
        gone = [text for text in stated.cites if not _leads_somewhere(texts, text)]
        for text in gone:
            yield Finding(stated, "not-published", "citation", text)
        if gone:
            continue
        if stated.cites not in known:
            known[stated.cites] = grounds(texts, stated.cites)
        found = dict.fromkeys(
            fact for text in stated.texts for fact in _missing(text, known[stated.cites])
        )
        for kind, fact in found:
            yield Finding(stated, "fact-not-published", kind, fact)


def _missing(text: str, known: str) -> Iterator[tuple[str, str]]:
    yield from missing_facts(text, known)
    for kind, fact in facts_of(text):
        if kind in _BESIDES and not stands(fact, known):
            yield kind.value, fact


def _stated(content: CheckedContent) -> Iterator[Stated]:
    for intent in content.questions.intents:
        yield Stated(CitingKind.INTENT, intent.id, intent.citations, (intent.answer,))
    for dialogue in content.dialogues:
        for node in dialogue.nodes:
            name = f"{dialogue.id}/{node.id}"
            yield Stated(CitingKind.NODE, name, node.cites, (text_of(node),))
    for topic in content.bank.topics:
        for item in topic.items:
            texts = () if isinstance(item, Scenario) else tuple(map(_said, proved(item)))
            yield Stated(CitingKind.ITEM, item.id, item.cites, texts)
    for publication in content.guidance.publications:
        for section in publication.sections:
            for passage in section.passages:
                name = citation_of(section, passage)
                text = _NOTE.sub("", passage.text)
                yield Stated(CitingKind.PASSAGE, name, (name,), (text,), passage.line)


def _said(proof: tuple[tuple[Key, ...], str]) -> str:
    """A text that an item must bear out; of a key that is a number with a unit the number alone,
    as the unit is the item's word."""
    keys, text = proof
    return text.partition(" ")[0] if keys == ("key",) else text


def _leads_somewhere(texts: Guidance, citation: str) -> bool:
    try:
        texts.resolve(Citation.parse(citation))
    except CitationError:
        return False
    return True


def _message(finding: Finding) -> str:
    if finding.code == "not-published":
        return f"{finding.stated.id}: the published edition has no {finding.fact}"
    return (
        f"{finding.stated.id}: the {finding.kind} {finding.fact!r} does not stand in the published "
        "text that it cites"
    )


def _reasons(path: Path, places: Places) -> tuple[dict[tuple[str, str], int], list[Problem]]:
    """The line of every reason, by what it is of and the fact; and the faults of the file."""
    if not path.exists():
        return {}, []
    found, faults = read_yaml(path).items(Reason, "reasons")
    lines = {(reason.of, reason.fact): line for line, reason in found}
    return lines, [places.problem(one.code, one.file, one.line, one.message) for one in faults]
