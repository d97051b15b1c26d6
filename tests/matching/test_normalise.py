"""Words and features of a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.matching.normalise import features, telling, words


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("s44", "section44"),
        ("S.44", "section44"),
        ("sec 44", "section44"),
        ("section 44", "section44"),
        ("i247", "i247"),
        ("I-24/7", "i247"),
        ("i 24 7", "i247"),
        ("IM3", "im3"),
        ("im 3", "im3"),
        ("Part 2", "part2"),
        ("24/7", "24/7"),
        ("#PE", "#pe"),
        ("person’s", "persons"),
    ],
)
def test_exact_things_are_one_word_however_typed(typed: str, word: str) -> None:
    assert words(typed) == [word]


@pytest.mark.parametrize("typed", ["he's 17", "she’s 17", "it's 3"])
def test_an_apostrophe_before_a_number_makes_no_section(typed: str) -> None:
    assert "section" not in " ".join(words(typed))


def test_words_without_a_topic_do_not_tell() -> None:
    assert telling(words("who is it that signs the search")) == ["signs", "search"]


@given(st.text(max_size=500))
def test_any_text_has_words_and_features(text: str) -> None:
    found = words(text)
    assert all(found)
    counted = features(found)
    assert bool(counted) == (len(found) > 1 or bool(telling(found)))
    assert all(count > 0 for count in counted.values())
