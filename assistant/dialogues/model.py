"""Dialogues as data: nodes that ask, tell, or end, and where each answer leads.

A dialogue is a graph without cycles. Its first node is its start; the id of a node that asks is
also the name of the field that holds the answer, in conditions and in files of answers.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

YES, NO, UNKNOWN = "yes", "no", "unknown"
DONE, CANNOT = "done", "cannot"
READ = "read"

Value = str | int | float | tuple[str, ...]
"""An answer: an option's id, ``yes``, ``no``, ``unknown``, a number, a text, several ids; days and
times in ISO form, countries by ISO code; ``done`` or ``cannot`` for a step, ``read`` for a note."""

SITUATIONS = (
    "On the street",
    "In custody",
    "Investigating",
    "Evidence and convictions",
    "Warrants, notices and extradition",
    "With Immigration Enforcement",
    "Victims and witnesses",
)

Situation = Literal[
    "On the street",
    "In custody",
    "Investigating",
    "Evidence and convictions",
    "Warrants, notices and extradition",
    "With Immigration Enforcement",
    "Victims and witnesses",
]


class Branch(Struct, frozen=True, forbid_unknown_fields=True):
    """One way on: to the node ``goto``, if the condition ``when`` holds (always, without one)."""

    goto: str
    when: str | None = None


Onward = str | tuple[Branch, ...]


class Deadline(Struct, frozen=True, forbid_unknown_fields=True):
    """A day or time to be kept: ``due`` as in ``20 working days after sent``."""

    id: str
    what: str
    due: str


class Option(Struct, frozen=True, forbid_unknown_fields=True):
    """One answer to choose, and where it leads if not where the node does."""

    id: str
    text: str
    goto: str | None = None


class _Node(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What all nodes have: their id, the places that they stand on, and the way on."""

    id: str
    cites: tuple[str, ...] = ()
    next: Onward | None = None


class Asking(_Node, frozen=True, kw_only=True):
    """A node that asks ``ask``; ``help`` says why; ``unknown`` is the way on for "don't know"."""

    ask: str
    help: str | None = None
    unknown: str | None = None


class YesNo(Asking, frozen=True, kw_only=True, tag="yes-no"):
    """Yes or no."""

    yes: str | None = None
    no: str | None = None


class Choice(Asking, frozen=True, kw_only=True, tag="choice"):
    """One of several options."""

    options: tuple[Option, ...]


class Several(Asking, frozen=True, kw_only=True, tag="several"):
    """Any number of options, or none."""

    options: tuple[Option, ...]


class Number(Asking, frozen=True, kw_only=True, tag="number"):
    """A number in ``unit``, from ``min`` to ``max``."""

    unit: str
    min: float = 0
    max: float | None = None
    whole: bool = True


class Day(Asking, frozen=True, kw_only=True, tag="date"):
    """A day."""


class Moment(Asking, frozen=True, kw_only=True, tag="datetime"):
    """A day with a time."""


class CountryAsked(Asking, frozen=True, kw_only=True, tag="country"):
    """A country."""


class ShortText(Asking, frozen=True, kw_only=True, tag="text"):
    """A short text; ``personal`` where it holds a person's details."""

    personal: bool = False


class Telling(_Node, frozen=True, kw_only=True):
    """A node that tells ``text``."""

    text: str
    help: str | None = None
    deadlines: tuple[Deadline, ...] = ()


class Step(Telling, frozen=True, kw_only=True, tag="step"):
    """An action to tick off; ``cannot`` is the way on where it cannot be done."""

    cannot: str | None = None


class Note(Telling, frozen=True, kw_only=True, tag="note"):
    """Something to know."""


class Outcome(Telling, frozen=True, kw_only=True, tag="outcome"):
    """An end: what to do, whom to call, and which dialogues to walk next."""

    title: str
    contacts: tuple[str, ...] = ()
    walk: tuple[str, ...] = ()


class Call(_Node, frozen=True, kw_only=True, tag="call", rename={"given": "with"}):
    """Another dialogue walked in between. ``given`` (``with`` in the file) fills its fields from
    ours; afterwards our field of this node's id holds the id of the outcome it ended in."""

    dialogue: str
    given: dict[str, str] = {}


Node = (
    YesNo
    | Choice
    | Several
    | Number
    | Day
    | Moment
    | CountryAsked
    | ShortText
    | Step
    | Note
    | Outcome
    | Call
)


class Dialogue(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """One procedure to walk. ``lay`` holds the words in which officers ask for it; the first of
    ``citations`` is the section that it is mainly made of."""

    id: str
    title: str
    situation: Situation
    about: str
    lay: tuple[str, ...]
    citations: tuple[str, ...]
    nodes: tuple[Node, ...]

    @property
    def outcomes(self) -> Iterator[Outcome]:
        """The nodes in which a walk can end."""
        return (node for node in self.nodes if isinstance(node, Outcome))


def ways(node: Node) -> Iterator[tuple[str, str]]:
    """Every way on from ``node``: what it is for (an answer, a condition) and the node's id."""
    match node:
        case YesNo():
            if node.yes is not None:
                yield YES, node.yes
            if node.no is not None:
                yield NO, node.no
        case Choice() | Several():
            for option in node.options:
                if option.goto is not None:
                    yield option.id, option.goto
        case Step() if node.cannot is not None:
            yield CANNOT, node.cannot
    if isinstance(node, Asking) and node.unknown is not None:
        yield UNKNOWN, node.unknown
    if isinstance(node.next, str):
        yield "", node.next
    for branch in node.next if isinstance(node.next, tuple) else ():
        yield branch.when or "", branch.goto
