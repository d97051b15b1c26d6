"""What the line faces have in common: the prompt, what comes of something typed, and its lines."""

import sys
from collections.abc import Callable, Iterable
from datetime import date

from assistant.cli.block_lines import block_lines
from assistant.errors import AssistantError
from assistant.interface.blocks import Block, Reaction, said


def prompted() -> str | None:
    """What is typed next; None at the end of the input."""
    print("\nYou: ", end="", flush=True)
    line = sys.stdin.readline()
    if not line:
        print()
        return None
    return line.strip()


def answered(do: Callable[[str], Reaction], typed: str) -> Reaction:
    """What comes of ``typed``; where it is wrong, the line that says so."""
    try:
        return do(typed)
    except AssistantError as error:
        return said(str(error))


def show(blocks: Iterable[Block], today: date) -> None:
    """Print ``blocks``, each from the first column of a new line."""
    for block in blocks:
        print("\n".join(block_lines(block, today)).rstrip())
