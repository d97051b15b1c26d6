"""Texts without markup, cut into the sections of a small manual: source and result as data."""

from datetime import date

import pytest

from assistant.guidance.corpus import read_corpus
from assistant.upkeep.importing.imported import import_reading
from assistant.upkeep.importing.readers.plain_text import read_text
from tests.helpers import ROOT

CONTENT = ROOT / "tests" / "fixtures" / "content" / "corpus"
CASES = ROOT / "tests" / "fixtures" / "importing" / "text.txt"
DAY = date(2026, 11, 22)


def cases() -> list[tuple[str, str, str]]:
    found = []
    for block in CASES.read_text(encoding="utf-8").split("\n=====\n"):
        title, source, expected = block.split("\n.....\n")
        found.append((title.strip(), source, expected.strip("\n") + "\n"))
    return found


@pytest.mark.parametrize(
    ("title", "source", "expected"), cases(), ids=[title for title, _, _ in cases()]
)
def test_a_text_becomes_the_sections_of_the_manual(title: str, source: str, expected: str) -> None:
    publications = read_corpus(CONTENT).publications
    data = source.encode()
    imported = import_reading(
        read_text(data), data, "manual.txt", publications, "lighthouse-manual", DAY
    )
    assert imported.text.split("\n---\n\n", 1)[1] == expected
    assert imported.report.words.lost == {}
    assert imported.report.words.doubled == {}
