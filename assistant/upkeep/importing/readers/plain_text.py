"""Text without markup, or with the little that Markdown has, read into lines."""

import re

from assistant.upkeep.importing.elements import Line, Reading
from assistant.upkeep.importing.limits import LINE_CHARACTERS, LINES, Refused
from assistant.upkeep.importing.wording import clean

_MARKED = re.compile(r"(#{1,6})\s+(?=\S)")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes) -> str:
    """The text of ``data``: UTF-8, or UTF-16 with its mark. Raises Refused for anything else."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Refused(f"line {line} is not UTF-8 text; save the file as UTF-8") from error
    control = _CONTROL.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        raise Refused(f"line {line} holds control characters, so this is no text")
    return text


def read_text(data: bytes) -> Reading:
    """The lines of a text; a form feed begins a page. Raises Refused where it is not text."""
    text = decode(data)
    if not text.strip():
        raise Refused("the file is empty")
    return Reading("text", text, lines=lines_of(text.split("\f")))


def lines_of(pages: list[str]) -> list[Line]:
    """The lines of every page of ``pages``, blank lines with them.

    Raises Refused where there are too many of them or one is too long.
    """
    found: list[Line] = []
    for page, text in enumerate(pages, 1):
        for line in re.split(r"\r\n|\r|\n", text):
            if len(line) > LINE_CHARACTERS:
                raise Refused(f"a line has more than {LINE_CHARACTERS:,} characters")
            printed = line.expandtabs(1)
            marked = _MARKED.match(line)
            found.append(
                Line(
                    clean(line[marked.end() :] if marked else line)
                    if "\t" not in line
                    else _with_tabs(line),
                    len(printed) - len(printed.lstrip()),
                    page if len(pages) > 1 else 0,
                    len(marked[1]) if marked else 0,
                )
            )
    if len(found) > LINES:
        raise Refused(f"it has more than {LINES:,} lines")
    return found


def _with_tabs(line: str) -> str:
    """``line`` with the tabs between its words kept: they part the columns of a list."""
    return "\t".join(part for part in map(clean, line.split("\t")) if part)
