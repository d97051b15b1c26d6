"""Content compiled into a library folder, or into memory. Only this reads YAML and Markdown."""

from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from assistant.guidance.model import Guidance
from assistant.library.content import Content
from assistant.library.model import COMPILED, INDEX, Compiled, Library
from assistant.library.read import CheckedContent
from assistant.library.trained import trained_matcher
from assistant.matching.normalise import words
from assistant.search.index import PassageIndex

Step = Callable[[str, int, int], None]
"""Told how far a compilation is: what is being done, how much of it is done, of how much."""


def compile_into(folder: Path, source: Content, content: CheckedContent, step: Step) -> None:
    """Write the library compiled from ``content``, which was read from ``source``, into the empty
    ``folder``."""
    compiled = _compiled(source, content, step)
    (folder / COMPILED).write_bytes(msgspec.msgpack.encode(compiled))
    (folder / INDEX).mkdir()
    PassageIndex.build(content.guidance, folder / INDEX, _counter(content, step))


def compile_in_memory(source: Content, content: CheckedContent, step: Step) -> Library:
    """The library compiled from ``content``, with nothing written but a matcher where that is
    possible."""
    index = PassageIndex.build(content.guidance, None, _counter(content, step))
    return Library(_compiled(source, content, step), lambda: PassageIndex(index))


def _compiled(source: Content, content: CheckedContent, step: Step) -> Compiled:
    matcher = trained_matcher(source, content.questions, step)
    intents = tuple(replace(intent, utterances={}) for intent in content.questions.intents)
    return Compiled(content.guidance, intents, matcher, _passage_words(content.guidance))


def _passage_words(guidance: Guidance) -> list[str]:
    found: set[str] = set()
    for place in guidance.places.values():
        for passage in place.section.passages:
            found.update(words(passage.text))
    return sorted(found)


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
