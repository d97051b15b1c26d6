"""Whom to call: the desks that an answer names, with their numbers, hours, and whether they are
open now."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from functools import lru_cache

from assistant.guidance.citations import Citation
from assistant.guidance.model import Contact, Guidance, Opening, Status


def desks(guidance: Guidance, citations: Iterable[str], answer: str) -> Iterator[Contact]:
    """The contacts with a number that ``answer`` prints and that its sections name; none from a
    historical source."""
    sections = _sections(tuple(citations))
    for contact in guidance.contacts:
        if contact.status is Status.HISTORICAL or not _sections(contact.citations) & sections:
            continue
        if any(number in answer for number in (*contact.telephone, *contact.email)):
            yield contact


@lru_cache(maxsize=4096)
def _sections(citations: tuple[str, ...]) -> frozenset[str]:
    """The sections that ``citations`` lead to. Kept: every answer asks it of every contact."""
    return frozenset(Citation.parse(text).whole_section for text in citations)


def in_words(contact: Contact, now: datetime) -> str:
    """A desk in one line: its name, hours, whether it is open at ``now``, and what to be careful
    about."""
    parts = [contact.name]
    if contact.hours:
        parts.append(contact.hours)
    if contact.open is not None:
        parts.append("open now" if is_open(contact.open, now) else "closed now")
    line = "; ".join(parts) + "."
    return f"{line} {contact.caution}" if contact.caution else line


def is_open(opening: Opening, now: datetime) -> bool:
    """Whether a desk is open at ``now``, local time; the end of its hours is outside them."""
    if opening.always or opening.daily is None:
        return opening.always
    start, end = (time.fromisoformat(text) for text in opening.daily)
    return start <= now.time() < end
