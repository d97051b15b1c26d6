"""Sums over many attempts, made by the database: what reports and statistics are made of."""

from collections.abc import Collection

from sqlalchemy import case, func, select
from sqlalchemy.sql.elements import ColumnElement

from assistant.quiz.attempt import Mode
from assistant.quiz.results.schema import answers, attempts
from assistant.quiz.results.store import Store
from assistant.quiz.statistics import AttemptFigures, Tally

INDIVIDUAL = (Mode.PRACTICE, Mode.ASSESSED)
"""The modes whose answers say something about an item: in revision only what was weak is asked
again, and a class answers together."""


def attempts_in(store: Store, modes: Collection[Mode] = INDIVIDUAL) -> AttemptFigures:
    """How many attempts in ``modes`` there are, and how they ended."""

    def how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    query = select(
        func.count(),
        how_many(attempts.c.ended.is_not(None)),
        how_many(attempts.c.passed.is_(True)),
        how_many(attempts.c.passed.is_(False)),
        func.count(attempts.c.candidate.distinct()),
        func.avg(attempts.c.score),
    ).where(_in(modes))
    with store.database.reading() as connection:
        begun, ended, passed, failed, candidates, mean = connection.execute(query).one()
    score = None if mean is None else float(mean)
    return AttemptFigures(begun, int(ended), int(passed), int(failed), candidates, score)


def tallies(store: Store, modes: Collection[Mode] = INDIVIDUAL) -> list[Tally]:
    """The marked answers of all attempts in ``modes`` that ended, alike ones together."""
    marked = (
        select(
            answers.c.attempt,
            func.sum(answers.c.share).label("points"),
            func.count(answers.c.share).label("answers"),
        )
        .join(attempts)
        .where(_in(modes), attempts.c.ended.is_not(None), answers.c.share.is_not(None))
        .group_by(answers.c.attempt)
        .subquery()
    )
    alike = (
        answers.c.item,
        answers.c.topic,
        answers.c.fingerprint,
        answers.c.share,
        marked.c.points,
        marked.c.answers,
    )
    query = (
        select(*alike, func.count())
        .join(marked, marked.c.attempt == answers.c.attempt)
        .where(answers.c.share.is_not(None))
        .group_by(*alike)
    )
    with store.database.reading() as connection:
        return [Tally(*row) for row in connection.execute(query)]


def _in(modes: Collection[Mode]) -> ColumnElement[bool]:
    return attempts.c.mode.in_([mode.value for mode in modes])
