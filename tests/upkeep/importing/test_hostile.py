"""Files made to do harm: a clear refusal within bounds, and nothing touched but the library."""

import io
import os
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.guidance.corpus import read_corpus
from assistant.guidance.publication_file import read_publication
from assistant.guidance.published import read_published
from assistant.upkeep.importing.confined import read_confined
from assistant.upkeep.importing.drafts import accept, import_file, import_files
from assistant.upkeep.importing.imported import import_reading
from assistant.upkeep.importing.limits import Refused
from assistant.upkeep.importing.sources import Source, kind_of, reader_of
from tests.helpers import ROOT
from tests.upkeep.importing import made

PUBLICATIONS = read_corpus(ROOT / "tests" / "fixtures" / "content" / "corpus").publications
DAY = date(2026, 11, 22)
SECONDS = 20
MANUAL = "Keeping a lighthouse\n\nThe lamp\n\nTrim it.\n\nThe fog bell\n\nRing it.\n"
PIECES = [
    made.Piece("heading", "Keeping a lighthouse", 1),
    made.Piece("heading", "The lamp", 2),
    made.Piece("paragraph", "Trim it."),
]


def docx_with(parts: dict[str, bytes]) -> bytes:
    """A good DOCX with these parts put in the place of its own, or beside them."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made.as_docx(PIECES))) as good,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in good.namelist():
            if name not in parts:
                packed.writestr(name, good.read(name))
        for name, content in parts.items():
            packed.writestr(name, content)
    return stream.getvalue()


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">
<!ENTITY e SYSTEM "file:///etc/hostname">]><d>&b;&e;</d>"""
UTF_16_ENTITIES = ENTITIES.decode().encode("utf-16")
LOOP = b"""%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Count 2000000000 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>
endobj
trailer
<< /Size 3 /Root 1 0 R /Prev 9 >>
startxref
9
%%EOF
"""

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb as DOCX": (
        lambda: docx_with({"word/document.xml": b" " * 80_000_000}),
        "unpacks to more",
    ),
    "a bomb in a part that nothing needs": (
        lambda: docx_with({"word/other.xml": b"x" * 80_000_000}),
        "unpacks to more",
    ),
    "XML entities": (lambda: docx_with({"word/document.xml": ENTITIES}), "declares entities"),
    "XML entities in UTF-16": (
        lambda: docx_with({"word/styles.xml": UTF_16_ENTITIES}),
        "declares entities",
    ),
    "XML nested without end": (
        lambda: docx_with({"word/document.xml": b"<a>" * 50_000 + b"</a>" * 50_000}),
        ".",
    ),
    "a ZIP that is no DOCX": (lambda: _zip({"../../../tmp/x": b"x"}), "no DOCX"),
    "a ZIP of too many parts": (lambda: _zip({f"{n}": b"" for n in range(2001)}), "parts"),
    "half a ZIP": (lambda: made.as_docx(PIECES)[:5000], "unpacked"),
    "a PDF that loops": (lambda: LOOP, "."),
    "half a PDF": (lambda: made.as_pdf(PIECES)[:300], "."),
    "a PDF without text": (lambda: made.pdf_of([[], []]), "no text"),
    "a page of too many levels": (lambda: b"<html><body>" + b"<div>" * 100_000, "nested"),
    "a page of unclosed tags": (lambda: b"<html><p>" + b"<b" * 200_000, "not closed"),
    "JSON that nests without end": (lambda: b'{"details":' + b"[" * 100_000, "not JSON"),
    "JSON of something else": (lambda: b'{"title": "Keeping a lighthouse"}', "details"),
    "JSON without text": (lambda: b'{"details": {"body": 7}}', "no text"),
    "aliases that explode": (
        lambda: b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n" * 9,
        "no publication of the library",
    ),
    "another encoding": (lambda: "Keeping a lighthouse – café".encode("cp1252"), "UTF-8"),
    "UTF-16 without its mark": (lambda: MANUAL.encode("utf-16-le"), "control characters"),
    "a page in an encoding that there is not": (
        lambda: b'<html><meta charset="none-such"><body>x</body></html>',
        "encoding",
    ),
    "nothing": (lambda: b"", "empty"),
    "blanks": (lambda: b" \n\t\n", "empty"),
    "zeros": (lambda: bytes(1000), "control characters"),
    "a title and no text": (lambda: b"Keeping a lighthouse\n", "."),
    "one line without end": (lambda: b"x" * 200_000, "characters"),
    "lines without end": (lambda: b"x\n" * 200_000, "lines"),
}  # fmt: skip


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_one_line_and_touches_nothing(
    tmp_path: Path, name: str
) -> None:
    make, words = HOSTILE[name]
    path = tmp_path / "in" / "file.bin"
    path.parent.mkdir()
    path.write_bytes(make())
    started = time.monotonic()
    with pytest.raises(Refused, match=words) as caught:
        import_file(path, tmp_path / "published", PUBLICATIONS, DAY)
    assert time.monotonic() - started < SECONDS
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300
    assert list(tmp_path.iterdir()) == [path.parent]


