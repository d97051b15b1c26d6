"""An attempt at a paper: what is asked next, what was given, when feedback may be shown, the score.

Nothing is remembered outside an ``Attempt`` and nothing is changed in place: every move gives a new
one. What was answered and marked is all that an attempt is made of, so one that was broken off goes
on from its stored answers. Times are passed in, always with their zone.
"""

import math
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from assistant.errors import UsageError
from assistant.quiz.model import Given

_ROUNDING = 1e-9
"""Shares such as thirds do not add up exactly; a score this near to the pass mark has reached
it."""


class Mode(StrEnum):
    """What an attempt is for."""

    PRACTICE = "practice"
    ASSESSED = "assessed"
    REVISE = "revise"
    CLASS = "class"


class Allowed(NamedTuple):
    """What a mode allows: feedback before the end; going past a question and coming back; giving
    another answer; showing the answer to a question that nobody answered. ``hands_in``: the attempt
    goes on after the last answer until it is handed in. ``whole_paper``: the score is out of every
    question, not only of those that were answered."""

    feedback_at_once: bool
    skipping: bool
    changing: bool
    revealing: bool
    hands_in: bool
    whole_paper: bool


ALLOWED: Mapping[Mode, Allowed] = {
    Mode.PRACTICE: Allowed(True, True, False, False, False, False),
    Mode.ASSESSED: Allowed(False, True, True, False, True, True),
    Mode.REVISE: Allowed(True, False, False, False, False, False),
    Mode.CLASS: Allowed(True, True, False, True, False, False),
}


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    """A question on a paper: the item, its topic, the fingerprint of its wording, and the order in
    which its options or steps are shown (positions from 0; empty where there is nothing to
    shuffle)."""

    item: str
    topic: str
    fingerprint: str
    order: tuple[int, ...] = ()


class Rules(Struct, frozen=True, forbid_unknown_fields=True):
    """What an attempt is held to: ``pass_mark`` as a share from 0 to 1, ``time_limit`` from the
    start on, however often the attempt is broken off, and how many ``attempts`` one candidate has
    at the same paper."""

    mode: Mode
    pass_mark: float | None = None
    time_limit: timedelta | None = None
    attempts: int | None = None


class Answer(Struct, frozen=True):
    """What was given to the question at ``position`` (from 0) and what ``share`` of the mark it
    came to; both None where the answer was shown and nobody had given one."""

    position: int
    given: Given | None
    share: float | None
    at: datetime


class Score(NamedTuple):
    """A sum of shares ``out_of`` so many questions."""

    points: float
    out_of: int

    @property
    def share(self) -> float:
        """From 0 to 1; 0 where nothing was asked."""
        return self.points / self.out_of if self.out_of else 0.0


class Attempt(Struct, frozen=True):
    """The questions, the answers that count (by position, in the order of the paper), the questions
    that were gone past, and when it started and ended."""

    questions: tuple[Asked, ...]
    rules: Rules
    started: datetime
    answers: Mapping[int, Answer] = field(default_factory=dict)
    skipped: tuple[int, ...] = ()
    ended: datetime | None = None

    @property
    def allowed(self) -> Allowed:
        """What its mode allows."""
        return ALLOWED[self.rules.mode]

    @property
    def waiting(self) -> int | None:
        """The position of the question to ask next: the first without an answer, those that were
        gone past after all others. None where every question has its answer, or at the end."""
        if self.ended is not None:
            return None
        left = [n for n in range(len(self.questions)) if n not in self.answers]
        fresh = [n for n in left if n not in self.skipped]
        again = [n for n in self.skipped if n in left]
        return next(iter([*fresh, *again]), None)

    @property
    def limit(self) -> datetime | None:
        """When the time is up, None where there is no limit."""
        return self.started + self.rules.time_limit if self.rules.time_limit is not None else None

    def left(self, now: datetime) -> timedelta | None:
        """How much time is left, None where there is no limit."""
        return max(timedelta(0), self.limit - now) if self.limit is not None else None

    def shows_feedback(self, position: int) -> bool:
        """Whether the question at ``position`` may be shown with its key and what is said to it."""
        if self.ended is not None:
            return True
        return self.allowed.feedback_at_once and position in self.answers

    @property
    def score(self) -> Score:
        """Out of every question, or of those that were answered, as the mode has it."""
        return _score(self, range(len(self.questions)))

    @property
    def score_by_topic(self) -> dict[str, Score]:
        """The score of each topic, in the order of the paper."""
        positions: dict[str, list[int]] = {}
        for position, asked in enumerate(self.questions):
            positions.setdefault(asked.topic, []).append(position)
        scores = {topic: _score(self, some) for topic, some in positions.items()}
        return {topic: score for topic, score in scores.items() if score.out_of}

    @property
    def passed(self) -> bool | None:
        """Whether the pass mark was reached; None without one, and before the end."""
        if self.ended is None or self.rules.pass_mark is None:
            return None
        return self.score.share + _ROUNDING >= self.rules.pass_mark


class Step(NamedTuple):
    """The attempt after a move, and, where the move was ``refused``, why."""

    attempt: Attempt
    refused: str | None = None


