"""Libraries on disk: one folder a content hash, swapped in by one rename, checked before use.

A folder is complete or it is not there under its name: it is written under a temporary name and
renamed. Two first runs at once each write their own; the second to finish finds the name taken and
uses that
one.
"""

import contextlib
import json
import shutil
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from assistant import __version__
from assistant.dialogues.model import Dialogue
from assistant.errors import AssistantError, LibraryError
from assistant.library.content import Content
from assistant.library.home import libraries
from assistant.library.model import COMPILED, DIALOGUES, INDEX, QUIZ, SITUATIONS, Compiled, Library
from assistant.matching.matcher import Matcher

if TYPE_CHECKING:
    from assistant.quiz.model import Bank
    from assistant.search.index import PassageIndex

FORMAT = "21"
"""Part of the hash: raised when what is stored, or how it is compiled, changes."""

_MANIFEST = "manifest.json"
_TEMPORARY = ".new-"
_DAMAGED = ".damaged-"
_LEFT_BEHIND_SECONDS = 3600
_KEPT = 3
_FROM_MEMORY = "the answer comes from memory."

Step = Callable[[str, int, int], None]
Note = Callable[[str], None]


def open_library(content: Content, step: Step, note: Note) -> Library:
    """The library of ``content``: as stored, or compiled now because it is missing, old or damaged.

    ``step`` is told how far a compilation is, ``note`` gets a line for the user. Where nothing can
    be written the library is compiled in memory, with a note. Raises ContentError for faulty
    content.
    """
    folder = folder_of(content)
    try:
        return load(folder)
    except LibraryError as error:
        if folder.exists():
            note(f"The library is damaged and is built again ({error}).")
    return _compile(content, folder, step, note)


def rebuild_library(content: Content, step: Step, note: Note) -> Library:
    """The library of ``content``, compiled anew and swapped in even where a sound one is stored."""
    return _compile(content, folder_of(content), step, note, anew=True)


def folder_of(content: Content) -> Path:
    """Where the library of ``content`` is kept, compiled by this version of the program."""
    return libraries() / content.digest(FORMAT, __version__)[:16]


def load(folder: Path) -> Library:
    """The library in ``folder``. Raises LibraryError where it is missing or damaged."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_bytes())
        for name, (size, checksum) in manifest["files"].items():
            data = (folder / name).read_bytes()
            if len(data) != size or zlib.crc32(data) != checksum:
                raise LibraryError(f"{name} is not as it was written")
            if name == COMPILED:
                compiled = msgspec.msgpack.decode(data, type=Compiled)
    except FileNotFoundError as error:
        raise LibraryError(f"{Path(error.filename).name} is missing") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, msgspec.DecodeError) as error:
        raise LibraryError(f"it cannot be read: {error}") from error

    def open_index() -> "PassageIndex":
        from assistant.search.index import PassageIndex

        return PassageIndex.open(folder / INDEX)

    def read_dialogues() -> tuple[Dialogue, ...]:
        data = (folder / DIALOGUES).read_bytes()
        return msgspec.msgpack.decode(data, type=tuple[Dialogue, ...])

    def read_situations() -> Matcher | None:
        return msgspec.msgpack.decode((folder / SITUATIONS).read_bytes(), type=Matcher | None)

    def read_bank() -> "Bank":
        from assistant.quiz.model import Bank

        return msgspec.msgpack.decode((folder / QUIZ).read_bytes(), type=Bank)

    return Library(compiled, open_index, read_dialogues, read_situations, read_bank)


def _compile(content: Content, folder: Path, step: Step, note: Note, anew: bool = False) -> Library:
    # Imported here: a question that finds its library reads no content and needs none of this.
    from assistant.library.compile import compile_in_memory, compile_into
    from assistant.library.read import read_content

    checked = read_content(content)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=folder.parent))
    except OSError as error:
        note(f"Nothing can be kept in {folder.parent} ({error.strerror}); {_FROM_MEMORY}")
        return compile_in_memory(content, checked, step)
    try:
        compile_into(new, content, checked, step)
        _write_manifest(new)
        _swap_in(new, folder, anew)
        _sweep(folder)
        return load(folder)
    except OSError as error:
        note(f"The library cannot be kept in {folder.parent} ({error.strerror}); {_FROM_MEMORY}")
        return compile_in_memory(content, checked, step)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _write_manifest(folder: Path) -> None:
    files = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            files[path.relative_to(folder).as_posix()] = (len(data), zlib.crc32(data))
    (folder / _MANIFEST).write_text(
        json.dumps({"format": FORMAT, "files": files}, indent=1) + "\n", encoding="utf-8"
    )


def _swap_in(new: Path, folder: Path, anew: bool) -> None:
    """Give the finished folder ``new`` its name; what stands there already is moved aside if
    ``anew`` or damaged."""
    for _ in range(5):
        try:
            new.rename(folder)
            return
        except OSError:
            if not folder.exists():
                raise
        if not anew and _is_sound(folder):
            return  # another run has finished the same library in the meantime
        aside = Path(tempfile.mkdtemp(prefix=_DAMAGED, dir=folder.parent))
        with contextlib.suppress(FileNotFoundError):  # moved aside by another run already
            folder.rename(aside / folder.name)
        shutil.rmtree(aside, ignore_errors=True)
    raise AssistantError(f"{folder} cannot be replaced; remove it and ask again")


def _is_sound(folder: Path) -> bool:
    try:
        load(folder)
    except LibraryError:
        return False
    return True


def _sweep(folder: Path) -> None:
    """Remove what killed runs left behind and all but the newest libraries."""
    now = time.time()
    others = [path for path in folder.parent.iterdir() if path != folder and path.is_dir()]
    for path in others:
        if (
            path.name.startswith((_TEMPORARY, _DAMAGED))
            and now - path.stat().st_mtime > _LEFT_BEHIND_SECONDS
        ):
            shutil.rmtree(path, ignore_errors=True)
    whole = sorted(
        (path for path in others if not path.name.startswith(".")),
        key=lambda path: path.stat().st_mtime,
    )
    for path in whole[: -_KEPT + 1]:
        shutil.rmtree(path, ignore_errors=True)
