"""The assistant line by line: append-only, labelled, no drawing. For screen readers, slow links
and pipes. All that the screen can do, by words and numbers."""

import sys
from collections.abc import Callable
from datetime import datetime

from assistant.answers.assistant import Assistant
from assistant.cli.lines import block_lines, text_lines
from assistant.cli.session import the_library
from assistant.cli.walk_lines import walk_by_lines
from assistant.dialogues.session import Session
from assistant.errors import AssistantError
from assistant.guidance.wording import OTHER_WORDS
from assistant.interface.blocks import Answered, Opened, Reaction, said
from assistant.interface.clipboard import copy
from assistant.interface.conversation import Conversation
from assistant.interface.settings import Settings, privacy
from assistant.interface.walker import Walker

_WELCOME = f"""Guidance assistant. Type a question and press Enter.
A number opens what stands beside it; help explains the rest; quit leaves.
{OTHER_WORDS}
Do not enter names or dates of birth."""


def converse(settings: Settings) -> int:
    """Hold the conversation on standard input and output until it ends; 0."""
    talk = Conversation(Assistant(the_library()), settings, keys=False)
    walks: dict[str, Walker] = {}
    print(f"{_WELCOME} {privacy(settings)}")
    while (typed := prompted()) is not None:
        reaction = answered(talk.typed, typed)
        show(reaction, talk)
        if reaction.left:
            break
        if reaction.walk is not None:
            name = reaction.walk
            if name not in walks or walks[name].stop is None:
                walks[name] = Walker(talk.assistant, Session(name, datetime.now()))
            walk_by_lines(walks[name])
            print("You are back in the conversation.")
    return 0


def answered(do: Callable[[str], Reaction], typed: str) -> Reaction:
    """What comes of ``typed``; where it is wrong, the line that says so."""
    try:
        return do(typed)
    except AssistantError as error:
        return said(str(error))


def show(reaction: Reaction, talk: Conversation) -> None:
    """Print what came of something typed."""
    for block in reaction.blocks:
        if isinstance(block, Answered):
            print("Assistant:")
        if isinstance(block, Opened):
            print("Source:")
        print("\n".join(block_lines(block, talk.today)).rstrip())
    if reaction.copied is not None:
        print(copy(reaction.copied) or "There is no clipboard here; /save FILE writes a file.")
    if reaction.theme is not None:
        print("There are no colours in the line mode.")
    if reaction.quiz is not None:
        print("\n".join(text_lines("assistant quiz run begins a quiz.")).rstrip())


def prompted() -> str | None:
    """What is typed next; None at the end of the input."""
    print("\nYou: ", end="", flush=True)
    line = sys.stdin.readline()
    if not line:
        print()
        return None
    return line.strip()
