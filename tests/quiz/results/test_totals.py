"""Sums over many attempts, made by either database."""

from collections import Counter

import pytest

from assistant.quiz.attempt import Asked, Mode, Rules, begin, finish, give, reveal
from assistant.quiz.candidate import candidate_code
from assistant.quiz.results.store import Store
from assistant.quiz.results.totals import attempts_in, tallies
from assistant.quiz.statistics import AttemptFigures, item_figures
from tests.quiz.made import DRAWN, START, attempt, later
from tests.quiz.test_statistics import HAND, TOPICS, tallies_of


def take(
    store: Store,
    mode: Mode,
    shares: dict[int, float],
    code: str | None = None,
    end: bool = True,
    pass_mark: float | None = None,
) -> None:
    """Store an attempt with these shares by position."""
    now = attempt(mode, pass_mark)
    number = store.begin(now, DRAWN, 1, candidate_code(code) if code else None, "1")
    for position, share in shares.items():
        now = give(now, position, True, share, later(position)).attempt
        store.answer(number, now, now.answers[position])
    if end:
        store.end(number, finish(now, later(9)))


def test_a_class_that_was_stored_has_the_figures_worked_by_hand(store: Store) -> None:
    paper = [Asked(item, TOPICS[item], "as now") for item in HAND["items"]]
    for code, shares in HAND["class"].items():
        now = begin(paper, Rules(Mode.ASSESSED, 0.6), START)
        number = store.begin(now, DRAWN, 1, candidate_code(code), "1")
        for position, share in enumerate(shares):
            now = give(now, position, True, share, later(position)).attempt
            store.answer(number, now, now.answers[position])
        store.end(number, finish(now, later(9)))
    expected = item_figures(tallies_of(HAND["items"], list(HAND["class"].values())))
    for found, by_hand in zip(item_figures(tallies(store)), expected, strict=True):
        assert found[:3] == by_hand[:3]
        assert found[3:] == pytest.approx(by_hand[3:])
    figures = attempts_in(store)
    assert figures[:5] == (30, 30, 22, 8, 30)
    assert figures.mean_score == pytest.approx((22 + 15 + 28 + 16 + 20) / 150)


def test_only_what_a_person_answered_in_an_attempt_that_ended_is_counted(store: Store) -> None:
    take(store, Mode.ASSESSED, {0: 1, 1: 0.5})
    take(store, Mode.PRACTICE, {0: 1, 1: 0.5})
    take(store, Mode.PRACTICE, {0: 1, 1: 0.5}, end=False)
    take(store, Mode.REVISE, {0: 0})
    now = attempt(Mode.CLASS)
    number = store.begin(now, DRAWN, 1, None, "1")
    now = reveal(now, 0, later(1)).attempt
    store.answer(number, now, now.answers[0])
    store.end(number, finish(now, later(2)))
    found = Counter({(one.item, one.share): one.times for one in tallies(store)})
    assert found == {("item-0", 1): 2, ("item-1", 0.5): 2}
    assert {(one.points, one.answers) for one in tallies(store)} == {(1.5, 2)}
    assert tallies(store, [Mode.CLASS]) == []
    assert [one.item for one in tallies(store, [Mode.REVISE])] == ["item-0"]


def test_of_a_changed_answer_the_last_is_counted(store: Store) -> None:
    now = attempt()
    number = store.begin(now, DRAWN, 1, None, "1")
    for share in (0, 0.5, 1):
        now = give(now, 0, share > 0, share, later(share)).attempt
        store.answer(number, now, now.answers[0])
    store.end(number, finish(now, later(2)))
    assert [(one.share, one.times) for one in tallies(store)] == [(1, 1)]


def test_attempts_are_counted_by_how_they_ended(store: Store) -> None:
    assert attempts_in(store) == AttemptFigures(0, 0, 0, 0, 0, None)
    take(store, Mode.ASSESSED, dict.fromkeys(range(6), 1.0), "K-1", pass_mark=0.5)
    take(store, Mode.ASSESSED, dict.fromkeys(range(6), 0.0), "K-1", pass_mark=0.5)
    take(store, Mode.ASSESSED, {}, "K-2", end=False, pass_mark=0.5)
    take(store, Mode.PRACTICE, {0: 0.5})
    assert attempts_in(store) == AttemptFigures(4, 3, 1, 1, 2, 0.5)
    assert attempts_in(store, [Mode.CLASS]) == AttemptFigures(0, 0, 0, 0, 0, None)
