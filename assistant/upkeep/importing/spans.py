"""The pieces of a text that may be headings."""

import re
from collections.abc import Sequence

from assistant.upkeep.importing.elements import Block, Line
from assistant.upkeep.importing.headings import Span
from assistant.upkeep.importing.numbering import opening_of
from assistant.upkeep.importing.wording import comparable, is_ended, unmarked

_LINES = 4
_LONGEST = 300


def spans_of_lines(lines: Sequence[Line]) -> list[Span]:
    """Every line, and every two to four lines on end, that may be a heading: not within a
    paragraph, and not an item of a list."""
    found: list[Span] = []
    before = ""
    for start, line in enumerate(lines):
        if line.text and not opening_of(line.text).bulleted and _may_begin(before, line):
            parts: list[str] = []
            for end in range(start, min(start + _LINES, len(lines))):
                if not lines[end].text or (parts and lines[end].level):
                    break
                parts.append(lines[end].text)
                text = re.sub(r"\s+", " ", " ".join(parts))
                if len(text) > _LONGEST:
                    break
                alone = not before and (end + 1 == len(lines) or not lines[end + 1].text)
                found.append(Span(start, end + 1, text, comparable(text), bool(line.level), alone))
        before = line.text
    return found


def spans_of_blocks(blocks: Sequence[Block]) -> list[Span]:
    """Every heading and every short paragraph."""
    found: list[Span] = []
    for at, block in enumerate(blocks):
        if block.kind in ("heading", "paragraph", "step") and len(block.text) <= _LONGEST:
            text = f"{block.number} {unmarked(block.text)}".strip()
            marked = block.kind == "heading"
            found.append(Span(at, at + 1, text, comparable(text), marked, marked))
    return found


def _may_begin(before: str, line: Line) -> bool:
    """Whether a heading may begin at ``line``: the line ``before`` does not run on into it."""
    return not before or line.level > 0 or is_ended(before) or not line.text[0].islower()
