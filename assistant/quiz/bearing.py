"""Which outcomes a dialogue can still come to when only some of its questions are answered.

More may be named than can be reached, never fewer: an answer that is left out of a scenario when
one outcome remains is proved to have no bearing on it.
"""

import random
from collections.abc import Iterator, Mapping
from itertools import product
from math import prod

from assistant.dialogues.conditions import Facts, condition
from assistant.dialogues.explore import candidates
from assistant.dialogues.model import (
    CANNOT,
    NO,
    UNKNOWN,
    YES,
    Asking,
    Call,
    Choice,
    Node,
    Number,
    Outcome,
    Several,
    Step,
    Value,
    YesNo,
)
from assistant.dialogues.walk import Book, fits

_MOST_TRIED = 256
"""Sets of answers that a condition is tried with; where there are more it counts as open."""

_Answers = Mapping[str, Value]


def reachable(book: Book, name: str, answers: _Answers) -> frozenset[str]:
    """The outcomes that the dialogue ``name`` can come to with ``answers`` (by key) given, and
    every other question answered in any way; steps without an answer are done."""
    return _Reach(book, answers).of(name, "", {})


class _Reach:
    """Goes every way that the answers leave open, through calls too."""

    def __init__(self, book: Book, answers: _Answers) -> None:
        self.book = book
        self.answers = answers

    def of(self, name: str, prefix: str, given: Mapping[str, Value | None]) -> frozenset[str]:
        """The outcomes of the dialogue ``name``, called at ``prefix`` with its fields ``given``
        (None where their answer is open)."""
        dialogue = self.book.dialogues[name]
        nodes = {node.id: node for node in dialogue.nodes}
        known: dict[str, Value | None] = {}
        for node in dialogue.nodes:
            known[node.id] = self._known(node, prefix, given)
        ends: set[str] = set()
        seen: set[str] = set()
        todo = [dialogue.nodes[0].id]
        while todo:
            node = nodes[todo.pop()]
            if node.id in seen:
                continue
            seen.add(node.id)
            if isinstance(node, Outcome):
                ends.add(node.id)
                continue
            if isinstance(node, Call):
                handed = {theirs: known[ours] for theirs, ours in node.given.items()}
                found = self.of(node.dialogue, f"{prefix}{node.id}.", handed)
                known[node.id] = next(iter(found)) if len(found) == 1 else None
            todo += self._onward(node, nodes, known)
        return frozenset(ends)

    def _known(self, node: Node, prefix: str, given: Mapping[str, Value | None]) -> Value | None:
        """The answer to ``node``, None where it is open."""
        if isinstance(node, Asking) and node.id in given:
            value = given[node.id]
            if value is None or fits(node, value):
                return value
        value = self.answers.get(prefix + node.id)
        return value if value is not None and fits(node, value) else None

    def _onward(
        self, node: Node, nodes: Mapping[str, Node], known: Mapping[str, Value | None]
    ) -> Iterator[str]:
        """The nodes that may come after ``node``."""
        value = known[node.id]
        if isinstance(node, Step):
            if value == CANNOT and node.cannot is not None:
                yield node.cannot
                return
        elif isinstance(node, Asking):
            own = dict(_own_ways(node))
            if value is None:
                yield from own.values()
            elif isinstance(value, str) and value in own:
                yield own[value]
                return
        if isinstance(node.next, str):
            yield node.next
        for branch in node.next if isinstance(node.next, tuple) else ():
            holds = True if branch.when is None else self._holds(branch.when, nodes, known)
            if holds is not False:
                yield branch.goto
            if holds is True:
                return

    def _holds(
        self, when: str, nodes: Mapping[str, Node], known: Mapping[str, Value | None]
    ) -> bool | None:
        """Whether the condition holds; None where that depends on what is open."""
        test = condition(when)
        fields = list(dict.fromkeys(use.field for use in test.uses))
        constants = {
            field: tuple(
                use.constant for use in test.uses if use.field == field and use.constant is not None
            )
            for field in fields
        }
        choices = []
        for field in fields:
            values = self._values(nodes[field], known[field], constants[field])
            if values is None:
                return None
            choices.append(values)
        if prod(map(len, choices)) > _MOST_TRIED:
            return None
        found = {
            test.holds(
                Facts(
                    {f: v for f, v in zip(fields, tried, strict=True) if v is not None},
                    self.book.groups,
                )
            )
            for tried in product(*choices)
        }
        return found.pop() if len(found) == 1 else None

    def _values(
        self, node: Node, value: Value | None, constants: tuple[Value, ...]
    ) -> list[Value | None] | None:
        """The answers that a field may hold, as far as they differ before these ``constants``;
        None where they cannot be listed. A question that was not asked holds none."""
        if value is not None:
            return [value, None] if isinstance(node, Call) else [value]
        match node:
            case Call():
                return [*(one.id for one in self.book.dialogues[node.dialogue].outcomes), None]
            case Several():
                sets = product(*(((), (str(one),)) for one in constants))
                return [*(tuple(part for one in some for part in one) for some in sets), None]
            case YesNo() | Choice() | Number():
                return [*candidates(node, constants, random.Random(0)), None]
        return None


def _own_ways(node: Asking) -> Iterator[tuple[str, str]]:
    """The ways of ``node`` that belong to one answer."""
    own: list[tuple[str, str | None]] = [(UNKNOWN, node.unknown)]
    if isinstance(node, YesNo):
        own += [(YES, node.yes), (NO, node.no)]
    if isinstance(node, Choice):
        own += [(option.id, option.goto) for option in node.options]
    return ((answer, target) for answer, target in own if target is not None)
