"""A dialogue line by line: append-only, numbered, no drawing."""

import sys
from collections.abc import Iterable

from assistant.cli.lines import block_lines, text_lines
from assistant.errors import AssistantError
from assistant.guidance.wording import OTHER_WORDS
from assistant.interface.blocks import Reaction, said
from assistant.interface.walker import AT_THE_END, Walker, node_lines, outcome_lines


def walk_by_lines(walker: Walker) -> bool:
    """Walk on standard input and output until the walk ends or is left; whether it ended."""
    dialogue = walker.library.book.dialogues[walker.session.dialogue]
    _say([dialogue.title, dialogue.about, "Type help for what else you can do.", OTHER_WORDS])
    while True:
        stop = walker.stop
        ended = walker.found.outcome
        if stop is not None:
            _say(["", *node_lines(stop.node)])
            print(f"Source: {', '.join(stop.node.cites)}")
        elif ended is not None:
            _say(["", *outcome_lines(walker.found)])
            print(f"Source: {', '.join(ended.node.cites)}")
            print(AT_THE_END)
        typed = _typed()
        if typed is None:
            return stop is None
        try:
            reaction = walker.typed(typed)
        except AssistantError as error:
            reaction = said(str(error))
        if reaction.left:
            return stop is None
        _show(reaction, walker)


def _show(reaction: Reaction, walker: Walker) -> None:
    for block in reaction.blocks:
        print("\n".join(block_lines(block, walker.assistant.today)).rstrip())


def _typed() -> str | None:
    print("\nYou: ", end="", flush=True)
    line = sys.stdin.readline()
    if not line:
        print()
        return None
    return line.strip()


def _say(texts: Iterable[str]) -> None:
    for text in texts:
        for line in text.split("\n"):
            print("\n".join(text_lines(line)).rstrip())
