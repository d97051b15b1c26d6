"""Headings that the known edition does not have, in a text without markup."""

import re
from collections.abc import Mapping, Sequence

from assistant.upkeep.importing.elements import Block, Line
from assistant.upkeep.importing.headings import KnownHeading
from assistant.upkeep.importing.numbering import opening_of
from assistant.upkeep.importing.paragraphs import Heading
from assistant.upkeep.importing.wording import is_ended, number_of

_WORDS = 14
_BODY_WORDS = 12
_CHARACTERS = 100
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[^\W\d_]")


def new_headings(
    lines: Sequence[Line], found: Mapping[int, Heading], known: Sequence[KnownHeading]
) -> dict[int, Heading]:
    """The new headings of ``lines`` by the line they stand on: those marked as such; where the
    known edition numbers its headings, those whose number goes on; without a known edition, every
    line that looks like one."""
    depths = {heading.number.count(".") + 1: heading.level for heading in known if heading.number}
    inside = {at for start, heading in found.items() for at in range(start, heading.end)}
    new: dict[int, Heading] = {}
    last: tuple[int, ...] = ()
    above = 2
    for at, line in enumerate(lines):
        if at in found:
            last = _place(found[at].block.text) or last
            above = found[at].block.level
        if at in inside or not line.text:
            continue
        number = _place(line.text) if _NUMBERED.match(line.text) else ()
        level = 0
        if line.level:
            level = max(2, line.level)
        elif not known:
            if _looks_like_one(lines, at, bool(number)):
                level = 1 + len(number) if number else 2
        elif number and len(number) in depths and _looks_like_one(lines, at, True):
            level = depths[len(number)] if _goes_on(number, last) else 0
        if level:
            new[at] = Heading(Block("heading", line.text, level=min(level, above + 1)), at + 1)
            last = number or last
            above = min(level, above + 1)
    return new


def look_like_headings(lines: Sequence[Line], found: Mapping[int, Heading]) -> list[str]:
    """The lines that stand alone above a paragraph as a heading does, and are none of the known."""
    inside = {at for start, heading in found.items() for at in range(start, heading.end)}
    first = min(found, default=0)
    return [
        line.text
        for at, line in enumerate(lines)
        if at > first
        and at not in inside
        and line.text
        and _looks_like_one(lines, at, False)
        and _is_body(lines, at)
    ]


def _place(text: str) -> tuple[int, ...]:
    number = number_of(text)
    return tuple(map(int, number.split("."))) if number else ()


def _goes_on(number: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Whether ``number`` is the next beside ``last`` or one of its parents, or its first child."""
    if number == (*last, 1):
        return True
    depth = len(number)
    return 0 < depth <= len(last) and number == (*last[: depth - 1], last[depth - 1] + 1)


def _looks_like_one(lines: Sequence[Line], at: int, numbered: bool) -> bool:
    text = lines[at].text
    stands_alone = at == 0 or not lines[at - 1].text
    if not numbered:
        stands_alone = stands_alone and at + 1 < len(lines) and not lines[at + 1].text
    opening = opening_of(text)
    return (
        stands_alone
        and len(text) <= _CHARACTERS
        and len(text.split()) <= _WORDS
        and not is_ended(text)
        and not text.endswith((",", ";"))
        and not opening.bulleted
        and (numbered or (opening.kind == "paragraph" and not opening.number))
        and (numbered or text[:1].isupper())
        and "\t" not in text
    )


def _is_body(lines: Sequence[Line], at: int) -> bool:
    """Whether a paragraph stands below, and above an ended one or nothing."""
    below = next((line.text for line in lines[at + 1 :] if line.text), "")
    above = next((line.text for line in lines[:at][::-1] if line.text), "")
    return len(below.split()) >= _BODY_WORDS and is_ended(above)
