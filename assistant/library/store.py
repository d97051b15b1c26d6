"""Libraries on disk: one folder a content hash, swapped in by one rename, checked before use.

A folder is complete or it is not there under its name: it is written under a temporary name and
renamed. Two first runs at once each write their own; the second to finish finds the name taken and
uses that one. A library that is read is read whole, so that it serves on whatever becomes of its
folder.
"""

import contextlib
import hashlib
import json
import shutil
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from assistant import __version__
from assistant.dialogues.model import Dialogue
from assistant.errors import AssistantError, LibraryError
from assistant.guidance.editions import accepted_files
from assistant.library.content import Content
from assistant.library.home import libraries, published
from assistant.library.model import COMPILED, DIALOGUES, INDEX, QUIZ, SITUATIONS, Compiled, Library
from assistant.library.whole_files import write_whole
from assistant.matching.matcher import Matcher

if TYPE_CHECKING:
    from assistant.library.compile import Source
    from assistant.quiz.model import Bank
    from assistant.search.index import PassageIndex

FORMAT = "22"
"""Part of the hash: raised when what is stored, or how it is compiled, changes."""

_MANIFEST = "manifest.json"
_REFUSED = "refused.json"
_TEMPORARY = ".new-"
_DAMAGED = ".damaged-"
_LEFT_BEHIND_SECONDS = 3600
_KEPT = 3
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
    folder = folder_of(content)
    serving = _serving_instead_of(folder)
    if serving is not None:
        note(
            "The changed guidance was refused by the last `assistant reindex --strict`; "
            "the library before it serves."
        )
        return serving
    try:
        return load(folder)
    except LibraryError as error:
        if folder.exists():
            note(f"The library is damaged and is built again ({error}).")
    made = candidate(content, step, note)
    try:
        _store(made, anew=False)
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
    files = compiled_files(source, step, note, _kept_in(folder.parent))
    return Candidate(folder, files, _library(files))


def swap_in(made: Candidate) -> None:
    """Store ``made`` in the place of what is stored, by one rename. Raises LibraryError where it
    cannot be stored: what is stored serves on."""
    try:
        _store(made, anew=True)
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
    for other in _others(folder):
        with contextlib.suppress(LibraryError):
            return other, load(other)
    return None


def folder_of(content: Content) -> Path:
    """Where the library of ``content`` is kept, compiled by this version of the program with the
    published texts that the user has imported."""
    return libraries() / content.digest(FORMAT, __version__, _digest_of_published())[:16]


def load(folder: Path) -> Library:
    """The library in ``folder``. Raises LibraryError where it is missing or damaged."""
    try:
        files = {}
        for name, (size, checksum) in _manifest(folder).items():
            data = (folder / name).read_bytes()
            if len(data) != size or zlib.crc32(data) != checksum:
                raise LibraryError(f"{name} is not as it was written")
            files[name] = data
        return _library(files)
    except FileNotFoundError as error:
        raise LibraryError(f"{Path(error.filename).name} is missing") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, msgspec.DecodeError) as error:
        raise LibraryError(f"it cannot be read: {error}") from error


