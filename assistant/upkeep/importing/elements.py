"""What a reader makes of a file: lines, where the format has no structure, or blocks."""

from msgspec import Struct


class Line(Struct, frozen=True):
    """A line as printed, without the spaces around it.

    ``indent`` counts the spaces before it; ``page`` is the number of its page from 1 where the
    format has pages, else 0; ``level`` is that of a heading marked with ``#``, else 0.
    """

    text: str
    indent: int = 0
    page: int = 0
    level: int = 0


class Block(Struct):
    """A paragraph, heading, list item, footnote or table.

    ``kind`` is ``heading``, ``paragraph``, ``step``, ``bullet``, ``line`` (a short line of its own
    beside others), ``note`` or ``table``. ``number`` is what is printed before it (``6.1``, ``3``,
    ``9``). ``level`` is that of a heading (from 1), the depth of a bullet (from 0), or the run of
    lines that a line belongs to; ``anchor`` is that of a heading that the known edition has.
    ``text`` is inline Markdown without line breaks, except in a table.
    """

    kind: str
    text: str
    number: str = ""
    level: int = 0
    anchor: str = ""


class Reading(Struct):
    """A file as read: ``lines`` or ``blocks``, and everything that its own format says of it.

    ``printed`` holds every word of the content, to compare the result with. ``title`` is what the
    format names so; ``published`` and ``updated`` are ISO dates. ``furniture`` counts what the
    reader itself has left out.
    """

    kind: str
    printed: str
    lines: list[Line] = []
    blocks: list[Block] = []
    title: str = ""
    published: str = ""
    updated: str = ""
    licence: str = ""
    furniture: dict[str, int] = {}
