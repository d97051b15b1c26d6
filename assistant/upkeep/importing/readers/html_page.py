"""A saved web page, or the HTML that another format was turned into, read into blocks.

Only the content is read: nothing is fetched, and what surrounds it (navigation, forms, scripts) is
left out.
"""

import html
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from assistant.upkeep.importing.elements import Block, Reading
from assistant.upkeep.importing.limits import NESTING, TEXT_CHARACTERS, Refused
from assistant.upkeep.importing.numbering import Counter, opening_of
from assistant.upkeep.importing.wording import clean, words_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from bs4.element import PageElement, Tag

_AROUND = (
    "script, style, noscript, template, svg, iframe, object, embed, canvas, audio, video, nav, "
    "form, button, input, select, textarea, "
    "aside, [hidden], [aria-hidden=true], [role=navigation], "
    "[role=search], [role=contentinfo], [role=banner]"
)
_CONTENT = ("main", "[role=main]", "#content", "article", "body")
_GOVSPEAK = ".govspeak"
_HEADING = re.compile(r"h([1-6])")
_GROUPS = {
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "header", "hgroup", "html", "li", "main", "p",
    "pre", "section", "summary", "tbody", "td", "tfoot", "th", "thead", "tr",
}  # fmt: skip
_BLOCKS = [*sorted(_GROUPS), "ul", "ol", "table", "hr", "h1", "h2", "h3", "h4", "h5", "h6"]
_NOTE = re.compile(r"(?:fn|footnote|endnote)[-:_]?(?P<number>\d{1,3})")
_WHOLE = ["h1", "h2", "h3", "h4", "h5", "h6", "table"]
_NOTED = "data-number-of-note"
_BACK = re.compile(r"\s*[↩↑^]\ufe0e?\s*")
_UNCLOSED = 1000
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_DATES = {
    "published": ("govuk:first-published-at", "article:published_time", "dcterms.issued"),
    "updated": ("govuk:public-updated-at", "govuk:updated-at", "article:modified_time",
                "dcterms.modified"),
}  # fmt: skip


def read_html(data: bytes) -> Reading:
    """The content of a saved page. Raises Refused where it cannot be read as one."""
    return read_markup(_decoded(data), "html")


def read_markup(markup: str, kind: str) -> Reading:
    """The content of ``markup``, which the format ``kind`` holds."""
    soup = _parsed(markup)
    reading = Reading(kind, "", title=clean(soup.title.get_text()) if soup.title else "")
    for field, names in _DATES.items():
        found = (soup.find("meta", attrs={"name": n}) or soup.find("meta", attrs={"property": n})
                 for n in names)  # fmt: skip
        setattr(reading, field, next((str(tag.get("content", "")) for tag in found if tag), ""))
    whole = soup.get_text(" ")
    licence = re.search(r"Open Government Licence(?:\s+v\d(?:\.\d)?)?", whole)
    reading.licence = licence[0] if licence else ""
    content = _content(soup)
    noted = _number_items(content)
    reading.printed = "\n".join([_text(content), *noted])
    if len(reading.printed) > TEXT_CHARACTERS:
        raise Refused(f"it has more than {TEXT_CHARACTERS:,} characters of text")
    around = len(words_of(whole)) - len(words_of(reading.printed))
    if around > 0 and kind == "html":
        reading.furniture[f"[{around} words of the page around its text]"] = 1
    try:
        reading.blocks = list(_Walker().blocks(content))
    except RecursionError as error:
        raise Refused("it is nested too deeply to be a page of text") from error
    return reading


