"""Content read and checked as a whole: what the library is compiled from."""

from typing import NamedTuple

from assistant.errors import ContentError
from assistant.guidance.corpus import read_corpus
from assistant.guidance.model import Guidance
from assistant.library.content import Content
from assistant.matching.intents import Questions
from assistant.matching.question_files import read_questions


class CheckedContent(NamedTuple):
    """The guidance and the questions, free of the faults that a check finds."""

    guidance: Guidance
    questions: Questions


def read_content(content: Content) -> CheckedContent:
    """Everything in ``content``. Raises ContentError with every fault, file paths relative to its
    root."""
    try:
        guidance = read_corpus(content.corpus)
        return CheckedContent(guidance, read_questions(content.questions, guidance))
    except ContentError as error:
        shortened = [
            problem._replace(file=problem.file.relative_to(content.root))
            if problem.file.is_relative_to(content.root)
            else problem
            for problem in error.problems
        ]
        raise ContentError(shortened) from error
