"""The opened library: everything that a question is answered from."""

from collections.abc import Callable
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


class Compiled(Struct, frozen=True):
    """What is stored in one file of the library: the guidance, the intents without utterances, the
    matcher."""

    guidance: Guidance
    intents: tuple[Intent, ...]
    matcher: Matcher


class Library:
    """A compiled library in use. Nothing in it changes and nothing is written through it."""

    def __init__(self, compiled: Compiled, open_index: "Callable[[], PassageIndex]") -> None:
        self.guidance = compiled.guidance
        self.intents = {intent.id: intent for intent in compiled.intents}
        self.matcher = compiled.matcher
        self._open_index = open_index

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
