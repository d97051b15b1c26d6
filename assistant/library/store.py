"""Libraries on disk: one folder a content hash, complete or not there under its name.

How one is written: ``writing.py``. How one is read: ``loading.py``. How a question finds its
library without hashing the content: ``unchanged.py``.
"""

import contextlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assistant import __version__
from assistant.errors import LibraryError
from assistant.guidance.editions import accepted_files
from assistant.library.content import Content
from assistant.library.home import libraries, published
from assistant.library.learning_code import learning_files, learning_marks
from assistant.library.loading import kept_in, library_of, load, others
from assistant.library.model import Library
from assistant.library.unchanged import State, folder_seen, remember_seen, state_of
from assistant.library.whole_files import write_whole

if TYPE_CHECKING:
    from assistant.library.compile import Source

FORMAT = "23"
"""Part of the hash: raised when what is stored, or how it is compiled, changes; how it is learnt is
part of it too."""

_REFUSED = "refused.json"
_PATIENCE_SECONDS = 10
_FROM_MEMORY = "the answer comes from memory."

Step = Callable[[str, int, int], None]
Note = Callable[[str], None]


class Candidate(NamedTuple):
    """A library compiled and not yet stored: the folder that it is for, its files, and itself."""

    folder: Path
    files: dict[str, bytes]
    library: Library


def open_library(content: Content, step: Step, note: Note) -> Library:
    """The library of ``content``: as stored, or compiled now because it is missing, old or damaged.

    ``step`` is told how far a compilation is, ``note`` gets a line for the user. Where nothing can
    be written the library is compiled in memory, with a note; where the library of ``content`` was
    refused, the one before it serves, with a note. Raises ContentError for faulty content.
    """
    state = _state(content)
    seen = folder_seen(libraries(), state)
    folder = seen or folder_of(content)
    serving = _serving_instead_of(folder)
    if serving is not None:
        note(
            "The changed guidance was refused by the last `assistant reindex --strict`; "
            "the library before it serves."
        )
        return serving
    try:
        library = load(folder)
        if seen is None:
            remember_seen(folder, state)
        return library
    except LibraryError as error:
        if folder.exists():
            note(f"The library is damaged and is built again ({error}).")
    made = candidate(content, step, note)
    try:
        _write(made, anew=False)
    except OSError as error:
        place = made.folder.parent
        note(f"The library cannot be kept in {place} ({error.strerror}); {_FROM_MEMORY}")
    return made.library


def rebuild_library(content: Content, step: Step, note: Note) -> Library:
    """The library of ``content``, compiled anew and swapped in even where a sound one is stored.

    Raises LibraryError where it cannot be stored: what is stored serves on.
    """
    made = candidate(content, step, note)
    swap_in(made)
    return made.library


def candidate(content: Content, step: Step, note: Note) -> Candidate:
    """The library of ``content`` compiled, and not stored. Raises ContentError for faulty
    content."""
    # Imported here: a question that finds its library reads no content and needs none of this.
    from assistant.library.compile import compiled_files

    folder, source = _read(content, note)
    files = compiled_files(source, step, note, kept_in(folder.parent))
    return Candidate(folder, files, library_of(files))


def swap_in(made: Candidate) -> None:
    """Store ``made`` in the place of what is stored, by one rename. Raises LibraryError where it
    cannot be stored: what is stored serves on."""
    try:
        _write(made, anew=True)
        (made.folder.parent / _REFUSED).unlink(missing_ok=True)
    except OSError as error:
        raise LibraryError(
            f"the library cannot be kept in {made.folder.parent} ({error.strerror}); "
            "the one that is there serves on"
        ) from error


def refuse(made: Candidate, serving: Path) -> None:
    """Let the library in the folder ``serving`` answer in the place of ``made``, until the content
    changes again or ``made`` is swapped in."""
    names = {"refused": made.folder.name, "serving": serving.name}
    try:
        write_whole(serving.parent / _REFUSED, json.dumps(names).encode())
    except OSError as error:
        place = serving.parent
        raise LibraryError(f"nothing can be kept in {place} ({error.strerror})") from error


def stored_before(folder: Path) -> tuple[Path, Library] | None:
    """The newest sound library beside ``folder``, which need not exist; None where there is
    none."""
    for other in others(folder):
        with contextlib.suppress(LibraryError):
            return other, load(other)
    return None


def folder_of(content: Content) -> Path:
    """Where the library of ``content`` is kept, compiled by this version of the program with the
    published texts that the user has imported."""
    parts = (FORMAT, __version__, *learning_marks(), _digest_of_published())
    return libraries() / content.digest(*parts)[:16]


def _state(content: Content) -> State:
    """How what ``folder_of`` hashes looks."""
    others = [*learning_files(), *accepted_files(published())]
    files = [*content.file_names(), *map(str, others)]
    return state_of([FORMAT, __version__, str(content.root)], files)


def _read(content: Content, note: Note) -> tuple[Path, "Source"]:
    """The folder for the library of ``content``, and the content, read while it did not change."""
    from assistant.guidance.published import read_published
    from assistant.library.compile import Source
    from assistant.library.parsed import parsed_before
    from assistant.library.read import read_content
    from assistant.library.trained import file_name

    started = time.monotonic()
    while time.monotonic() - started < _PATIENCE_SECONDS:
        folder = folder_of(content)
        names = {
            place: file_name(content, place) for place in (content.questions, content.dialogues)
        }
        with parsed_before():
            checked = read_content(content)
        texts = read_published(published())
        if folder_of(content) == folder:
            for problem in texts.problems:
                note(f"{problem}; what it restates is shown instead")
            return folder, Source(content, names, checked, texts.publications)
    raise LibraryError("the guidance is being changed; ask again when that is done")


def _digest_of_published() -> str:
    """The SHA-256 over the published texts that the user has accepted."""
    import hashlib

    total = hashlib.sha256()
    for path in accepted_files(published()):
        with contextlib.suppress(OSError):  # what cannot be read is named when it is compiled
            total.update(f"{path.name}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _write(made: Candidate, anew: bool) -> None:
    # Loaded here: a question that finds its library writes none.
    from assistant.library.writing import write_library

    write_library(made.folder, made.files, FORMAT, anew)


def _serving_instead_of(folder: Path) -> Library | None:
    """The library that answers because that of ``folder`` was refused, if it was."""
    try:
        names = json.loads((folder.parent / _REFUSED).read_bytes())
        if names["refused"] != folder.name:
            return None
        return load(folder.parent / str(names["serving"]))
    except (OSError, ValueError, KeyError, TypeError, LibraryError):
        return None
