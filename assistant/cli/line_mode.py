"""The assistant line by line: append-only, labelled, no drawing. For screen readers, slow links
and pipes. All that the screen can do, by words and numbers."""

import secrets
from datetime import datetime

from assistant.answers.assistant import Assistant
from assistant.cli.prompt import answered, prompted, show
from assistant.cli.session import the_library
from assistant.cli.walk_lines import walk_by_lines
from assistant.dialogues.session import Session
from assistant.errors import AssistantError
from assistant.guidance.wording import OTHER_WORDS
from assistant.interface.blocks import Answered, Opened, QuizOf, Reaction
from assistant.interface.clipboard import copy
from assistant.interface.conversation import Conversation
from assistant.interface.settings import Settings, privacy
from assistant.interface.walker import Walker

_WELCOME = f"""Guidance assistant. Type a question and press Enter.
A number opens what stands beside it; help explains the rest; quit leaves.
{OTHER_WORDS}
Do not enter names or dates of birth."""
_HEADINGS: dict[type, str] = {Answered: "Assistant:", Opened: "Source:"}


def converse(settings: Settings) -> int:
    """Hold the conversation on standard input and output until it ends; 0."""
    talk = Conversation(Assistant(the_library()), settings, keys=False)
    walks: dict[str, Walker] = {}
    print(f"{_WELCOME} {privacy(settings)}")
    while (typed := prompted()) is not None:
        reaction = answered(talk.typed, typed)
        _show(reaction, talk)
        if reaction.left:
            break
        if reaction.walk is not None:
            name = reaction.walk
            if name not in walks or walks[name].stop is None:
                walks[name] = Walker(talk.assistant, Session(name, datetime.now()))
            walk_by_lines(walks[name])
            print("You are back in the conversation.")
        if reaction.quiz is not None:
            _quiz(talk, reaction.quiz)
    talk.close()
    return 0


def _quiz(talk: Conversation, wanted: QuizOf) -> None:
    # Loaded here: most conversations hold no quiz.
    from assistant.cli.quiz_lines import quiz_by_lines
    from assistant.interface.quiz_papers import SEEDS

    try:
        quizzer = talk.quizzes.open(wanted, secrets.randbelow(SEEDS))
    except AssistantError as error:
        print(error)
        return
    quiz_by_lines(quizzer)
    left = "" if quizzer.ended else "; /quiz goes on with the quiz, /quiz topics lists others"
    print(f"You are back in the conversation{left}.")


def _show(reaction: Reaction, talk: Conversation) -> None:
    """Print what came of something typed, each answer and source under a heading of its own."""
    for block in reaction.blocks:
        if type(block) in _HEADINGS:
            print(_HEADINGS[type(block)])
        show([block], talk.today)
    if reaction.copied is not None:
        print(copy(reaction.copied) or "There is no clipboard here; /save FILE writes a file.")
    if reaction.theme is not None:
        print("There are no colours in the line mode.")
