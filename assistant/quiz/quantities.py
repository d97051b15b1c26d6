"""Numbers of items: written out, and near enough to the key."""

import math
from decimal import Decimal

from assistant.quiz.model import Number


def in_digits(value: float) -> str:
    """``value`` as it is written: ``20``, ``1.5``, ``20000``; never with an exponent."""
    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")


def near(value: float, other: float, tolerance: float) -> bool:
    """Whether two numbers are no farther apart than ``tolerance``."""
    # Decimals are off by a little: 0.3 is within 0.1 of 0.2.
    apart = abs(value - other)
    return apart <= tolerance or math.isclose(apart, tolerance, rel_tol=1e-9, abs_tol=1e-12)


def within(item: Number, value: float) -> bool:
    """Whether ``value`` is right for ``item``."""
    return near(value, item.key, item.tolerance)
