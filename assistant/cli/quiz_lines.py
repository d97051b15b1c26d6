"""A quiz line by line: append-only, numbered, no drawing."""

from assistant.cli.prompt import answered, prompted, show
from assistant.interface.quizzer import Quizzer


def quiz_by_lines(quizzer: Quizzer) -> None:
    """Ask on standard input and output until the quiz ends or is left."""
    show(quizzer.opening(), quizzer.assistant.today)
    before: object = None
    while True:
        now = (quizzer.at, quizzer.ended)
        if now != before:
            print()
            show(quizzer.shown(), quizzer.assistant.today)
            print(f"({quizzer.progress()})")
        before = now
        typed = prompted()
        if typed is None:
            return
        reaction = answered(quizzer.typed, typed)
        if reaction.left:
            return
        show(reaction.blocks, quizzer.assistant.today)
