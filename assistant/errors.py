"""Everything that the assistant raises on purpose.

    AssistantError            one clear line for the user; ``exit_status`` 1
    ├── UsageError            the command line or what was typed is wrong; ``exit_status`` 2
    ├── CitationError         a citation that cannot be read, or that leads nowhere
    ├── ContentError          faults in the corpus or the intents, all of them at once
    └── LibraryError          the compiled library is missing, damaged or of another version

The command line turns each into its message on standard error and its exit status; the screen turns
each into a message and goes on.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Problem(NamedTuple):
    """One fault in a content file, with what is needed to mend it.

    ``code`` is stable and short (``broken-citation``); ``line`` counts from 1, 0 for the whole
    file.
    """

    code: str
    file: Path
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.message} [{self.code}]"


class AssistantError(Exception):
    """What went wrong and what to do about it, in one line."""

    exit_status = 1


class UsageError(AssistantError):
    """The command was called wrongly."""

    exit_status = 2


class CitationError(AssistantError):
    """A citation that is not of the form ``publication#section/paragraph``, or leads nowhere."""


class ContentError(AssistantError):
    """The content has faults: ``problems`` holds every one, in the order of files and lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (str(problem.file), problem.line))
        super().__init__("\n".join(map(str, self.problems)))


class LibraryError(AssistantError):
    """The compiled library cannot be used as it stands."""
