"""Content compiled into a library folder, or into memory. Only this reads YAML and Markdown."""

from array import array
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from assistant.dialogues.model import Dialogue
from assistant.guidance.citations import Citation
from assistant.guidance.model import Guidance
from assistant.library.content import Content
from assistant.library.model import COMPILED, DIALOGUES, INDEX, Compiled, Dialogues, Library
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
    (folder / DIALOGUES).write_bytes(msgspec.msgpack.encode(_dialogues(source, content, step)))
    (folder / INDEX).mkdir()
    PassageIndex.build(content.guidance, folder / INDEX, _counter(content, step))


def compile_in_memory(source: Content, content: CheckedContent, step: Step) -> Library:
    """The library compiled from ``content``, with nothing written but a matcher where that is
    possible."""
    index = PassageIndex.build(content.guidance, None, _counter(content, step))
    compiled = _compiled(source, content, step)
    dialogues = _dialogues(source, content, step)
    return Library(compiled, lambda: PassageIndex(index), lambda: dialogues)


def _compiled(source: Content, content: CheckedContent, step: Step) -> Compiled:
    matcher = trained_matcher(source, source.questions, content.questions, step)
    intents = tuple(replace(intent, utterances={}) for intent in content.questions.intents)
    held = _word_sections(content.guidance)
    return Compiled(
        content.guidance,
        intents,
        matcher,
        list(held),
        list(held.values()),
        _walkthroughs(content.dialogues),
    )


def _walkthroughs(dialogues: tuple[Dialogue, ...]) -> dict[str, str]:
    """Of each section the dialogue that is most made of it: that cites it earliest."""
    places: dict[str, tuple[int, str]] = {}
    for dialogue in dialogues:
        for place, text in enumerate(dialogue.citations):
            section = Citation.parse(text).whole_section
            places[section] = min((place, dialogue.id), places.get(section, (place, dialogue.id)))
    return {section: name for section, (_, name) in places.items()}


def _dialogues(source: Content, content: CheckedContent, step: Step) -> Dialogues:
    """The dialogues, and a matcher that knows the words in which officers ask for each."""
    if not content.dialogues:
        return Dialogues((), None)
    asked = content.situations
    return Dialogues(content.dialogues, trained_matcher(source, source.dialogues, asked, step))


def _word_sections(guidance: Guidance) -> dict[str, bytes]:
    """Every word of every passage, in order, with the numbers of the sections that hold it."""
    found: dict[str, set[int]] = {}
    for number, place in enumerate(guidance.places.values()):
        for text in (*place.section.path, *(passage.text for passage in place.section.passages)):
            for word in words(text):
                found.setdefault(word, set()).add(number)
    return {word: array("H", sorted(found[word])).tobytes() for word in sorted(found)}


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
