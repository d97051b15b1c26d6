"""The tables, the same for SQLite and PostgreSQL.

What was given, papers and cards are JSON as text: both databases keep it byte for byte. All times
are in UTC.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from assistant.quiz.candidate import LONGEST

VERSION = 1
"""Goes up with every change to the tables, with a step in ``migrations.py``."""

tables = MetaData()


class Utc(TypeDecorator[datetime]):
    """A time with its zone, kept in UTC; SQLite, which knows no zones, keeps it without."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """In UTC, without its zone where the database knows none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time is stored with its zone")
        known = value.astimezone(UTC)
        return known.replace(tzinfo=None) if dialect.name == "sqlite" else known

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """In UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


schema_version = Table(
    "schema_version", tables, Column("version", Integer, primary_key=True, autoincrement=False)
)

attempts = Table(
    "attempts",
    tables,
    Column("id", Integer, primary_key=True),
    Column("started", Utc, nullable=False),
    Column("ended", Utc),
    Column("mode", String(16), nullable=False),
    Column("candidate", String(LONGEST)),
    Column("paper", Text, nullable=False),  # as it was drawn, to be set again
    Column("questions", Text, nullable=False),
    Column("seed", Text, nullable=False),
    Column("pass_mark", Double),
    Column("time_limit", Double),  # in seconds
    Column("attempts_allowed", Integer),
    Column("program", String(40), nullable=False),
    # What the candidate was told at the end; it stays true when the rules of scoring change.
    Column("score", Double),
    Column("passed", Boolean),
    Index("attempts_by_candidate", "candidate"),
)


def _given() -> tuple[Column[object], ...]:
    """What a row about one answer holds. ``given`` and ``share`` are null where the answer was
    shown and nobody had given one."""
    return (
        Column("item", Text, nullable=False),
        Column("topic", Text, nullable=False),
        Column("fingerprint", Text, nullable=False),
        Column("given", Text),
        Column("share", Double),
        Column("answered", Utc, nullable=False),
    )


# The answer that counts: the last one given to a question.
answers = Table(
    "answers",
    tables,
    Column("attempt", ForeignKey("attempts.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    *_given(),
)

# Answers that were changed later, so that what was given first is not lost.
replaced_answers = Table(
    "replaced_answers",
    tables,
    Column("id", Integer, primary_key=True),
    Column("attempt", ForeignKey("attempts.id"), nullable=False),
    Column("position", Integer, nullable=False),
    *_given(),
    Index("replaced_by_question", "attempt", "position"),
)

# Who gives no code has the empty one: a primary key cannot be null.
cards = Table(
    "cards",
    tables,
    Column("candidate", String(LONGEST), primary_key=True),
    Column("item", Text, primary_key=True),
    Column("state", Text, nullable=False),  # the card of the fsrs library as JSON
    Column("due", Utc, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("reworded", Boolean, nullable=False),
    Column("reviews", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
)
