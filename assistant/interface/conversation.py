"""A conversation in words: what is typed, as a question, a number or an action, and what it
brings.

Both faces use it, the screen and the line mode: the same words do the same in both, and a key of
the screen does what its word does.
"""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from assistant.answers.assistant import Assistant
from assistant.answers.model import Answer, CitedPassage, Kind
from assistant.answers.transcript import Transcript
from assistant.answers.walkthroughs import find
from assistant.errors import CitationError, UsageError
from assistant.guidance.citations import Citation
from assistant.guidance.model import Passage, Place, Status
from assistant.guidance.wording import OTHER_WORDS, without_markup
from assistant.interface import keeping, pages
from assistant.interface.actions import Where, help_lines, typed_action
from assistant.interface.asked import remember
from assistant.interface.blocks import (
    Answered,
    AnswerOf,
    Block,
    Choice,
    ContentsOf,
    Listed,
    Opened,
    QuizOf,
    Reaction,
    Row,
    SectionOf,
    Target,
    WalkOf,
    said,
)
from assistant.interface.finding import search
from assistant.interface.names import publication_named, sections_named
from assistant.interface.reading import Reading
from assistant.interface.settings import THEMES, Settings
from assistant.library.home import asked, settings_file

if TYPE_CHECKING:
    from assistant.interface.quizzes import Quizzes

_DIGITS = 3
"""A number of up to so many digits opens something; a longer one is part of a question."""
MOST_TURNS = 200
"""So many turns are remembered; older ones are forgotten, so that a long day costs nothing."""


