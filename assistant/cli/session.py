"""What every command that answers needs: the library, with progress and notes on standard error."""

import gc
import os
import sys
from typing import Any

from assistant.library.content import find_content
from assistant.library.model import Library
from assistant.library.store import open_library


class Progress:
    """A progress bar on standard error, made when the first step is reported and gone at the
    end."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}

    def step(self, what: str, done: int, of: int) -> None:
        """Show that ``done`` of ``of`` steps of ``what`` are done."""
        if self._bar is None:
            self._bar = self._start()
        if what not in self._tasks:
            self._tasks[what] = self._bar.add_task(what, total=of)
        self._bar.update(self._tasks[what], completed=done)

    def stop(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    @staticmethod
    def _start() -> Any:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bar

        print("Building the library (once, and after the guidance changed) ...", file=sys.stderr)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        bar = Bar(*columns, console=Console(stderr=True), transient=True)
        bar.start()
        return bar


def note(text: str) -> None:
    """Say something to the person, on standard error."""
    print(text, file=sys.stderr)


def the_library() -> Library:
    """The library of this program's content, compiled first where it has to be."""
    progress = Progress()
    try:
        library = open_library(find_content(), progress.step, note)
    finally:
        progress.stop()
    # It stays until the process ends: looking through it for what could be freed takes longer than
    # an answer.
    gc.freeze()
    return library


def can_show_screens() -> bool:
    """Whether the terminal, or the server that draws in its place, can show the interface."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return True
    return (
        # A stream that was closed before the program began is None.
        all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
        and os.environ.get("TERM", "") not in ("", "dumb")
    )
