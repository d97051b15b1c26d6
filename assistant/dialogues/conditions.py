"""Conditions of a dialogue: ``country.eu and not charged or age < 18``.

A condition is read by Python's own parser and only the forms below are let through; nothing of it
is ever run as Python. A field is true when it was answered ``yes``; ``.eu`` asks whether the
country it holds is in that group; a comparison with a field that has no answer is false.
"""

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal, NamedTuple, cast

from assistant.dialogues.model import UNKNOWN, YES, Value

_COMPARES: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_ORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


class Facts(NamedTuple):
    """What a condition is judged by: the answers by field, and the codes of each country group."""

    values: Mapping[str, Value]
    groups: Mapping[str, frozenset[str]]


class ConditionError(ValueError):
    """A text that is not a condition; the message says what is wrong."""


class Use(NamedTuple):
    """What a condition asks of a field: whether it is true, is in a group of countries, equals a
    constant, comes before or after it, or holds it among several."""

    field: str
    how: Literal["true", "group", "equal", "order", "member"] = "true"
    group: str | None = None
    constant: Value | None = None


class Condition:
    """A condition, read and ready to be judged."""

    def __init__(self, text: str) -> None:
        try:
            self._tree = ast.parse(" ".join(text.split()), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise ConditionError(f"{text!r} is not a condition") from error
        self.text = text
        self.uses = tuple(_uses(self._tree))

    def holds(self, facts: Facts) -> bool:
        """Whether the condition holds."""
        return _holds(self._tree, facts)


@lru_cache(maxsize=4096)
def condition(text: str) -> Condition:
    """The condition ``text``. Raises ConditionError where it is none."""
    return Condition(text)


def _uses(tree: ast.expr) -> Iterator[Use]:
    match tree:
        case ast.BoolOp(values=values):
            for value in values:
                yield from _uses(value)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield from _uses(operand)
        case ast.Name(id=name):
            yield Use(name)
        case ast.Attribute(value=ast.Name(id=name), attr=group):
            yield Use(name, "group", group=group)
        case ast.Compare(
            left=ast.Constant(value=constant),
            ops=[ast.In() | ast.NotIn()],
            comparators=[ast.Name(id=name)],
        ):
            yield Use(name, "member", constant=cast(Value, constant))
        case ast.Compare(
            left=ast.Name(id=name), ops=[op], comparators=[ast.Constant(value=constant)]
        ) if type(op) in _COMPARES:
            how: Literal["order", "equal"] = "order" if isinstance(op, _ORDERS) else "equal"
            yield Use(name, how, constant=cast(Value, constant))
        case _:
            raise ConditionError(
                f"{ast.unparse(tree)!r}: a condition is made of fields, `field.group`, "
                "`field == 'option'`, `field < number`, `'option' in field`, and, or, not"
            )


def _holds(tree: ast.expr, facts: Facts) -> bool:
    match tree:
        case ast.BoolOp(op=ast.And(), values=values):
            return all(_holds(value, facts) for value in values)
        case ast.BoolOp(values=values):
            return any(_holds(value, facts) for value in values)
        case ast.UnaryOp(operand=operand):
            return not _holds(operand, facts)
        case ast.Name(id=name):
            return facts.values.get(name) == YES
        case ast.Attribute(value=ast.Name(id=name), attr=group):
            return facts.values.get(name) in facts.groups.get(group, frozenset())
        case ast.Compare(
            left=ast.Constant(value=constant), ops=[op], comparators=[ast.Name(id=name)]
        ):
            value = facts.values.get(name)
            inside = isinstance(value, tuple) and constant in value
            return inside if isinstance(op, ast.In) else not inside
        case ast.Compare(
            left=ast.Name(id=name), ops=[op], comparators=[ast.Constant(value=constant)]
        ):
            return _compares(op, facts.values.get(name), constant)
    return False


def _compares(op: ast.cmpop, value: Value | None, constant: Any) -> bool:
    if isinstance(op, _ORDERS):
        numbers = isinstance(value, int | float) and isinstance(constant, int | float)
        texts = isinstance(value, str) and isinstance(constant, str) and value != UNKNOWN
        if not numbers and not texts:
            return False
    return _COMPARES[type(op)](value, constant)
