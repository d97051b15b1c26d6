"""Quiz items as data: what is asked, what is right, and the passage that proves it."""

from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct


class Difficulty(StrEnum):
    """How hard an item is thought to be; facility, measured on attempts, says how hard it is."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Option(Struct, frozen=True, forbid_unknown_fields=True):
    """One answer to choose; ``feedback`` says why it is right or wrong."""

    text: str
    feedback: str
    right: bool = False


class Mistake(Struct, frozen=True, forbid_unknown_fields=True):
    """A wrong number that is often given, and what is mixed up then."""

    value: float
    feedback: str


class _Item(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What all items have. ``why`` is what the passages ``cites`` say, shown after every answer."""

    id: str
    difficulty: Difficulty
    stem: str
    why: str
    cites: tuple[str, ...]


class Single(_Item, frozen=True, kw_only=True, tag="single"):
    """Exactly one option is right."""

    options: tuple[Option, ...]


class Several(_Item, frozen=True, kw_only=True, tag="several"):
    """One or more options are right, and at least one is wrong."""

    options: tuple[Option, ...]


class TrueFalse(_Item, frozen=True, kw_only=True, tag="true-false"):
    """The stem is a statement; ``wrong`` is the feedback for who is mistaken."""

    key: bool
    wrong: str


class Order(_Item, frozen=True, kw_only=True, tag="order"):
    """Steps, given here in the right order."""

    steps: tuple[str, ...]


class Number(_Item, frozen=True, kw_only=True, tag="number"):
    """A number of ``unit``; right within ``tolerance`` on either side."""

    key: float
    unit: str
    tolerance: float = 0
    mistakes: tuple[Mistake, ...] = ()


class Short(_Item, frozen=True, kw_only=True, tag="short"):
    """A few words; every wording in ``accepted`` counts, the best one first."""

    accepted: tuple[str, ...]


class Scenario(_Item, frozen=True, kw_only=True, tag="scenario"):
    """Circumstances drawn from a dialogue, and what they come to: exactly one option is right, the
    outcome that the dialogue reaches with ``answers`` (by the key of the node, as a file of answers
    holds them)."""

    dialogue: str
    answers: dict[str, str | int | float | tuple[str, ...]]
    outcome: str
    options: tuple[Option, ...]


Item = Single | Several | TrueFalse | Order | Number | Short | Scenario
"""An item of any kind."""


class Topic(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the bank: what its items are about. ``historical``: they ask what once applied."""

    id: str
    title: str
    items: tuple[Item, ...]
    historical: bool = False


class Bank(Struct, frozen=True):
    """All written items, by topic."""

    topics: tuple[Topic, ...]


Given = str | float | bool | tuple[int, ...]
"""What was answered, in terms of the item as it is written, however it was shuffled on the paper:
the positions (from 0) of the chosen options, or of the steps in the order given; true or false; a
number; a few words."""


class Marked(NamedTuple):
    """What an answer came to: the ``share`` of the mark from 0 to 1, what is said to it, and, where
    words were compared, which wording was matched how closely (0 to 100)."""

    share: float
    feedback: tuple[str, ...]
    matched: str | None = None
    likeness: float | None = None

    @property
    def right(self) -> bool:
        """Whether the answer is wholly right."""
        return self.share == 1
