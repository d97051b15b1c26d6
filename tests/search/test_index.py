"""The passage index over the real guidance."""

import pytest

from assistant.library.model import Library


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("section 44 nationality documents premises", "app-international#section-44-searches"),
        (
            "closure notice chief immigration officer",
            "app-international#closure-notices-and-compliance-orders",
        ),
        ("Wackenhut", "joint-protocol-2001#lower-tier-operations"),
    ],
)
def test_passages_are_found_by_their_words(library: Library, words: str, section: str) -> None:
    assert library.passages.search(words).best[0].section == section


def test_everyday_names_find_the_term_they_stand_for(library: Library) -> None:
    term = next(term for term in library.guidance.terms if term.id == "nccu")
    sections = {hit.section for hit in library.passages.search(term.everyday[0]).best}
    assert any("ncc" in section or "immigration" in section for section in sections)


@pytest.mark.parametrize(
    "words", ["", "the of and", "zzzzqqq", "?!", "*", "field:x AND (", "a" * 5_000]
)
def test_words_that_stand_nowhere_find_nothing_and_break_nothing(
    library: Library, words: str
) -> None:
    assert library.passages.search(words).best == []


def test_coverage_is_the_share_of_telling_words_that_a_section_holds(library: Library) -> None:
    index = library.passages
    known = "section 44 premises documents written authority inspector"
    hit = index.search(known).best[0]
    whole = index.coverage(known, hit)
    assert whole == pytest.approx(1.0)
    assert 0 < index.coverage(known + " giraffe volcano", hit) < 0.8
