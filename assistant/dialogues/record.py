"""The record of a walk: what was asked, done and decided, when, and on what ground.

For a pocket notebook or a case file: as data for JSON, as Markdown, as plain text.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime

from msgspec import Struct

from assistant.dialogues.model import DONE, UNKNOWN, Node, Outcome, Telling
from assistant.dialogues.typed import said
from assistant.dialogues.walk import Stop, Walk, questions, steps
from assistant.guidance.citations import Citation
from assistant.guidance.model import Guidance, Status
from assistant.guidance.wording import RESTATED, without_markup

_DONE = {True: "x", False: "could not be done", None: " "}


class Ground(Struct, frozen=True, kw_only=True):
    """A place that the walk stood on, as it was read: ``sha256`` is that of its text."""

    citation: str
    publication: str
    publisher: str
    version: str | None
    updated: date
    status: Status
    section: tuple[str, ...]
    paragraph: str | None
    sha256: str


class Said(Struct, frozen=True, kw_only=True):
    """A question with the answer given, in words, and when."""

    id: str
    question: str
    answer: str
    at: datetime | None
    citations: tuple[str, ...]


class Done(Struct, frozen=True, kw_only=True):
    """A step, whether it was done (None where nobody said), and when that was said."""

    id: str
    text: str
    done: bool | None
    at: datetime | None
    citations: tuple[str, ...]


class Term(Struct, frozen=True, kw_only=True):
    """A deadline that was reckoned."""

    id: str
    what: str
    due: date | datetime


class End(Struct, frozen=True, kw_only=True):
    """The outcome."""

    id: str
    title: str
    text: str
    citations: tuple[str, ...]


class Record(Struct, frozen=True, kw_only=True):
    """A walk as it is kept."""

    dialogue: str
    title: str
    started: datetime | None
    written: datetime
    complete: bool
    asked: tuple[Said, ...]
    steps: tuple[Done, ...]
    deadlines: tuple[Term, ...]
    outcome: End | None
    grounds: tuple[Ground, ...]
    note: str


def record(
    found: Walk,
    guidance: Guidance,
    given: Collection[str],
    times: Mapping[str, datetime],
    started: datetime | None,
    now: datetime,
) -> Record:
    """The record of the walk ``found``; ``given`` are the keys that somebody answered, ``times``
    says when."""
    outcome = found.outcome
    return Record(
        dialogue=found.dialogue.id,
        title=found.dialogue.title,
        started=started,
        written=now,
        complete=outcome is not None,
        asked=tuple(
            Said(
                id=stop.key,
                question=_asked(stop.node),
                answer=_answer(stop),
                at=times.get(stop.key),
                citations=stop.node.cites,
            )
            for stop in questions(found)
        ),
        steps=tuple(
            Done(
                id=stop.key,
                text=_told(stop.node),
                done=stop.value == DONE if stop.key in given else None,
                at=times.get(stop.key),
                citations=stop.node.cites,
            )
            for stop in steps(found)
        ),
        deadlines=tuple(Term(id=one.key, what=one.what, due=one.when) for one in found.deadlines),
        outcome=_end(outcome),
        grounds=tuple(grounds(found.stops, guidance, now.date())),
        note=RESTATED,
    )


def _asked(node: Node) -> str:
    return getattr(node, "ask", "")


def _told(node: Node) -> str:
    return without_markup(node.text) if isinstance(node, Telling) else ""


def _answer(stop: Stop) -> str:
    return said(stop.node, stop.value if stop.value is not None else UNKNOWN)


def _end(stop: Stop | None) -> End | None:
    if stop is None or not isinstance(stop.node, Outcome):
        return None
    node = stop.node
    return End(id=node.id, title=node.title, text=without_markup(node.text), citations=node.cites)


def grounds(stops: Iterable[Stop], guidance: Guidance, today: date) -> Iterator[Ground]:
    """Every place that the nodes on a route cite, once, in the order of the route."""
    for text in dict.fromkeys(cite for stop in stops for cite in stop.node.cites):
        place = guidance.resolve(Citation.parse(text))
        publication, section = place.publication, place.section
        passages = [place.passage] if place.passage else section.passages
        read = "\n\n".join(passage.text for passage in passages)
        yield Ground(
            citation=text,
            publication=publication.about.title,
            publisher=publication.about.publisher,
            version=publication.about.version,
            updated=publication.last_changed,
            status=publication.status(today),
            section=section.path,
            paragraph=place.passage.paragraph if place.passage else None,
            sha256=hashlib.sha256(read.encode()).hexdigest(),
        )


def as_markdown(kept: Record) -> str:
    """The record as Markdown."""
    return "\n".join(_lines(kept, "# ", "## ", "- ")) + "\n"


def as_text(kept: Record) -> str:
    """The record as plain text."""
    return "\n".join(_lines(kept, "", "", "  ")) + "\n"


def _lines(kept: Record, top: str, head: str, item: str) -> Iterator[str]:
    yield f"{top}Record: {kept.title}"
    yield ""
    if kept.started is not None:
        yield f"Started {kept.started:%d %B %Y, %H:%M}; written {kept.written:%d %B %Y, %H:%M}."
    else:
        yield f"Written {kept.written:%d %B %Y, %H:%M}."
    yield ""
    if kept.outcome is not None:
        yield f"{head}Outcome: {kept.outcome.title}"
        yield ""
        yield kept.outcome.text
    else:
        yield f"{head}Not finished"
    if kept.deadlines:
        yield from ("", f"{head}Deadlines", "")
        for deadline in kept.deadlines:
            yield f"{item}{deadline.what}: {shown(deadline.due)}"
    if kept.asked:
        yield from ("", f"{head}Asked", "")
        for one in kept.asked:
            yield f"{item}{one.question} {one.answer}{_at(one.at)}"
    if kept.steps:
        yield from ("", f"{head}Steps", "")
        for step in kept.steps:
            yield f"{item}[{_DONE[step.done]}] {step.text}{_at(step.at)}"
    yield from ("", f"{head}Grounds", "")
    for ground in kept.grounds:
        version = f", version {ground.version}" if ground.version else ""
        paragraph = f", paragraph {ground.paragraph}" if ground.paragraph else ""
        yield (
            f"{item}{ground.publisher}, {ground.publication}{version} "
            f"({ground.status.in_words}; {ground.updated:%d %B %Y}): "
            f"{' > '.join(ground.section)}{paragraph} [{ground.citation}, "
            f"sha256 {ground.sha256[:12]}]"
        )
    yield from ("", kept.note)


def _at(at: datetime | None) -> str:
    return f" ({at:%d %B %Y, %H:%M})" if at is not None else ""


def shown(when: date | datetime) -> str:
    """A day, or a day and time, as a person reads it."""
    return f"{when:%A %d %B %Y, %H:%M}" if isinstance(when, datetime) else f"{when:%A %d %B %Y}"
