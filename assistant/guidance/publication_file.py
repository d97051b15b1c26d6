"""A publication read from its Markdown file: front matter, headings as sections, blocks as
passages.

Every heading opens a section. Under it a paragraph, with the bulleted list or the table that
follows it, is one passage; every step of a numbered list is a passage of its own, so that it can be
cited.
"""

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.errors import ContentError, Problem
from assistant.guidance.citations import anchor_of
from assistant.guidance.content_files import YamlDocument, read_text, split_front_matter
from assistant.guidance.model import FrontMatter, Passage, Publication, Section

_HEADING_NUMBER = re.compile(r"^(?P<number>\d{1,2}(?:\.\d+)*)\.?\s+(?=\S)")
_PARAGRAPH_NUMBER = re.compile(r"(?P<number>\d+(?:\.\d+)+)\s")
_FOOTNOTE = re.compile(r"Note (?P<number>\d+):\s")
_ANCHOR = re.compile(r"\s*\{#(?P<anchor>[a-z0-9-]+)\}$")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNUSED = {
    "fence": "a fenced code block",
    "code_block": "an indented code block (a step goes on indented by three or four spaces)",
    "html_block": "HTML",
    "blockquote_open": "a block quotation",
    "hr": "a horizontal rule",
}


class _Block(NamedTuple):
    """A block of the Markdown file: its kind, its lines (from 0, end exclusive) and its items."""

    kind: str
    start: int
    end: int
    level: int
    items: tuple[tuple[str, int, int], ...]


def read_publication(path: Path, any_name: bool = False) -> tuple[Publication, YamlDocument]:
    """The publication in the Markdown file ``path``, and its front matter with lines.

    In the corpus a file is named by its publication; elsewhere it may have ``any_name``. Raises
    ContentError with every fault that was found.
    """
    document, body, first_line = split_front_matter(path, read_text(path))
    about = document.convert(FrontMatter, document.value)
    reader = _Reader(path, about.id, body, first_line)
    sections = reader.sections()
    problems = reader.problems
    if about.id != path.name.split(".")[0] and not any_name:
        problems.append(
            document.problem("wrong-id", f"the id {about.id!r} differs from the file's name", "id")
        )
    field, made_from = (
        ("edition", about.edition.sha256) if about.edition else ("restates", about.restates)
    )
    if made_from is None or not _SHA256.fullmatch(made_from):
        problems.append(
            document.problem(
                "wrong-field", f"`{field}` must give a SHA-256 of 64 hexadecimal digits", field
            )
        )
    if about.edition and about.restates:
        problems.append(
            document.problem(
                "wrong-field", "a published text (`edition`) restates nothing", "restates"
            )
        )
    if problems:
        raise ContentError(problems)
    return Publication(about, sections), document


