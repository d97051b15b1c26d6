"""Texts of other programs with their markup taken out."""

import re
from html.parser import HTMLParser
from typing import NamedTuple

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]+|#\d+|#x[0-9a-fA-F]+);")
_LINES = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre"}
_SILENT = {"p", "br", "div", "span"}


class Plain(NamedTuple):
    """A text without markup, and a line for everything that went with it."""

    text: str
    lost: tuple[str, ...]


def plain(text: str, form: str) -> Plain:
    """``text``, which is in Moodle's format ``form`` (plain, html, markdown, moodle), as plain
    words. Markdown stays as it is; Moodle's own format counts as HTML where it holds any."""
    if form == "html" or (form == "moodle" and _MARKUP.search(text)):
        return _from_html(text)
    if form == "markdown" and re.search(r"[*_`]|\]\(", text):
        return Plain(text, ("its Markdown is kept as plain text",))
    return Plain(text, ())


def _from_html(text: str) -> Plain:
    reader = _Words()
    reader.feed(text)
    reader.close()
    words = re.sub(r"[ \t]+", " ", "".join(reader.words))
    words = re.sub(r" ?\n ?", "\n", words)
    lost = []
    if reader.images:
        lost.append("an image or another medium is left out")
    if reader.marked:
        lost.append("its HTML formatting is left out")
    return Plain(re.sub(r"\n{3,}", "\n\n", words).strip(), tuple(lost))


class _Words(HTMLParser):
    """Collects the words of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.images = False
        self.marked = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("img", "audio", "video", "object", "iframe"):
            self.images = True
        elif tag not in _SILENT:
            self.marked = True
        if tag in _LINES and self.words:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        self.words.append(re.sub(r"\s+", " ", data))
