"""Deadlines reckoned: ``20 working days after sent``, ``24 hours less hours_used after returned``.

A working day is Monday to Friday and no bank holiday of England and Wales. Days are counted from
the day after the one that starts them; hours and minutes are counted from the minute, as they pass
in the United Kingdom: 24 hours across the end of summer time end an hour earlier by the clock.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
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
    """When it is due; None while a field that it is reckoned from has no answer, and where it would
    be beyond the years that a calendar has."""
    start, less = values.get(wanted.field), 0.0
    if not isinstance(start, str) or start == UNKNOWN:
        return None
    if wanted.less is not None:
        taken = values.get(wanted.less)
        if not isinstance(taken, int | float):
            return None
        less = float(taken)
    amount = max(wanted.amount - less, 0.0) * (1 if wanted.direction == "after" else -1)
    try:
        return _moved(datetime.fromisoformat(start), amount, wanted.unit)
    except (OverflowError, ValueError):
        return None


def _moved(begins: datetime, amount: float, unit: Unit) -> date | datetime:
    """What lies ``amount`` units after ``begins``, or before it where ``amount`` is below 0."""
    if unit == "hour":
        return _elapsed(begins, timedelta(hours=amount))
    if unit == "minute":
        return _elapsed(begins, timedelta(minutes=amount))
    day = begins.date()
    if unit == "working day":
        return _working_days(day, int(amount))
    if unit == "month":
        return _months(day, int(amount))
    return day + timedelta(days=amount * (7 if unit == "week" else 1))


def _elapsed(begins: datetime, time: timedelta) -> datetime:
    zone = _london()
    if zone is None:
        return begins + time
    ends = begins.replace(tzinfo=zone).astimezone(UTC) + time
    return ends.astimezone(zone).replace(tzinfo=None, fold=0)


@lru_cache(maxsize=1)
def _london() -> tzinfo | None:
    """The time of the United Kingdom; None on a machine without a database of time zones, where
    hours go by the clock."""
    # Loaded here: few walks reckon hours.
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:
        return None


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