def _decoded(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding = "utf-16" if marked else declared[1].decode() if declared else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise Refused(f"it is not text in the encoding that it names ({encoding})") from error
    if "\0" in text:
        raise Refused("it holds zero bytes, so this is no page of text")
    return text


def _parsed(markup: str) -> "BeautifulSoup":
    # Imported here: only who imports published texts has these libraries.
    from bs4 import BeautifulSoup
    from bs4.builder import ParserRejectedMarkup

    if markup.count("<") > 2 * markup.count(">") + _UNCLOSED:
        raise Refused("most of its tags are not closed, so this is no page of text")
    depth = deepest = 0
    for match in re.finditer(r"<(/?)([a-zA-Z][\w-]*)[^<>]*?(/?)>", markup):
        if match[2].lower() in ("br", "img", "hr", "meta", "link", "input", "p", "li", "td", "tr"):
            continue
        depth += -1 if match[1] else 0 if match[3] else 1
        deepest = max(deepest, depth)
    if deepest > NESTING:
        raise Refused(f"it is nested more than {NESTING} deep, so this is no page of text")
    try:
        return BeautifulSoup(markup, "html.parser")
    except (ParserRejectedMarkup, RecursionError, AssertionError) as error:
        raise Refused("it cannot be read as HTML") from error


def _content(soup: "BeautifulSoup") -> "Tag":
    """The element that holds the text, without what surrounds it. On a page of GOV.UK that is its
    first heading and its bodies."""
    from bs4.element import Comment, Declaration, Doctype, ProcessingInstruction

    for tag in soup.select(_AROUND):
        if not tag.decomposed:
            tag.decompose()
    for odd in soup.find_all(
        string=lambda text: isinstance(text, (Comment, Declaration, Doctype, ProcessingInstruction))
    ):
        odd.extract()
    found = (soup.select_one(css) for css in _CONTENT)
    content: Tag = next((tag for tag in found if tag is not None), soup)
    for link in content.find_all("a"):
        # A link to elsewhere on the page or the site is only its words here.
        if _BACK.fullmatch(link.get_text()):
            link.decompose()
        elif re.match(r"(?:https?://|mailto:)[^\s()<>]+$", str(link.get("href", ""))):
            link.attrs = {"href": link["href"]}
        else:
            link.unwrap()
    bodies = [tag for tag in content.select(_GOVSPEAK) if not tag.find_parent(class_="govspeak")]
    if bodies:
        holder = soup.new_tag("main")
        title = content.find("h1")
        if title is not None and title.find_parent(class_="govspeak") is None:
            holder.append(title.extract())
        for body in bodies:
            holder.append(body.extract())
        return holder
    for css in ("header nav", "footer"):
        for tag in content.select(css):
            if not tag.decomposed:
                tag.decompose()
    return content


def _number_items(content: "Tag") -> list[str]:
    """Put the numbers and letters that a browser prints before the items of ordered lists into
    their text; the numbers of footnotes are returned instead."""
    from bs4.element import Tag

    noted: list[str] = []
    for item in content.find_all("li"):
        note = _NOTE.fullmatch(str(item.get("id", "")))
        inside = item.find_parent(_WHOLE) or item.find_parent(attrs={_NOTED: True})
        if note and inside is None and note["number"] not in noted and item.get_text(strip=True):
            noted.append(note["number"])
            item.attrs = {_NOTED: note["number"]}
    for ordered in content.find_all("ol"):
        lettered = str(ordered.get("type", "")) in ("a", "A")
        number = _whole(ordered.get("start"), 1)
        for item in (child for child in ordered.children if isinstance(child, Tag)):
            if item.name != "li" or item.get(_NOTED):
                continue
            number = _whole(item.get("value"), number)
            mark = chr(ord("a") + (number - 1) % 26) if lettered else str(number)
            first = next((child for child in item.children if str(child).strip()), None)
            within = first if isinstance(first, Tag) and first.name in ("p", "div") else item
            within.insert(0, f"{mark}. ")
            number += 1
    return noted


def _whole(value: object, otherwise: int) -> int:
    text = str(value) if value is not None else ""
    return int(text) if re.fullmatch(r"\d{1,3}", text) else otherwise


def _text(content: "Tag") -> str:
    """Every word of ``content``; line breaks are put around its blocks, so that the last word of
    one and the first of the next stay two."""
    for tag in content.find_all(True):
        if tag.name == "br" or _is_block(tag):
            tag.insert_before("\n")
            tag.insert_after("\n")
    return content.get_text()


def _is_block(tag: "Tag") -> bool:
    return tag.name in _BLOCKS or tag.find(_BLOCKS) is not None


class _Walker:
    """Goes through the elements in the order of print, a block at a time."""

    def __init__(self) -> None:
        from markdownify import MarkdownConverter

        self.converter = MarkdownConverter(
            escape_asterisks=False,
            escape_underscores=False,
            escape_misc=False,
            strip=["img"],
            sup_symbol="",
            strong_em_symbol="*",
        )
        self.counter = Counter()

    def blocks(self, content: "Tag") -> Iterator[Block]:
        yield from self._group(content, 0)

    def _group(self, group: "Tag", depth: int) -> Iterator[Block]:
        from bs4.element import Tag

        inline: list[PageElement] = []
        for child in list(group.children):
            if isinstance(child, Tag) and _is_block(child):
                yield from self._inline(inline)
                inline = []
                yield from self._element(child, depth)
            else:
                inline.append(child)
        yield from self._inline(inline)

    def _element(self, tag: "Tag", depth: int) -> Iterator[Block]:
        heading = _HEADING.fullmatch(tag.name)
        if tag.get(_NOTED):
            texts = (f"{block.number} {block.text}" for block in self._group(tag, 0))
            yield Block("note", clean(" ".join(texts)), str(tag[_NOTED]))
        elif heading:
            text = clean(tag.get_text())
            if text:
                self.counter.new_section()
                yield Block("heading", text, level=int(heading[1]))
        elif tag.name == "table":
            yield from self._table(tag)
        elif tag.name == "li":
            within = list(self._group(tag, depth + 1))
            if within and within[0].kind == "paragraph" and not within[0].number:
                within[0].kind, within[0].level = "bullet", depth
            yield from within
        else:
            yield from self._group(tag, depth)

    def _table(self, tag: "Tag") -> Iterator[Block]:
        rows = [
            [
                clean(cell.get_text(" ")).replace("|", "\\|")
                for cell in row.find_all(["td", "th"], recursive=False)
            ]
            for row in tag.find_all("tr")
        ]
        rows = [row for row in rows if any(row)]
        if tag.find("table") is not None or not rows or max(map(len, rows)) < 2:
            # One column, or tables within a table: only a way to lay out a page.
            yield from self._group(tag, 0)
            return
        caption = tag.find("caption")
        if caption is not None:
            yield Block("paragraph", clean(caption.get_text()))
        width = max(map(len, rows))
        lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
        lines.insert(1, "|" + " --- |" * width)
        yield Block("table", "\n".join(lines))

    def _inline(self, nodes: Iterable["PageElement"]) -> Iterator[Block]:
        """A block for each line of what stands on one level without being a block."""
        from bs4.element import Tag

        markup = "".join(
            str(node) if isinstance(node, Tag) else html.escape(str(node), quote=False)
            for node in nodes
        )
        if not markup.strip():
            return
        for piece in re.split(r"<br\s*/?>", markup):
            text = clean(self.converter.convert(piece))
            if re.search(r"\w", text):
                yield self._opened(text)

    def _opened(self, text: str) -> Block:
        opening = opening_of(text)
        if opening.number and self.counter.goes_on(opening):
            return Block(opening.kind, opening.text, opening.number)
        if opening.bulleted:
            return Block("bullet", opening.rest)
        return Block("paragraph", text)