class _Reader:
    def __init__(self, path: Path, publication: str, body: str, first_line: int) -> None:
        self.path = path
        self.publication = publication
        self.lines = body.splitlines()
        self.tokens = MarkdownIt("commonmark").enable("table").parse(body)
        self.first_line = first_line
        self.problems: list[Problem] = []

    def sections(self) -> tuple[Section, ...]:
        sections: list[Section] = []
        path: list[tuple[int, str]] = []
        lines_of: dict[str, int] = {}
        blocks: list[_Block] = []
        heading: tuple[_Block, str] | None = None

        def close() -> None:
            if heading is None:
                for block in blocks:
                    self._problem("no-heading", block.start, "text stands above the first heading")
            else:
                sections.append(self._section(heading[0], heading[1], path, blocks))
            blocks.clear()

        for block, text in self._blocks():
            if block.kind != "heading":
                blocks.append(block)
                continue
            if heading is not None or blocks:
                close()
            while path and path[-1][0] >= block.level:
                path.pop()
            title = _title(text)
            path.append((block.level, title))
            anchor = _anchor(text)
            if anchor in lines_of:
                first = lines_of[anchor]
                self._problem(
                    "duplicate-heading",
                    block.start,
                    f"the heading {title!r} stands on line {first} already",
                )
            lines_of.setdefault(anchor, block.start + self.first_line)
            heading = block, text
        if heading is not None or blocks:
            close()
        return tuple(sections)

    def _section(
        self, block: _Block, text: str, path: list[tuple[int, str]], blocks: list[_Block]
    ) -> Section:
        number = _HEADING_NUMBER.match(text)
        title = path[-1][1]
        headings = tuple(name for level, name in path if level > 1) or (title,)
        return Section(
            publication=self.publication,
            anchor=_anchor(text),
            title=title,
            path=headings,
            line=block.start + self.first_line,
            number=number["number"] if number else None,
            passages=tuple(self._passages(blocks)),
        )

    def _passages(self, blocks: list[_Block]) -> Iterator[Passage]:
        taken: set[str] = set()
        scope = ""
        lists = 0
        position = 0
        while position < len(blocks):
            block = blocks[position]
            position += 1
            if block.kind == "ordered_list":
                lists += 1
                clash = any(f"{scope}({n})" in taken or n in taken for n, _, _ in block.items if n)
                for number, start, end in block.items:
                    name = f"{scope}({number})" if scope else number
                    name = f"list-{lists}-{number}" if clash else name
                    taken.add(name)
                    yield Passage(self._step_text(start, end), start + self.first_line, name)
                continue
            end = block.end
            text = self._text(block.start, block.end)
            printed = self._number_of(text)
            if printed is not None:
                if printed in taken:
                    self._problem(
                        "duplicate-paragraph",
                        block.start,
                        f"paragraph {printed} stands twice in this section",
                    )
                taken.add(printed)
                scope = "" if printed.startswith("note-") else printed
                lists = 0
            while (
                block.kind == "paragraph"
                and position < len(blocks)
                and blocks[position].kind in ("bullet_list", "table")
            ):
                end = blocks[position].end
                position += 1
            yield Passage(self._text(block.start, end), block.start + self.first_line, printed)

    @staticmethod
    def _number_of(text: str) -> str | None:
        if match := _PARAGRAPH_NUMBER.match(text):
            return match["number"]
        if match := _FOOTNOTE.match(text):
            return f"note-{match['number']}"
        return None

    def _text(self, start: int, end: int) -> str:
        return "\n".join(line.rstrip() for line in self.lines[start:end]).strip("\n")

    def _step_text(self, start: int, end: int) -> str:
        first, *rest = self._text(start, end).split("\n")
        marker = re.match(r"\s*\d+[.)]\s+", first)
        width = marker.end() if marker else 0
        body = textwrap.dedent(
            "\n".join(
                " " * width + line[width:] if n == 0 else line
                for n, line in enumerate([first, *rest])
            )
        )
        return body.strip("\n")

    def _problem(self, code: str, line: int, message: str) -> None:
        self.problems.append(Problem(code, self.path, line + self.first_line, message))

    def _blocks(self) -> Iterator[tuple[_Block, str]]:
        for position, token in enumerate(self.tokens):
            if token.type in _UNUSED:
                self._problem(
                    "unused-markdown",
                    token.map[0] if token.map else 0,
                    f"{_UNUSED[token.type]} is not used here",
                )
            if token.level or not token.map or token.nesting < 0:
                continue
            kind = token.type.removesuffix("_open")
            start, end = token.map
            if kind == "heading":
                yield (
                    _Block(kind, start, end, int(token.tag[1:]), ()),
                    self.tokens[position + 1].content,
                )
            elif kind in ("paragraph", "bullet_list", "table"):
                yield _Block(kind, start, end, 0, ()), ""
            elif kind == "ordered_list":
                yield _Block(kind, start, end, 0, tuple(_items(self.tokens[position:]))), ""


def _title(heading: str) -> str:
    """A heading without its number and without the anchor that it may give."""
    return _ANCHOR.sub("", _HEADING_NUMBER.sub("", heading))


def _anchor(heading: str) -> str:
    """The anchor that a heading gives (``{#short-name}``, for a long one), or the one made of its
    words."""
    given = _ANCHOR.search(heading)
    return given["anchor"] if given else anchor_of(_title(heading))


def _items(tokens: list[Token]) -> Iterator[tuple[str, int, int]]:
    """The number, first line and end line of each item of the ordered list that ``tokens`` begin
    with."""
    for token in tokens[1:]:
        if token.type == "ordered_list_close" and token.level == 0:
            return
        if token.type == "list_item_open" and token.level == 1 and token.map:
            yield token.info, token.map[0], token.map[1]
