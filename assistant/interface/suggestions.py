"""What may be meant by what has been typed so far: answers, dialogues, sections."""

from typing import NamedTuple

from assistant.interface.blocks import AnswerOf, SectionOf, Target, WalkOf
from assistant.interface.names import named_like
from assistant.library.model import Library
from assistant.matching.normalise import words

SHORTEST = 3
"""Letters from which on something is suggested."""
MOST = 5
_MOST_ANSWERS = 3
# An answer is suggested from this likelihood on: few words are typed, so none is likely yet.
_LIKELY_ANSWER = 0.08
_LIKELY_WALK = 0.2
_HEADING_LIKENESS = 75


class Suggestion(NamedTuple):
    """One thing that may be meant, with its kind in a word, and what choosing it opens."""

    kind: str
    text: str
    target: Target


def suggestions(library: Library, typed: str) -> list[Suggestion]:
    """At most five things that ``typed`` may mean: a dialogue, answers, sections."""
    found = words(typed)
    if len(typed.strip()) < SHORTEST or typed.startswith("/") or not found:
        return []
    return [*_walks(library, found), *_answers(library, found), *_sections(library, typed)][:MOST]


def _walks(library: Library, found: list[str]) -> list[Suggestion]:
    if library.situations is None:
        return []
    best = next(iter(library.situations.read(found).matches), None)
    if best is None or best.likelihood < _LIKELY_WALK:
        return []
    titles = {dialogue.id: dialogue.title for dialogue in library.dialogues}
    return [Suggestion("Walk", titles[best.intent], WalkOf(best.intent))]


def _answers(library: Library, found: list[str]) -> list[Suggestion]:
    matches = library.matcher.read(found).matches[:_MOST_ANSWERS]
    return [
        Suggestion("Answer", library.intents[match.intent].title, AnswerOf(match.intent))
        for match in matches
        if match.likelihood >= _LIKELY_ANSWER
    ]


def _sections(library: Library, typed: str) -> list[Suggestion]:
    titles = {name: place.section.title for name, place in library.texts.places.items()}
    close = named_like(typed, titles, least=_HEADING_LIKENESS, most=2)
    return [Suggestion("Section", titles[name], SectionOf(name)) for name in close]
