"""Content compiled into a library folder, or into memory. Only this reads YAML and Markdown."""

from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from assistant.library.model import Compiled, Library
from assistant.library.read import CheckedContent
from assistant.matching.matcher import train
from assistant.search.index import PassageIndex

COMPILED = "library.msgpack"
INDEX = "index"

Step = Callable[[str, int, int], None]
"""Told how far a compilation is: what is being done, how much of it is done, of how much."""


def compile_into(folder: Path, content: CheckedContent, step: Step) -> None:
    """Write the library compiled from ``content`` into the empty ``folder``."""
    compiled = _compiled(content, step)
    (folder / COMPILED).write_bytes(msgspec.msgpack.encode(compiled))
    (folder / INDEX).mkdir()
    PassageIndex.build(content.guidance, folder / INDEX, _counter(content, step))


def compile_in_memory(content: CheckedContent, step: Step) -> Library:
    """The library compiled from ``content``, with nothing written anywhere."""
    index = PassageIndex.build(content.guidance, None, _counter(content, step))
    return Library(_compiled(content, step), lambda: PassageIndex(index))


def _compiled(content: CheckedContent, step: Step) -> Compiled:
    matcher = train(content.questions, lambda done, of: step("learning what people ask", done, of))
    intents = tuple(replace(intent, utterances={}) for intent in content.questions.intents)
    return Compiled(content.guidance, intents, matcher)


def _counter(content: CheckedContent, step: Step) -> Callable[[], None]:
    total = sum(
        len(section.passages)
        for publication in content.guidance.publications
        for section in publication.sections
    )
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        step("indexing passages", done, total)

    return count
