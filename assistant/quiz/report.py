"""What an attempt came to, and what many attempts say: the data of every form of report."""

import math
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from assistant.quiz.attempt import ALLOWED, Answer, Asked, Attempt, Mode, Score
from assistant.quiz.candidate import Candidate
from assistant.quiz.fingerprint import fingerprint
from assistant.quiz.in_words import NO_ANSWER, given_in_words, key_in_words
from assistant.quiz.model import Item
from assistant.quiz.results.kept import Kept
from assistant.quiz.statistics import (
    AttemptFigures,
    ItemFigures,
    Tally,
    TopicFigures,
    item_figures,
    topic_figures,
    worded_as_now,
)

GONE = "this item is not in the bank any more"
REWORDED = "this item was worded differently when it was answered"


class Line(NamedTuple):
    """One question of an attempt. ``number`` counts from 1; ``given`` and ``right`` are in words;
    ``note`` says where the item is not as it was, and then it is not shown."""

    number: int
    item: str
    topic: str
    stem: str
    given: str
    right: str
    why: str
    cites: tuple[str, ...]
    share: float | None
    note: str | None = None


class AttemptReport(NamedTuple):
    """An attempt. ``score``, ``topics`` and ``lines`` are there once the mode lets them be told;
    ``lines`` holds every question that feedback may be shown to."""

    number: int
    mode: Mode
    candidate: Candidate | None
    started: datetime
    ended: datetime | None
    answered: int
    questions: int
    pass_mark: float | None
    passed: bool | None
    score: Score | None
    topics: tuple[tuple[str, Score], ...]
    lines: tuple[Line, ...]

    @property
    def wrong(self) -> tuple[Line, ...]:
        """The questions that did not get the whole mark, those without an answer with them."""
        return tuple(line for line in self.lines if line.share is not None and line.share < 1)


class ClassReport(NamedTuple):
    """Many attempts: how they ended, the topics, the weakest first, and the items, the hardest
    first. ``left_out`` answers were to items that are worded otherwise now, or are gone."""

    attempts: AttemptFigures
    topics: tuple[TopicFigures, ...]
    items: tuple[ItemFigures, ...]
    left_out: int


def attempt_report(
    kept: Kept, items: Mapping[str, Item], titles: Mapping[str, str] | None = None
) -> AttemptReport:
    """The report on one attempt; ``items`` is the bank by id, ``titles`` the titles of topics."""
    attempt = kept.attempt
    told = attempt.ended is not None or attempt.allowed.feedback_at_once
    names = titles or {}
    return AttemptReport(
        number=kept.number,
        mode=attempt.rules.mode,
        candidate=kept.candidate,
        started=attempt.started,
        ended=attempt.ended,
        answered=len(attempt.answers),
        questions=len(attempt.questions),
        pass_mark=attempt.rules.pass_mark,
        passed=attempt.passed,
        score=attempt.score if told else None,
        topics=tuple(
            (names.get(topic, topic), score) for topic, score in attempt.score_by_topic.items()
        )
        if told
        else (),
        lines=tuple(
            _line(position, asked, _counting(attempt, position), items, names)
            for position, asked in enumerate(attempt.questions)
            if attempt.shows_feedback(position)
        ),
    )


def _counting(attempt: Attempt, position: int) -> Answer | None:
    """The answer to a question; where every question counts, none at all is one that is wrong."""
    answer = attempt.answers.get(position)
    if answer is None and ALLOWED[attempt.rules.mode].whole_paper:
        return Answer(position, None, 0.0, attempt.started)
    return answer


def _line(
    position: int,
    asked: Asked,
    answer: Answer | None,
    items: Mapping[str, Item],
    titles: Mapping[str, str],
) -> Line:
    item = items.get(asked.item)
    share = answer.share if answer is not None else None
    place = (position + 1, asked.item, titles.get(asked.topic, asked.topic))
    if item is None or fingerprint(item) != asked.fingerprint:
        cites = item.cites if item is not None else ()
        given = NO_ANSWER if answer is None or answer.given is None else ""
        return Line(*place, "", given, "", "", cites, share, GONE if item is None else REWORDED)
    given = given_in_words(item, answer.given if answer is not None else None)
    return Line(*place, item.stem, given, key_in_words(item), item.why, item.cites, share)


def class_report(
    attempts: AttemptFigures,
    tallies: Iterable[Tally],
    fingerprints: Mapping[str, str] | None = None,
    titles: Mapping[str, str] | None = None,
) -> ClassReport:
    """The report on many attempts. With the ``fingerprints`` of the items as they are now, answers
    to other wordings are left out."""
    every = list(tallies)
    counted = every if fingerprints is None else worded_as_now(every, fingerprints)
    names = titles or {}
    items = sorted(item_figures(counted), key=lambda one: (one.facility, one.item))
    return ClassReport(
        attempts,
        tuple(
            one._replace(topic=names.get(one.topic, one.topic)) for one in topic_figures(counted)
        ),
        tuple(one._replace(topic=names.get(one.topic, one.topic)) for one in items),
        sum(tally.times for tally in every) - sum(tally.times for tally in counted),
    )


def percent(share: float) -> str:
    """``share`` in per cent with one digit, rounded down: who has 69.96 % has not reached 70 %."""
    return f"{math.floor(share * 1000 + 1e-6) / 10:g} %"


def decimal(value: float | None) -> str:
    """A figure with two digits, a dash where there is none."""
    return "-" if value is None else f"{value:.2f}"


def doubt(figures: ItemFigures) -> str:
    """What to look at where an item tells the wrong candidates apart; empty where it does not."""
    if figures.discrimination is not None and figures.discrimination < 0:
        return "look at the key: the weaker candidates answer it better"
    return ""


def verdict(report: AttemptReport) -> str:
    """The score, and whether it is enough, in one line."""
    if report.score is None:
        return "Not finished; the score is told at the end."
    score = report.score
    said = f"Score: {percent(score.share)} ({score.points:.4g} of {score.out_of})"
    if report.pass_mark is None:
        return f"{said}."
    said += f"; pass mark {percent(report.pass_mark)}"
    if report.passed is None:
        return f"{said}; not finished."
    return f"{said}; {'passed' if report.passed else 'not passed'}."


def heading(report: AttemptReport) -> str:
    """Which attempt it is."""
    who = f", candidate {report.candidate}" if report.candidate else ""
    which = f"Attempt {report.number}" if report.number else "This attempt"
    return f"{which} ({report.mode.value}{who})"


def timing(report: AttemptReport) -> str:
    """When it was, and how many questions have an answer."""
    when = f"Started {report.started:%d %B %Y, %H:%M} UTC"
    if report.ended is not None:
        when += f", ended {report.ended:%d %B %Y, %H:%M} UTC"
    return f"{when}; {report.answered} of {report.questions} questions answered."


def overview(report: ClassReport) -> str:
    """How many attempts there are and how they ended."""
    of = report.attempts
    said = f"{of.begun:,} attempts, {of.ended:,} ended, by {of.candidates:,} candidate codes"
    if of.passed + of.failed:
        said += f"; {of.passed:,} passed, {of.failed:,} not passed"
    if of.mean_score is not None:
        said += f"; mean score {percent(of.mean_score)}"
    return f"{said}."


def left_out(report: ClassReport) -> str:
    """What the figures leave out; empty where they leave out nothing."""
    if not report.left_out:
        return ""
    number = f"{report.left_out:,} answer{'' if report.left_out == 1 else 's'}"
    return f"{number} to items that have been reworded or removed since are left out."
