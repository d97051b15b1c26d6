"""Content compiled into a library folder, or into memory. Only this reads YAML and Markdown."""

from array import array
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from assistant.dialogues.model import Dialogue
from assistant.guidance.citations import Citation
from assistant.guidance.model import Guidance
from assistant.library.citing import CitingKind
from assistant.library.content import Content
from assistant.library.model import COMPILED, DIALOGUES, INDEX, QUIZ, SITUATIONS, Compiled, Library
from assistant.library.read import CheckedContent
from assistant.library.reviewed import changed_since_review, lock_path, read_lock
from assistant.library.trained import trained_matcher
from assistant.matching.matcher import Matcher
from assistant.matching.normalise import words
from assistant.search.index import PassageIndex

Step = Callable[[str, int, int], None]
"""Told how far a compilation is: what is being done, how much of it is done, of how much."""


def compile_into(folder: Path, source: Content, content: CheckedContent, step: Step) -> None:
    """Write the library compiled from ``content``, which was read from ``source``, into the empty
    ``folder``."""
    compiled = _compiled(source, content, step)
    (folder / COMPILED).write_bytes(msgspec.msgpack.encode(compiled))
    (folder / DIALOGUES).write_bytes(msgspec.msgpack.encode(content.dialogues))
    (folder / SITUATIONS).write_bytes(msgspec.msgpack.encode(_situations(source, content, step)))
    (folder / QUIZ).write_bytes(msgspec.msgpack.encode(content.bank))
    (folder / INDEX).mkdir()
    PassageIndex.build(content.guidance, folder / INDEX, _counter(content, step))


def compile_in_memory(source: Content, content: CheckedContent, step: Step) -> Library:
    """The library compiled from ``content``, with nothing written but a matcher where that is
    possible."""
    index = PassageIndex.build(content.guidance, None, _counter(content, step))
    compiled = _compiled(source, content, step)
    situations = _situations(source, content, step)
    return Library(
        compiled,
        lambda: PassageIndex(index),
        lambda: content.dialogues,
        lambda: situations,
        lambda: content.bank,
    )


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
        _walked_by(content.dialogues),
        _stale_items(source, content),
    )


def _walkthroughs(dialogues: tuple[Dialogue, ...]) -> dict[str, str]:
    """Of each section the dialogue that is most made of it: that cites it earliest."""
    places: dict[str, tuple[int, str]] = {}
    for dialogue in dialogues:
        for place, text in enumerate(dialogue.citations):
            section = Citation.parse(text).whole_section
            places[section] = min((place, dialogue.id), places.get(section, (place, dialogue.id)))
    return {section: name for section, (_, name) in places.items()}


def _walked_by(dialogues: tuple[Dialogue, ...]) -> dict[str, tuple[str, ...]]:
    """Of each section the dialogues that cite it, as a whole or in a node."""
    found: dict[str, list[str]] = {}
    for dialogue in dialogues:
        cited = [*dialogue.citations, *(text for node in dialogue.nodes for text in node.cites)]
        for section in dict.fromkeys(Citation.parse(text).whole_section for text in cited):
            found.setdefault(section, []).append(dialogue.id)
    return {section: tuple(names) for section, names in found.items()}


def _stale_items(source: Content, content: CheckedContent) -> frozenset[str]:
    lock = read_lock(lock_path(source))
    return changed_since_review(content, content.bank, lock)[CitingKind.ITEM]


def _situations(source: Content, content: CheckedContent, step: Step) -> Matcher | None:
    """What knows the words in which officers ask for each dialogue."""
    if not content.dialogues:
        return None
    return trained_matcher(source, source.dialogues, content.situations, step)


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
