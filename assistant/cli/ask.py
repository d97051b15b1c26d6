"""``assistant ask``: one question, or a file of them."""

import argparse
import sys
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from assistant.answers.assistant import Assistant
from assistant.answers.model import Answer, Kind
from assistant.answers.transcript import Transcript
from assistant.cli.lines import answer_lines
from assistant.cli.session import note, the_library
from assistant.errors import AssistantError, UsageError
from assistant.guidance.wording import without_controls
from assistant.library.home import asked, settings_file

REFUSED = 3


class _Turn(msgspec.Struct):
    q: str


class _Line(msgspec.Struct):
    """A line of a batch file; other keys are ignored."""

    id: str | int | None = None
    q: str | None = None
    turns: list[_Turn] | None = None

    def questions(self) -> list[str]:
        if self.turns is not None:
            return [turn.q for turn in self.turns]
        if self.q is None:
            raise msgspec.ValidationError("it has neither `q` nor `turns`")
        return [self.q]


def run(options: argparse.Namespace) -> int:
    """Answer the words of the command line, or the batch file; the exit status."""
    if options.batch is not None:
        if options.words:
            raise UsageError("give either a question or --batch FILE, not both")
        return _batch(options.batch)
    question = " ".join(options.words)
    if not question.strip():
        raise UsageError(
            "the question is empty; for example: assistant ask who signs off a section 44 search"
        )
    assistant = Assistant(the_library())
    answer = assistant.ask(question, Transcript())
    _keep_where_wanted(answer, assistant)
    if options.why:
        note("\n".join(map(without_controls, assistant.why(question))))
    if options.json:
        print(msgspec.json.encode(answer).decode())
    else:
        print("\n".join(answer_lines(answer)))
    return REFUSED if answer.kind is Kind.REFUSE else 0


def _keep_where_wanted(answer: Answer, assistant: Assistant) -> None:
    """Keep a refused question, where the user's settings say so."""
    if answer.kind is not Kind.REFUSE or not settings_file().exists():
        return
    # Loaded here, as the file is read here: most users have none.
    from assistant.interface.settings import read_settings

    if read_settings(settings_file()).log_refused:
        from assistant.interface.asked import remember

        remember(asked(), answer, assistant.library.passage_words)


def _batch(name: str) -> int:
    """Answer every line of the file ``name``; 0 when every line was read, 1 where one could not
    be."""
    try:
        with sys.stdin.buffer if name == "-" else open(name, "rb") as file:
            unread = 0
            assistant = Assistant(the_library())
            for number, found in _lines(file):
                if isinstance(found, str):
                    unread += 1
                    note(f"assistant: {name}, line {number}: {found}; the line was passed over")
                    continue
                print(
                    msgspec.json.encode(
                        {"id": found.id, "turns": _conversation(assistant, found)}
                    ).decode(),
                    flush=True,
                )
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise AssistantError(f"{name} cannot be read: {error.strerror}") from error
    return 1 if unread else 0


def _lines(file: BinaryIO) -> Iterator[tuple[int, _Line | str]]:
    """The number of every line that is not blank, with its content or what is wrong with it."""
    for number, data in enumerate(file, 1):
        if not data.strip():
            continue
        try:
            line = msgspec.json.decode(data, type=_Line)
            line.questions()
            yield number, line
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield number, f"not a question in JSON: {error}"


def _conversation(assistant: Assistant, line: _Line) -> list[Answer]:
    transcript = Transcript()
    return [assistant.ask(question, transcript) for question in line.questions()]
