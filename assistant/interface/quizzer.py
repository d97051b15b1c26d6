"""A quiz in words: what is shown of a question, and what the words typed there do.

Both faces use it, the screen and the line mode: the same words do the same in both.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from assistant.answers.assistant import Assistant
from assistant.errors import UsageError
from assistant.guidance.citations import Citation
from assistant.interface.actions import Where, help_lines, typed_action
from assistant.interface.blocks import Block, Listed, Opened, Reaction, Row, Said, SectionOf, said
from assistant.quiz.attempt import Mode
from assistant.quiz.given import read_given
from assistant.quiz.in_words import given_in_words, key_in_words
from assistant.quiz.model import Number, Order, Several, Short, TrueFalse
from assistant.quiz.paper import Question
from assistant.quiz.printable import source
from assistant.quiz.report import AttemptReport, attempt_report, percent
from assistant.quiz.report_text import attempt_lines
from assistant.quiz.sitting import Sitting, items_by_id, titles_by_id

AT_THE_END = "The quiz is at its end. Enter leaves it; back shows the questions again."

_ABOUT = {
    Mode.PRACTICE: "Each answer is marked at once, with the passage that proves it.",
    Mode.ASSESSED: "No answer is marked before the end. Answers can be changed until you type "
    "finish.",
    Mode.REVISE: "What is due comes first; each answer says when the item comes again.",
    Mode.CLASS: "Enter shows the answer, and Enter again the next question.",
}


def _clock() -> datetime:
    return datetime.now(UTC)


class Quizzer:
    """One quiz in progress. ``at`` is the position of the question on show, None where all have
    been shown."""

    def __init__(
        self,
        assistant: Assistant,
        sitting: Sitting,
        keys: bool = False,
        clock: Callable[[], datetime] = _clock,
    ) -> None:
        """``keys``: whether the face has keys to press, for the help to name; ``clock`` tells the
        time with its zone."""
        self.assistant = assistant
        self.library = assistant.library
        self.sitting = sitting
        self._keys = keys
        self._clock = clock
        self._reviewing = False
        sitting.look(clock())
        self.at = sitting.attempt.waiting

    @property
    def mode(self) -> Mode:
        """What the quiz is for."""
        return self.sitting.attempt.rules.mode

    @property
    def ended(self) -> bool:
        """Whether the quiz is over, and its report on show."""
        return self.sitting.attempt.ended is not None and self.at is None

    # What is shown

    def opening(self) -> tuple[Block, ...]:
        """What is said when the quiz begins: what it is, its rules, and what is kept of it."""
        rules = self.sitting.attempt.rules
        number = len(self.sitting.questions)
        held = [_ABOUT[self.mode]]
        if rules.pass_mark is not None:
            held.append(f"Pass mark: {percent(rules.pass_mark)}.")
        if rules.time_limit is not None:
            minutes = rules.time_limit.total_seconds() / 60
            held.append(f"Time limit: {minutes:g} minutes, also while the program is closed.")
        questions = "1 question" if number == 1 else f"{number} questions"
        return (
            Said(f"Quiz ({self.mode.value}): {questions}, paper {self.sitting.paper.seed}."),
            Said(" ".join(held)),
            Said(self._kept()),
            Said("Type help for what else you can do."),
        )

    def _kept(self) -> str:
        store = self.sitting.store
        if store is None:
            return "Nothing of this quiz is stored."
        who = f"the code {self.sitting.candidate}" if self.sitting.candidate else "no code or name"
        return (
            f"Your answers are stored with {who} in {store.database.place} (attempt "
            f"{self.sitting.number}). Do not type names or dates of birth."
        )

    def shown(self) -> tuple[Block, ...]:
        """What stands there now: the question; what is left before the paper is handed in; or the
        report."""
        if self.at is None:
            return self._end() if self.ended else (Said(self._overview()),)
        return tuple(map(Said, self._question(self.at)))

    def remarks(self) -> tuple[Block, ...]:
        """What is said to the answer to the question on show, where it may be told."""
        if self.at is None or not self._told(self.at):
            return ()
        return (Said(self._feedback(self.at)),)

    def progress(self) -> str:
        """How far the quiz is, and how much time is left."""
        attempt = self.sitting.attempt
        told = [f"{len(attempt.answers)} of {len(attempt.questions)} answered"]
        if attempt.allowed.feedback_at_once and attempt.score.out_of:
            told.append(f"score {percent(attempt.score.share)}")
        left = attempt.left(self._clock())
        if left is not None and attempt.ended is None:
            minutes, seconds = divmod(int(left.total_seconds()), 60)
            told.append(f"{minutes}:{seconds:02} left")
        return ", ".join(told)

    def _question(self, at: int) -> Iterator[str]:
        question = self.sitting.questions[at]
        yield f"Question {at + 1} of {len(self.sitting.questions)}. {question.title}"
        yield question.item.stem
        choices = ("True", "False") if isinstance(question.item, TrueFalse) else question.shown
        if choices:
            yield "\n".join(f"{n}. {text}" for n, text in enumerate(choices, 1))
        if self.sitting.attempt.shows_feedback(at):
            return
        given = self.sitting.attempt.answers.get(at)
        if given is not None:
            yield f"Your answer: {given_in_words(question.item, given.given)}"
            yield "Type another to change it; Enter goes on."
        else:
            yield _how(question)

    def _overview(self) -> str:
        attempt = self.sitting.attempt
        left = [str(n + 1) for n in range(len(attempt.questions)) if n not in attempt.answers]
        said = f"{len(attempt.answers)} of {len(attempt.questions)} questions have an answer."
        if left:
            said += f" Without one: {', '.join(left)}; Enter goes to the first of them."
        return f"{said} back goes to a question; finish hands the paper in."

    def _end(self) -> tuple[Block, ...]:
        attempt = self.sitting.attempt
        late = attempt.ended == attempt.limit
        return (
            *([Said("The time is up; what was typed after it does not count.")] if late else []),
            Said("\n".join(attempt_lines(self.report()))),
            *self._to_read(),
            Said(AT_THE_END),
        )

    def _to_read(self) -> tuple[Listed, ...]:
        """The passages of what was wrong, numbered."""
        cites = dict.fromkeys(cite for line in self.report().wrong for cite in line.cites)
        places = self.library.shown
        rows = tuple(
            Row(places(Citation.parse(cite)).section.heading, SectionOf(cite), cite)
            for cite in cites
        )
        return (Listed("A number opens the passage", rows),) if rows else ()

    def report(self) -> AttemptReport:
        """What the attempt has come to, as far as its mode lets that be told."""
        bank = self.library.bank
        items = items_by_id(bank, self.sitting.paper)
        return attempt_report(self.sitting.as_kept(), items, titles_by_id(bank))

    # What is typed

    def typed(self, typed: str) -> Reaction:
        """Do what was typed. Raises AssistantError where it is no answer, is not allowed, or cannot
        be stored."""
        typed = typed.strip()
        if self._time_is_up():
            return Reaction()
        named = typed_action(typed, Where.QUIZ) if self._may_be_action(typed) else None
        if named is None:
            return self._enter() if not typed else self._give(typed)
        action, rest = named
        doers: dict[str, Callable[[str], Reaction]] = {
            "help": lambda _: self._help(),
            "source": self._source,
            "why": lambda _: self._why(),
            "commands": lambda _: self._help(),
            "skip": lambda _: self._skip(),
            "back": lambda _: self._back(),
            "next": lambda _: self._next(),
            "reveal": lambda _: self._reveal(),
            "report": lambda _: said("\n".join(attempt_lines(self.report()))),
            "finish": lambda _: self._finish(),
            "leave": lambda _: Reaction(left=True),
            "quit": lambda _: Reaction(left=True),
        }
        return doers[action.word](rest)

    def _may_be_action(self, typed: str) -> bool:
        """Free words need the slash: what is typed may be the answer."""
        free = self.at is not None and isinstance(self.sitting.questions[self.at].item, Short)
        told = self.at is not None and self.sitting.attempt.shows_feedback(self.at)
        return typed.startswith("/") or told or not free

    def _time_is_up(self) -> bool:
        before = self.sitting.attempt.ended
        self.sitting.look(self._clock())
        if before is not None or self.sitting.attempt.ended is None:
            return False
        self.at = None
        return True

    def _enter(self) -> Reaction:
        if self.ended:
            return Reaction(left=True)
        if self.mode is Mode.CLASS and self.at is not None and not self._told(self.at):
            return self._reveal()
        return self._next()

    def _told(self, at: int) -> bool:
        return self.sitting.attempt.shows_feedback(at)

    def _give(self, typed: str) -> Reaction:
        if self.ended:
            return self._opened(typed)
        if self.at is None:
            raise UsageError("Type back to go to a question, or finish to hand the paper in.")
        at = self.at
        if self._told(at):
            raise UsageError("This question has its answer; Enter goes on.")
        question = self.sitting.questions[at]
        given = read_given(question.item, typed, question.order)
        self.sitting.answer(at, given, self._clock())
        if self._told(at):
            return Reaction(self.remarks())
        self.at = self.sitting.attempt.waiting
        return said(f"Question {at + 1}: {given_in_words(question.item, given)}. It is kept.")

    def _feedback(self, at: int) -> str:
        """What is said to the answer: the mark, what is right, why, and where it stands."""
        item = self.sitting.questions[at].item
        answer = self.sitting.attempt.answers.get(at)
        marked = self.sitting.marked(at)
        lines = []
        if marked is None:
            lines.append(f"Answer: {key_in_words(item)}")
        else:
            partly = f"Partly right: {percent(marked.share)} of the mark."
            lines.append("Right." if marked.right else partly if marked.share else "Wrong.")
            lines += marked.feedback
            if marked.matched is not None and marked.likeness is not None and marked.likeness < 100:
                lines.append(f"Likeness: {marked.likeness:.0f} of 100.")
            if not marked.right:
                given = answer.given if answer is not None else None
                lines.append(f"Your answer: {given_in_words(item, given)}")
                lines.append(f"The right one: {key_in_words(item)}")
        lines.append(f"Why: {item.why}")
        if item.id in self.library.stale_items:
            lines.append("Warning: what is cited has changed since this question was reviewed.")
        today = self.assistant.now().date()
        lines += [f"Source: {source(self.library.guidance, cite, today)}" for cite in item.cites]
        lines.append("/source opens the passage; Enter goes on.")
        return "\n".join(lines)

    def _next(self) -> Reaction:
        attempt = self.sitting.attempt
        last = len(attempt.questions) - 1
        if attempt.ended is not None:
            if self.at is None:
                raise UsageError(AT_THE_END)
            self.at = self.at + 1 if self._reviewing and self.at < last else None
        elif self.at is None:
            if attempt.waiting is None:
                raise UsageError("Every question has an answer: finish hands the paper in.")
            self.at = attempt.waiting
        elif attempt.allowed.changing:
            if self.at not in attempt.answers:
                return self._skip()
            self.at = self.at + 1 if self.at < last else None
        elif self._told(self.at):
            self.at = attempt.waiting
        else:
            past = "; skip goes past it" if attempt.allowed.skipping else ""
            raise UsageError(f"Type an answer{past}.")
        return Reaction(self.remarks())

    def _back(self) -> Reaction:
        if self.at == 0:
            raise UsageError("This is the first question.")
        if self.sitting.attempt.ended is not None:
            self._reviewing = True
        self.at = len(self.sitting.questions) - 1 if self.at is None else self.at - 1
        return Reaction(self.remarks())

    def _skip(self) -> Reaction:
        if self.at is None or self._told(self.at):
            return self._next()
        if self.at in self.sitting.attempt.answers:
            return self._next()
        self.sitting.skip(self.at, self._clock())
        later = self.sitting.attempt.waiting
        # Where answers can be changed, the end of the paper is shown before it begins anew.
        around = self.sitting.attempt.allowed.changing and later is not None and later <= self.at
        self.at = None if around else later
        return Reaction()

    def _reveal(self) -> Reaction:
        if self.at is None or self._told(self.at):
            raise UsageError("There is nothing to reveal; Enter goes on.")
        self.sitting.reveal(self.at, self._clock())
        return Reaction(self.remarks())

    def _finish(self) -> Reaction:
        if self.sitting.attempt.ended is not None and self.at is None:
            raise UsageError(AT_THE_END)
        self.sitting.finish(self._clock())
        self.at = None
        return Reaction()

    def _why(self) -> Reaction:
        item = self.sitting.questions[self._may_tell()].item
        return said(f"Why: {item.why}")

    def _may_tell(self) -> int:
        """The position of the question on show, whose key may be told."""
        if self.at is None:
            raise UsageError("Go back to a question first.")
        if not self._told(self.at):
            at_once = self.sitting.attempt.allowed.feedback_at_once
            when = "once it is answered" if at_once else "at the end"
            raise UsageError(f"Why and source are shown {when}.")
        return self.at

    def _source(self, rest: str) -> Reaction:
        if self.ended:
            return self._opened(rest or "1")
        cites = self.sitting.questions[self._may_tell()].item.cites
        return self._open(cites, rest or "1")

    def _opened(self, typed: str) -> Reaction:
        """The passage to read that has this number at the end."""
        rows = [target for listed in self._to_read() for target in listed.targets]
        cites = tuple(target.citation for target in rows if isinstance(target, SectionOf))
        if not typed.isdecimal():
            raise UsageError(AT_THE_END)
        return self._open(cites, typed)

    def _open(self, cites: tuple[str, ...], typed: str) -> Reaction:
        number = int(typed) if typed.isdecimal() and len(typed) < 4 else 0
        if not 1 <= number <= len(cites):
            raise UsageError(f"There is no source {typed[:40]} here; there are {len(cites)}.")
        place = self.library.shown(Citation.parse(cites[number - 1]))
        return Reaction((Opened(place, place.passage),))

    def _help(self) -> Reaction:
        return said(
            "Type the number of an option, or the answer; Enter goes on.",
            "\n".join(help_lines(Where.QUIZ, self._keys)),
        )


def _how(question: Question) -> str:
    """How the question is answered."""
    match question.item:
        case Several():
            return "Type the numbers of all that are right, with commas between; none if none is."
        case Order():
            return "Type the numbers in the right order."
        case Number():
            return f"Type a number ({question.item.unit})."
        case Short():
            return "Type a few words."
    return "Type the number of the right one."