class Conversation:
    """One conversation. What has been asked lives here, in memory, and nowhere else."""

    def __init__(
        self, assistant: Assistant, settings: Settings, keys: bool, files: bool = True
    ) -> None:
        """``keys``: whether the face has keys to press, for the help to name; ``files``: whether
        files may be written, which a visitor of a server may not have done."""
        self.assistant = assistant
        self.library = assistant.library
        self.settings = settings
        self.transcript = Transcript()
        self.targets: tuple[Target, ...] = ()
        self._keys = keys
        self._files = files
        self.reading = Reading(self.library)
        self._read_last = False

    @cached_property
    def quizzes(self) -> "Quizzes":
        """The quizzes that were begun in this conversation."""
        # Loaded here: most conversations hold no quiz.
        from assistant.interface.quizzes import Quizzes

        return Quizzes(self.assistant, self._keys)

    def close(self) -> None:
        """Let go of what was opened for the conversation."""
        if "quizzes" in self.__dict__:
            self.quizzes.close()

    @property
    def today(self) -> date:
        """The day by which reviews have passed."""
        return self.assistant.today

    @property
    def section(self) -> Place | None:
        """The section that was opened last, if any."""
        return self.reading.place

    def typed(self, typed: str) -> Reaction:
        """Do what was typed. Raises AssistantError with a line for the user where that is not
        possible."""
        typed = typed.strip()
        if not typed:
            return Reaction()
        if typed.isdecimal() and len(typed) <= _DIGITS and self.targets:
            return self.open(self._numbered(int(typed)))
        walk = self._walk_by_name(typed)
        if walk is not None:
            return Reaction(walk=walk)
        named = typed_action(typed, Where.CONVERSATION)
        if named is None:
            answer = self.assistant.ask(typed, self.transcript)
            if self.settings.log_refused:
                remember(asked(), answer, self.library.passage_words)
            return self._answered(answer)
        action, rest = named
        doers: dict[str, Callable[[str], Reaction]] = {
            "help": self._help,
            "source": self._source,
            "library": self._library,
            "find": self._find,
            "why": self._why,
            "walk": self._walk,
            "quiz": self._quiz,
            "contacts": self._contacts,
            "commands": self._help,
            "open": self._open_named,
            "glossary": self._glossary,
            "uses": self._uses,
            "back": lambda _: self._opened(self.reading.go(-1)),
            "forward": lambda _: self._opened(self.reading.go(1)),
            "next": lambda _: self._turn(1),
            "previous": lambda _: self._turn(-1),
            "copy": lambda _: self._copied(cited=False),
            "cite": lambda _: self._copied(cited=True),
            "save": self._save,
            "new": lambda _: self._forget(),
            "theme": self._theme,
            "settings": self._settings,
            "quit": lambda _: Reaction(left=True),
        }
        return doers[action.word](rest)

    def open(self, target: Target) -> Reaction:
        """Do what a number, a suggestion or a key stands for."""
        match target:
            case SectionOf():
                return self._opened(self.reading.open(target))
            case AnswerOf(intent):
                return self._answered(self.assistant.answer_of(intent, self.transcript))
            case Choice(number):
                chosen = self.assistant.choose(number, self.transcript)
                if chosen is None:
                    raise UsageError("That choice is no longer open; ask again.")
                return self._answered(chosen)
            case WalkOf(dialogue):
                return Reaction(walk=dialogue)
            case QuizOf():
                return Reaction(quiz=target)
            case ContentsOf(publication):
                return self._contents(publication)

    # What is asked

    def _answered(self, answer: Answer) -> Reaction:
        del self.transcript.answers[:-MOST_TURNS]
        self._read_last = False
        if answer.kind is Kind.CLARIFY:
            self.targets = tuple(Choice(n) for n in range(1, len(answer.alternatives) + 1))
            return Reaction((Answered(answer),))
        sources = [self._section_of(passage) for passage in answer.citations]
        rows = [
            Row(
                self.library.intents[other.intent].title,
                AnswerOf(other.intent),
                _of(other.citations),
            )
            for other in answer.alternatives
            if other.intent is not None
        ]
        first = len(sources) + 1
        self.targets = (*sources, *(AnswerOf(o.intent) for o in answer.alternatives if o.intent))
        if not rows:
            return Reaction((Answered(answer),))
        if answer.kind is Kind.REFUSE:
            # What is answered nearby is listed below, with numbers to open it by.
            answer = replace(answer, text=answer.text.partition("\n\n")[0])
            return Reaction(
                (Answered(answer), Listed("What is answered nearby", tuple(rows), first))
            )
        return Reaction((Answered(answer), Listed("Or did you mean", tuple(rows), first)))

    def _section_of(self, passage: CitedPassage) -> SectionOf:
        place = self.library.guidance.resolve(Citation.parse(_citation(passage)))
        cited = _cited(place, passage)
        position = None if cited is None else place.section.passages.index(cited)
        return SectionOf(_citation(passage), position)

    def _numbered(self, number: int) -> Target:
        if not 1 <= number <= len(self.targets):
            raise UsageError(f"There is no number {number} here; the last is {len(self.targets)}.")
        return self.targets[number - 1]

    def _why(self, _: str) -> Reaction:
        last = self._last()
        return said(*self.assistant.why(last.question))

    def _last(self) -> Answer:
        if self.transcript.last is None:
            raise UsageError("Ask something first.")
        return self.transcript.last

    # What is read

    def _source(self, rest: str) -> Reaction:
        last = self._last()
        number = int(rest) if rest.isdecimal() and len(rest) <= _DIGITS else 0 if rest else 1
        passage = self.transcript.source(number)
        if passage is None:
            most = len(last.citations)
            have = f"it has {most}" if most else "it has none"
            raise UsageError(f"The last answer has no source {rest[:40] or 1}; {have}.")
        place = self.library.shown(Citation.parse(_citation(passage)))
        return self._opened(self.reading.add(Opened(place, _cited(place, passage))))

    def _opened(self, opened: Opened) -> Reaction:
        self._read_last = True
        return Reaction((opened,))

    def _turn(self, step: int) -> Reaction:
        opened, hit = self.reading.turn(step)
        where = () if hit is None else said(f"Hit {hit} of {self.reading.hits}.").blocks
        return replace_blocks(self._opened(opened), where)

    def _library(self, rest: str) -> Reaction:
        if not rest:
            return self._listed(pages.publications(self.library, self.today))
        return self._contents(rest)

    def _contents(self, publication: str) -> Reaction:
        return self._listed(pages.contents(publication_named(self.library, publication)))

    def _open_named(self, rest: str) -> Reaction:
        try:
            self.library.shown(Citation.parse(rest))
        except CitationError:
            if "#" in rest:
                raise
        else:
            return self.open(SectionOf(rest))
        names = sections_named(self.library, rest)
        if len(names) == 1:
            return self.open(SectionOf(names[0]))
        if not names:
            raise UsageError(f"No heading is like {rest[:60]!r}; /find searches the text.")
        places = self.library.texts.places
        rows = [Row(places[n].section.heading, SectionOf(n), self._whose(places[n])) for n in names]
        return self._listed(Listed(f"Headings like {rest[:60]}", tuple(rows)))

    def _find(self, rest: str) -> Reaction:
        found = search(self.library, rest)
        before: tuple[Block, ...] = ()
        if found.instead is not None:
            before = said(f"Did you mean: /find {found.instead}").blocks
        if not found.found:
            return replace_blocks(said(f"No passage holds {rest[:60]}."), before)
        rows = [
            Row(
                f"{one.place.section.title}: {one.excerpt}",
                SectionOf(str(one.place.section.citation), one.position, rest),
                self._whose(one.place),
            )
            for one in found.found
        ]
        self.reading.found(tuple(row.target for row in rows if isinstance(row.target, SectionOf)))
        shown = "" if found.total <= len(rows) else f", the best {len(rows)} of them here"
        many = f"{found.total} passage{'s' if found.total != 1 else ''}{shown}"
        return replace_blocks(self._listed(Listed(f"{rest[:60]}: {many}", tuple(rows))), before)

    def _whose(self, place: Place) -> str:
        """Whose text a section is; with its status where that is not simply current."""
        publication = place.publication
        status = publication.status(self.today)
        mark = "" if status is Status.CURRENT else f", {status.in_words}"
        return f"{publication.about.publisher}, {publication.about.kind}{mark}"

    def _contacts(self, rest: str) -> Reaction:
        return self._table(pages.contacts(self.library, rest, self.assistant.now()), rest)

    def _glossary(self, rest: str) -> Reaction:
        return self._table(pages.glossary(self.library, rest), rest)

    def _table(self, listed: Listed, rest: str) -> Reaction:
        if not listed.rows:
            raise UsageError(f"No entry holds {rest[:60]!r}.")
        return self._listed(listed)

    def _uses(self, _: str) -> Reaction:
        section = self.reading.here.section
        listed = pages.uses(self.library, section)
        if not listed.rows:
            raise UsageError(f"Nothing asks, walks or quizzes {section.heading}.")
        return self._listed(listed)

    def _listed(self, listed: Listed) -> Reaction:
        self.targets = listed.targets
        self._read_last = False
        return Reaction((listed,))

    # What is walked and quizzed

    def _walk(self, rest: str) -> Reaction:
        last = self.transcript.last
        if not rest and last is not None and last.walkthrough is not None:
            return Reaction(walk=last.walkthrough)
        found = find(self.library, rest) if rest else []
        if len(found) == 1:
            return Reaction(walk=found[0].id)
        if not found:
            listed = self._listed(pages.dialogues(self.library))
            if not rest:
                return listed
            return replace_blocks(listed, said(f"No dialogue fits {rest[:60]!r}.").blocks)
        rows = tuple(Row(one.title, WalkOf(one.id), one.situation) for one in found)
        return self._listed(Listed("Which of these", rows))

    def _walk_by_name(self, typed: str) -> str | None:
        """The dialogue that ``walk`` and its own id or title name, without a slash."""
        word, _, rest = typed.partition(" ")
        if word.lower() != "walk" or not rest:
            return None
        folded = " ".join(rest.lower().split())
        names = ((one.id, (one.id, one.title.lower())) for one in self.library.dialogues)
        return next((name for name, known in names if folded in known), None)

    def _quiz(self, rest: str) -> Reaction:
        if not rest and self.quizzes.left is not None:
            return Reaction(quiz=self.quizzes.left)
        if rest and rest != "topics":
            from assistant.interface.quizzes import read_quiz

            return Reaction(quiz=read_quiz(self.library, rest))
        return self._listed(pages.topics(self.library))

    # What is kept, and how it looks

    def _copied(self, cited: bool) -> Reaction:
        if self._read_last and self.section is not None:
            return Reaction(copied=keeping.section_words(self.section, cited))
        return Reaction(copied=keeping.answer_words(self._last(), cited))

    def _save(self, rest: str) -> Reaction:
        if not self._files:
            raise UsageError(keeping.NO_FILES)
        self._last()
        keeping.write_conversation(
            Path(rest).expanduser(), self.transcript.answers, self.assistant.now()
        )
        return said(f"The conversation is in {rest}.")

    def _forget(self) -> Reaction:
        self.transcript.answers.clear()
        self.targets = ()
        self.reading = Reading(self.library)
        return Reaction(said("The conversation is forgotten.").blocks, forget=True)

    def _theme(self, rest: str) -> Reaction:
        if not rest:
            return said(f"Colours: {', '.join(THEMES)}. /theme and one of them changes to it.")
        if rest not in THEMES:
            raise UsageError(f"There are no colours {rest[:40]!r}; there are: {', '.join(THEMES)}.")
        return Reaction(theme=rest)

    def _settings(self, _: str) -> Reaction:
        set_ = self.settings
        place = settings_file() if self._files else "a file of the server"
        return said(
            f"Settings are read from {place} when the program begins (TOML).",
            f"theme = {set_.theme!r}, mouse = {str(set_.mouse).lower()}, "
            f"plain = {str(set_.plain).lower()}, keys = {len(set_.keys)} changed, "
            f"log_refused = {str(set_.log_refused).lower()}",
        )

    def _help(self, _: str) -> Reaction:
        first = (
            "Type a question in your own words and press Enter.",
            "A number opens what stands beside it: a source, an answer, a walk.",
            "A word after a slash does one of these (alone, it does so without the slash too):",
        )
        lines = help_lines(Where.CONVERSATION, self._keys)
        last = (
            "Every answer names its source, the source's date and whether it is current, past its "
            "review date or historical. What no source answers is refused.",
            OTHER_WORDS,
        )
        return said(*first, "\n".join(lines), *last)


def replace_blocks(reaction: Reaction, before: tuple[Block, ...]) -> Reaction:
    """``reaction`` with other blocks before its own."""
    return reaction._replace(blocks=(*before, *reaction.blocks))


def _citation(passage: CitedPassage) -> str:
    return passage.anchor + (f"/{passage.paragraph}" if passage.paragraph else "")


def _cited(place: Place, cited: CitedPassage) -> Passage | None:
    """The passage of ``place`` that an answer stands on."""
    if place.passage is not None:
        return place.passage
    return next(
        (one for one in place.section.passages if without_markup(one.text) == cited.text), None
    )


def _of(citations: tuple[CitedPassage, ...]) -> str:
    """Whose answer an alternative is, with its date where it is not of today."""
    if not citations:
        return ""
    first = citations[0]
    return f"{first.title}, {first.status.in_words} {first.updated:%Y}"
