"""Short answers: a slip of the keys counts, another thing does not."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct, convert

from assistant.guidance.content_files import read_yaml
from assistant.quiz.likeness import ENOUGH, nearest
from tests.quiz.conftest import FIXTURES


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """A wording, what is given, and whether it counts."""

    accepted: str
    given: str
    counts: bool


CASES = [convert(one, Case, strict=False) for one in read_yaml(FIXTURES / "words.yaml").value]
NUMBERS = st.integers(1, 999)
WORDS = st.text(string.ascii_letters, min_size=1, max_size=12)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.accepted} / {case.given}")
def test_what_counts(case: Case) -> None:
    found = nearest((case.accepted,), case.given)
    assert found.counts is case.counts
    assert found.wording == case.accepted
    assert 0 <= found.likeness <= 100
    assert found.likeness >= ENOUGH or not found.counts


def test_the_wording_that_counts_is_named_though_another_looks_more_like_it() -> None:
    found = nearest(("section 46", "46"), "46")
    assert (found.wording, found.likeness) == ("46", 100)
    assert nearest(("section 46", "section 44"), "secton 44").wording == "section 44"


@given(WORDS, NUMBERS, NUMBERS)
def test_one_number_never_passes_for_another(word: str, right: int, wrong: int) -> None:
    for form in ("{word} {n}", "{word}{n}", "{n} {word}"):
        wanted = form.format(word=word, n=right)
        said = nearest((wanted,), form.format(word=word, n=wrong))
        assert said.counts is (right == wrong)


@given(st.text(string.ascii_uppercase, min_size=2, max_size=6), st.data())
def test_one_acronym_never_passes_for_another(acronym: str, data: st.DataObject) -> None:
    other = data.draw(st.text(string.ascii_uppercase, min_size=2, max_size=6))
    for typed in (other, other.lower(), f"the {other}"):
        assert nearest((acronym,), typed).counts is (acronym == other)


@given(st.lists(WORDS, min_size=1, max_size=4), st.integers(0, 4))
def test_a_negation_more_never_counts(words: list[str], place: int) -> None:
    said = [*words[:place], "not", *words[place:]]
    assert not nearest((" ".join(words),), " ".join(said)).counts


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_compared_and_a_wording_counts_as_itself(wording: str, typed: str) -> None:
    assert 0 <= nearest((wording,), typed).likeness <= 100
    assert nearest((wording,), wording).counts is bool(wording.strip())
