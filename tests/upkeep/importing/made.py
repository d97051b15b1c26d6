"""The same publication in every format that is imported, made by ordinary means."""

import io
import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docx import Document
from markdown_it import MarkdownIt

from assistant.guidance.model import Publication

_LINES_OF_A_PAGE = 46
_WIDTH = 95


class Piece(NamedTuple):
    """A heading (``level`` from 1), a paragraph, a step, a bullet (``level`` its depth) or a
    note."""

    kind: str
    text: str
    level: int = 0


def pieces_of(publication: Publication) -> Iterator[Piece]:
    """A publication in the order of print, every number in its text."""
    for position, section in enumerate(publication.sections):
        yield Piece("heading", section.heading, 1 if not position else len(section.path) + 1)
        for passage in section.passages:
            yield from _passage(passage.text, passage.paragraph or "")


def _passage(text: str, number: str) -> Iterator[Piece]:
    step = re.fullmatch(r"(?:list-\d+-|[\d.]+\()?(\d+)\)?", number)
    for place, paragraph in enumerate(re.split(r"\n\s*\n", text)):
        kind = "note" if number.startswith("note-") else "paragraph"
        for line in paragraph.split("\n"):
            bullet = re.match(r"( *)[-*] (.*)", line)
            if bullet:
                yield Piece("bullet", _plain(bullet[2]), len(bullet[1]) // 2)
            elif step and not place:
                yield Piece("step", f"{step[1]}. {_plain(line)}")
            else:
                yield Piece(kind, _plain(line))


def _plain(text: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text).replace("**", "").strip()


def as_text(pieces: Sequence[Piece]) -> bytes:
    """One line a paragraph, a blank line between them."""
    lines = []
    for piece in pieces:
        mark = "  " * piece.level + "• " if piece.kind == "bullet" else ""
        text = (
            piece.text.removeprefix("Note ").replace(": ", " ", 1)
            if piece.kind == "note"
            else piece.text
        )
        lines.append(mark + text)
    return "\n\n".join(lines).encode()


def as_markup(pieces: Sequence[Piece], title: bool = True) -> str:
    """HTML as an editor of web pages writes it: headings, paragraphs, lists, footnotes at the
    end."""
    markdown, notes = [], []
    for piece in pieces:
        if piece.kind == "heading":
            if piece.level > 1 or title:
                markdown.append(f"<h{piece.level}>{_html(piece.text)}</h{piece.level}>")
        elif piece.kind == "note":
            number, text = re.match(r"Note (\d+): (.*)", piece.text, re.DOTALL).groups()  # type: ignore[union-attr]
            notes.append(
                f'<li id="fn:{number}"><p>{_html(text)} <a href="#fnref:{number}">↩</a></p></li>'
            )
        elif piece.kind == "bullet":
            markdown.append(f"{'  ' * piece.level}- {_html(piece.text)}")
        elif piece.kind == "step":
            markdown.append(_html(piece.text))
        else:
            markdown.append(f"<p>{_html(piece.text)}</p>")
    html: str = MarkdownIt().render("\n\n".join(markdown))
    foot = f'<div class="footnotes"><ol>{"".join(notes)}</ol></div>' if notes else ""
    return html + foot


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def as_page(pieces: Sequence[Piece]) -> bytes:
    """A saved page of a web site, with all that stands around the text of one."""
    title = pieces[0].text
    links = "".join(
        f'<li><a href="#x">{_html(p.text)}</a></li>'
        for p in pieces
        if p.level == 2 and p.kind == "heading"
    )
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>{_html(title)} - GOV.UK</title>
<meta name="govuk:first-published-at" content="2020-01-02T09:30:00+00:00">
<script>var lost = "a script is no text";</script><style>p {{ color: black }}</style></head>
<body><a href="#content" class="govuk-skip-link">Skip to main content</a>
<header role="banner"><form><input name="q"><button>Search</button></form></header>
<div class="cookie">Cookies on this site</div>
<main id="content"><h1>{_html(title)}</h1><nav><h2>Contents</h2><ol>{links}</ol></nav>
<div class="govspeak">{as_markup(pieces, title=False)}</div>
<div class="feedback">Is this page useful? <button>Yes</button></div></main>
<footer><p>All content is available under the Open Government Licence v3.0, except where otherwise
stated</p></footer></body></html>""".encode()


def as_content_api(pieces: Sequence[Piece]) -> bytes:
    """What the Content API gives for the page."""
    return json.dumps(
        {
            "title": pieces[0].text,
            "first_published_at": "2020-01-02T09:30:00Z",
            "public_updated_at": "2021-03-04T00:00:00Z",
            "details": {"body": as_markup(pieces, title=False), "headers": []},
        }
    ).encode()


def as_docx(pieces: Sequence[Piece]) -> bytes:
    """A document with the styles of a word processor for headings and lists."""
    document = Document()
    for piece in pieces:
        if piece.kind == "heading":
            document.add_heading(piece.text, 0 if piece.level == 1 else piece.level - 1)
        elif piece.kind == "bullet":
            document.add_paragraph(
                piece.text, style="List Bullet 2" if piece.level else "List Bullet"
            )
        elif piece.kind == "note":
            document.add_paragraph(piece.text.removeprefix("Note ").replace(": ", " ", 1))
        else:
            document.add_paragraph(piece.text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_pdf(pieces: Sequence[Piece], header: str = "Printed for the keepers") -> bytes:
    """Pages of lines that are broken at the edge, with a header, and a number at the foot."""
    lines: list[str] = []
    for piece in pieces:
        if piece.kind == "heading" and len(lines) % _LINES_OF_A_PAGE > _LINES_OF_A_PAGE - 4:
            lines += [""] * (_LINES_OF_A_PAGE - len(lines) % _LINES_OF_A_PAGE)
        first = "• " if piece.kind == "bullet" else ""
        text = (
            piece.text.removeprefix("Note ").replace(": ", " ", 1)
            if piece.kind == "note"
            else piece.text
        )
        lines += textwrap.wrap(first + text, _WIDTH, break_long_words=False, break_on_hyphens=False)
        lines.append("")
    pages = [lines[at : at + _LINES_OF_A_PAGE] for at in range(0, len(lines), _LINES_OF_A_PAGE)]
    top = [header, ""] if len(pages) > 1 else []
    return pdf_of(
        [[*top, *page, "", f"Page {n} of {len(pages)}"] for n, page in enumerate(pages, 1)]
    )


def pdf_of(pages: Sequence[Sequence[str]]) -> bytes:
    """The least PDF that has these lines on its pages."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects.append(font)
    kids = []
    for page in pages:
        shown = b"".join(b"(" + _pdf_text(line) + b") Tj T*\n" for line in page)
        stream = b"BT /F1 10 Tf 14 TL 40 800 Td\n" + shown + b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    out = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table, len(objects) + 1, len(out))
    )


def _pdf_text(line: str) -> bytes:
    text = line.encode("cp1252", "replace")
    return text.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
