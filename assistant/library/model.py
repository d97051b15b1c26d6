"""The opened library: everything that a question is answered from."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from assistant.dialogues.model import Dialogue
from assistant.errors import CitationError
from assistant.guidance.citations import Citation
from assistant.guidance.editions import with_published
from assistant.guidance.model import Guidance, Place, Publication
from assistant.matching.intents import Intent
from assistant.matching.matcher import Matcher

if (
    TYPE_CHECKING
):  # Whoosh takes longer to import than everything else here; most questions do not need it
    from assistant.dialogues.walk import Book
    from assistant.quiz.model import Bank
    from assistant.search.index import PassageIndex


COMPILED = "library.msgpack"
DIALOGUES = "dialogues.msgpack"
SITUATIONS = "situations.msgpack"
QUIZ = "quiz.msgpack"
INDEX = "index"
"""The files and the folder that a stored library consists of, beside its manifest."""


class Compiled(Struct, frozen=True):
    """What is stored in one file of the library: the guidance, the intents without utterances, the
    matcher, and every word of every passage in order with the numbers (uint16) of the sections that
    hold it; of each section the dialogue that is most made of it, and all those that cite it.

    ``published`` are the published texts that the user has imported: the index and the words are
    theirs, where there is one. ``changed_since_review`` names the intents, and
    ``stale_items`` the quiz items, whose passages have changed since they were reviewed.
    """

    guidance: Guidance
    intents: tuple[Intent, ...]
    matcher: Matcher
    passage_words: list[str]
    word_sections: list[bytes]
    walkthroughs: dict[str, str]
    walked_by: dict[str, tuple[str, ...]]
    published: tuple[Publication, ...] = ()
    changed_since_review: tuple[str, ...] = ()
    stale_items: tuple[str, ...] = ()


class Library:
    """A compiled library in use. Nothing in it changes and nothing is written through it.

    ``guidance`` is the restatement, which answers stand on and questions are matched with;
    ``texts`` is what is read and searched: the published wording where it has been imported.
    """

    def __init__(
        self,
        compiled: Compiled,
        open_index: "Callable[[], PassageIndex]",
        read_dialogues: "Callable[[], tuple[Dialogue, ...]]",
        read_situations: "Callable[[], Matcher | None]",
        read_bank: "Callable[[], Bank]",
    ) -> None:
        self.guidance = compiled.guidance
        self.texts = with_published(compiled.guidance, compiled.published)
        self.changed_since_review = frozenset(compiled.changed_since_review)
        self.intents = {intent.id: intent for intent in compiled.intents}
        self.matcher = compiled.matcher
        self._passage_words = compiled.passage_words
        self._word_sections = compiled.word_sections
        self.walkthroughs = compiled.walkthroughs
        self.walked_by = compiled.walked_by
        self.stale_items = frozenset(compiled.stale_items)
        self._open_index = open_index
        self._read_dialogues = read_dialogues
        self._read_situations = read_situations
        self._read_bank = read_bank

    def shown(self, citation: Citation) -> Place:
        """The place that ``citation`` names as it is read: in the published wording where that has
        been imported, else, or where that edition lacks the place, in the restatement.

        Raises CitationError where it leads nowhere.
        """
        try:
            return self.texts.resolve(citation)
        except CitationError:
            return self.guidance.resolve(citation)

    def share_in_one_section(self, words: Sequence[str]) -> float:
        """The greatest share of ``words`` that one section may hold, endings aside: a cheap look
        before the index is opened."""
        held: Counter[int] = Counter()
        for word in words:
            held.update(self._sections_with(word))
        return max(held.values(), default=0) / len(words) if words else 0.0

    def _sections_with(self, word: str) -> set[int]:
        stem = word[: max(4, len(word) - 3)]
        found: set[int] = set()
        names = self._passage_words
        at = bisect_left(names, stem)
        while at < len(names) and names[at].startswith(stem):
            found.update(memoryview(self._word_sections[at]).cast("H"))
            at += 1
        return found

    @property
    def passage_words(self) -> Sequence[str]:
        """Every word that stands in a passage or a heading, in order."""
        return self._passage_words

    @cached_property
    def passages(self) -> "PassageIndex":
        """The search index, opened when it is first needed."""
        return self._open_index()

    @cached_property
    def dialogues(self) -> tuple[Dialogue, ...]:
        """The dialogues, read when one is first needed."""
        return self._read_dialogues()

    @cached_property
    def situations(self) -> Matcher | None:
        """What finds a dialogue by the words of a situation (its intents are the dialogues); None
        where there are no dialogues."""
        return self._read_situations()

    @cached_property
    def bank(self) -> "Bank":
        """The quiz items, read when one is first needed."""
        return self._read_bank()

    @cached_property
    def book(self) -> "Book":
        """The dialogues as the engine walks them."""
        from assistant.dialogues.countries import groups
        from assistant.dialogues.walk import Book

        return Book(
            {dialogue.id: dialogue for dialogue in self.dialogues},
            groups(self.guidance.countries),
        )

    @cached_property
    def intents_by_section(self) -> dict[str, list[Intent]]:
        """The intents of each section (by its citation), in the order of their file."""
        sections: dict[str, list[Intent]] = {}
        for intent in self.intents.values():
            sections.setdefault(intent.section, []).append(intent)
        return sections
