"""Words kept: what was lost and what was doubled is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.upkeep.importing.words import compare_words


@pytest.mark.parametrize(
    ("source", "dropped", "result", "lost", "doubled"),
    [
        ("Trim the wick.", [], "trim the WICK", {}, {}),
        ("Trim the wick.", [], "Trim wick", {"the": 1}, {}),
        ("Trim the wick.", [], "Trim the the wick", {}, {"the": 1}),
        ("3\nTrim it.\n3", ["3", "3"], "Trim it.", {}, {}),
        ("the informa-\ntion", [], "the information", {}, {}),
        ("[Trim](#) **it** \\(now\\)", [], "Trim it (now)", {}, {}),
        ("office’s 24/7", [], "office's 24 / 7", {}, {}),
        ("page 3", [], "page", {"3": 1}, {}),
    ],
)
def test_words_are_compared_without_their_marks(
    source: str, dropped: list[str], result: str, lost: dict[str, int], doubled: dict[str, int]
) -> None:
    words = compare_words(source, dropped, result)
    assert (words.lost, words.doubled) == (lost, doubled)
    assert words.all_kept == (not lost and not doubled)


@given(st.lists(st.sampled_from("abcdef"), max_size=20), st.data())
def test_a_word_left_out_is_named(words: list[str], data: st.DataObject) -> None:
    source = " ".join(words)
    assert compare_words(source, [], source).all_kept
    if words:
        at = data.draw(st.integers(0, len(words) - 1))
        rest = " ".join(words[:at] + words[at + 1 :])
        assert compare_words(source, [], rest).lost == {words[at]: 1}
        assert compare_words(rest, [], source).doubled == {words[at]: 1}
