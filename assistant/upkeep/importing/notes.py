"""Footnotes: where a text refers to them, and their place behind that."""

import re
from collections.abc import Sequence

from assistant.upkeep.importing.elements import Block

_OPENING = re.compile(r"(?P<number>\d{1,3})\s+(?=\S)")


def refers_to(text: str, number: int) -> bool:
    """Whether ``text`` holds the raised number of a footnote, which print joins to the word before
    (``Office1``, ``status.4``) or sets in brackets."""
    reference = (
        rf"(?:(?:(?<![\d\W])|(?<!\d)[.,;:?!)\]’”'\"]\s?)|(?<!\d){number - 1}\s)"
        rf"{number}(?![\d]|[.,]\d|%)"
        rf"|\[(?:footnote |note )?{number}\]"
    )
    return re.search(reference, text) is not None


def with_notes_told_apart(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` with paragraphs that begin with the number of the next footnote, to which the text
    above has referred, made footnotes. Where the format has footnotes of its own nothing is done.
    """
    found = list(blocks)
    number, searched = 1, 0
    if any(block.kind == "note" for block in blocks):
        return found
    for at, block in enumerate(found):
        opening = _OPENING.match(block.text) if block.kind == "paragraph" else None
        if block.number or opening is None or int(opening["number"]) != number:
            continue
        above = (one for one in found[searched:at] if one.kind not in ("heading", "note"))
        if any(refers_to(one.text, number) for one in above):
            found[at] = Block("note", block.text[opening.end() :], opening["number"])
            number += 1
        else:
            searched = at
    return found


def with_notes_in_place(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` with every footnote behind the paragraph that refers to it, where one does: print
    sets it at the foot of the page, which may be pages and sections further on."""
    placed: list[Block] = []
    after: dict[int, list[Block]] = {}
    reference = 0
    body = [block for block in blocks if block.kind != "note"]
    for note in (block for block in blocks if block.kind == "note"):
        found = next(
            (
                at
                for at in range(reference, len(body))
                if body[at].kind != "heading" and refers_to(body[at].text, int(note.number))
            ),
            None,
        )
        if found is None:
            found = reference
        reference = found
        after.setdefault(_end_of_list(body, found), []).append(note)
    for at, block in enumerate(body):
        placed.append(block)
        placed += after.get(at, [])
    return placed


def _end_of_list(blocks: Sequence[Block], at: int) -> int:
    """The last position of the list that ``at`` introduces or stands in: a note does not part a
    list."""
    while at + 1 < len(blocks) and blocks[at + 1].kind in ("bullet", "table"):
        at += 1
    return at
