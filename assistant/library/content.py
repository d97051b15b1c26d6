"""The content that the library is compiled from: where it is, what it holds, and its hash."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from assistant.errors import AssistantError

CORPUS = "corpus"
INTENTS = "intents"
REVIEWED = "reviewed.lock"
"""The file of the reviews, in the folder of the intents."""


class Content(NamedTuple):
    """The folders ``corpus/`` and ``intents/`` below one root."""

    root: Path

    @property
    def corpus(self) -> Path:
        """The folder of the publications."""
        return self.root / CORPUS

    @property
    def questions(self) -> Path:
        """The folder of the intents."""
        return self.root / INTENTS / "questions"

    @property
    def dialogues(self) -> Path:
        """The folder of the dialogues."""
        return self.root / INTENTS / "dialogues"

    @property
    def quiz(self) -> Path:
        """The folder of the quiz items."""
        return self.root / INTENTS / "quiz"

    def files(self) -> list[Path]:
        """Every content file, in an order that does not depend on the machine."""
        return [Path(path) for path in self.file_names()]

    def file_names(self) -> list[str]:
        """The paths of ``files``, as text: a hundred objects less to make for each question."""
        found = (
            path
            for folder in (self.root / CORPUS, self.root / INTENTS)
            for path in _files_below(str(folder))
        )
        endings = (".md", ".yaml", f"{os.sep}{REVIEWED}")
        return sorted(path for path in found if path.endswith(endings))

    def digest(self, *parts: str, below: Path | None = None) -> str:
        """The SHA-256 over ``parts`` and the names and bytes of every content file (or of those
        ``below`` one folder)."""
        import hashlib  # not needed, nor its time, where nothing has changed

        total = hashlib.sha256("\n".join(parts).encode())
        start = len(str(self.root)) + 1
        for path in self.files():
            if below is not None and not path.is_relative_to(below):
                continue
            data = path.read_bytes()
            total.update(f"\n{str(path)[start:].replace(os.sep, '/')}\n{len(data)}\n".encode())
            total.update(data)
        return total.hexdigest()


def _files_below(folder: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _files_below(entry.path)
        else:
            yield entry.path


def find_content() -> Content:
    """The content that belongs to this program: beside it in a checkout, inside it once installed.

    ``ASSISTANT_CONTENT`` names another folder with ``corpus/`` and ``intents/`` in it. Raises
    AssistantError where the folder has neither.
    """
    named = os.environ.get("ASSISTANT_CONTENT")
    package = Path(__file__).resolve().parent.parent
    inside = package / "content"
    root = Path(named).absolute() if named else inside if inside.is_dir() else package.parent
    for folder in (CORPUS, INTENTS):
        if not (root / folder).is_dir():
            raise AssistantError(
                f"{root} has no folder {folder}/; the content belongs there "
                "(ASSISTANT_CONTENT names another root)"
            )
    return Content(root)
