"""The quizzes of a conversation: what ``/quiz`` names, begun, left and gone on with."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant import __version__
from assistant.answers.assistant import Assistant
from assistant.errors import UsageError
from assistant.interface.blocks import QuizOf
from assistant.interface.names import named_like
from assistant.interface.quiz_papers import USUAL_NUMBER, draw_paper
from assistant.interface.quizzer import Quizzer
from assistant.library.home import results
from assistant.library.model import Library
from assistant.quiz.attempt import Mode, Rules
from assistant.quiz.candidate import candidate_code
from assistant.quiz.paper import Wanted
from assistant.quiz.sitting import Sitting

if TYPE_CHECKING:
    from assistant.quiz.results.store import Store

HOW = "/quiz [TOPIC] [practice, assessed, revise or class] [as CODE] [seed NUMBER]"
"""What can be typed after the word."""

_LIKENESS = 70


def read_quiz(library: Library, typed: str) -> QuizOf:
    """The quiz that the words after ``/quiz`` name, in any order. Raises UsageError."""
    mode, candidate, seed = Mode.PRACTICE, None, None
    words = typed.split()
    topic: list[str] = []
    while words:
        word = words.pop(0)
        if word.lower() in set(Mode):
            mode = Mode(word.lower())
        elif word.lower() == "as" and words:
            candidate = candidate_code(words.pop(0))
        elif word.lower() == "seed" and words and words[0].isdecimal():
            seed = int(words.pop(0)[:18])
        else:
            topic.append(word)
    if mode is Mode.REVISE and candidate is None:
        raise UsageError("To revise, what you know must be stored with a code: /quiz revise as K-1")
    return QuizOf(_topic(library, " ".join(topic)), mode.value, candidate, seed)


def _topic(library: Library, typed: str) -> str:
    """The topic that is meant; empty for all."""
    if not typed or typed.lower() == "all":
        return ""
    titles = {topic.id: topic.title for topic in library.bank.topics}
    for name, title in titles.items():
        if typed.casefold() in (name, title.casefold()):
            return name
    names = {name: f"{title} {name.replace('-', ' ')}" for name, title in titles.items()}
    near = named_like(typed, names, least=_LIKENESS)
    if not near:
        raise UsageError(f"There is no topic {typed[:60]!r}; /quiz topics lists them. {HOW}")
    return near[0]


class Quizzes:
    """What was begun in one conversation; nothing is stored but with a code, or to assess."""

    def __init__(self, assistant: Assistant, keys: bool) -> None:
        self._assistant = assistant
        self._keys = keys
        self._begun: dict[QuizOf, Quizzer] = {}
        self._store: Store | None = None

    @property
    def left(self) -> QuizOf | None:
        """The quiz that was begun last and is not at its end."""
        going = [wanted for wanted, quizzer in self._begun.items() if not quizzer.ended]
        return going[-1] if going else None

    def open(self, wanted: QuizOf, seed: int) -> Quizzer:
        """The quiz that is ``wanted``: gone on with where it was left, else begun with its own seed
        or ``seed``. Raises AssistantError where it cannot be begun."""
        quizzer = self._begun.pop(wanted, None)
        if quizzer is None or quizzer.ended:
            quizzer = self._begin(wanted, seed if wanted.seed is None else wanted.seed)
        self._begun[wanted] = quizzer
        return quizzer

    def adopt(self, quizzer: Quizzer) -> None:
        """Take in a quiz that was begun elsewhere, to be gone on with here."""
        sitting = quizzer.sitting
        wanted = QuizOf("", quizzer.mode.value, sitting.candidate, sitting.paper.seed)
        self._begun[wanted] = quizzer

    def close(self) -> None:
        """Close where results are kept; what was stored stays."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def _begin(self, wanted: QuizOf, seed: int) -> Quizzer:
        now = datetime.now(UTC)
        library = self._assistant.library
        mode = Mode(wanted.mode)
        candidate = candidate_code(wanted.candidate) if wanted.candidate is not None else None
        store = None
        if candidate is not None or mode is Mode.ASSESSED:
            # Loaded here: most quizzes of a conversation keep nothing.
            from assistant.quiz.results.store import Store

            store = self._store = self._store or Store(results())
        cards = store.cards(candidate) if store is not None and mode is Mode.REVISE else ()
        topics = (wanted.topic,) if wanted.topic else ()
        paper = draw_paper(
            library, Wanted(number=USUAL_NUMBER, topics=topics), seed, mode, now, cards
        )
        sitting = Sitting.begin(
            paper, library.bank, Rules(mode), now, candidate, store, __version__
        )
        return Quizzer(self._assistant, sitting, self._keys)
