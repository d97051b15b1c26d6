"""A database opened, checked and ready: whole transactions, and one clear line where it fails."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, event
from sqlalchemy.exc import SQLAlchemyError

from assistant.quiz.results.address import engine_for
from assistant.quiz.results.faults import as_error
from assistant.quiz.results.migrations import prepare, refuse_newer, stored_version
from assistant.quiz.results.schema import VERSION

WAIT = 5.0
"""Seconds that another window is waited for."""


class Database:
    """Results at one place, read and written in whole transactions.

    Every method raises AssistantError, in one line, where the database cannot go on; what was
    committed before stays.
    """

    def __init__(self, place: Path | str, wait: float = WAIT) -> None:
        """Open the file or the ``postgresql://`` address ``place``; tables that are missing are
        made, older ones brought up to date, newer ones refused untouched."""
        self.wait = wait
        self._engine, self.place = engine_for(place, wait)
        self._is_file = self._engine.dialect.name == "sqlite"
        if self._is_file:
            event.listen(self._engine, "begin", _begin)
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def _prepare(self) -> None:
        with self.reading() as connection:
            version = stored_version(connection, self.place)
            refuse_newer(version, self.place)
        if self._is_file:
            self._write_ahead()
        if version != VERSION:
            with self.writing() as connection:
                prepare(connection, self.place)

    def _write_ahead(self) -> None:
        """Let readers and a writer work side by side (WAL). Only once the version is known: the
        mode is kept in the file."""
        with self._errors(), self._connected() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            # Asked first: only a change needs the file for itself alone.
            if driver.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                driver.execute("PRAGMA journal_mode = WAL").fetchone()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads, and sees one state of the database throughout."""
        options = {} if self._is_file else {"isolation_level": "REPEATABLE READ"}
        with self._errors(), self._connected() as connection:
            yield connection.execution_options(**options)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: committed at the end of the block, taken back where the block
        fails."""
        with (
            self._errors(),
            self._connected().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    def _connected(self) -> Connection:
        try:
            return self._engine.connect()
        except OSError:
            # The server closed the connection that was kept, which pg8000 does not always say in a
            # way that SQLAlchemy understands. It is given up now; the next one is new.
            return self._engine.connect()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            raise as_error(error, self.place, self.wait) from error

    def close(self) -> None:
        """Close the connection."""
        self._engine.dispose()


def _begin(connection: Connection) -> None:
    # A writer takes its lock at once: later it might be refused without waiting.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
