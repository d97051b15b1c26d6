"""Whether anything that a library is compiled from has changed since it was last hashed.

Sizes, times and places of files say so in a moment, where reading and hashing all of them would
take longer than the question. What they say is only believed of files that were last changed well
before they were looked at: a file that changes twice within one tick of the clock keeps its times.
"""

import contextlib
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from assistant.library.whole_files import write_whole

SEEN = "seen"
"""The file, beside the libraries, that holds what was last seen and the library that belongs to
it."""

SETTLED_SECONDS = 2
"""The coarsest clock of a file system (FAT) ticks so often."""


class State(NamedTuple):
    """How files looked: ``text`` differs after any change; ``settled`` where it can be trusted
    to."""

    text: str
    settled: bool


def state_of(parts: Iterable[str], files: Iterable[str]) -> State:
    """How ``files`` look now, with ``parts``: what else a library depends on."""
    newest = 0
    lines = [*parts]
    for path in files:
        with contextlib.suppress(OSError):  # gone meanwhile: it is not there, then
            found = os.stat(path)
            newest = max(newest, found.st_mtime_ns, found.st_ctime_ns)
            lines.append(
                f"{path} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
            )
    return State("\n".join(lines), time.time_ns() - newest > SETTLED_SECONDS * 10**9)


def folder_seen(folder: Path, state: State) -> Path | None:
    """The library in ``folder`` that belonged to the files when they looked as in ``state``; None
    where that is not known."""
    try:
        name, _, text = os.fsdecode((folder / SEEN).read_bytes()).partition("\n")
    except OSError:
        return None
    return folder / name if text == state.text else None


def remember_seen(library: Path, state: State) -> None:
    """Keep that ``library`` belongs to ``state``, which was looked at before the files were read,
    where that can be trusted and anything can be written at all."""
    if state.settled:
        with contextlib.suppress(OSError):
            write_whole(library.parent / SEEN, os.fsencode(f"{library.name}\n{state.text}"))