def begin(
    questions: Iterable[Asked],
    rules: Rules,
    now: datetime,
    candidate: str | None = None,
) -> Attempt:
    """A new attempt; whether one is left is known where attempts are stored. Raises UsageError
    where there is nothing to ask, or where a rule cannot be kept."""
    asked = tuple(questions)
    if not asked:
        raise UsageError("there is nothing to ask: no question was drawn")
    if rules.pass_mark is not None and not 0 < rules.pass_mark <= 1:
        raise UsageError("the pass mark must be more than 0 % and no more than 100 %")
    if rules.time_limit is not None and rules.time_limit <= timedelta(0):
        raise UsageError("the time limit must be longer than nothing")
    if rules.attempts is not None:
        if rules.attempts < 1:
            raise UsageError("the number of attempts must be 1 or more")
        if candidate is None:
            raise UsageError("attempts are counted by candidate: give a code")
    return Attempt(asked, rules, now)


def resume(
    questions: Iterable[Asked],
    rules: Rules,
    started: datetime,
    answers: Iterable[Answer],
    ended: datetime | None = None,
) -> Attempt:
    """The attempt that the stored ``answers`` make; of several to one question the last counts.

    What was gone past is asked again in its place.
    """
    last = {answer.position: answer for answer in answers}
    attempt = Attempt(tuple(questions), rules, started, dict(sorted(last.items())), (), ended)
    return attempt if ended is not None else _ended_if_complete(attempt)


def at(attempt: Attempt, now: datetime) -> Attempt:
    """The attempt as it is ``now``: ended at its limit where the time is up."""
    if attempt.ended is None and attempt.limit is not None and now > attempt.limit:
        return replace(attempt, ended=attempt.limit)
    return attempt


def give(attempt: Attempt, position: int, given: Given, share: float, now: datetime) -> Step:
    """Answer the question at ``position``; ``share`` is what the marking came to."""
    if isinstance(given, float) and not math.isfinite(given):
        return Step(at(attempt, now), "that is not a number that can be marked")
    if not 0 <= share <= 1:
        raise ValueError(f"a share of the mark lies between 0 and 1: {share}")
    return _answered(attempt, Answer(position, given, share, now))


def reveal(attempt: Attempt, position: int, now: datetime) -> Step:
    """Show the answer to the question at ``position`` without one having been given."""
    if not attempt.allowed.revealing:
        return Step(
            at(attempt, now), _not_in(attempt, "an answer is not shown before one is given")
        )
    return _answered(attempt, Answer(position, None, None, now))


def skip(attempt: Attempt, position: int, now: datetime) -> Step:
    """Go past the question at ``position``; it comes again after all others."""
    attempt = at(attempt, now)
    if attempt.ended is not None:
        return Step(attempt, _over(attempt))
    if not attempt.allowed.skipping:
        return Step(attempt, _not_in(attempt, "no question is gone past"))
    if fault := _unknown(attempt, position):
        return Step(attempt, fault)
    others = tuple(one for one in attempt.skipped if one != position)
    return Step(replace(attempt, skipped=(*others, position)))


def finish(attempt: Attempt, now: datetime) -> Attempt:
    """The attempt handed in or broken off for good; one that has ended stays as it is."""
    attempt = at(attempt, now)
    return attempt if attempt.ended is not None else replace(attempt, ended=now)


def _answered(attempt: Attempt, answer: Answer) -> Step:
    attempt = at(attempt, answer.at)
    if attempt.ended is not None:
        return Step(attempt, _over(attempt))
    if fault := _unknown(attempt, answer.position):
        return Step(attempt, fault)
    if answer.position in attempt.answers and not attempt.allowed.changing:
        return Step(attempt, answered_already(attempt.rules.mode, answer.position))
    answers = dict(sorted({**attempt.answers, answer.position: answer}.items()))
    return Step(_ended_if_complete(replace(attempt, answers=answers)))


def _ended_if_complete(attempt: Attempt) -> Attempt:
    if attempt.allowed.hands_in or len(attempt.answers) < len(attempt.questions):
        return attempt
    return replace(attempt, ended=max(answer.at for answer in attempt.answers.values()))


def answered_already(mode: Mode, position: int) -> str:
    """What is said to a second answer where the mode does not allow one."""
    return (
        f"question {position + 1} has its answer already; it cannot be changed in {mode.value} mode"
    )


def _over(attempt: Attempt) -> str:
    if attempt.ended is not None and attempt.ended == attempt.limit:
        return (
            f"the time limit of {_spoken(attempt.rules.time_limit)} is over; this answer does not "
            "count, and the attempt has ended"
        )
    return "this attempt has ended; no more answers are taken"


def _spoken(limit: timedelta | None) -> str:
    minutes, seconds = divmod(round(limit.total_seconds()) if limit is not None else 0, 60)
    parts = [(minutes, "minute"), (seconds, "second")]
    said = [f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in parts if number]
    return " ".join(said) or "nothing"


def _not_in(attempt: Attempt, what: str) -> str:
    return f"in {attempt.rules.mode.value} mode {what}"


def _unknown(attempt: Attempt, position: int) -> str | None:
    if 0 <= position < len(attempt.questions):
        return None
    return f"there is no question {position + 1}; the paper has {len(attempt.questions)}"


def _score(attempt: Attempt, positions: Iterable[int]) -> Score:
    marked = 0
    points: list[float] = []
    for position in positions:
        answer = attempt.answers.get(position)
        if answer is not None and answer.share is not None:
            points.append(answer.share)
        if attempt.allowed.whole_paper or (answer is not None and answer.share is not None):
            marked += 1
    return Score(math.fsum(points), marked)
