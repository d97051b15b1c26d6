"""Orders by chance that are the same on every machine."""

import hashlib
import random
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def chance(seed: int, *names: str) -> random.Random:
    """The chance of ``seed`` for what ``names`` name: the same on every machine and every run."""
    text = "/".join([str(seed), *names])
    return random.Random(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big"))


def shuffled(values: Iterable[T], by: random.Random) -> list[T]:
    """``values`` in an order by chance. Of all that ``Random`` draws, Python promises the same only
    of ``random()``."""
    return [value for _, _, value in sorted((by.random(), n, v) for n, v in enumerate(values))]
