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
            return f"{given:g} {item.unit}"
        case TrueFalse(), bool():
            return _true_or_false(given)
    return str(given)


def key_in_words(item: Item) -> str:
    """What is right."""
    match item:
        case TrueFalse():
            return _true_or_false(item.key)
        case Order():
            return _numbered(list(item.steps))
        case Number():
            return f"{item.key:g} {item.unit}"
        case Short():
            return item.accepted[0]
    return _chosen([option.text for option in item.options if option.right])


def _true_or_false(value: bool) -> str:
    return "true" if value else "false"


def _chosen(texts: list[str]) -> str:
    return "; ".join(texts)


def _numbered(steps: list[str]) -> str:
    return "; ".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
