"""The opened library: everything that a question is answered from."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from assistant.guidance.model import Guidance
from assistant.matching.intents import Intent
from assistant.matching.matcher import Matcher

if (
    TYPE_CHECKING
):  # Whoosh takes longer to import than everything else here; most questions do not need it
    from assistant.search.index import PassageIndex


COMPILED = "library.msgpack"
INDEX = "index"
"""The file and the folder that a stored library consists of, beside its manifest."""


class Compiled(Struct, frozen=True):
    """What is stored in one file of the library: the guidance, the intents without utterances, the
    matcher, and every word of every passage in order."""

    guidance: Guidance
    intents: tuple[Intent, ...]
    matcher: Matcher
    passage_words: list[str]


class Library:
    """A compiled library in use. Nothing in it changes and nothing is written through it."""

    def __init__(self, compiled: Compiled, open_index: "Callable[[], PassageIndex]") -> None:
        self.guidance = compiled.guidance
        self.intents = {intent.id: intent for intent in compiled.intents}
        self.matcher = compiled.matcher
        self._passage_words = compiled.passage_words
        self._open_index = open_index

    def share_in_passages(self, words: Sequence[str]) -> float:
        """The share of ``words`` that passages may hold, endings aside: a cheap look before the
        index is opened."""
        return sum(map(self._may_be_in_passages, words)) / len(words) if words else 0.0

    def _may_be_in_passages(self, word: str) -> bool:
        stem = word[: max(4, len(word) - 3)]
        at = bisect_left(self._passage_words, stem)
        return at < len(self._passage_words) and self._passage_words[at].startswith(stem)

    @cached_property
    def passages(self) -> "PassageIndex":
        """The search index, opened when it is first needed."""
        return self._open_index()

    @cached_property
    def intents_by_section(self) -> dict[str, list[Intent]]:
        """The intents of each section (by its citation), in the order of their file."""
        sections: dict[str, list[Intent]] = {}
        for intent in self.intents.values():
            sections.setdefault(intent.section, []).append(intent)
        return sections