def test_a_page_of_fifty_megabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(b"<html><body>" + b"<p>x</p>" * (50 * 2**20 // 8))
    with pytest.raises(Refused, match="more than 4 MB, the most for html"):
        import_file(path, tmp_path / "published", PUBLICATIONS, DAY)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Refused, match="not a file"):
        import_file(tmp_path / "pipe", tmp_path / "published", PUBLICATIONS, DAY)


def test_reading_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    data = made.as_page(PIECES)
    with pytest.raises(Refused, match="took more than"):
        read_confined(Source("page", "html", data), seconds=0.01)


@pytest.mark.parametrize(
    "name", ["../../x", "/etc/x", "a/b", "..", "x.md", "A", "", "a\0b", "a\nb"]
)
def test_an_id_is_no_path(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.txt"
    path.write_text(MANUAL)
    with pytest.raises(Refused, match="an id is made of"):
        import_file(path, tmp_path / "published", PUBLICATIONS, DAY, named=name)
    with pytest.raises(Refused, match="an id is made of"):
        accept(name, tmp_path / "published")
    assert list(tmp_path.iterdir()) == [path]


def test_names_of_files_with_odd_characters_are_only_names(tmp_path: Path) -> None:
    path = tmp_path / "- x: [\u202e&*'\" #.txt"
    path.write_text(MANUAL)
    report = import_file(path, tmp_path / "published", PUBLICATIONS, DAY, at_once=True)
    (publication,) = read_published(tmp_path / "published").publications
    assert publication.about.edition is not None
    assert publication.about.edition.file == path.name
    assert report.state == "accepted"


def test_a_refused_file_does_not_keep_the_others_from_being_imported(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(MANUAL)
    bad.write_bytes(bytes(range(256)))
    paths = [bad, tmp_path / "none.txt", good, good]
    reports, failures = import_files(paths, tmp_path / "published", PUBLICATIONS, DAY)
    assert [report.id for report in reports] == ["lighthouse-manual"]
    assert [failure.file.name for failure in failures] == ["bad.txt", "none.txt", "good.txt"]
    assert "another of these files" in failures[2].reason


def test_a_published_text_with_exploding_aliases_is_a_named_fault(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("---\na: &a [x, x]\nb: [*a, *a]\n---\n\n# X\n")
    found = read_published(tmp_path)
    assert [problem.code for problem in found.problems] == ["yaml-alias"]
    assert found.publications == ()


def imported_or_refused(data: bytes, kind: str) -> None:
    """``data`` is refused, or gives a file that reads back as a publication."""
    try:
        reading = reader_of(kind)(data)
        text, report = import_reading(reading, data, "junk", PUBLICATIONS, "lighthouse-manual", DAY)
    except Refused as error:
        assert str(error).isprintable()
        return
    assert report.sections >= 1
    assert report.words.all_kept
    path = Path(os.environ["ASSISTANT_HOME"]) / "lighthouse-manual.draft.md"
    path.write_text(text, encoding="utf-8")
    publication, _ = read_publication(path)
    assert len(publication.sections) == report.sections


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["", "The lamp", "1 The lamp", "1.1 x", "1.1", "1. x", "2. y", "• z", " - q:", "# h",
             "Contents", "The lamp....3", "9 x", "Note 1: x", "> q", "---", "===", "| a |", "```",
             "a. b", "(i) c", "\t", "    code", "<div>", "[a]: b", "**b", "1 note", "word1", "\f"]
        ),
        st.text(max_size=40),
    ),
    max_size=30,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_any_text_is_refused_or_reads_back(lines: list[str]) -> None:
    imported_or_refused("\n".join(lines).encode("utf-8", "surrogatepass"), "text")


TAGS = ["p", "div", "li", "ol", "ul", "h1", "h2", "table", "tr", "td", "a", "b", "sup", "br", "nav"]
MARKUP = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
        st.sampled_from(["<li id=fn:1>", "<ol start=7 type=a>", "<!--", "&lt;", "&#0;",
                         "<a href='#'>"]),
        st.text(max_size=20),
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(MARKUP)
def test_any_markup_is_refused_or_reads_back(pieces: list[str]) -> None:
    imported_or_refused("".join(["<html>", *pieces]).encode("utf-8", "surrogatepass"), "html")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["docx", "pdf", "json", "html", "text"]), st.data())
def test_any_file_with_bytes_changed_is_refused_or_reads_back(
    kind: str, data: st.DataObject
) -> None:
    make = {"docx": made.as_docx, "pdf": made.as_pdf, "json": made.as_content_api,
            "html": made.as_page, "text": made.as_text}[kind]  # fmt: skip
    good = bytearray(make(PIECES))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(good) - 1))
        good[at : at + 1] = data.draw(st.binary(max_size=4))
    imported_or_refused(bytes(good), kind)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_binary_junk_is_refused_or_reads_back(data: bytes) -> None:
    imported_or_refused(data, kind_of(data))
