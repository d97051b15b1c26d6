"""Fingerprints: whether a text, or what it was reviewed against, is still what it was."""

import hashlib
from collections.abc import Iterable

from assistant.guidance.citations import Citation
from assistant.guidance.model import Guidance
from assistant.guidance.wording import without_style

LENGTH = 16
"""How many hexadecimal digits a fingerprint has: 64 bits, ample to tell wordings apart."""


def digest(*parts: bytes) -> str:
    """The first digits of the SHA-256 over ``parts``, one after the other."""
    return hashlib.sha256(b"".join(parts)).hexdigest()[:LENGTH]


def fingerprint(guidance: Guidance, cites: Iterable[str]) -> str:
    """The fingerprint of the passages that ``cites`` name, in order.

    The style of spaces, quotation marks and dashes does not count, and neither does the machine.
    Raises CitationError for a citation that leads nowhere.
    """
    parts: list[bytes] = []
    for text in cites:
        place = guidance.resolve(Citation.parse(text))
        passages = (place.passage,) if place.passage else place.section.passages
        for passage in passages:
            parts.append(without_style(passage.text).encode() + b"\n")
        parts.append(b"\n")
    return digest(*parts)
