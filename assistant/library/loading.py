"""A stored library read: whole and checked before use, so that it serves on whatever becomes of its
folder."""

import contextlib
import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from assistant.dialogues.model import Dialogue
from assistant.errors import LibraryError
from assistant.library.model import COMPILED, DIALOGUES, INDEX, QUIZ, SITUATIONS, Compiled, Library
from assistant.matching.matcher import Matcher

if TYPE_CHECKING:
    from assistant.quiz.model import Bank
    from assistant.search.index import PassageIndex

MANIFEST = "manifest.json"
"""The file of a library that names the others, with their sizes and checksums."""


def load(folder: Path) -> Library:
    """The library in ``folder``. Raises LibraryError where it is missing or damaged."""
    try:
        files = {}
        for name, (size, checksum) in manifest(folder).items():
            data = (folder / name).read_bytes()
            if len(data) != size or zlib.crc32(data) != checksum:
                raise LibraryError(f"{name} is not as it was written")
            files[name] = data
        return library_of(files)
    except FileNotFoundError as error:
        raise LibraryError(f"{Path(error.filename).name} is missing") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, msgspec.DecodeError) as error:
        raise LibraryError(f"it cannot be read: {error}") from error


def library_of(files: dict[str, bytes]) -> Library:
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


def manifest(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and checksum of every file of the library in ``folder``, by name."""
    files: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())["files"]
    return {name: (size, checksum) for name, (size, checksum) in files.items()}


def others(folder: Path) -> list[Path]:
    """The libraries beside ``folder``, the newest first."""
    found = []
    with contextlib.suppress(OSError):
        for path in folder.parent.iterdir():
            with contextlib.suppress(OSError):
                if path != folder and path.is_dir() and not path.name.startswith("."):
                    found.append((path.stat().st_mtime_ns, path))
    return [path for _, path in sorted(found, reverse=True)]


def kept_in(folder: Path) -> Callable[[str], bytes | None]:
    """What gives a file of an index by its name, where one of the libraries in ``folder`` has it
    sound."""
    places: dict[str, tuple[Path, tuple[int, int]]] = {}
    for library in others(folder / "none"):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            for name, mark in manifest(library).items():
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
