"""The trained matchers, of the questions and of the dialogues as they are: shipped with the
program, kept from before, or trained now.

Training takes half a minute and needs NumPy and SciPy; a matcher is good for as long as what it has
learnt, and what it is trained by, stay the same. So each has a file of its own, named by the hash
of both.
"""

import contextlib
import zlib
from collections.abc import Callable
from pathlib import Path

import msgspec

from assistant.errors import LibraryError
from assistant.library.content import Content
from assistant.library.home import libraries
from assistant.library.learning_code import learning_marks
from assistant.library.whole_files import write_whole
from assistant.matching.intents import Questions
from assistant.matching.matcher import Matcher

SHIPPED = "trained"
"""The folder beside ``corpus/`` and ``intents/`` that an installed program brings its matcher
in."""

_KEPT = 3
_CHECKSUM = 4

Step = Callable[[str, int, int], None]


def file_name(content: Content, folder: Path) -> str:
    """The name of the file that holds the matcher of what stands in ``folder`` of ``content``."""
    return f"{folder.name}-{content.digest(*learning_marks(), below=folder)[:16]}.msgpack"


def trained_matcher(content: Content, name: str, questions: Questions, step: Step) -> Matcher:
    """The matcher of ``questions`` of ``content``: read from the file ``name`` where it is kept,
    else trained and kept.

    Raises LibraryError where it must be trained and NumPy or SciPy is missing.
    """
    for place in (content.root / SHIPPED, libraries()):
        kept = _read(place / name)
        if kept is not None:
            return kept
    try:
        from assistant.matching.training.train import train
    except ModuleNotFoundError as error:
        raise LibraryError(
            "the intents are not those that this program was built with, and learning them "
            f"anew needs {error.name}: pip install 'guidance-assistant[maintain]'"
        ) from error
    matcher = train(questions, lambda done, of: step("learning what people ask", done, of))
    with contextlib.suppress(OSError):  # kept where that is possible; trained anew where it is not
        write(libraries() / name, matcher)
        others = (
            path
            for path in libraries().glob(f"{name.partition('-')[0]}-*.msgpack")
            if path.name != name
        )
        for old in sorted(others, key=lambda path: path.stat().st_mtime)[:-_KEPT]:
            old.unlink()
    return matcher


def write(path: Path, matcher: Matcher) -> None:
    """Keep ``matcher`` as the file ``path``, whole or not at all."""
    data = msgspec.msgpack.encode(matcher)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, zlib.crc32(data).to_bytes(_CHECKSUM, "big") + data)


def _read(path: Path) -> Matcher | None:
    try:
        data = path.read_bytes()
        if zlib.crc32(data[_CHECKSUM:]) == int.from_bytes(data[:_CHECKSUM], "big"):
            return msgspec.msgpack.decode(data[_CHECKSUM:], type=Matcher)
    except (OSError, msgspec.DecodeError):
        return None
    return None
