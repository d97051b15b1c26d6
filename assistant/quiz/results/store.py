"""Attempts and cards stored: every answer is committed when it is given.

Killed at any moment, what was given is there, and the attempt goes on from it.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from sqlalchemy import Connection, Row, func, insert, select, text, update
from sqlalchemy.sql.elements import ColumnElement

from assistant.errors import AssistantError, UsageError
from assistant.quiz.attempt import (
    ALLOWED,
    Answer,
    Asked,
    Attempt,
    Mode,
    Rules,
    answered_already,
    resume,
)
from assistant.quiz.candidate import Candidate
from assistant.quiz.model import Given
from assistant.quiz.results.database import WAIT, Database
from assistant.quiz.results.kept import Kept
from assistant.quiz.results.schema import answers, attempts, cards, replaced_answers
from assistant.quiz.schedule import Card

NOBODY = ""
"""Stands in the table of cards for who gives no code."""


class Store:
    """Results at one place. A method that raises AssistantError has stored nothing; the caller
    still has what it handed over and may try again."""

    def __init__(self, place: Path | str, wait: float = WAIT) -> None:
        """Open the file or the ``postgresql://`` address ``place``; see Database."""
        self.database = Database(place, wait)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; what was stored stays."""
        self.database.close()

    def begin(
        self, attempt: Attempt, paper: str, seed: int, candidate: Candidate | None, program: str
    ) -> int:
        """Store a new attempt; its number. ``paper`` is the paper as JSON, kept as it is;
        ``program`` the version of this program. Raises UsageError where the candidate has no
        attempt left at this paper."""
        rules = attempt.rules
        limit = rules.time_limit
        row = {
            "started": attempt.started,
            "mode": rules.mode.value,
            "candidate": candidate,
            "paper": paper,
            "questions": msgspec.json.encode(attempt.questions).decode(),
            "seed": str(seed),
            "pass_mark": rules.pass_mark,
            "time_limit": limit.total_seconds() if limit is not None else None,
            "attempts_allowed": rules.attempts,
            "program": program,
        }
        with self.database.writing() as connection:
            if rules.attempts is not None and candidate is not None:
                _attempt_left(connection, candidate, paper, rules.attempts)
            done = connection.execute(insert(attempts).values(row))
            key = done.inserted_primary_key
            assert key is not None
            return int(key[0])

    def answer(
        self, number: int, attempt: Attempt, answer: Answer, card: Card | None = None
    ) -> None:
        """Store an ``answer`` that ``attempt`` has taken; with it the ``card`` that it leads to,
        and the end of the attempt where it was the last one: all of it or nothing.

        The answer before it, where there is one, goes to the history. The same answer again, after
        a failure that left open whether it was stored, changes nothing. Raises AssistantError where
        another window has ended the attempt, or answered where the mode allows no change.
        """
        asked = attempt.questions[answer.position]
        row = {
            "item": asked.item,
            "topic": asked.topic,
            "fingerprint": asked.fingerprint,
            "given": None if answer.given is None else json.dumps(answer.given, allow_nan=False),
            "share": answer.share,
            "answered": answer.at,
        }
        here = (answers.c.attempt == number) & (answers.c.position == answer.position)
        with self.database.writing() as connection:
            candidate = self._open(connection, number)
            before = connection.execute(select(answers).where(here)).one_or_none()
            if before is None:
                whole = {"attempt": number, "position": answer.position, **row}
                connection.execute(insert(answers).values(whole))
            elif (before.given, before.answered) == (row["given"], answer.at):
                return
            elif not ALLOWED[attempt.rules.mode].changing:
                raise AssistantError(
                    f"{answered_already(attempt.rules.mode, answer.position)} (another window "
                    "gave it)"
                )
            else:
                connection.execute(insert(replaced_answers).values(dict(before._mapping)))
                connection.execute(update(answers).where(here).values(row))
            if card is not None:
                _keep(connection, candidate or NOBODY, card)
            if attempt.ended is not None:
                _end(connection, number, attempt)

    def _open(self, connection: Connection, number: int) -> str | None:
        """The candidate of an attempt that has not ended, which nobody else changes meanwhile."""
        found = connection.execute(
            select(attempts.c.ended, attempts.c.candidate)
            .where(attempts.c.id == number)
            .with_for_update()
        ).one_or_none()
        if found is None:
            raise self._no_attempt(number)
        if found.ended is not None:
            raise AssistantError(f"attempt {number} has ended, in another window perhaps")
        return None if found.candidate is None else str(found.candidate)

    def end(self, number: int, attempt: Attempt) -> None:
        """Store that ``attempt`` was handed in or has run out of time, with its score and whether
        it was passed; one that has ended already stays as it is."""
        if attempt.ended is None:
            raise ValueError("the attempt has not ended")
        with self.database.writing() as connection:
            _end(connection, number, attempt)

    def attempt(self, number: int) -> Kept:
        """The attempt with this number, its answers in it. Raises AssistantError where there is
        none."""
        with self.database.reading() as connection:
            found = connection.execute(
                select(attempts).where(attempts.c.id == number)
            ).one_or_none()
            if found is None:
                raise self._no_attempt(number)
            given = connection.execute(
                select(answers).where(answers.c.attempt == number).order_by(answers.c.position)
            ).all()
        return _kept(found, given)

    def history(self, number: int, position: int) -> list[Answer]:
        """Every answer given to the question at ``position``, the one that counts last."""
        columns = ("position", "given", "share", "answered")
        with self.database.reading() as connection:
            rows = [
                row
                for table, order in (
                    (replaced_answers, replaced_answers.c.id),
                    (answers, answers.c.position),
                )
                for row in connection.execute(
                    select(*(table.c[name] for name in columns))
                    .where(table.c.attempt == number, table.c.position == position)
                    .order_by(order)
                )
            ]
        return [_answer(row) for row in rows]

    def unfinished(self, candidate: Candidate | None) -> list[int]:
        """The numbers of the candidate's attempts that can be gone on with, the newest first."""
        with self.database.reading() as connection:
            found = connection.execute(
                select(attempts.c.id)
                .where(_of(candidate), attempts.c.ended.is_(None))
                .order_by(attempts.c.id.desc())
            )
            return [int(number) for number in found.scalars()]

    def newest(self, candidate: Candidate | None) -> int | None:
        """The number of the newest attempt of the candidate, or of all where there is none given;
        None where there is none."""
        query = select(func.max(attempts.c.id))
        if candidate is not None:
            query = query.where(_of(candidate))
        with self.database.reading() as connection:
            found = connection.execute(query).scalar_one_or_none()
        return None if found is None else int(found)

    def cards(self, candidate: Candidate | None) -> list[Card]:
        """The candidate's cards for revision, by item."""
        with self.database.reading() as connection:
            found = connection.execute(
                select(cards)
                .where(cards.c.candidate == (candidate or NOBODY))
                .order_by(cards.c.item)
            ).all()
        return [
            Card(
                item=row.item,
                state=row.state,
                due=row.due,
                fingerprint=row.fingerprint,
                reworded=row.reworded,
                reviews=row.reviews,
                failures=row.failures,
            )
            for row in found
        ]

    def _no_attempt(self, number: int) -> AssistantError:
        return AssistantError(f"the results in {self.database.place} hold no attempt {number}")


