"""Content compiled into the files of a library."""

from array import array
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from assistant.dialogues.model import Dialogue
from assistant.errors import ContentError
from assistant.guidance.citations import Citation
from assistant.guidance.editions import with_published
from assistant.guidance.model import Guidance, Publication
from assistant.library.citing import CitingKind
from assistant.library.content import Content
from assistant.library.model import COMPILED, DIALOGUES, INDEX, QUIZ, SITUATIONS, Compiled
from assistant.library.read import CheckedContent
from assistant.library.reviewed import changed_since_review, lock_path, read_lock
from assistant.library.trained import trained_matcher
from assistant.matching.matcher import Matcher
from assistant.matching.normalise import words
from assistant.search.index import PassageIndex

Step = Callable[[str, int, int], None]
"""Told how far a compilation is: what is being done, how much of it is done, of how much."""

Note = Callable[[str], None]
"""Given a line for the user."""


class Source(NamedTuple):
    """What a library is compiled from: where the content is, the names of the files that hold the
    matchers of its questions and dialogues, the content, and the published texts that the user has
    imported."""

    where: Content
    matchers: Mapping[Path, str]
    content: CheckedContent
    published: tuple[Publication, ...] = ()

    @property
    def texts(self) -> Guidance:
        """The guidance as it is read."""
        return with_published(self.content.guidance, self.published)


def compiled_files(
    source: Source, step: Step, note: Note, kept: Callable[[str], bytes | None] = lambda name: None
) -> dict[str, bytes]:
    """The files of the library compiled from ``source``, by name: the same bytes for the same
    content, wherever it stands and whenever it is compiled.

    ``kept`` gives a file of an index that is there already; ``note`` gets a line for the user.
    """
    content = source.content
    index = PassageIndex.build(source.texts, _counter(source.texts, step), kept)
    return {
        COMPILED: msgspec.msgpack.encode(_compiled(source, step, note)),
        DIALOGUES: msgspec.msgpack.encode(content.dialogues),
        SITUATIONS: msgspec.msgpack.encode(_situations(source, step)),
        QUIZ: msgspec.msgpack.encode(content.bank),
        **{f"{INDEX}/{name}": data for name, data in index.items()},
    }


def _compiled(source: Source, step: Step, note: Note) -> Compiled:
    content = source.content
    name = source.matchers[source.where.questions]
    matcher = trained_matcher(source.where, name, content.questions, step)
    intents = tuple(replace(intent, utterances={}) for intent in content.questions.intents)
    held = _word_sections(source.texts)
    return Compiled(
        content.guidance,
        intents,
        matcher,
        list(held),
        list(held.values()),
        _walkthroughs(content.dialogues),
        _walked_by(content.dialogues),
        source.published,
        *_changed_since_review(source, note),
    )


def _changed_since_review(source: Source, note: Note) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The intents, and the quiz items, whose passages have changed since they were reviewed; none,
    and a note, where the file of the reviews cannot be read: the answers are there all the same."""
    try:
        lock = read_lock(lock_path(source.where))
    except ContentError as error:
        note(f"No answer is marked as changed since its review: {error}")
        return (), ()
    if not lock:
        return (), ()
    changed = changed_since_review(source.content, source.content.bank, lock)
    return tuple(sorted(changed[CitingKind.INTENT])), tuple(sorted(changed[CitingKind.ITEM]))


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


def _situations(source: Source, step: Step) -> Matcher | None:
    """What knows the words in which officers ask for each dialogue."""
    if not source.content.dialogues:
        return None
    name = source.matchers[source.where.dialogues]
    return trained_matcher(source.where, name, source.content.situations, step)


def _word_sections(guidance: Guidance) -> dict[str, bytes]:
    """Every word of every passage, in order, with the numbers of the sections that hold it."""
    found: dict[str, set[int]] = {}
    for number, place in enumerate(guidance.places.values()):
        for text in (*place.section.path, *(passage.text for passage in place.section.passages)):
            for word in words(text):
                found.setdefault(word, set()).add(number)
    return {word: array("H", sorted(found[word])).tobytes() for word in sorted(found)}


def _counter(texts: Guidance, step: Step) -> Callable[[], None]:
    total = sum(
        len(section.passages)
        for publication in texts.publications
        for section in publication.sections
    )
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        step("indexing passages", done, total)

    return count
