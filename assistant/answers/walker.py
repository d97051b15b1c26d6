"""A walk in words: what is shown at a node, and what the words typed there do.

Both faces use it, the screen and the line mode: the same words do the same in both.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from assistant.answers.assistant import Assistant
from assistant.answers.kept_walks import save_session, write_record
from assistant.answers.model import Answer
from assistant.answers.transcript import Transcript
from assistant.dialogues import record
from assistant.dialogues.model import (
    Asking,
    Choice,
    Node,
    Note,
    Number,
    Outcome,
    Several,
    Step,
    Telling,
    YesNo,
)
from assistant.dialogues.session import Session
from assistant.dialogues.typed import read_typed, said
from assistant.dialogues.walk import Stop, Walk, questions
from assistant.guidance.citations import Citation
from assistant.guidance.model import Place

HELP = """Type the number of an option, or the answer; Enter goes on after a step or a note.
back: undo the last answer. route: what you have answered. change 2: answer question 2 anew.
source: read the passage. why: why it is asked. ? and a question: ask something else and come back.
record FILE: write the record. quit: leave."""


class Reaction(NamedTuple):
    """What typing something brought: words to say, an answer to show, passages to read, or that the
    walk was left."""

    said: tuple[str, ...] = ()
    answer: Answer | None = None
    places: tuple[Place, ...] = ()
    left: bool = False


class Walker:
    """One walk in progress; saved after every answer where ``save`` names a file."""

    def __init__(self, assistant: Assistant, session: Session, save: Path | None = None) -> None:
        self.assistant = assistant
        self.library = assistant.library
        self.session = session
        self.save = save
        self.transcript = Transcript()
        self._changing: str | None = None

    @property
    def found(self) -> Walk:
        """The walk as the answers make it."""
        return self.session.walk(self.library.book)

    @property
    def stop(self) -> Stop | None:
        """The node to answer now: the one that is being changed, else the one that waits; None at
        the end."""
        found = self.found
        for stop in found.stops:
            if stop.key == self._changing:
                return stop
        return found.waiting

    def typed(self, typed: str) -> Reaction:
        """Do what was typed. Raises AssistantError where it is no answer, or a file cannot be
        written."""
        word, _, rest = typed.strip().partition(" ")
        rest = rest.strip()
        match word.lower():
            case "quit" | "exit":
                return Reaction(left=True)
            case "help":
                return Reaction((HELP,))
            case "back":
                return self._back()
            case "route":
                return Reaction(tuple(route_lines(self.found)) or ("Nothing is answered yet.",))
            case "change" if rest.isdecimal():
                return self._change(int(rest))
            case "source":
                return Reaction(places=tuple(self._places()))
            case "why":
                node = self.stop.node if self.stop is not None else None
                why = getattr(node, "help", None)
                return Reaction((why or "The guidance asks for it: type source to read it.",))
            case "record" if rest:
                write_record(Path(rest), self.library, self.session)
                return Reaction((f"The record is in {rest}.",))
            case "?" if rest:
                return Reaction(answer=self.assistant.ask(rest, self.transcript))
        return self._give(typed)

    def _give(self, typed: str) -> Reaction:
        stop = self.stop
        if stop is None:
            return Reaction(("The walk is at its end: back, route, change, record FILE, or quit.",))
        value = read_typed(stop.node, typed, datetime.now())
        fallen = self.session.give(self.library.book, stop.key, value, datetime.now())
        self._changing = None
        self._keep()
        if not fallen:
            return Reaction()
        return Reaction(
            (
                f"No longer asked: {', '.join(fallen)}. The answers are kept, should the way lead "
                "there again.",
            )
        )

    def _back(self) -> Reaction:
        self._changing = None
        if self.session.back() is None:
            return Reaction(("Nothing has been answered yet.",))
        self._keep()
        return Reaction()

    def _change(self, number: int) -> Reaction:
        asked = list(questions(self.found))
        if not 1 <= number <= len(asked):
            return Reaction((f"There is no answered question {number}; type route to see them.",))
        self._changing = asked[number - 1].key
        return Reaction()

    def _places(self) -> Iterator[Place]:
        stop = self.stop or self.found.outcome
        for text in stop.node.cites if stop is not None else ():
            yield self.library.guidance.resolve(Citation.parse(text))

    def _keep(self) -> None:
        if self.save is not None:
            save_session(self.save, self.session)


def node_lines(node: Node) -> Iterator[str]:
    """What a node shows before it is answered, a paragraph an entry."""
    if isinstance(node, Asking):
        yield f"Question: {node.ask}"
        yield from _choices(node)
    if isinstance(node, Step):
        yield f"Step: {node.text}"
        cannot = "; type cannot if it cannot be done" if node.cannot is not None else ""
        yield f"Press Enter when it is done{cannot}."
    if isinstance(node, Note):
        yield f"Note: {node.text}"
        yield "Press Enter to go on."


def _choices(node: Asking) -> Iterator[str]:
    if isinstance(node, YesNo):
        yield "1. Yes"
        yield "2. No"
    if isinstance(node, Choice | Several):
        for number, option in enumerate(node.options, 1):
            yield f"{number}. {option.text}"
        if isinstance(node, Several):
            yield "Type the numbers with commas between, or 0 for none."
    if isinstance(node, Number):
        yield f"Type a number of {node.unit}."
    if node.unknown is not None:
        yield "? or unknown: don't know."


def outcome_lines(found: Walk) -> Iterator[str]:
    """The end of a walk: outcome, deadlines, what to walk next."""
    if found.outcome is None or not isinstance(found.outcome.node, Outcome):
        return
    node = found.outcome.node
    yield f"Outcome: {node.title}"
    yield node.text
    for deadline in found.deadlines:
        yield f"Deadline: {deadline.what}: {record.shown(deadline.when)}"
    if node.walk:
        yield f"To walk next: {', '.join(node.walk)}"


def route_lines(found: Walk) -> Iterator[str]:
    """What has been answered, numbered for ``change``; steps and notes between them, without."""
    number = 0
    for stop in found.stops:
        if stop.value is None or isinstance(stop.node, Outcome):
            continue
        if isinstance(stop.node, Asking):
            number += 1
            yield f"{number}. {stop.node.ask} {said(stop.node, stop.value)}"
        elif isinstance(stop.node, Telling):
            yield f"   {said(stop.node, stop.value)}: {_short(stop.node.text)}"


def _short(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else f"{text[: longest - 3].rstrip()}..."
