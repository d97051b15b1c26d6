"""A dialogue line by line: append-only, numbered, no drawing."""

from collections.abc import Iterable

from assistant.cli.lines import text_lines
from assistant.cli.prompt import answered, prompted, show
from assistant.guidance.wording import OTHER_WORDS
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
        typed = prompted()
        if typed is None:
            return stop is None
        reaction = answered(walker.typed, typed)
        if reaction.left:
            return stop is None
        show(reaction.blocks, walker.assistant.today)


def _say(texts: Iterable[str]) -> None:
    for text in texts:
        for line in text.split("\n"):
            print("\n".join(text_lines(line)).rstrip())