def _library(files: dict[str, bytes]) -> Library:
    """The library that consists of ``files``, read further when it is needed."""
    compiled = msgspec.msgpack.decode(files[COMPILED], type=Compiled)
    small = {name: files[name] for name in (DIALOGUES, SITUATIONS, QUIZ)}
    start = f"{INDEX}/"
    index = {n.removeprefix(start): data for n, data in files.items() if n.startswith(start)}

    def open_index() -> "PassageIndex":
        from assistant.search.index import PassageIndex

        return PassageIndex(index)

    def read_dialogues() -> tuple[Dialogue, ...]:
        return msgspec.msgpack.decode(small[DIALOGUES], type=tuple[Dialogue, ...])

    def read_situations() -> Matcher | None:
        return msgspec.msgpack.decode(small[SITUATIONS], type=Matcher | None)

    def read_bank() -> "Bank":
        from assistant.quiz.model import Bank

        return msgspec.msgpack.decode(small[QUIZ], type=Bank)

    return Library(compiled, open_index, read_dialogues, read_situations, read_bank)


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
    total = hashlib.sha256()
    for path in accepted_files(published()):
        with contextlib.suppress(OSError):  # what cannot be read is named when it is compiled
            total.update(f"{path.name}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _manifest(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and checksum of every file of the library in ``folder``, by name."""
    files: dict[str, Any] = json.loads((folder / _MANIFEST).read_bytes())["files"]
    return {name: (size, checksum) for name, (size, checksum) in files.items()}


def _manifest_of(files: dict[str, bytes]) -> bytes:
    marks = {name: (len(data), zlib.crc32(data)) for name, data in sorted(files.items())}
    return (json.dumps({"format": FORMAT, "files": marks}, indent=1) + "\n").encode()


def _kept_in(folder: Path) -> Callable[[str], bytes | None]:
    """What gives a file of an index by its name, where one of the libraries in ``folder`` has it
    sound."""
    places: dict[str, tuple[Path, tuple[int, int]]] = {}
    for library in _others(folder / "none"):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            for name, mark in _manifest(library).items():
                if name.startswith(f"{INDEX}/"):
                    places.setdefault(name, (library, mark))

    def kept(name: str) -> bytes | None:
        library, mark = places.get(f"{INDEX}/{name}", (folder, (0, 0)))
        try:
            data = (library / INDEX / name).read_bytes()
        except OSError:
            return None
        return data if (len(data), zlib.crc32(data)) == mark else None

    return kept


def _serving_instead_of(folder: Path) -> Library | None:
    """The library that answers because that of ``folder`` was refused, if it was."""
    try:
        names = json.loads((folder.parent / _REFUSED).read_bytes())
        if names["refused"] != folder.name:
            return None
        return load(folder.parent / str(names["serving"]))
    except (OSError, ValueError, KeyError, TypeError, LibraryError):
        return None


def _store(made: Candidate, anew: bool) -> None:
    """Write ``made`` and give it its name. Raises OSError where that is not possible."""
    folder = made.folder
    files = {**made.files, _MANIFEST: _manifest_of(made.files)}
    if anew and _holds(folder, files):
        return  # nothing is gained by swapping a library for its like
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=folder.parent))
    try:
        (new / INDEX).mkdir()
        for name, data in files.items():
            (new / name).write_bytes(data)
        _swap_in(new, folder, anew)
        _sweep(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _holds(folder: Path, files: dict[str, bytes]) -> bool:
    """Whether ``folder`` holds exactly these files."""
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    try:
        return found.keys() == files.keys() and all(
            path.read_bytes() == files[name] for name, path in found.items()
        )
    except OSError:
        return False


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
        _discard(folder)
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
    for path in folder.parent.iterdir():
        if path.name.startswith((_TEMPORARY, _DAMAGED)):
            with contextlib.suppress(OSError):  # removed by another run already
                if now - path.stat().st_mtime > _LEFT_BEHIND_SECONDS:
                    _remove(path)
    for path in _others(folder)[_KEPT - 1 :]:
        _discard(path)


def _discard(folder: Path) -> None:
    """Remove a library, first of all its name: half of one is never there."""
    aside = Path(tempfile.mkdtemp(prefix=_DAMAGED, dir=folder.parent))
    with contextlib.suppress(FileNotFoundError):  # removed by another run already
        folder.rename(aside / folder.name)
    shutil.rmtree(aside, ignore_errors=True)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _others(folder: Path) -> list[Path]:
    """The libraries beside ``folder``, the newest first."""
    found = []
    with contextlib.suppress(OSError):
        for path in folder.parent.iterdir():
            with contextlib.suppress(OSError):
                if path != folder and path.is_dir() and not path.name.startswith("."):
                    found.append((path.stat().st_mtime_ns, path))
    return [path for _, path in sorted(found, reverse=True)]
