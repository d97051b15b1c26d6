"""Deadlines reckoned: ``20 working days after sent``, ``24 hours less hours_used after returned``.

A working day is Monday to Friday and no bank holiday of England and Wales. Days are counted from
the day after the one that starts them; hours and minutes are counted from the minute.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from assistant.dialogues.model import UNKNOWN, Value

_FORM = re.compile(
    r"(?P<amount>\d+(?:\.\d+)?) (?P<unit>working days?|days?|hours?|minutes?|weeks?|months?)"
    r"(?: less (?P<less>[a-z][a-z0-9_]*))? (?P<direction>after|before) (?P<field>[a-z][a-z0-9_]*)"
)
Unit = Literal["working day", "day", "hour", "minute", "week", "month"]


class Due(NamedTuple):
    """So much time after (or before) the day or time in ``field``, less the number in ``less``."""

    amount: float
    unit: Unit
    direction: Literal["after", "before"]
    field: str
    less: str | None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it is reckoned from."""
        return (self.field,) if self.less is None else (self.field, self.less)


class DueError(ValueError):
    """A text that is not a deadline."""


def due(text: str) -> Due:
    """The deadline ``text``. Raises DueError where it is none."""
    match = _FORM.fullmatch(" ".join(text.split()))
    if match is None:
        raise DueError(
            f"{text!r} is not a deadline; for example: 20 working days after sent, "
            "24 hours less hours_used after returned"
        )
    unit = cast(Unit, match["unit"].removesuffix("s"))
    direction = cast(Literal["after", "before"], match["direction"])
    return Due(float(match["amount"]), unit, direction, match["field"], match["less"])


def reckoned(wanted: Due, values: Mapping[str, Value]) -> date | datetime | None:
    """When it is due; None while a field that it is reckoned from has no answer."""
    start, less = values.get(wanted.field), 0.0
    if not isinstance(start, str) or start == UNKNOWN:
        return None
    if wanted.less is not None:
        taken = values.get(wanted.less)
        if not isinstance(taken, int | float):
            return None
        less = float(taken)
    amount = max(wanted.amount - less, 0.0) * (1 if wanted.direction == "after" else -1)
    begins = datetime.fromisoformat(start)
    if wanted.unit == "hour":
        return begins + timedelta(hours=amount)
    if wanted.unit == "minute":
        return begins + timedelta(minutes=amount)
    day = begins.date()
    if wanted.unit == "working day":
        return _working_days(day, int(amount))
    if wanted.unit == "month":
        return _months(day, int(amount))
    return day + timedelta(days=amount * (7 if wanted.unit == "week" else 1))


def _months(day: date, amount: int) -> date:
    """The same day of a later (or earlier) month, or the last day of a month that is too short."""
    years, month = divmod(day.month - 1 + amount, 12)
    year = day.year + years
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def _working_days(day: date, amount: int) -> date:
    step = timedelta(days=1 if amount > 0 else -1)
    left = abs(amount)
    while left:
        day += step
        left -= day.weekday() < 5 and day not in _bank_holidays(day.year)
    return day


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England and Wales in ``year``."""
    # Loaded here: few walks reckon working days.
    import holidays

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
