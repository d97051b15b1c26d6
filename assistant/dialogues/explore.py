"""Walks found by trying: sets of circumstances that lead through every part of a dialogue.

Used to test that every node, way and outcome can be walked, and to draw quiz scenarios, whose key
is the outcome that the dialogue itself reaches.
"""

import random
from collections.abc import Iterator
from typing import NamedTuple

from assistant.dialogues.conditions import condition
from assistant.dialogues.model import (
    CANNOT,
    DONE,
    NO,
    READ,
    UNKNOWN,
    YES,
    Asking,
    Choice,
    CountryAsked,
    Day,
    Dialogue,
    Moment,
    Node,
    Note,
    Number,
    Outcome,
    Several,
    Step,
    Value,
    YesNo,
    ways,
)
from assistant.dialogues.walk import Book, Route, Stop, Way

_COUNTRIES = ("FR", "DE", "NO", "CH", "US", "IN", "AU", "PK")
_DAY = "2026-11-20"
_TIME = "2026-11-20T14:30"


class Found(NamedTuple):
    """A walk that was tried: the answers by key, the stops, the ways it went (through calls too),
    and the id of the outcome."""

    answers: dict[str, Value]
    stops: tuple[Stop, ...]
    ways: tuple[Way, ...]
    outcome: str


def all_ways(dialogue: Dialogue) -> set[Way]:
    """Every way of ``dialogue``."""
    return {
        (dialogue.id, node.id, answer, to) for node in dialogue.nodes for answer, to in ways(node)
    }


def walks(book: Book, name: str, seed: int = 0) -> Iterator[Found]:
    """Walks of the dialogue ``name`` without end, their answers drawn at random from ``seed``;
    answers that have been drawn less often come first."""
    chance = random.Random(seed)
    drawn: dict[tuple[str, Value], int] = {}
    constants = {name: _constants(dialogue) for name, dialogue in book.dialogues.items()}
    owner = {
        id(node): dialogue.id for dialogue in book.dialogues.values() for node in dialogue.nodes
    }
    while True:
        answers: dict[str, Value] = {}

        def decide(key: str, node: Node, answers: dict[str, Value] = answers) -> Value:
            values = candidates(node, constants[owner[id(node)]].get(node.id, ()), chance)
            chance.shuffle(values)
            value = min(values, key=lambda one: drawn.get((key, one), 0))
            drawn[key, value] = drawn.get((key, value), 0) + 1
            answers[key] = value
            return value

        route = Route(book, decide)
        outcome = route.follow(book.dialogues[name])
        assert outcome is not None  # every node was answered
        yield Found(answers, tuple(route.stops), tuple(route.went), outcome)


def candidates(node: Node, constants: tuple[Value, ...], chance: random.Random) -> list[Value]:
    """Answers to ``node`` that may lead to different places; ``constants`` are what conditions
    compare it with."""
    found: list[Value] = []
    match node:
        case YesNo():
            found = [YES, NO]
        case Choice():
            found = [option.id for option in node.options]
        case Several():
            ids = [option.id for option in node.options]
            some = tuple(one for one in ids if chance.random() < 0.4)
            found = [(), *((one,) for one in ids), tuple(ids), some]
        case Number():
            numbers = [c for c in constants if isinstance(c, int | float)]
            near = {n + d for n in numbers for d in (-1, 0, 1)} | {node.min, node.min + 5}
            most = node.max if node.max is not None else max(near)
            found = [int(n) if node.whole else n for n in sorted(near) if node.min <= n <= most]
        case CountryAsked():
            found = [*_COUNTRIES, *(str(c) for c in constants if c != UNKNOWN)]
        case Day():
            found = [_DAY]
        case Moment():
            found = [_TIME]
        case Step():
            found = [DONE, *([CANNOT] if node.cannot is not None else [])]
        case Note() | Outcome():
            found = [READ]
        case _:
            found = ["as told"]
    if isinstance(node, Asking) and node.unknown is not None:
        found.append(UNKNOWN)
    return found


def _constants(dialogue: Dialogue) -> dict[str, tuple[Value, ...]]:
    found: dict[str, tuple[Value, ...]] = {}
    for node in dialogue.nodes:
        for branch in node.next if isinstance(node.next, tuple) else ():
            for use in condition(branch.when).uses if branch.when else ():
                if use.constant is not None:
                    found[use.field] = (*found.get(use.field, ()), use.constant)
    return found
