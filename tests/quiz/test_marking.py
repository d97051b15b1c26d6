"""Answers marked, item by item."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import UsageError
from assistant.quiz.marking import mark
from assistant.quiz.model import (
    Bank,
    Difficulty,
    Given,
    Item,
    Mistake,
    Number,
    Option,
    Order,
    Several,
)

COMMON: Any = {"difficulty": Difficulty.EASY, "stem": "?", "why": "So.", "cites": ()}


def item(bank: Bank, name: str) -> Item:
    """The item of this id."""
    return next(item for topic in bank.topics for item in topic.items if item.id == name)


def test_a_choice_is_right_or_wrong_and_says_why(bank: Bank) -> None:
    single = item(bank, "trim-wick-interval")
    right, wrong = mark(single, (0,)), mark(single, (2,))
    assert (right.share, right.right) == (1, True)
    assert right.feedback == ("At dusk and at midnight, and every four hours in between.",)
    assert (wrong.share, wrong.feedback) == (0, ("The wick would smoke by then.",))
    assert mark(single, ()) == (0, (), None, None)


def test_of_several_what_was_chosen_and_what_was_missed_gets_its_feedback(bank: Bank) -> None:
    several = item(bank, "wick-times")
    marked = mark(several, (0, 3))
    assert marked.share == 0
    assert marked.feedback == (
        "At dawn: The lamp is out at dawn.",
        "Not chosen: At dusk: Dusk is named.",
        "At midnight: Midnight is named.",
    )
    assert mark(several, (3,)).share == 0.5
    assert mark(several, (3, 1)).right
    assert mark(several, (0, 1, 2, 3)).share == 0


@given(st.lists(st.booleans(), min_size=2, max_size=6), st.data())
def test_of_several_only_all_right_ones_get_the_whole_mark(
    rights: list[bool], data: st.DataObject
) -> None:
    rights[0] = True
    options = tuple(Option(str(n), "", right) for n, right in enumerate(rights))
    chosen = data.draw(st.sets(st.integers(0, len(rights) - 1)))
    marked = mark(Several(id="s", options=options, **COMMON), tuple(sorted(chosen)))
    assert 0 <= marked.share <= 1
    assert marked.right is (chosen == {n for n, right in enumerate(rights) if right})


def test_true_and_false(bank: Bank) -> None:
    statement = item(bank, "oil-from-loft")
    assert mark(statement, False).right
    assert mark(statement, True) == (0, ("The oil is in the cellar.",), None, None)


def test_steps_share_the_mark_by_neighbours_in_order(bank: Bank) -> None:
    steps = item(bank, "steps-at-dusk")
    assert mark(steps, (0, 1, 2)).right
    assert mark(steps, (1, 2, 0)).share == 0.5
    assert mark(steps, (1, 2, 0)).feedback == ("“Take a lantern” comes before “Climb the stair”.",)
    assert mark(steps, (2, 1, 0)).share == 0
    assert mark(steps, ()).share == 0


@pytest.mark.parametrize("number", [3, 4, 5])
def test_only_one_order_is_wholly_right(number: int) -> None:
    steps = Order(id="o", steps=tuple(map(str, range(number))), **COMMON)
    right = [order for order in permutations(range(number)) if mark(steps, order).right]
    assert right == [tuple(range(number))]


def test_a_number_is_right_within_its_tolerance(bank: Bank) -> None:
    year = item(bank, "year-of-manual")
    assert all(mark(year, value).right for value in (2021, 2021.0, 2020.5, 2021.5))
    assert mark(year, 2020).feedback == ("That is when it was published.",)
    assert mark(year, 1999) == (0, ("The answer is 2021 (year).",), None, None)
    assert not mark(year, float("nan")).right
    assert not mark(year, float("inf")).right


def test_decimals_are_compared_as_they_are_written() -> None:
    mistakes = (Mistake(0.7, "That is another."),)
    tenths = Number(id="n", key=0.2, unit="m", tolerance=0.1, mistakes=mistakes, **COMMON)
    assert mark(tenths, 0.3).right
    assert mark(tenths, 0.1).right
    assert mark(tenths, 0.30001).share == 0
    assert mark(tenths, 0.6).feedback == ("That is another.",)


def test_words_say_what_they_were_taken_as(bank: Bank) -> None:
    oil = item(bank, "oil-place")
    assert mark(oil, "Cellar!") == (1, (), "the cellar", 100)
    slip = mark(oil, "cellar of the towwer")
    assert (slip.share, slip.matched) == (1, "cellar of the tower")
    assert slip.feedback == ("Taken as “cellar of the tower”.",)
    assert slip.likeness is not None
    assert 85 <= slip.likeness < 100
    wrong = mark(oil, "the loft")
    assert (wrong.share, wrong.feedback, wrong.matched) == (
        0,
        ("The answer is “the cellar”.",),
        None,
    )
    assert wrong.likeness is not None


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("trim-wick-interval", (3,)),
        ("trim-wick-interval", (0, 1)),
        ("trim-wick-interval", "cellar"),
        ("wick-times", (-1,)),
        ("wick-times", (1, 1)),
        ("wick-times", True),
        ("steps-at-dusk", (0, 1)),
        ("steps-at-dusk", (0, 1, 1)),
        ("oil-from-loft", 1),
        ("year-of-manual", True),
        ("year-of-manual", "2021"),
        ("oil-place", 3.0),
    ],
)
def test_what_is_no_answer_to_this_kind_is_refused(bank: Bank, name: str, answer: Given) -> None:
    with pytest.raises(UsageError, match=name):
        mark(item(bank, name), answer)
