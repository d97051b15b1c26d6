"""The conversation line by line: append-only, labelled, no drawing. For screen readers, slow links
and pipes."""

import sys
from collections.abc import Iterator
from datetime import date, datetime

from assistant.answers.assistant import Assistant
from assistant.answers.transcript import Transcript
from assistant.answers.walker import Walker
from assistant.answers.walkthroughs import find
from assistant.cli.lines import answer_lines, section_lines
from assistant.cli.session import the_library
from assistant.cli.walk import listed
from assistant.cli.walk_lines import walk_by_lines
from assistant.dialogues.session import Session
from assistant.guidance.citations import Citation
from assistant.guidance.wording import RESTATED

_WELCOME = f"""Guidance assistant. Type a question and press Enter.
A number opens that source of the last answer; help explains; quit leaves.
{RESTATED}
Do not enter names or dates of birth. Nothing that you type is stored or sent."""

_HELP = """Type a question in your own words and press Enter.
1, 2, 3 and so on: open that source of the last answer, or choose what was meant.
walk: list the structured dialogues; walk and a name or a situation: walk one, and come back.
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
        elif typed.lower() == "walk" or typed.lower().startswith("walk "):
            _walk(assistant, typed[4:].strip())
        elif typed:
            print("Assistant:")
            print("\n".join(answer_lines(assistant.ask(typed, transcript))))
    return 0


def _walk(assistant: Assistant, name: str) -> None:
    """List the dialogues, or walk the one that ``name`` or its words mean, and come back."""
    found = find(assistant.library, name) if name else []
    if len(found) == 1:
        walk_by_lines(Walker(assistant, Session(found[0].id, datetime.now())))
    elif found:
        print("Which one? " + "; ".join(f"walk {dialogue.id}" for dialogue in found))
    else:
        print("\n".join(listed(assistant.library)))


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
