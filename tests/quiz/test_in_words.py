"""Answers and keys in words, and fingerprints of wordings."""

import pytest
from msgspec.structs import replace

from assistant.quiz.fingerprint import fingerprint
from assistant.quiz.in_words import given_in_words, key_in_words
from assistant.quiz.model import Difficulty, Given, Number, Order, Single
from tests.quiz.bank import ITEMS


@pytest.mark.parametrize(
    "item, given, said, right",
    [
        ("oil", (1,), "In the loft", "In the cellar"),
        ("taken", (2, 0), "A bucket; A lantern", "A lantern; A cloth"),
        ("taken", (), "no answer", "A lantern; A cloth"),
        ("dusk", False, "false", "true"),
        ("lighting", (1, 0, 2), "1. Trim; 2. Climb; 3. Light", "1. Climb; 2. Trim; 3. Light"),
        ("steps", 100, "100 (steps)", "99 (steps)"),
        ("steps", 98.5, "98.5 (steps)", "99 (steps)"),
        ("word", "a lense", "a lense", "the lens / lens"),
        ("fog", (1,), "Wait", "Sound the horn"),
        ("oil", None, "no answer", "In the cellar"),
    ],
)
def test_answers_and_keys_are_said_as_people_read_them(
    item: str, given: Given | None, said: str, right: str
) -> None:
    assert given_in_words(ITEMS[item], given) == said
    assert key_in_words(ITEMS[item]) == right


@pytest.mark.parametrize("item", ITEMS.values(), ids=list(ITEMS))
def test_a_fingerprint_is_that_of_what_is_asked_and_what_is_right(item: Single) -> None:
    other = replace(item, id="other", difficulty=Difficulty.MEDIUM, why="Because.", cites=("a#b",))
    assert fingerprint(other) == fingerprint(item)
    assert fingerprint(replace(item, stem=f"{item.stem} Now.")) != fingerprint(item)
    assert len({fingerprint(one) for one in ITEMS.values()}) == len(ITEMS)


def test_another_key_or_order_of_options_is_another_wording() -> None:
    single, order, number = ITEMS["oil"], ITEMS["lighting"], ITEMS["steps"]
    assert isinstance(single, Single) and isinstance(order, Order) and isinstance(number, Number)
    for before, after in (
        (single, replace(single, options=single.options[::-1])),
        (order, replace(order, steps=order.steps[::-1])),
        (number, replace(number, key=98)),
        (number, replace(number, unit="metres")),
    ):
        assert fingerprint(before) != fingerprint(after)
    better = replace(
        single, options=(replace(single.options[0], feedback="Yes."), single.options[1])
    )
    assert fingerprint(better) == fingerprint(single)
