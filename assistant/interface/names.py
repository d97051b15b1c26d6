"""Things found by names that are nearly what was typed."""

from collections.abc import Mapping
from typing import TypeVar

_Thing = TypeVar("_Thing")


def named_like(
    typed: str, names: Mapping[_Thing, str], least: float, most: int = 1
) -> list[_Thing]:
    """At most ``most`` of the things whose ``names`` share their words with ``typed``, slips of
    the keys allowed, nearest first; ``least`` is how alike they must be (0 to 100)."""
    # Loaded here: it is wanted once somebody types, not for the first screen.
    from rapidfuzz import fuzz, process, utils

    near = process.extract(
        typed,
        names,
        scorer=fuzz.token_set_ratio,
        processor=utils.default_process,
        score_cutoff=least,
        limit=most,
    )
    return [thing for _, _, thing in near]
