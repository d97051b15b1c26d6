"""A dialogue line by line: append-only, numbered, no drawing."""

import sys
from collections.abc import Iterable
from datetime import date

from assistant.answers.walker import Reaction, Walker, node_lines, outcome_lines
from assistant.cli.lines import answer_lines, section_lines, text_lines
from assistant.errors import AssistantError
from assistant.guidance.wording import RESTATED


def walk_by_lines(walker: Walker) -> bool:
    """Walk on standard input and output until the walk ends or is left; whether it ended."""
    dialogue = walker.library.book.dialogues[walker.session.dialogue]
    _say([dialogue.title, dialogue.about, "Type help for what else you can do.", RESTATED])
    while True:
        stop = walker.stop
        if stop is None:
            ended = walker.found.outcome
            _say(["", *outcome_lines(walker.found)])
            if ended is not None:
                print(f"Source: {', '.join(ended.node.cites)}")
            return True
        _say(["", *node_lines(stop.node)])
        print(f"Source: {', '.join(stop.node.cites)}")
        typed = _typed()
        if typed is None:
            return False
        try:
            reaction = walker.typed(typed)
        except AssistantError as error:
            reaction = Reaction((str(error),))
        if reaction.left:
            return False
        _show(reaction)


def _show(reaction: Reaction) -> None:
    _say(reaction.said)
    if reaction.answer is not None:
        print("\n".join(answer_lines(reaction.answer)))
    for place in reaction.places:
        print("\n".join(section_lines(place, date.today())))


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
