"""Papers and times that the tests of attempts and results share."""

from datetime import UTC, datetime, timedelta

from assistant.quiz.attempt import Asked, Attempt, Mode, Rules, begin

START = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
PAPER = tuple(
    Asked(f"item-{number}", ("searches", "custody")[number % 2], f"print-{number}", (1, 0, 2))
    for number in range(6)
)
DRAWN = '{"seed": 7, "entries": ["as they were drawn", "’"]}'
"""A paper as JSON; results keep it as it is."""


def later(minutes: float) -> datetime:
    """So many minutes after the start."""
    return START + timedelta(minutes=minutes)


def attempt(
    mode: Mode = Mode.ASSESSED,
    pass_mark: float | None = 0.7,
    minutes: float | None = 30,
    attempts: int | None = None,
) -> Attempt:
    """A new attempt at the paper of six."""
    limit = None if minutes is None else timedelta(minutes=minutes)
    rules = Rules(mode, pass_mark, limit, attempts)
    return begin(PAPER, rules, START, candidate="K-17")
