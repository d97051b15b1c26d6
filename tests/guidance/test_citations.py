"""Citations and anchors."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import CitationError
from assistant.guidance.citations import Citation, anchor_of, printable

NAMES = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
PARAGRAPHS = st.none() | st.from_regex(r"[0-9]{1,2}(\.[0-9]{1,2}){0,3}(\([0-9]\))?", fullmatch=True)


@given(NAMES, NAMES, PARAGRAPHS)
def test_a_citation_reads_back_as_it_is_written(
    publication: str, section: str, paragraph: str | None
) -> None:
    citation = Citation(publication, section, paragraph)
    assert Citation.parse(str(citation)) == citation


@given(st.text())
def test_any_other_text_is_refused_in_one_printable_line(text: str) -> None:
    try:
        Citation.parse(text)
    except CitationError as error:
        assert str(error).isprintable()


@pytest.mark.parametrize(
    "text", ["", "app-international", "#x", "a#", "a#b/", "A#b", "a#b#c", "a b"]
)
def test_these_are_no_citations(text: str) -> None:
    with pytest.raises(CitationError, match="publication#section"):
        Citation.parse(text)


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Section 44 searches", "section-44-searches"),
        (
            "Immigration Compliance and Enforcement (ICE)",
            "immigration-compliance-and-enforcement-ice",
        ),
        (
            "International enquiries outside the EU – INTERPOL",
            "international-enquiries-outside-the-eu-interpol",
        ),
    ],
)
def test_anchors_of_headings(heading: str, anchor: str) -> None:
    assert anchor_of(heading) == anchor


@given(st.text(max_size=300))
def test_what_is_shown_of_a_text_is_printable_and_short(text: str) -> None:
    shown = printable(text)
    assert shown.isprintable()
    assert len(shown) <= 83
    assert re.fullmatch(r"[a-z0-9-]*", anchor_of(text))
