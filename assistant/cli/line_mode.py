"""The conversation line by line: append-only, labelled, no drawing. For screen readers, slow links
and pipes."""

import sys
from collections.abc import Iterator
from datetime import date

from assistant.answers.assistant import Assistant
from assistant.answers.transcript import Transcript
from assistant.cli.lines import answer_lines, section_lines
from assistant.cli.session import the_library
from assistant.guidance.citations import Citation
from assistant.guidance.wording import RESTATED

_WELCOME = f"""Guidance assistant. Type a question and press Enter.
A number opens that source of the last answer; help explains; quit leaves.
{RESTATED}
Do not enter names or dates of birth. Nothing that you type is stored or sent."""

_HELP = """Type a question in your own words and press Enter.
1, 2, 3 and so on: open that source of the last answer, or choose what was meant.
help: this text. quit: leave (or end of file, Ctrl+D)."""


def converse() -> int:
    """Hold the conversation on standard input and output until it ends; 0."""
    assistant = Assistant(the_library())
    transcript = Transcript()
    print(_WELCOME)
    for typed in _typed():
        if typed in ("quit", "exit"):
            break
        if typed == "help":
            print(_HELP)
        elif typed.isdecimal() and len(typed) <= 2 and transcript.last is not None:
            chosen = assistant.choose(int(typed), transcript)
            if chosen is not None:
                print("Assistant:")
                print("\n".join(answer_lines(chosen)))
            else:
                print("\n".join(_source(assistant, transcript, int(typed))))
        elif typed:
            print("Assistant:")
            print("\n".join(answer_lines(assistant.ask(typed, transcript))))
    return 0


def _typed() -> Iterator[str]:
    """What is typed, line by line, until the end of the input."""
    while True:
        print("\nYou: ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            print()
            return
        yield line.strip()


def _source(assistant: Assistant, transcript: Transcript, number: int) -> Iterator[str]:
    passage = transcript.source(number)
    if passage is None:
        yield f"The last answer has no source {number}."
        return
    citation = Citation.parse(
        passage.anchor + (f"/{passage.paragraph}" if passage.paragraph else "")
    )
    yield f"Source {number}:"
    yield from section_lines(assistant.library.guidance.resolve(citation), date.today())
