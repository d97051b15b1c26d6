"""A dialogue line by line: append-only, numbered, no drawing."""

import os
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import msgspec

from assistant.answers.assistant import Assistant
from assistant.answers.transcript import Transcript
from assistant.cli.lines import answer_lines, section_lines, text_lines
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
from assistant.dialogues.typed import TypedError, read_typed, said
from assistant.dialogues.walk import Stop, Walk, questions
from assistant.errors import AssistantError
from assistant.guidance.citations import Citation
from assistant.guidance.wording import RESTATED

HELP = """Type the number of an option, or the answer; Enter goes on after a step or a note.
back: undo the last answer. route: what you have answered. change 2: answer question 2 anew.
source: read the passage. why: why it is asked. ? and a question: ask something else and come back.
record FILE: write the record. quit: leave."""


class Walker:
    """Walks one dialogue on standard input and output; saves after every answer where asked to."""

    def __init__(self, assistant: Assistant, session: Session, save: Path | None = None) -> None:
        self.assistant = assistant
        self.library = assistant.library
        self.session = session
        self.save = save
        self.transcript = Transcript()
        self.changing: str | None = None

    def walk(self) -> bool:
        """Ask until the walk ends or is left; whether it ended."""
        dialogue = self.library.book.dialogues[self.session.dialogue]
        self._say(dialogue.title, dialogue.about, "Type help for what else you can do.", RESTATED)
        while True:
            found = self.session.walk(self.library.book)
            stop = self._asked(found)
            if stop is None:
                self._lines(_outcome(found))
                return True
            self._lines(_screen(stop))
            typed = self._typed()
            if typed is None or typed in ("quit", "exit"):
                return False
            try:
                self._do(found, stop, typed)
            except AssistantError as error:
                self._say(str(error))

    def _asked(self, found: Walk) -> Stop | None:
        """The node to answer now: the one that is being changed, else the one that waits."""
        if self.changing is not None:
            for stop in found.stops:
                if stop.key == self.changing:
                    return stop
        return found.waiting

    def _do(self, found: Walk, stop: Stop, typed: str) -> None:
        word, _, rest = typed.partition(" ")
        match word.lower():
            case "help":
                self._say(HELP)
            case "back":
                self.changing = None
                if self.session.back() is None:
                    self._say("Nothing has been answered yet.")
                self._keep()
            case "route":
                self._lines(_route(found))
            case "change" if rest.isdecimal():
                self._change(found, int(rest))
            case "source":
                self._lines(self._source(stop.node))
            case "why":
                why = getattr(stop.node, "help", None)
                self._say(why or "The guidance asks for it: type source to read it.")
            case "record" if rest:
                from assistant.cli.walk import write_record

                write_record(Path(rest), self.library, self.session)
            case "?":
                self._lines(answer_lines(self.assistant.ask(rest, self.transcript)))
            case _:
                self._give(stop, typed)

    def _give(self, stop: Stop, typed: str) -> None:
        try:
            value = read_typed(stop.node, typed, datetime.now())
        except TypedError as error:
            self._say(str(error))
            return
        fallen = self.session.give(self.library.book, stop.key, value, datetime.now())
        self.changing = None
        self._keep()
        if fallen:
            self._say(
                f"No longer asked: {', '.join(fallen)}. The answers are kept, should the way lead "
                "there again."
            )

    def _change(self, found: Walk, number: int) -> None:
        asked = list(questions(found))
        if not 1 <= number <= len(asked):
            self._say(f"There is no answered question {number}; type route to see them.")
            return
        self.changing = asked[number - 1].key

    def _source(self, node: Node) -> Iterator[str]:
        for text in node.cites:
            place = self.library.guidance.resolve(Citation.parse(text))
            yield from section_lines(place, date.today())

    def _keep(self) -> None:
        """Save the walk, whole or not at all, where that was asked for."""
        if self.save is None:
            return
        new = self.save.with_name(f".new-{os.getpid()}-{self.save.name}")
        try:
            new.write_bytes(msgspec.json.encode(self.session))
            new.replace(self.save)
        except OSError as error:
            raise AssistantError(f"{self.save} cannot be written: {error.strerror}") from error

    def _typed(self) -> str | None:
        print("\nYou: ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            print()
            return None
        return line.strip()

    def _say(self, *texts: str) -> None:
        for text in texts:
            for line in text.split("\n"):
                print("\n".join(text_lines(line)).rstrip())

    def _lines(self, lines: Iterator[str]) -> None:
        print("\n".join(lines))


def _screen(stop: Stop) -> Iterator[str]:
    """What a node shows before it is answered."""
    node = stop.node
    yield ""
    if isinstance(node, Asking):
        yield from text_lines(f"Question: {node.ask}")
        yield from _choices(node)
    if isinstance(node, Step):
        yield from text_lines(f"Step: {node.text}")
        cannot = "; type cannot if it cannot be done" if node.cannot is not None else ""
        yield f"Press Enter when it is done{cannot}."
    if isinstance(node, Note):
        yield from text_lines(f"Note: {node.text}")
        yield "Press Enter to go on."
    yield f"Source: {', '.join(node.cites)}"


def _choices(node: Asking) -> Iterator[str]:
    if isinstance(node, YesNo):
        yield "1. Yes"
        yield "2. No"
    if isinstance(node, Choice | Several):
        for number, option in enumerate(node.options, 1):
            yield from text_lines(f"{number}. {option.text}")
        if isinstance(node, Several):
            yield "Type the numbers with commas between, or 0 for none."
    if isinstance(node, Number):
        yield f"Type a number of {node.unit}."
    if node.unknown is not None:
        yield "? or unknown: don't know."


def _outcome(found: Walk) -> Iterator[str]:
    outcome = found.outcome
    if outcome is None or not isinstance(outcome.node, Outcome):
        return
    yield ""
    yield from text_lines(f"Outcome: {outcome.node.title}")
    yield from text_lines(outcome.node.text)
    for deadline in found.deadlines:
        yield f"Deadline: {deadline.what}: {record.shown(deadline.when)}"
    if outcome.node.walk:
        yield f"To walk next: {', '.join(outcome.node.walk)}"
    yield f"Source: {', '.join(outcome.node.cites)}"


def _route(found: Walk) -> Iterator[str]:
    """What has been answered, numbered for ``change``."""
    number = 0
    for stop in found.stops:
        if stop.value is None:
            continue
        if isinstance(stop.node, Asking):
            number += 1
            yield f"{number}. {stop.node.ask} {said(stop.node, stop.value)}"
        elif isinstance(stop.node, Telling):
            yield f"   {said(stop.node, stop.value)}: {stop.node.text[:60]}"
