"""A walk: a dialogue and the answers so far give the route, what is asked next, and how it ends.

Nothing is remembered between two calls: the same answers always give the same route. So an answer
can be changed at any place, and every answer given before is still there if the route comes by it.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from assistant.dialogues.conditions import Facts, condition
from assistant.dialogues.countries import is_code
from assistant.dialogues.deadlines import due, reckoned
from assistant.dialogues.model import (
    CANNOT,
    DONE,
    NO,
    READ,
    UNKNOWN,
    YES,
    Asking,
    Call,
    Choice,
    CountryAsked,
    Day,
    Dialogue,
    Moment,
    Node,
    Note,
    Number,
    Onward,
    Outcome,
    Several,
    ShortText,
    Step,
    Telling,
    Value,
    YesNo,
)


class Book(NamedTuple):
    """All dialogues by id, and the codes of each country group."""

    dialogues: Mapping[str, Dialogue]
    groups: Mapping[str, frozenset[str]]


class Stop(NamedTuple):
    """A node on the route. ``key`` is its id, after the ids of the calls that led to it
    (``search.authority``); ``dialogue`` the id of the dialogue it belongs to; ``value`` its answer,
    None where it waits for one."""

    key: str
    node: Node
    dialogue: str
    value: Value | None


class Reckoned(NamedTuple):
    """A deadline on the route: its key, what is due, and when."""

    key: str
    what: str
    when: date | datetime


class Walk(NamedTuple):
    """A route so far. ``waiting`` is the node to be answered next, ``outcome`` the end; one of them
    is there. ``unused`` are keys of answers that the route does not come by."""

    dialogue: Dialogue
    stops: tuple[Stop, ...]
    waiting: Stop | None
    outcome: Stop | None
    deadlines: tuple[Reckoned, ...]
    unused: tuple[str, ...]


Way = tuple[str, str, str, str]
"""A way from one node to another: the dialogue, the node, what it is for (an answer, a condition)
and the node that it leads to."""

Decide = Callable[[str, Node], Value | None]
"""The answer to a node by its key, None to wait for one."""


def walk(book: Book, name: str, answers: Mapping[str, Value], passing: bool = False) -> Walk:
    """The walk of the dialogue ``name`` with ``answers`` (by key).

    With ``passing``, notes and steps without an answer count as read and done. An answer that its
    node cannot have (an option that is not there) counts as none.
    """

    def decide(key: str, node: Node) -> Value | None:
        value = answers.get(key)
        if value is not None and fits(node, value):
            return value
        if passing and isinstance(node, Step | Note):
            return DONE if isinstance(node, Step) else READ
        return None

    route = Route(book, decide)
    route.follow(book.dialogues[name])
    stops = tuple(route.stops)
    last = stops[-1] if stops else None
    ended = last is not None and isinstance(last.node, Outcome) and "." not in last.key
    used = {stop.key for stop in stops}
    return Walk(
        book.dialogues[name],
        stops,
        None if ended else last,
        last if ended else None,
        tuple(route.deadlines),
        tuple(key for key in answers if key not in used),
    )


class Route:
    """Goes through a dialogue, and through those it calls, asking ``decide`` at every node."""

    def __init__(self, book: Book, decide: Decide) -> None:
        self.book = book
        self.decide = decide
        self.stops: list[Stop] = []
        self.deadlines: list[Reckoned] = []
        self.went: list[Way] = []

    def follow(
        self, dialogue: Dialogue, prefix: str = "", given: Mapping[str, Value] | None = None
    ) -> str | None:
        """The id of the outcome that is reached; None where the route waits for an answer."""
        nodes = {node.id: node for node in dialogue.nodes}
        values: dict[str, Value] = {}
        node = dialogue.nodes[0]
        while True:
            value = self._value(dialogue, prefix, node, given or {}, values)
            if value is None:
                return None
            values[node.id] = value
            if isinstance(node, Telling):
                self._reckon(prefix, node, values)
            if isinstance(node, Outcome):
                return node.id
            answer, target = onward(node, value, Facts(values, self.book.groups))
            self.went.append((dialogue.id, node.id, answer, target))
            node = nodes[target]

    def _value(
        self,
        dialogue: Dialogue,
        prefix: str,
        node: Node,
        given: Mapping[str, Value],
        values: Mapping[str, Value],
    ) -> Value | None:
        if isinstance(node, Asking) and node.id in given and fits(node, given[node.id]):
            return given[node.id]
        key = prefix + node.id
        if isinstance(node, Call):
            handed = {theirs: values[ours] for theirs, ours in node.given.items() if ours in values}
            return self.follow(self.book.dialogues[node.dialogue], f"{key}.", handed)
        value = READ if isinstance(node, Outcome) else self.decide(key, node)
        self.stops.append(Stop(key, node, dialogue.id, value))
        return value

    def _reckon(self, prefix: str, node: Telling, values: Mapping[str, Value]) -> None:
        for deadline in node.deadlines:
            when = reckoned(due(deadline.due), values)
            if when is not None:
                self.deadlines.append(Reckoned(prefix + deadline.id, deadline.what, when))


def onward(node: Node, value: Value, facts: Facts) -> tuple[str, str]:
    """The way on from ``node``, answered with ``value``: what it is for (as in ``model.ways``) and
    the id of the next node. The dialogue has been checked: there is one."""
    match node:
        case Asking(unknown=str(target)) if value == UNKNOWN:
            return UNKNOWN, target
        case YesNo(yes=str(target)) if value == YES:
            return YES, target
        case YesNo(no=str(target)) if value == NO:
            return NO, target
        case Choice():
            for option in node.options:
                if option.id == value and option.goto is not None:
                    return option.id, option.goto
        case Step(cannot=str(target)) if value == CANNOT:
            return CANNOT, target
    return _branch(node.next, facts)


def _branch(next_: Onward | None, facts: Facts) -> tuple[str, str]:
    if isinstance(next_, str):
        return "", next_
    for branch in next_ or ():
        if branch.when is None or condition(branch.when).holds(facts):
            return branch.when or "", branch.goto
    raise AssertionError("a dialogue that was not checked: no way on")


def fits(node: Node, value: Value) -> bool:
    """Whether ``value`` is one that ``node`` can have."""
    if isinstance(node, Asking) and value == UNKNOWN:
        return node.unknown is not None
    match node:
        case YesNo():
            return value in (YES, NO)
        case Choice():
            return any(option.id == value for option in node.options)
        case Several():
            ids = {option.id for option in node.options}
            return isinstance(value, tuple) and ids.issuperset(value)
        case Step():
            return value == DONE or (value == CANNOT and node.cannot is not None)
        case Note():
            return value == READ
        case Number():
            return _fits_number(node, value)
        case Day():
            return isinstance(value, str) and _is_day(value)
        case Moment():
            return isinstance(value, str) and not _is_day(value) and _is_time(value)
        case CountryAsked():
            return is_code(value)
        case ShortText():
            return isinstance(value, str)
    return False


def _fits_number(node: Number, value: Value) -> bool:
    if not isinstance(value, int | float) or not math.isfinite(value):
        return False
    if node.whole and not float(value).is_integer():
        return False
    return node.min <= value and (node.max is None or value <= node.max)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is None
    except ValueError:
        return False


def questions(found: Walk) -> Iterator[Stop]:
    """The stops of a walk that asked something and were answered."""
    return (s for s in found.stops if isinstance(s.node, Asking) and s.value is not None)


def steps(found: Walk) -> Iterator[Stop]:
    """The steps of a walk that were done or could not be."""
    return (s for s in found.stops if isinstance(s.node, Step) and s.value is not None)
