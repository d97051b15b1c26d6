"""The code that a candidate may give: results hold no names."""

import re
from typing import NewType

from assistant.errors import UsageError
from assistant.guidance.citations import printable

Candidate = NewType("Candidate", str)
"""A code that was checked."""

LONGEST = 40

_CODE = re.compile(r"[A-Za-z0-9._-]+")


def candidate_code(text: str) -> Candidate:
    """The code that was typed. Raises UsageError where it is not one, and says why."""
    code = text.strip()
    if not _CODE.fullmatch(code) or len(code) > LONGEST:
        raise UsageError(
            f"{printable(code, LONGEST)!r} is not a candidate code: 1 to {LONGEST} letters (a to "
            "z), digits, '-', '_' or '.'. Results are kept without "
            "names; the trainer keeps the list of who is who"
        )
    return Candidate(code)
