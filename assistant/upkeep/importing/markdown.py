"""Sections as the Markdown that publications are kept in."""

import re
from collections.abc import Iterator, Sequence

from assistant.guidance.citations import anchor_of
from assistant.upkeep.importing.elements import Block
from assistant.upkeep.importing.sections import Part
from assistant.upkeep.importing.wording import number_of

_OPENS = re.compile(r"(?:[#>|<=~`-]|\*(?!\*)|\+)")
_NUMBERED = re.compile(r"(\d+)([.)])(?=\s|$)")
_DOTTED = re.compile(r"(\d+)\.(?=\d+(?:\.\d+)*(?:\s|$))")
_NOTE = re.compile(r"(Note \d+):")
_DEFINITION = re.compile(r"\[[^\]]*\]:")
_LEAD_IN = 60


def body_of(title: str, anchor: str, parts: Sequence[Part]) -> str:
    """The text of a publication below its front matter: its title, then every part."""
    pieces = [_heading(1, title, anchor)]
    for part in parts:
        if part.heading is not None:
            pieces.append(_heading(part.heading.level, part.heading.text, part.heading.anchor))
        pieces += _pieces(part.blocks)
    return "\n\n".join(piece for piece in pieces if piece.strip()) + "\n"


def _heading(level: int, text: str, anchor: str) -> str:
    text = text.replace("{#", "{ #").rstrip("#").strip() or "-"
    number = number_of(text)
    title = re.sub(r"^\.?\s+", "", text.removeprefix(number)) if number else text
    given = "" if anchor_of(title) == anchor else f" {{#{anchor}}}"
    return f"{'#' * level} {text}{given}"


def _pieces(blocks: Sequence[Block]) -> Iterator[str]:
    """The blocks of one part, the steps of a list with what belongs to them."""
    at = 0
    lists = 0
    last_was_step = False
    while at < len(blocks):
        block = blocks[at]
        if block.kind != "step":
            end = _end_of_list(blocks, at)
            yield _list(blocks[at:end]) if block.kind in ("bullet", "line") else _paragraph(block)
            at = end
            last_was_step = False
            continue
        if last_was_step and block.number == "1":
            lists += 1  # Markdown begins a new list where the mark behind the number changes
        end = _end_of_step(blocks, at)
        yield _step(block, blocks[at + 1 : end], ".)"[lists % 2])
        at = end
        last_was_step = True


def _end_of_list(blocks: Sequence[Block], at: int) -> int:
    kind, run = blocks[at].kind, blocks[at].level
    end = at + 1
    while kind in ("bullet", "line") and end < len(blocks) and blocks[end].kind == kind:
        if kind == "line" and blocks[end].level != run:
            break
        end += 1
    return end


def _end_of_step(blocks: Sequence[Block], at: int) -> int:
    """Where what belongs to the step at ``at`` ends.

    Bullets and tables behind it do. Paragraphs do where another step follows them (but not a
    lead-in to that step), and behind the last step where an earlier step of the list has some.
    """
    own = at + 1
    while own < len(blocks) and blocks[own].kind in ("bullet", "table"):
        own += 1
    end = own
    while end < len(blocks) and _may_belong(blocks[end]):
        end += 1
    number = int(blocks[at].number)
    if end < len(blocks) and blocks[end].kind == "step" and int(blocks[end].number) == number + 1:
        lead_in = blocks[end - 1]
        is_lead_in = lead_in.kind == "paragraph" and lead_in.text.endswith(":")
        return end - 1 if end > own and is_lead_in and len(lead_in.text) < _LEAD_IN else end
    return end if _earlier_has_paragraphs(blocks, at) else own


def _may_belong(block: Block) -> bool:
    return block.kind in ("bullet", "table") or (block.kind == "paragraph" and not block.number)


def _earlier_has_paragraphs(blocks: Sequence[Block], at: int) -> bool:
    number = int(blocks[at].number)
    for place in range(at - 1, -1, -1):
        block = blocks[place]
        if block.kind == "step":
            if int(block.number) != number - 1:
                return False
            number -= 1
            after = blocks[place + 1]
            if after.kind == "paragraph" and not after.text.endswith(":"):
                return True
        elif not _may_belong(block):
            return False
    return False


def _step(block: Block, belonging: Sequence[Block], mark: str) -> str:
    first = f"{block.number}{mark} "
    indent = " " * len(first)
    pieces = [first + _escaped(block.text)]
    for piece in _pieces(belonging):
        pieces.append("\n".join(indent + line for line in piece.splitlines()))
    return "\n\n".join(pieces)


def _list(blocks: Sequence[Block]) -> str:
    """Bullets at their depth, or one run of lines: Markdown keeps two runs apart by their marks."""
    if blocks[0].kind == "line":
        mark = "-*"[blocks[0].level % 2]
        return "\n".join(f"{mark} {_escaped(block.text)}" for block in blocks)
    depth = 0
    lines: list[str] = []
    for block in blocks:
        depth = min(block.level, depth + 1) if lines else 0
        lines.append(f"{'  ' * depth}- {_escaped(block.text)}".rstrip())
    return "\n".join(lines)


def _paragraph(block: Block) -> str:
    if block.kind == "table":
        return block.text
    if block.kind == "note":
        return f"Note {block.number}: {block.text}"
    return f"{block.number} {block.text}".strip() if block.number else _escaped(block.text)


def _escaped(text: str) -> str:
    """``text`` so that Markdown takes its first characters as they are."""
    if _OPENS.match(text) or _DEFINITION.match(text):
        return "\\" + text
    text = _NUMBERED.sub(r"\1\\\2", text, count=1) if _NUMBERED.match(text) else text
    text = _DOTTED.sub(r"\1\\.", text, count=1) if _DOTTED.match(text) else text
    return _NOTE.sub(r"\1\\:", text, count=1) if _NOTE.match(text) else text
