"""Blocks put under their headings, as the known edition has them."""

from collections.abc import Sequence

from msgspec import Struct

from assistant.guidance.citations import anchor_of
from assistant.upkeep.importing.elements import Block
from assistant.upkeep.importing.headings import KnownHeading
from assistant.upkeep.importing.wording import number_of

_DEEPEST = 6


class Part(Struct):
    """A heading with the blocks that stand under it; ``heading`` is None for the text above the
    first one."""

    heading: Block | None
    blocks: list[Block]


def parts_of(blocks: Sequence[Block], known: Sequence[KnownHeading]) -> list[Part]:
    """``blocks`` under their headings, each with an anchor of its own.

    A box or a figure (a section that has no numbered paragraphs in the known edition) ends where
    the numbering of the section around it goes on.
    """
    numbers_of = {heading.anchor: heading.paragraphs for heading in known}
    parts = [Part(None, [])]
    at = parts[0]
    for block in blocks:
        if block.kind == "heading":
            at = Part(block, [])
            parts.append(at)
            continue
        if block.kind == "paragraph" and block.number:
            here = parts[-1]
            anchor = here.heading.anchor if here.heading else ""
            if not numbers_of.get(anchor):
                at = _around(parts, block.number, numbers_of) or here
        at.blocks.append(block)
    _give_anchors(parts)
    return parts


def _around(
    parts: Sequence[Part], number: str, numbers_of: dict[str, frozenset[str]]
) -> Part | None:
    return next(
        (
            part
            for part in reversed(parts)
            if part.heading and number in numbers_of.get(part.heading.anchor, frozenset())
        ),
        None,
    )


def _give_anchors(parts: Sequence[Part]) -> None:
    """An anchor for every new heading: its words, with a number where another has them already."""
    headings = [part.heading for part in parts if part.heading]
    taken = {heading.anchor for heading in headings}
    for heading in headings:
        heading.level = min(max(heading.level, 2), _DEEPEST)
        if not heading.anchor:
            number = number_of(heading.text)
            title = heading.text.removeprefix(number).lstrip(". ") if number else heading.text
            wanted = anchor_of(title) or "section"
            name, count = wanted, 1
            while name in taken:
                count += 1
                name = f"{wanted}-{count}"
            heading.anchor = name
            taken.add(name)
