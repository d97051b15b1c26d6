"""A walk in words: what is shown at a node, and what the words typed there do.

Both faces use it, the screen and the line mode: the same words do the same in both.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from assistant.answers.assistant import Assistant
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
    ShortText,
    Step,
    Telling,
    YesNo,
)
from assistant.dialogues.session import Session
from assistant.dialogues.typed import read_typed
from assistant.dialogues.typed import said as in_words
from assistant.dialogues.walk import Stop, Walk, questions
from assistant.errors import UsageError
from assistant.guidance.citations import Citation, printable
from assistant.guidance.model import Place
from assistant.interface.actions import Where, help_lines, typed_action
from assistant.interface.blocks import Answered, Opened, Reaction, said
from assistant.interface.keeping import NO_FILES
from assistant.interface.kept_walks import save_session, write_record

AT_THE_END = "The walk is at its end. Enter leaves it; back, route, /change NUMBER, /record FILE."


class Walker:
    """One walk in progress; saved after every answer where ``save`` names a file."""

    def __init__(
        self,
        assistant: Assistant,
        session: Session,
        save: Path | None = None,
        keys: bool = False,
        files: bool = True,
    ) -> None:
        """``keys``: whether the face has keys to press, for the help to name; ``files``: whether a
        record may be written, which a visitor of a server may not have done."""
        self.assistant = assistant
        self.library = assistant.library
        self.session = session
        self.save = save
        self.transcript = Transcript()
        self._keys = keys
        self._files = files
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
        typed = typed.strip()
        if typed.startswith("?") and typed[1:].strip():
            return self._ask(typed[1:].strip())
        stop = self.stop
        free = stop is not None and isinstance(stop.node, ShortText)
        named = typed_action(typed if free else _slashed(typed), Where.WALK)
        if named is None:
            return self._give(typed)
        action, rest = named
        doers: dict[str, Callable[[str], Reaction]] = {
            "help": lambda _: self._help(),
            "source": lambda _: Reaction(tuple(map(Opened, self._places()))),
            "why": lambda _: self._why(),
            "commands": lambda _: self._help(),
            "back": lambda _: self._back(),
            "route": lambda _: self._route(),
            "change": self._change,
            "record": self._record,
            "ask": self._ask,
            "leave": lambda _: Reaction(left=True),
            "quit": lambda _: Reaction(left=True),
        }
        return doers[action.word](rest)

    def _help(self) -> Reaction:
        return said(
            "Type the number of an option, or the answer; Enter goes on after a step or a note.",
            "\n".join(help_lines(Where.WALK, self._keys)),
            "? and a question asks something else too.",
        )

    def _route(self) -> Reaction:
        return said("\n".join(route_lines(self.found)) or "Nothing is answered yet.")

    def _why(self) -> Reaction:
        node = self.stop.node if self.stop is not None else None
        why = getattr(node, "help", None)
        return said(why or "The guidance asks for it: /source shows the passage.")

    def _record(self, name: str) -> Reaction:
        if not self._files:
            raise UsageError(NO_FILES)
        write_record(Path(name).expanduser(), self.library, self.session)
        return said(f"The record is in {name}.")

    def _ask(self, question: str) -> Reaction:
        return Reaction((Answered(self.assistant.ask(question, self.transcript)),))

    def _give(self, typed: str) -> Reaction:
        stop = self.stop
        if stop is None:
            if not typed:
                return Reaction(left=True)
            raise UsageError(AT_THE_END)
        value = read_typed(stop.node, typed, datetime.now())
        fallen = self.session.give(self.library.book, stop.key, value, datetime.now())
        self._changing = None
        self._keep()
        if not fallen:
            return Reaction()
        return said(
            f"No longer asked: {', '.join(fallen)}. The answers are kept, should the way lead "
            "there again."
        )

    def _back(self) -> Reaction:
        self._changing = None
        if self.session.back() is None:
            raise UsageError("Nothing has been answered yet.")
        self._keep()
        return Reaction()

    def _change(self, typed: str) -> Reaction:
        asked = list(questions(self.found))
        number = int(typed) if typed.isdecimal() and len(typed) < 4 else 0
        if not 1 <= number <= len(asked):
            raise UsageError(
                f"There is no answered question {printable(typed, 20)}; type route to see them."
            )
        self._changing = asked[number - 1].key
        return Reaction()

    def _places(self) -> Iterator[Place]:
        stop = self.stop or self.found.outcome
        for text in stop.node.cites if stop is not None else ():
            yield self.library.shown(Citation.parse(text))

    def _keep(self) -> None:
        if self.save is not None:
            save_session(self.save, self.session)


def _slashed(typed: str) -> str:
    """``typed`` with the slash that actions with an argument need: no answer but free words begins
    as they do."""
    word, _, rest = typed.partition(" ")
    return f"/{typed}" if rest and word.lower() in ("change", "record", "ask") else typed


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
            yield f"{number}. {stop.node.ask} {in_words(stop.node, stop.value)}"
        elif isinstance(stop.node, Telling):
            yield f"   {in_words(stop.node, stop.value)}: {_short(stop.node.text)}"


def _short(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else f"{text[: longest - 3].rstrip()}..."
