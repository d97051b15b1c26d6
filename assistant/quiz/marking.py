"""Answers marked: the share of the mark, and what is said to it."""

from itertools import pairwise

from assistant.errors import UsageError
from assistant.quiz.likeness import nearest
from assistant.quiz.model import (
    Given,
    Item,
    Marked,
    Number,
    Order,
    Scenario,
    Several,
    Short,
    Single,
    TrueFalse,
)
from assistant.quiz.quantities import in_digits, near, within


def mark(item: Item, given: Given) -> Marked:
    """What ``given`` is worth as the answer to ``item``.

    One choice, true or false, a number and words get all of the mark or nothing. Of several options
    each right one adds its share and each wrong one takes as much away, down to nothing. Of steps
    each pair of neighbours that is in order adds its share. Nothing chosen is worth nothing. Raises
    UsageError where ``given`` is no answer to an item of this kind.
    """
    match item, given:
        case Single() | Scenario(), tuple() if len(given) <= 1:
            return _chosen(item, _positions(item, given, len(item.options)))
        case Several(), tuple():
            return _several(item, _positions(item, given, len(item.options)))
        case Order(), tuple() if not given or len(given) == len(item.steps):
            return _ordered(item, _positions(item, given, len(item.steps)))
        case TrueFalse(), bool():
            return Marked(1, ()) if given is item.key else Marked(0, (item.wrong,))
        case Number(), float() | int() if not isinstance(given, bool):
            return _number(item, given)
        case Short(), str():
            return _short(item, given)
    kind = item.__struct_config__.tag
    raise UsageError(f"{item.id}: {given!r} is no answer to an item of the kind {kind}")


def _positions(item: Item, given: tuple[int, ...], number: int) -> tuple[int, ...]:
    if len(set(given)) != len(given) or not set(given) <= set(range(number)):
        raise UsageError(f"{item.id}: {given!r} are not positions from 0 to {number - 1}")
    return given


def _chosen(item: Single | Scenario, given: tuple[int, ...]) -> Marked:
    if not given:
        return Marked(0, ())
    option = item.options[given[0]]
    return Marked(float(option.right), (option.feedback,))


def _several(item: Several, given: tuple[int, ...]) -> Marked:
    all_right = sum(option.right for option in item.options)
    right = sum(item.options[place].right for place in given)
    wrong = len(given) - right
    feedback = []
    for place, option in enumerate(item.options):
        if place in given:
            feedback.append(f"{option.text}: {option.feedback}")
        elif option.right:
            feedback.append(f"Not chosen: {option.text}: {option.feedback}")
    return Marked(max(0.0, (right - wrong) / all_right), tuple(feedback))


def _ordered(item: Order, given: tuple[int, ...]) -> Marked:
    if not given:
        return Marked(0, ())
    place = {step: n for n, step in enumerate(given)}
    neighbours = list(pairwise(range(len(item.steps))))
    swapped = [(one, other) for one, other in neighbours if place[one] > place[other]]
    feedback = tuple(
        f"“{item.steps[one]}” comes before “{item.steps[other]}”." for one, other in swapped
    )
    return Marked(1 - len(swapped) / len(neighbours), feedback)


def _number(item: Number, given: float) -> Marked:
    if within(item, given):
        return Marked(1, ())
    for mistake in item.mistakes:
        if near(given, mistake.value, item.tolerance):
            return Marked(0, (mistake.feedback,))
    return Marked(0, (f"The answer is {in_digits(item.key)} ({item.unit}).",))


def _short(item: Short, given: str) -> Marked:
    found = nearest(item.accepted, given)
    if found.counts:
        feedback = () if found.likeness == 100 else (f"Taken as “{found.wording}”.",)
        return Marked(1, feedback, found.wording, found.likeness)
    return Marked(0, (f"The answer is “{item.accepted[0]}”.",), None, found.likeness)
