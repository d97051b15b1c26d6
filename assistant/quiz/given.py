"""What a person types as the answer to an item, in either face."""

import math
import re
from collections.abc import Sequence

from assistant.errors import UsageError
from assistant.guidance.wording import without_controls
from assistant.quiz.folding import folded
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
from assistant.quiz.paper import choices

LONGEST_TEXT = 500
"""Characters of a short answer."""

_TRUE = {"true", "t", "yes", "y", "right", "1"}
_FALSE = {"false", "f", "no", "n", "wrong", "2"}
_NUMBER = re.compile(
    r"£?(?P<value>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?|-?\.\d+)(?P<unit>.*)"
)
_SIGNS = {"%": ("per cent", "percent"), "£": ("pounds", "pound")}
_PARTS = re.compile(r"[\s,;.)>-]+|\band\b|\bthen\b")


class GivenError(UsageError):
    """What was typed is no answer to the item; the message says what is one."""


def read_given(item: Item, typed: str, order: Sequence[int] = ()) -> Given:
    """The answer that ``typed`` gives to ``item``, in terms of the item as it is written.

    Options and steps are typed by number (from 1) or letter as they are shown: in ``order``, the
    positions in the item one after the other, or as they stand where it is empty. Raises
    GivenError.
    """
    text = " ".join(without_controls(typed).split())
    low = text.lower()
    match item:
        case Single() | Scenario():
            return (_one(item, text, order or range(len(item.options))),)
        case Several():
            return _several(item, low, order or range(len(item.options)))
        case Order():
            return _steps(low, order or range(len(item.steps)))
        case TrueFalse():
            if low in _TRUE:
                return True
            if low in _FALSE:
                return False
            raise GivenError("Answer true or false.")
        case Number():
            return _number(item, low)
        case Short():
            if not text:
                raise GivenError("Type a few words.")
            if len(text) > LONGEST_TEXT:
                raise GivenError(f"That is longer than {LONGEST_TEXT} characters; shorten it.")
            return text


def read_value(item: Item, value: object, order: Sequence[int] = ()) -> Given:
    """The answer to ``item`` that a file of answers holds: typed as ``read_given`` takes it, or
    true or false, a number, an option by its text, a list of options or steps by their texts or
    numbers. Raises GivenError."""
    texts = choices(item)
    shown = order or range(len(texts))
    match item, value:
        case TrueFalse(), bool():
            return value
        case Number(), int() | float() if not isinstance(value, bool):
            if not math.isfinite(value):
                raise GivenError(f"Give a number of {item.unit}.")
            return float(value)
        case ((Several() | Order()), list()):
            places = [_listed_place(one, texts, shown) for one in value]
            if isinstance(item, Order) and sorted(places) != sorted(shown):
                raise GivenError("Give each step once, by its text or its number.")
            return tuple(places) if isinstance(item, Order) else tuple(sorted(set(places)))
        case ((Single() | Scenario() | Several()), str()) if value in texts:
            return (texts.index(value),)
        case _, str() | int() | float() if not isinstance(value, bool):
            return read_given(item, str(value), order)
    raise GivenError(f"{type(value).__name__} is no answer to an item of this kind.")


def _listed_place(value: object, texts: Sequence[str], shown: Sequence[int]) -> int:
    if isinstance(value, str) and value in texts:
        return texts.index(value)
    typed = isinstance(value, str | int) and not isinstance(value, bool)
    place = _place(str(value).strip().lower(), shown) if typed else None
    if place is None:
        raise GivenError(f"Give options or steps by their text, or by number, 1 to {len(shown)}.")
    return place


def _one(item: Single | Scenario, text: str, shown: Sequence[int]) -> int:
    place = _place(text.strip("().").lower(), shown)
    if place is None:
        wanted = folded(text)
        place = next((n for n, o in enumerate(item.options) if folded(o.text) == wanted), None)
    if place is None:
        raise GivenError(f"Choose one by its number, 1 to {len(shown)}.")
    return place


def _several(item: Several, low: str, shown: Sequence[int]) -> tuple[int, ...]:
    if low in ("none", "0"):
        return ()
    found = {_place(part, shown) for part in _listed(low, len(shown))}
    if not found or None in found:
        raise GivenError(
            f"Choose by number, 1 to {len(shown)}, with commas between (1,3); or type none."
        )
    return tuple(place for place in range(len(item.options)) if place in found)


def _steps(low: str, shown: Sequence[int]) -> tuple[int, ...]:
    found = [_place(part, shown) for part in _listed(low, len(shown), digits=True)]
    places = [place for place in found if place is not None]
    if sorted(places) != sorted(shown) or len(found) != len(places):
        example = " ".join(str(n) for n in (len(shown), *range(1, len(shown))))
        raise GivenError(f"Give each number from 1 to {len(shown)} once, such as {example}.")
    return tuple(places)


def _listed(low: str, number: int, digits: bool = False) -> list[str]:
    """The numbers or letters in a list; ``bd`` (and ``312``, where that is meant) are lists too."""
    parts = [part for part in _PARTS.split(low) if part]
    if len(parts) == 1 and (parts[0].isalpha() or (digits and parts[0].isdigit() and number < 10)):
        return list(parts[0])
    return parts


def _place(part: str, shown: Sequence[int]) -> int | None:
    """The position in the item of the option that is shown as ``part``, None where none is."""
    if part.isascii() and part.isdigit() and 0 < int(part[:4]) <= len(shown):
        return shown[int(part) - 1]
    if len(part) == 1 and 0 <= (n := ord(part) - ord("a")) < len(shown):
        return shown[n]
    return None


def _number(item: Number, low: str) -> float:
    match = _NUMBER.fullmatch(low.replace("\N{MINUS SIGN}", "-"))
    # A comma sets off thousands and nothing else: 1,5 may be one and a half, or a slip for 15.
    if match is None or not _fits(item.unit, match["unit"], "£" in low):
        raise GivenError(f"Type a number of {item.unit}, in digits.")
    return float(match["value"].replace(",", ""))


def _fits(unit: str, typed: str, pounds: bool) -> bool:
    """Whether ``typed`` names the unit or its last words, in the plural or not."""
    wanted = folded(unit)
    if pounds and wanted not in _SIGNS["£"]:
        return False
    sign = typed.strip()
    if sign in _SIGNS:
        return wanted in _SIGNS[sign]
    given = folded(typed) if sign else ""
    ends = {wanted[n:].strip() for n in range(len(wanted)) if n == 0 or wanted[n] == " "}
    forms = {form for end in ends for form in (end, end.removesuffix("s"), f"{end}s")}
    return not given or given in forms
