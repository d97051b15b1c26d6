"""Content read and checked as a whole: what the library is compiled from."""

from typing import NamedTuple

from assistant.dialogues.dialogue_files import read_dialogues
from assistant.dialogues.model import Dialogue
from assistant.errors import ContentError, Problem
from assistant.guidance.corpus import read_corpus
from assistant.guidance.model import Guidance
from assistant.library.content import Content
from assistant.matching.intents import Intent, Questions, Voice
from assistant.matching.question_files import read_questions
from assistant.quiz.item_files import read_bank
from assistant.quiz.model import Bank


class CheckedContent(NamedTuple):
    """The guidance, the questions, the dialogues and the quiz items, free of the faults that a
    check finds."""

    guidance: Guidance
    questions: Questions
    dialogues: tuple[Dialogue, ...]
    bank: Bank

    @property
    def situations(self) -> Questions:
        """The dialogues as something that is asked for: an intent each, with the words in which
        officers ask for it."""
        return Questions(
            tuple(
                Intent(
                    id=dialogue.id,
                    title=dialogue.title,
                    answer=dialogue.about,
                    citations=dialogue.citations,
                    utterances={
                        Voice.RESPONSE: dialogue.lay[::2],
                        Voice.CUSTODY: dialogue.lay[1::2],
                    },
                )
                for dialogue in self.dialogues
            ),
            (),
        )


def read_content(content: Content) -> CheckedContent:
    """Everything in ``content``. Raises ContentError with every fault, file paths relative to its
    root."""
    try:
        guidance = read_corpus(content.corpus)
    except ContentError as error:
        raise _shortened(error, content) from error
    problems: list[Problem] = []
    questions = Questions((), ())
    dialogues: tuple[Dialogue, ...] = ()
    bank = Bank(())
    try:
        questions = read_questions(content.questions, guidance)
    except ContentError as error:
        problems += _shortened(error, content).problems
    try:
        dialogues = read_dialogues(content.dialogues, guidance)
    except ContentError as error:
        problems += _shortened(error, content).problems
    try:
        bank = read_bank(content.quiz, guidance)
    except ContentError as error:
        problems += _shortened(error, content).problems
    if problems:
        raise ContentError(problems)
    return CheckedContent(guidance, questions, dialogues, bank)


def _shortened(error: ContentError, content: Content) -> ContentError:
    return ContentError(
        [
            problem._replace(file=problem.file.relative_to(content.root))
            if problem.file.is_relative_to(content.root)
            else problem
            for problem in error.problems
        ]
    )
