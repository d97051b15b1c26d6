"""A library written: under a temporary name, then given its own by one rename.

Two first runs at once each write their own; the second to finish finds the name taken and uses that
one.
"""

import contextlib
import json
import shutil
import tempfile
import time
import zlib
from pathlib import Path

from assistant.errors import AssistantError, LibraryError
from assistant.library.loading import MANIFEST, load, others
from assistant.library.model import INDEX

_TEMPORARY = ".new-"
_DAMAGED = ".damaged-"
_LEFT_BEHIND_SECONDS = 3600
_KEPT = 3


def write_library(folder: Path, made: dict[str, bytes], form: str, anew: bool) -> None:
    """Write the files ``made``, of the format ``form``, and give them the name ``folder``; what is
    stored there already is replaced if ``anew`` or damaged.

    Raises OSError where that is not possible.
    """
    files = {**made, MANIFEST: _manifest_of(made, form)}
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
    for path in others(folder)[_KEPT - 1 :]:
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


def _manifest_of(files: dict[str, bytes], form: str) -> bytes:
    marks = {name: (len(data), zlib.crc32(data)) for name, data in sorted(files.items())}
    return (json.dumps({"format": form, "files": marks}, indent=1) + "\n").encode()
