"""When items are due again."""

from datetime import timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.quiz.schedule import LEECH, Card, due, leeches, next_due, review, unseen
from tests.quiz.made import START, later

DAY = 24 * 60
BANK = {"one": "as now", "two": "as now", "three": "as now"}


def reviewed(item: str, *shares: float, every: float = 3 * DAY, print_: str = "as now") -> Card:
    """The card after reviews that are so many minutes apart."""
    card = None
    for number, share in enumerate(shares):
        card = review(card, item, print_, share, later(number * every))
    assert card is not None
    return card


def test_the_better_the_answer_the_later_the_item_is_due() -> None:
    again, hard, good = (reviewed("one", 1, 1, share).due for share in (0.2, 0.6, 1))
    assert again < hard < good


@pytest.mark.parametrize("share, same_as", [(0, 0.49), (0.5, 0.99)])
def test_shares_between_two_marks_get_the_same_rating(share: float, same_as: float) -> None:
    assert reviewed("one", 1, 1, share).due == reviewed("one", 1, 1, same_as).due


def test_intervals_grow_while_answers_are_right() -> None:
    card, now, gaps = None, START, []
    for _ in range(6):
        card = review(card, "one", "as now", 1, now)
        gaps.append(card.due - now)
        now = card.due
    assert gaps == sorted(gaps)
    assert gaps[-1] > timedelta(days=20)


def test_the_same_answers_lead_to_the_same_days() -> None:
    assert reviewed("one", 1, 0, 1, 0.5) == reviewed("one", 1, 0, 1, 0.5)


def test_any_zone_will_do_and_due_is_in_utc() -> None:
    there = START.astimezone(timezone(timedelta(hours=5)))
    card = review(None, "one", "as now", 1, there)
    assert card == review(None, "one", "as now", 1, START)
    assert card.due.utcoffset() == timedelta(0)


def test_due_items_come_the_longest_due_first() -> None:
    cards = [reviewed("two", 1), reviewed("one", 1, every=1), reviewed("three", 1, 1, 1)]
    cards = [cards[0], review(None, "one", "as now", 1, later(-60)), cards[2]]
    found = due(cards, BANK, later(DAY))
    assert [one.card.item for one in found] == ["one", "two"]
    assert next_due(cards, BANK) == found[0].card.due
    assert next_due([], BANK) is None


def test_a_reworded_item_keeps_its_history_and_is_marked() -> None:
    before = reviewed("one", 1, 0, 1, print_="as before")
    (found,) = due([before], BANK, before.due)
    assert found.changed
    after = review(before, "one", "as now", 1, before.due)
    assert (after.reviews, after.failures, after.reworded) == (4, 1, True)
    assert after.due - before.due > timedelta(days=1)
    (found,) = due([after], BANK, after.due)
    assert not found.changed
    assert review(after, "one", "as now", 1, after.due).reworded


def test_a_card_waits_while_its_item_is_not_in_the_bank() -> None:
    cards = [reviewed("gone", 1), reviewed("one", 1)]
    assert [one.card.item for one in due(cards, BANK, later(DAY))] == ["one"]
    assert unseen(cards, BANK) == ["two", "three"]


def test_an_item_that_is_failed_often_is_a_leech() -> None:
    cards = [
        reviewed("one", *[0.0] * (LEECH - 1), 1),
        reviewed("two", *[0.0] * LEECH, 1),
        reviewed("three", *[0.4] * (LEECH + 1)),
    ]
    assert [card.item for card in leeches(cards)] == ["three", "two"]


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 100 * DAY)), min_size=1, max_size=12))
def test_a_review_never_makes_an_item_due_in_the_past(reviews: list[tuple[float, float]]) -> None:
    card, minute = None, 0.0
    for share, gap in reviews:
        minute += gap
        card = review(card, "one", "as now", share, later(minute))
        assert card.due > later(minute)
    assert card is not None and card.reviews == len(reviews)
