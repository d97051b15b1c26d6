"""What the faces show, block by block, as lines of plain text."""

from collections.abc import Iterator
from datetime import date

from assistant.cli.lines import answer_lines, section_lines, width, wrapped
from assistant.guidance.wording import without_controls
from assistant.interface.blocks import MARK, UNMARK, Answered, Block, Listed, Opened, Said


def block_lines(block: Block, today: date) -> Iterator[str]:
    """A block as lines: the numbers that open something stand before what they open."""
    match block:
        case Said(text):
            for line in text.split("\n"):
                yield from _spaced(line)
        case Answered(answer):
            yield from answer_lines(answer)
        case Opened(place, cited, _):
            yield from section_lines(place, today, cited)
        case Listed():
            yield from listed_lines(block)


def _spaced(line: str) -> Iterator[str]:
    """A line in as many as it needs; columns of spaces in it are kept where it fits."""
    line = without_controls(line)
    yield from [line] if len(line) <= width() else wrapped(line, "")


def listed_lines(listed: Listed) -> Iterator[str]:
    """A list with its heading; rows without a number are headings of their own."""
    yield from wrapped(f"{without_controls(listed.heading)}", "")
    number = listed.first
    for row in listed.rows:
        text = f"{row.text}. {row.detail}" if row.detail else row.text
        text = without_controls(text).replace(MARK, "*").replace(UNMARK, "*")
        if row.target is None:
            yield from wrapped(text, "")
            continue
        yield from wrapped(f"{number}. {text}", "  " * row.depth)
        number += 1
