"""Facility and discrimination: a class worked by hand, and what holds for any class."""

import math
import statistics as plain
from collections import Counter
from fractions import Fraction

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.quiz.statistics import (
    Tally,
    item_figures,
    topic_figures,
    worded_as_now,
)
from tests.helpers import ROOT

HAND = yaml.safe_load(
    (ROOT / "tests" / "fixtures" / "quiz" / "class-of-30.yaml").read_text(encoding="utf-8")
)
TOPICS = {"power": "a", "time-limit": "a", "form": "b", "threshold": "b", "steps": "c"}


def tallies_of(items: list[str], rows: list[list[float]]) -> list[Tally]:
    """What a class of ``rows`` is as tallies; every row answers every item."""
    counted = Counter(
        (item, TOPICS.get(item, "a"), "as now", float(share), float(sum(row)), len(row))
        for row in rows
        for item, share in zip(items, row, strict=True)
    )
    return [Tally(*alike, times) for alike, times in counted.items()]


@pytest.mark.parametrize("item", HAND["items"])
def test_a_class_of_thirty_agrees_with_the_sums_by_hand(item: str) -> None:
    assert len(HAND["class"]) == 30
    figures = item_figures(tallies_of(HAND["items"], list(HAND["class"].values())))
    (found,) = [one for one in figures if one.item == item]
    expected = HAND["expected"][item]
    assert found.answers == 30
    assert found.facility == pytest.approx(float(Fraction(expected["facility"])))
    assert found.discrimination == pytest.approx(float(Fraction(expected["discrimination"])))
    assert found.correlation == pytest.approx(expected["correlation"], abs=0.00005)


def test_topics_come_the_weakest_first() -> None:
    figures = topic_figures(tallies_of(HAND["items"], list(HAND["class"].values())))
    assert [(one.topic, one.items, one.answers) for one in figures] == [
        ("a", 2, 60),
        ("c", 1, 30),
        ("b", 2, 60),
    ]
    assert [one.facility for one in figures] == pytest.approx([37 / 60, 20 / 30, 44 / 60])


def test_answers_to_another_wording_are_left_out() -> None:
    now = Tally("one", "a", "as now", 1, 1, 2, 3)
    before = now._replace(fingerprint="as before")
    gone = now._replace(item="two")
    assert worded_as_now([now, before, gone], {"one": "as now"}) == [now]


@pytest.mark.parametrize("rows", [[[1, 0]], [[1, 0], [0, 1]], [[1, 1], [1, 1], [1, 1]], [[1], [1]]])
def test_what_cannot_be_told_is_not(rows: list[list[float]]) -> None:
    items = ["one", "two"][: len(rows[0])]
    for one in item_figures(tallies_of(items, rows)):
        assert one.discrimination is None
        assert one.correlation is None or len(rows) > 1


def test_an_item_that_only_the_best_know_discriminates_wholly() -> None:
    rows = [[1.0, 1.0, 1.0]] * 10 + [[0.0, 1.0, 0.0]] * 10
    first, middle, _ = item_figures(tallies_of(["power", "time-limit", "steps"], rows))
    assert first.discrimination == 1
    assert first.correlation == pytest.approx(1)
    assert middle.discrimination == 0
    assert middle.correlation is None


SHARES = st.sampled_from([0.0, 1 / 3, 0.5, 1.0])
CLASSES = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.lists(SHARES, min_size=width, max_size=width), min_size=2, max_size=40
    )
)


@given(CLASSES)
def test_the_correlation_is_that_of_the_standard_library(rows: list[list[float]]) -> None:
    items = [f"item-{number}" for number in range(len(rows[0]))]
    for place, found in enumerate(item_figures(tallies_of(items, rows))):
        ours = [row[place] for row in rows]
        rest = [round(sum(row) - row[place], 9) for row in rows]
        if len(set(ours)) == 1 or len(set(rest)) == 1:
            assert found.correlation is None
        else:
            assert found.correlation == pytest.approx(plain.correlation(ours, rest), abs=1e-6)


@given(CLASSES)
def test_figures_do_not_depend_on_the_order_and_stay_in_their_bounds(
    rows: list[list[float]],
) -> None:
    items = [f"item-{number}" for number in range(len(rows[0]))]
    tallies = tallies_of(items, rows)
    for one, other in zip(item_figures(tallies), item_figures(tallies[::-1]), strict=True):
        assert 0 <= one.facility <= 1
        assert one.facility == pytest.approx(other.facility)
        for ours, theirs in (
            (one.discrimination, other.discrimination),
            (one.correlation, other.correlation),
        ):
            assert (ours is None) == (theirs is None)
            if ours is not None and theirs is not None:
                assert -1 - 1e-9 <= ours <= 1 + 1e-9
                assert math.isclose(ours, theirs, abs_tol=1e-9)
