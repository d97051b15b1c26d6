"""Labelled questions: what a right answer must hold, or that there is none.

A file holds one question or one conversation a line, as JSON::

    {"id": "1", "kind": "answer", "q": "...", "doc": ["app-international"],
     "sections": ["Section 44 searches"], "must": [["inspector"], ["in writing", "written"]]}
    {"id": "2", "kind": "answer", "q": "...", "intent": "section-44-authority"}
    {"id": "3", "kind": "abstain", "q": "..."}
    {"id": "4", "turns": [{"kind": "answer", "q": "...", "intent": "..."}, ...]}

``must`` holds groups of alternatives, one of each of which must stand in the answer. ``intent``
may stand instead: then the fact of that intent must.
"""

from collections.abc import Container, Iterable
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from assistant.errors import ContentError, Problem


class Label(Struct, frozen=True, kw_only=True):
    """One labelled question; ``sections`` are headings, ``false`` whether its premise is false."""

    q: str
    kind: Literal["answer", "abstain"] = "answer"
    doc: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()
    intent: str | None = None
    false: bool | None = None


class Case(Struct, frozen=True, kw_only=True):
    """The labelled questions of one conversation, in order, and the line of the file they are
    on."""

    id: str
    line: int
    turns: tuple[Label, ...]


class _Line(Label, frozen=True, kw_only=True):
    id: str | int | None = None
    q: str = ""
    turns: tuple[Label, ...] = ()


def read_labels(path: Path) -> list[Case]:
    """The cases of the file ``path``. Raises ContentError naming every line that is not one."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        problem = Problem("unreadable", path, 0, f"cannot be read: {error.strerror}")
        raise ContentError([problem]) from error
    cases: list[Case] = []
    problems: list[Problem] = []
    for number, data in enumerate(lines, 1):
        if not data.strip():
            continue
        try:
            line = msgspec.json.decode(data, type=_Line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            problems.append(Problem("bad-label", path, number, f"not a labelled question: {error}"))
            continue
        turns = line.turns or (line,)
        fault = next((fault for turn in turns if (fault := _fault(turn))), None)
        if fault is not None:
            problems.append(Problem("bad-label", path, number, fault))
        else:
            identity = str(number) if line.id is None else str(line.id)
            cases.append(Case(id=identity, line=number, turns=turns))
    if not cases and not problems:
        problems.append(Problem("bad-label", path, 0, "the file holds no question"))
    if problems:
        raise ContentError(problems)
    return cases


def check_intents(cases: Iterable[Case], known: Container[str], path: Path) -> None:
    """Raise ContentError where a label of ``cases``, read from ``path``, names an intent that is
    not among those that are ``known``."""
    unknown = [
        Problem("unknown-intent", path, case.line, f"there is no intent {label.intent!r}")
        for case in cases
        for label in case.turns
        if label.intent is not None and label.intent not in known
    ]
    if unknown:
        raise ContentError(unknown)


def _fault(label: Label) -> str | None:
    """What is wrong with ``label``, if anything is."""
    if not label.q.strip():
        return "there is no question under `q`"
    if label.kind == "answer" and not (label.must or label.intent):
        return "say under `must` or `intent` what a right answer holds, or give the kind `abstain`"
    if any(not group for group in label.must):
        return "a group of `must` is empty"
    return None
