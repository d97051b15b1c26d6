"""What a face shows, as data: things said, answers, opened sections, numbered lists."""

from typing import NamedTuple

from assistant.answers.model import Answer
from assistant.guidance.model import Passage, Place

MARK, UNMARK = "\ue000", "\ue001"
"""Stand around words that a face shows marked (private use: no text holds them)."""


class SectionOf(NamedTuple):
    """Opens the section or paragraph that a citation names, with the passage at ``position`` of
    the section marked, and the words ``marked`` in it."""

    citation: str
    position: int | None = None
    marked: str = ""


class AnswerOf(NamedTuple):
    """Shows the answer of an intent."""

    intent: str


class Choice(NamedTuple):
    """Chooses what was meant by a question back, from 1."""

    number: int


class WalkOf(NamedTuple):
    """Walks a dialogue."""

    dialogue: str


class QuizOf(NamedTuple):
    """Begins a quiz on a topic (by id; empty for all), in a mode, with the code of a candidate and
    the paper of a seed, where they are given."""

    topic: str = ""
    mode: str = "practice"
    candidate: str | None = None
    seed: int | None = None


class ContentsOf(NamedTuple):
    """Lists the sections of a publication."""

    publication: str


Target = SectionOf | AnswerOf | Choice | WalkOf | QuizOf | ContentsOf
"""What a number opens."""


class Said(NamedTuple):
    """Words for the user, plain, a paragraph."""

    text: str


class Answered(NamedTuple):
    """An answer, a question back or a refusal."""

    answer: Answer


class Opened(NamedTuple):
    """A section in full; ``cited`` is the passage that is marked, ``marked`` words to mark."""

    place: Place
    cited: Passage | None = None
    marked: str = ""


class Row(NamedTuple):
    """A line of a list, with what its number opens (nothing: it has no number); ``depth`` indents
    it."""

    text: str
    target: Target | None = None
    detail: str = ""
    depth: int = 0


class Listed(NamedTuple):
    """A list under a heading, its rows with a target numbered from ``first``."""

    heading: str
    rows: tuple[Row, ...]
    first: int = 1

    @property
    def targets(self) -> tuple[Target, ...]:
        """What the numbers open, in order."""
        return tuple(row.target for row in self.rows if row.target is not None)


Block = Said | Answered | Opened | Listed
"""One thing to show, below what was shown before."""


class Reaction(NamedTuple):
    """What came of something typed: what to show in order, and where to go.

    ``walk`` (a dialogue) and ``quiz`` name what to begin, or to go on with; ``copied`` is for the
    clipboard; ``theme`` the colours to change to; ``forget``: clear the screen; ``left``: this
    place is left.
    """

    blocks: tuple[Block, ...] = ()
    walk: str | None = None
    quiz: QuizOf | None = None
    copied: str | None = None
    theme: str | None = None
    forget: bool = False
    left: bool = False


def said(*texts: str) -> Reaction:
    """A reaction of words alone."""
    return Reaction(tuple(Said(text) for text in texts))
