"""A quiz line by line: append-only, numbered, no drawing."""

import sys
from collections.abc import Iterable

from assistant.cli.lines import block_lines
from assistant.errors import AssistantError
from assistant.interface.blocks import Block, said
from assistant.interface.quizzer import Quizzer


def quiz_by_lines(quizzer: Quizzer) -> None:
    """Ask on standard input and output until the quiz ends or is left."""
    _say(quizzer, quizzer.opening())
    before: object = None
    while True:
        now = (quizzer.at, quizzer.ended)
        if now != before:
            print()
            _say(quizzer, quizzer.shown())
            print(f"({quizzer.progress()})")
        before = now
        typed = _typed()
        if typed is None:
            return
        try:
            reaction = quizzer.typed(typed)
        except AssistantError as error:
            reaction = said(str(error))
        if reaction.left:
            return
        _say(quizzer, reaction.blocks)


def _typed() -> str | None:
    print("\nYou: ", end="", flush=True)
    line = sys.stdin.readline()
    if not line:
        print()
        return None
    return line.strip()


def _say(quizzer: Quizzer, blocks: Iterable[Block]) -> None:
    today = quizzer.assistant.now().date()
    for block in blocks:
        print("\n".join(block_lines(block, today)).rstrip())
