"""Where results are kept: a file of SQLite, or a server of PostgreSQL by its address."""

import logging
import ssl
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError

from assistant.errors import AssistantError, UsageError

# What is logged of connections that broke would be printed; it is told as an error instead.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())

_PATIENCE = 30
"""Seconds after which a server that says nothing counts as out of reach."""

_SERVERS = ("postgresql", "postgres")
_SSL = ("disable", "prefer", "require", "verify-full")
_HOW = "postgresql://USER:PASSWORD@HOST/DATABASE"


def engine_for(place: Path | str, wait: float) -> tuple[Engine, str]:
    """The engine for the file or address ``place``, and how messages name it (without a password).

    ``wait``: seconds to wait for another program that writes. Nothing is opened yet. Raises
    UsageError where an address is not one, AssistantError where the file's folder cannot be made
    or PostgreSQL's library is missing.
    """
    if isinstance(place, str) and "://" in place:
        url, secured = _server(place)
        return _postgresql(url, secured, wait), url.render_as_string()
    return _sqlite(Path(place), wait), str(place)


def _sqlite(path: Path, wait: float) -> Engine:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AssistantError(
            f"the results in {path}: the folder {path.parent} cannot be made ({error.strerror}); "
            "ASSISTANT_HOME names another folder"
        ) from error
    # One connection, lent to one user at a time. The driver begins no transactions of its own: it
    # would begin them too late, with a lock that it might not get.
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": wait, "isolation_level": None, "check_same_thread": False},
        pool_size=1,
        max_overflow=0,
    )

    @event.listens_for(engine, "connect")
    def be_careful(connection: DBAPIConnection, record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA synchronous = FULL")  # a commit waits for the disk
        cursor.close()

    return engine


def _server(address: str) -> tuple[URL, str]:
    try:
        url = make_url(address)
    except ArgumentError:
        url = None
    if url is None or url.drivername not in _SERVERS or not url.database:
        scheme = address.partition("://")[0][:20]
        raise UsageError(
            f"{scheme}://... is not an address that results can be kept at; write {_HOW}"
        )
    secured = url.query.get("sslmode", "prefer")
    if set(url.query) - {"sslmode"} or not isinstance(secured, str) or secured not in _SSL:
        raise UsageError(
            f"after the ? of {url.set(query={})} only sslmode={', '.join(_SSL)} is understood"
        )
    return url.set(query={}), secured


def _postgresql(url: URL, secured: str, wait: float) -> Engine:
    contexts = {"disable": False, "prefer": None, "require": True}
    try:
        return create_engine(
            url.set(drivername="postgresql+pg8000"),
            connect_args={
                "timeout": _PATIENCE,
                "ssl_context": contexts[secured]
                if secured in contexts
                else ssl.create_default_context(),
                "startup_params": {"lock_timeout": str(round(wait * 1000)), "timezone": "UTC"},
            },
            pool_size=1,
            max_overflow=0,
            pool_pre_ping=True,
        )
    except ModuleNotFoundError as error:
        raise AssistantError(
            "results on PostgreSQL need pg8000: pip install 'guidance-assistant[postgresql]'"
        ) from error
