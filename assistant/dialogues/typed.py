"""What is typed at a node, read as its answer; and an answer said in words."""

import math
import re
from datetime import date, datetime, time, timedelta

from assistant.dialogues.countries import code_of, name_of, nearest
from assistant.dialogues.model import (
    CANNOT,
    DONE,
    NO,
    READ,
    UNKNOWN,
    YES,
    Asking,
    Choice,
    CountryAsked,
    Day,
    Moment,
    Node,
    Note,
    Number,
    Option,
    Several,
    ShortText,
    Step,
    Value,
    YesNo,
)
from assistant.dialogues.walk import fits
from assistant.errors import UsageError
from assistant.guidance.citations import printable
from assistant.guidance.wording import without_controls

LONGEST_TEXT = 500
"""Characters of a short text."""

_YES = {"y", "yes", "yeah", "yep", "true", "ok"}
_NO = {"n", "no", "nope", "false"}
_UNKNOWN = {"?", "unknown", "dont know", "don't know", "dk", "not sure"}
_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%d/%m/%y")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?|-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?")
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))?\s*(?P<half>am|pm)?")


class TypedError(UsageError):
    """What was typed is no answer to the question; the message says what is one."""


def read_typed(node: Node, typed: str, now: datetime) -> Value:
    """The answer that ``typed`` gives to ``node``; ``now`` is what "today" and a bare time mean.

    Options are typed by number or id; several with commas between. Raises TypedError.
    """
    text = " ".join(without_controls(typed).split())
    low = text.lower()
    match node:
        case Step():
            return _step(node, low)
        case Note():
            if low not in ("", READ, *_YES):
                raise TypedError("Press Enter to go on.")
            return READ
    if isinstance(node, Asking) and low.replace("’", "'") in _UNKNOWN:
        if node.unknown is None:
            raise TypedError(
                "This question has to be answered; “don't know” does not lead on here."
            )
        return UNKNOWN
    match node:
        case YesNo():
            if low in _YES or low == "1":
                return YES
            if low in _NO or low == "2":
                return NO
            raise TypedError("Answer yes or no.")
        case Choice():
            return _option(node.options, low).id
        case Several():
            if low in ("", "none", "0", "no"):
                return ()
            chosen = {_option(node.options, part.strip()).id for part in low.split(",")}
            return tuple(option.id for option in node.options if option.id in chosen)
        case Number():
            return _number(node, low)
        case Day():
            return _day(text, now).isoformat()
        case Moment():
            return _moment(text, now).isoformat(timespec="minutes")
        case CountryAsked():
            return _country(text)
        case ShortText():
            if not text:
                raise TypedError("Type a few words.")
            if len(text) > LONGEST_TEXT:
                raise TypedError(f"That is longer than {LONGEST_TEXT} characters; shorten it.")
            return text
    raise TypedError("There is nothing to answer here.")


def _step(node: Step, low: str) -> Value:
    if low in ("", "done", "d", *_YES):
        return DONE
    if low in ("cannot", "c", *_NO) and node.cannot is not None:
        return CANNOT
    more = ", or cannot" if node.cannot is not None else ""
    raise TypedError(f"Press Enter when it is done{more}.")


def _option(options: tuple[Option, ...], low: str) -> Option:
    for number, option in enumerate(options, 1):
        if low in (str(number), option.id.lower(), option.text.lower()):
            return option
    raise TypedError(f"Choose by number, 1 to {len(options)}.")


def _number(node: Number, low: str) -> int | float:
    text = low.removesuffix(node.unit).removesuffix(node.unit.removesuffix("s")).strip()
    # A comma sets off thousands and nothing else: 1,5 may be one and a half, or a slip for 15.
    value = float(text.replace(",", "")) if _NUMBER.fullmatch(text) else math.inf
    if math.isinf(value) or (node.whole and not value.is_integer()):
        raise TypedError(f"Type a {'whole ' if node.whole else ''}number of {node.unit}.")
    if value < node.min or (node.max is not None and value > node.max):
        most = f" to {node.max:g}" if node.max is not None else " or more"
        raise TypedError(f"Type a number of {node.unit} from {node.min:g}{most}.")
    return int(value) if value.is_integer() else value


def _day(text: str, now: datetime) -> date:
    low = text.lower()
    if low in _DAYS:
        return now.date() + timedelta(days=_DAYS[low])
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise TypedError("Type a day, such as 21/11/2026, 21 November 2026 or today.")


def _moment(text: str, now: datetime) -> datetime:
    wrong = TypedError("Type a day and time, such as 21/11/2026 14:30, or today 14:30.")
    if _ISO.fullmatch(text):
        try:
            return datetime.fromisoformat(text).replace(second=0, microsecond=0)
        except ValueError:
            raise wrong from None
    if text.lower() == "now":
        return now.replace(second=0, microsecond=0)
    day, _, clock = text.rpartition(" ")
    if clock.lower() in ("am", "pm"):
        day, _, hour = day.rpartition(" ")
        clock = f"{hour}{clock}"
    match = _TIME.fullmatch(clock.lower())
    if match is None:
        raise wrong
    hours = int(match["hour"])
    if match["half"] is not None:
        if not 1 <= hours <= 12:
            raise wrong
        hours = hours % 12 + (12 if match["half"] == "pm" else 0)
    try:
        at = time(hours, int(match["minute"] or 0))
    except ValueError:
        raise wrong from None
    return datetime.combine(_day(day, now) if day else now.date(), at)


def _country(text: str) -> str:
    code = code_of(text)
    if code is not None:
        return code
    near = nearest(text)
    hint = f"; did you mean {', or '.join(near)}?" if near else "; type its English name"
    raise TypedError(f"There is no country {printable(text, 40)!r}{hint}")


def read_value(node: Node, given: object, now: datetime) -> Value:
    """The answer that ``given``, a value of a file of answers, is to ``node``. Raises
    TypedError."""
    if isinstance(given, bool):
        given = YES if given else NO
    if isinstance(given, list | tuple):
        if not isinstance(node, Several):
            raise TypedError("Give one value, not a list.")
        value: Value = tuple(str(part) for part in given)
        if not fits(node, value):
            known = ", ".join(option.id for option in node.options)
            raise TypedError(f"The options are: {known}.")
        return value
    if isinstance(given, datetime):
        given = given.isoformat(timespec="minutes")
    if isinstance(given, date | int | float):
        given = str(given)
    if not isinstance(given, str):
        raise TypedError("Give a text, a number, a day or a list.")
    return read_typed(node, given, now)


def said(node: Node, value: Value) -> str:
    """``value`` in words, for a person who reads the route or the record."""
    if isinstance(node, Asking) and value == UNKNOWN:
        return "don't know"
    match node:
        case Choice() | Several():
            chosen = value if isinstance(value, tuple) else (value,)
            return "; ".join(o.text for o in node.options if o.id in chosen) or "none of them"
        case Number():
            return f"{value:g} {node.unit}" if isinstance(value, int | float) else str(value)
        case CountryAsked():
            return name_of(str(value))
        case Day():
            return f"{date.fromisoformat(str(value)):%d %B %Y}"
        case Moment():
            return f"{datetime.fromisoformat(str(value)):%d %B %Y, %H:%M}"
        case Step():
            return "could not be done" if value == CANNOT else "done"
    return str(value)
