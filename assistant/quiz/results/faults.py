"""What a database says when it cannot go on, as one clear line."""

import sqlite3

from sqlalchemy.exc import DBAPIError

from assistant.errors import AssistantError

_PRIMARY = 0xFF
"""The part of SQLite's error codes that says what kind of error it is."""

_LOCKED = "did not finish in {wait:g} seconds; nothing is lost, try again"
_FULL = "what was stored before is safe. Make room and try again"
_FORBIDDEN = (
    "give yourself the right to write the file and its folder (ASSISTANT_HOME names another folder)"
)

_SQLITE = {
    sqlite3.SQLITE_BUSY: f"another window is writing to it and {_LOCKED}",
    sqlite3.SQLITE_LOCKED: f"another window is writing to it and {_LOCKED}",
    sqlite3.SQLITE_FULL: f"the disk is full; {_FULL}",
    sqlite3.SQLITE_IOERR: f"the disk is full, or cannot be read and written; {_FULL}",
    sqlite3.SQLITE_READONLY: f"it cannot be written; {_FORBIDDEN}",
    sqlite3.SQLITE_PERM: f"it cannot be opened; {_FORBIDDEN}",
    sqlite3.SQLITE_CANTOPEN: f"it cannot be opened; {_FORBIDDEN}",
    sqlite3.SQLITE_CORRUPT: "it is damaged; move it aside and put back a copy, or begin a new one",
    sqlite3.SQLITE_NOTADB: "it is not a database, or is damaged; move it aside",
}

_OFFLINE = "the server cannot be reached, or broke off; nothing that was stored is lost, try again"

_POSTGRESQL = {
    "55P03": f"another window is writing to it and {_LOCKED}",
    "53100": f"the server's disk is full; {_FULL}",
    "28P01": "the server does not accept this user and password",
    "28000": "the server does not accept this user",
    "3D000": "the server has no such database; it must be made first (createdb)",
    "42501": "this user may not write there; ask for the right to make and write tables",
    "57P01": _OFFLINE,
    "57P02": _OFFLINE,
    "57P03": _OFFLINE,
    "25006": "the server takes no changes at present; try again or name another",
}
"""By SQLSTATE (PostgreSQL, appendix A, error codes)."""


def fault(place: str, why: str) -> AssistantError:
    """The error that says ``why`` the results at ``place`` cannot be used."""
    return AssistantError(f"the results in {place}: {why}")


def as_error(error: Exception, place: str, wait: float) -> AssistantError:
    """The error to raise for ``error``, which came from the database at ``place``; ``wait`` is how
    many seconds another window was waited for."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return fault(place, _why(cause).format(wait=wait))


def _why(cause: BaseException | None) -> str:
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", None)
        known = _SQLITE.get(code & _PRIMARY) if code is not None else None
        return known or _told(cause)
    if isinstance(cause, OSError):
        return _OFFLINE
    said = cause.args[0] if cause is not None and cause.args else None
    if isinstance(said, dict):
        return _POSTGRESQL.get(str(said.get("C"))) or _told(str(said.get("M", "")))
    if type(cause).__name__ == "InterfaceError":
        return f"{_OFFLINE} ({_plain(cause)})"
    return _told(cause)


def _told(what: object) -> str:
    return f"the database says: {_plain(what)}"


def _plain(what: object) -> str:
    """In one line, without what would be filled in."""
    return " ".join(str(what).split()).replace("{", "(").replace("}", ")")
