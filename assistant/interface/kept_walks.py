"""Walks kept in files that the user named: saved to be gone on with, and written as a record."""

from datetime import datetime
from pathlib import Path

import msgspec

from assistant.dialogues import record
from assistant.dialogues.session import Session
from assistant.dialogues.walk import walk
from assistant.errors import AssistantError
from assistant.library.model import Library
from assistant.library.whole_files import write_whole


def save_session(path: Path, session: Session) -> None:
    """Keep ``session`` as the file ``path``, whole or not at all."""
    try:
        write_whole(path, msgspec.json.encode(session))
    except OSError as error:
        raise AssistantError(f"{path} cannot be written: {error.strerror}") from error


def read_session(path: Path, library: Library) -> Session:
    """The walk saved in ``path``. Raises AssistantError where it cannot be read or its dialogue is
    gone."""
    try:
        session = msgspec.json.decode(path.read_bytes(), type=Session)
    except OSError as error:
        raise AssistantError(f"{path} cannot be read: {error.strerror}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise AssistantError(f"{path} is not a saved walk: {error}") from error
    if session.dialogue not in library.book.dialogues:
        raise AssistantError(f"{path}: there is no dialogue {session.dialogue!r} any more")
    return session


def write_record(path: Path, library: Library, session: Session, passing: bool = False) -> None:
    """Write the record of a walk: JSON or Markdown by the ending of ``path``, else plain text.

    With ``passing``, steps and notes without an answer count as done and read.
    """
    found = walk(library.book, session.dialogue, session.answers, passing)
    kept = record.record(
        found, library.guidance, session.answers, session.times, session.started, datetime.now()
    )
    if path.suffix == ".json":
        text = msgspec.json.format(msgspec.json.encode(kept), indent=1).decode() + "\n"
    else:
        text = record.as_markdown(kept) if path.suffix == ".md" else record.as_text(kept)
    try:
        write_whole(path, text.encode())
    except OSError as error:
        raise AssistantError(f"{path} cannot be written: {error.strerror}") from error
