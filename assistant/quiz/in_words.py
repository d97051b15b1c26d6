"""What was given to an item, and what is right, as a person reads it."""

from assistant.quiz.model import (
    Given,
    Item,
    Number,
    Order,
    Scenario,
    Several,
    Short,
    Single,
    TrueFalse,
)
from assistant.quiz.quantities import in_digits

NO_ANSWER = "no answer"


def given_in_words(item: Item, given: Given | None) -> str:
    """What was answered. The positions in ``given`` are those of the item as it is written."""
    match item, given:
        case _, None | ():
            return NO_ANSWER
        case ((Single() | Several() | Scenario()), tuple()):
            return _chosen([item.options[place].text for place in given])
        case Order(), tuple():
            return _numbered([item.steps[place] for place in given])
        case Number(), int() | float() if not isinstance(given, bool):
            return _number(float(given), item)
        case TrueFalse(), bool():
            return _true_or_false(given)
    return str(given)


def key_in_words(item: Item) -> str:
    """What is right; every wording and every number that counts."""
    match item:
        case TrueFalse():
            return _true_or_false(item.key)
        case Order():
            return _numbered(list(item.steps))
        case Number():
            within = f", {in_digits(float(item.tolerance))} more or less" if item.tolerance else ""
            return _number(float(item.key), item) + within
        case Short():
            return " / ".join(item.accepted)
    return _chosen([item.options[place].text for place in key_places(item)])


def key_places(item: Item) -> tuple[int, ...]:
    """The positions of the right options, or of the steps in their order; nothing for items that
    have neither."""
    match item:
        case Single() | Several() | Scenario():
            return tuple(place for place, option in enumerate(item.options) if option.right)
        case Order():
            return tuple(range(len(item.steps)))
    return ()


def _number(value: float, item: Number) -> str:
    return f"{in_digits(value)} ({item.unit})"


def _true_or_false(value: bool) -> str:
    return "true" if value else "false"


def _chosen(texts: list[str]) -> str:
    return "; ".join(texts)


def _numbered(steps: list[str]) -> str:
    return "; ".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