def _earlier(connection: Connection, candidate: Candidate, paper: str) -> int:
    found = connection.execute(
        select(func.count())
        .select_from(attempts)
        .where(
            _of(candidate),
            attempts.c.mode == Mode.ASSESSED.value,
            attempts.c.paper == paper,
        )
    )
    return int(found.scalar_one())


def _attempt_left(connection: Connection, candidate: Candidate, paper: str, allowed: int) -> None:
    """Refuse an assessed attempt beyond those ``allowed``; nobody begins another meanwhile."""
    if connection.dialect.name == "postgresql":
        # A writer of SQLite is alone anyway.
        connection.execute(text("LOCK TABLE attempts IN SHARE ROW EXCLUSIVE MODE"))
    earlier = _earlier(connection, candidate, paper)
    if earlier >= allowed:
        raise UsageError(
            f"candidate {candidate} has had {earlier} of {allowed} attempts at this paper; none is "
            "left"
        )


def _of(candidate: Candidate | None) -> ColumnElement[bool]:
    if candidate is None:
        return attempts.c.candidate.is_(None)
    return attempts.c.candidate == candidate


def _end(connection: Connection, number: int, attempt: Attempt) -> None:
    row = {
        "ended": attempt.ended,
        "score": attempt.score.share if attempt.score.out_of else None,
        "passed": attempt.passed,
    }
    still_open = (attempts.c.id == number) & attempts.c.ended.is_(None)
    connection.execute(update(attempts).where(still_open).values(row))


def _keep(connection: Connection, candidate: str, card: Card) -> None:
    here = (cards.c.candidate == candidate) & (cards.c.item == card.item)
    row = {name: getattr(card, name) for name in card.__struct_fields__}
    if connection.execute(update(cards).where(here).values(row)).rowcount == 0:
        connection.execute(insert(cards).values({"candidate": candidate, **row}))


def _kept(row: Row[tuple[object, ...]], given: Iterable[Row[tuple[object, ...]]]) -> Kept:
    rules = Rules(
        Mode(row.mode),
        row.pass_mark,
        None if row.time_limit is None else timedelta(seconds=row.time_limit),
        row.attempts_allowed,
    )
    questions = msgspec.json.decode(row.questions, type=tuple[Asked, ...])
    attempt = resume(questions, rules, row.started, map(_answer, given), row.ended)
    return Kept(int(row.id), attempt, row.paper, int(row.seed), row.candidate, row.program)


def _answer(row: Row[tuple[object, ...]]) -> Answer:
    at: datetime = row.answered
    return Answer(row.position, _given(row.given), row.share, at)


def _given(stored: str | None) -> Given | None:
    if stored is None:
        return None
    value: str | float | bool | list[int] = json.loads(stored)
    return tuple(value) if isinstance(value, list) else value
