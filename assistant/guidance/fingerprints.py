"""Fingerprints of passages: whether what a text was reviewed against is still what it was."""

import hashlib
from collections.abc import Iterable

from assistant.guidance.citations import Citation
from assistant.guidance.model import Guidance
from assistant.guidance.wording import without_style

LENGTH = 16
"""How many hexadecimal digits a fingerprint has."""


def fingerprint(guidance: Guidance, cites: Iterable[str]) -> str:
    """The first digits of the SHA-256 over the passages that ``cites`` name, in order.

    The style of spaces, quotation marks and dashes does not count, and neither does the machine.
    Raises CitationError for a citation that leads nowhere.
    """
    total = hashlib.sha256()
    for text in cites:
        place = guidance.resolve(Citation.parse(text))
        passages = (place.passage,) if place.passage else place.section.passages
        for passage in passages:
            total.update(without_style(passage.text).encode() + b"\n")
        total.update(b"\n")
    return total.hexdigest()[:LENGTH]
