"""What has been reviewed, and against which wording: the lock file ``intents/reviewed.lock``.

A line each: kind, id, fingerprint of what was read, date, code of the reader, code of a second
reader or ``-``. The file is sorted and readable, so that its history in git is the history of the
reviews.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assistant.errors import ContentError, Problem
from assistant.guidance.content_files import read_text
from assistant.guidance.fingerprints import LENGTH, fingerprint
from assistant.library.citing import CitingKind, citation_of, citing, place_of
from assistant.library.content import INTENTS, REVIEWED, Content
from assistant.library.read import CheckedContent
from assistant.quiz.model import Bank

REVIEWED_KINDS = (CitingKind.INTENT, CitingKind.NODE, CitingKind.ITEM, CitingKind.PASSAGE)
"""What is reviewed."""

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
"""The form of a reader's code."""

NOBODY = "-"
_FINGERPRINT = re.compile(rf"[0-9a-f]{{{LENGTH}}}")


class Subject(NamedTuple):
    """Something to be reviewed against the places that it ``cites``; a restated passage (by its
    citation) against its own wording. ``fingerprint`` is that of their wording now."""

    kind: CitingKind
    id: str
    cites: tuple[str, ...]
    fingerprint: str

    @property
    def publication(self) -> str:
        """The publication that it mainly stands on."""
        return place_of(self.cites[0]).publication


class Signed(NamedTuple):
    """One line of the lock file: who read it when, and the fingerprint of what it was read
    against."""

    fingerprint: str
    on: date
    reader: str
    second: str | None = None


Lock = Mapping[tuple[CitingKind, str], Signed]
"""The lock file: what was signed, by kind and id."""


class Stale(NamedTuple):
    """What has not been reviewed as it stands: ``signed`` is the review that its passages have
    outlived, None where it has never been reviewed."""

    subject: Subject
    signed: Signed | None


def lock_path(content: Content) -> Path:
    """Where the lock file of ``content`` is."""
    return content.root / INTENTS / REVIEWED


def read_lock(path: Path) -> dict[tuple[CitingKind, str], Signed]:
    """What has been signed; nothing where there is no file.

    Raises ContentError naming every line that is not as it should be.
    """
    if not path.exists():
        return {}
    problems: list[Problem] = []
    found: dict[tuple[CitingKind, str], Signed] = {}
    *lines, last = read_text(path).split("\n")
    if last:
        message = "the file ends in the middle of a line; take it back from git"
        problems.append(Problem("broken-lock", path, len(lines) + 1, message))
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("# "):
            continue
        try:
            key, signed = _line(line)
            if key in found:
                raise ValueError(f"{key[0]} {key[1]} is signed twice")
            found[key] = signed
        except ValueError as error:
            problems.append(Problem("broken-lock", path, number, str(error)))
    if problems:
        raise ContentError(problems)
    return found


def _line(line: str) -> tuple[tuple[CitingKind, str], Signed]:
    """A line read. Raises ValueError saying what is wrong with it."""
    parts = line.split()
    if len(parts) != 6:
        raise ValueError(
            "a line holds kind, id, fingerprint, date, reader and second reader (or -), "
            f"this one {len(parts)} words"
        )
    kind, name, mark, day, reader, second = parts
    if kind not in REVIEWED_KINDS:
        raise ValueError(f"{kind!r} is not one of {', '.join(REVIEWED_KINDS)}")
    if not _FINGERPRINT.fullmatch(mark):
        raise ValueError(f"{mark!r} is no fingerprint ({LENGTH} hexadecimal digits)")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise ValueError(f"{day!r} is no date (YYYY-MM-DD)") from None
    for code in (reader,) if second == NOBODY else (reader, second):
        if not CODE.fullmatch(code):
            raise ValueError(f"{code!r} is no reader's code (letters, digits, . _ -)")
    signed = Signed(mark, on, reader, None if second == NOBODY else second)
    return (CitingKind(kind), name), signed


def subjects(content: CheckedContent, bank: Bank) -> Iterator[Subject]:
    """Everything that is to be reviewed: intents, nodes and items that cite, and restated
    passages."""
    guidance = content.guidance
    known: dict[tuple[str, ...], str] = {}

    def mark(cites: tuple[str, ...]) -> str:
        if cites not in known:
            known[cites] = fingerprint(guidance, cites)
        return known[cites]

    for thing in citing(content, bank):
        if thing.cites and thing.kind in REVIEWED_KINDS and thing.kind is not CitingKind.PASSAGE:
            yield Subject(thing.kind, thing.id, thing.cites, mark(thing.cites))
    for publication in guidance.publications:
        for section in publication.sections:
            for name in dict.fromkeys(citation_of(section, one) for one in section.passages):
                yield Subject(CitingKind.PASSAGE, name, (name,), mark((name,)))


def stale(content: CheckedContent, bank: Bank, lock: Lock) -> list[Stale]:
    """What was never reviewed, and what stands on passages that have changed since it was."""
    found = ((one, lock.get((one.kind, one.id))) for one in subjects(content, bank))
    return [
        Stale(subject, signed)
        for subject, signed in found
        if signed is None or signed.fingerprint != subject.fingerprint
    ]


def changed_since_review(
    content: CheckedContent, bank: Bank, lock: Lock
) -> dict[CitingKind, frozenset[str]]:
    """The ids, by kind, of what was reviewed and whose passages have changed since: what an answer
    is to be marked with. What was never reviewed is not among them."""
    changed = [one.subject for one in stale(content, bank, lock) if one.signed is not None]
    return {
        kind: frozenset(subject.id for subject in changed if subject.kind is kind)
        for kind in REVIEWED_KINDS
    }
