"""One manual in every format: the same sections, the same passages, no word lost."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.guidance.corpus import read_corpus
from assistant.guidance.model import Publication
from assistant.guidance.publication_file import read_publication
from assistant.upkeep.importing.confined import read_confined
from assistant.upkeep.importing.imported import Imported, import_reading
from assistant.upkeep.importing.sources import Source, kind_of
from tests.helpers import ROOT
from tests.upkeep.importing import made

FIXTURES = ROOT / "tests" / "fixtures"
DAY = date(2026, 11, 22)
FORMATS: dict[str, tuple[str, Callable[[list[made.Piece]], bytes]]] = {
    "text": ("text", made.as_text),
    "a saved page": ("html", made.as_page),
    "the Content API": ("json", made.as_content_api),
    "DOCX": ("docx", made.as_docx),
    "PDF": ("pdf", made.as_pdf),
}


@pytest.fixture
def manual(tmp_path: Path) -> Publication:
    path = tmp_path / "lighthouse-manual.md"
    path.write_bytes((FIXTURES / "importing" / "manual.md").read_bytes())
    return read_publication(path)[0]


def taken_in(data: bytes, tmp_path: Path) -> tuple[Imported, Publication]:
    """``data`` imported beside the restatement, and read back."""
    publications = read_corpus(FIXTURES / "content" / "corpus").publications
    source = Source("manual", kind_of(data), data)
    imported = import_reading(read_confined(source), data, "manual", publications, None, DAY)
    path = tmp_path / f"{imported.report.id}.draft.md"
    path.write_text(imported.text, encoding="utf-8")
    return imported, read_publication(path)[0]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_sections_and_passages(
    manual: Publication, tmp_path: Path, name: str
) -> None:
    kind, make = FORMATS[name]
    data = make(list(made.pieces_of(manual)))
    imported, publication = taken_in(data, tmp_path)
    assert imported.report.format == kind
    assert imported.report.recognised_by == "title"
    assert imported.report.words.lost == imported.report.words.doubled == {}
    assert imported.report.missing_headings == imported.report.new_headings == ()

    def flat(text: str) -> list[str]:
        # Word and PDF do not say how deep the bullets of their texts are.
        return [line.strip() for line in text.splitlines() if line.strip()]

    for section, expected in zip(publication.sections, manual.sections, strict=True):
        assert (section.citation, section.path) == (expected.citation, expected.path)
        found = [(p.paragraph, flat(p.text)) for p in section.passages]
        assert found == [(p.paragraph, flat(p.text)) for p in expected.passages]


def test_a_page_and_the_content_api_bring_their_dates_and_licence(
    manual: Publication, tmp_path: Path
) -> None:
    pieces = list(made.pieces_of(manual))
    page = taken_in(made.as_page(pieces), tmp_path)[0].report
    assert (page.published, page.licence) == (date(2020, 1, 2), "Open Government Licence v3.0")
    api = taken_in(made.as_content_api(pieces), tmp_path)[0].report
    assert (api.published, api.updated) == (date(2020, 1, 2), date(2021, 3, 4))


def test_page_furniture_of_a_pdf_is_counted_and_dropped(
    manual: Publication, tmp_path: Path
) -> None:
    pieces = list(made.pieces_of(manual))
    pieces += [made.Piece("paragraph", f"The {n}th lamp is lit by its keeper.") for n in range(60)]
    report = taken_in(made.as_pdf(pieces), tmp_path)[0].report
    assert report.furniture["Printed for the keepers"] == 4
    assert {"Page 1 of 4", "Page 4 of 4"} <= set(report.furniture)


def test_a_table_is_kept_as_one(manual: Publication, tmp_path: Path) -> None:
    table = "<table><tr><th>Lamp</th><th>Oil</th></tr><tr><td>great</td><td>4 | 5</td></tr></table>"
    page = made.as_page(list(made.pieces_of(manual)))
    page = page.replace(b"<h2>The fog bell", table.encode() + b"<h2>The fog bell")
    imported, publication = taken_in(page, tmp_path)
    section = publication.section("steps-at-dusk")
    assert section is not None
    assert "| Lamp | Oil |\n   | --- | --- |\n   | great | 4 \\| 5 |" in imported.text
    assert imported.report.words.all_kept


def test_parts_and_attachments_of_the_content_api_follow_the_body(tmp_path: Path) -> None:
    data = b"""{"title": "Keeping a lighthouse", "details": {
      "body": [{"content_type": "text/govspeak", "content": "x"},
               {"content_type": "text/html", "content": "<p>Lights are lit at dusk.</p>"}],
      "parts": [{"title": "The lamp", "body": "<p>Trim it.</p>"},
                {"title": "Steps at dusk", "body": "<ol><li>Climb.</li></ol>"}],
      "attachments": [{"title": "bell", "content": "<h2>The fog bell</h2><p>Ring it.</p>"}]}}"""
    imported, publication = taken_in(data, tmp_path)
    assert [s.anchor for s in publication.sections] == [
        "keeping-a-lighthouse", "the-lamp", "steps-at-dusk", "the-fog-bell",
    ]  # fmt: skip
    assert imported.report.steps == 1
