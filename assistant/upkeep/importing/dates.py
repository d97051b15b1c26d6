"""What a text says of its own edition: dates, version, licence."""

import re
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from assistant.upkeep.importing.elements import Reading

_FIRST_LINES = 60
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DATE = r"(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+(" + "|".join(_MONTHS) + r")\s+(\d{4})"
_ISO = r"(\d{4})-(\d{2})-(\d{2})"
_PUBLISHED = (
    r"(?:first\s+)?published(?:\s+for\s+[^.]{1,60}?)?(?:\s+on)?:?\s+",
    r"\bissued(?:\s+on)?:?\s+",
    r"\bapproved\s+(?:the\s+document\s+)?on\s+",
)
_UPDATED = (r"(?:last\s+)?(?:updated|revised)(?:\s+on)?:?\s+",)
_REVIEW = (r"(?:next\s+)?review\s+(?:date|due|by):?\s+",)
_VERSION = re.compile(r"\bversion:?\s+(\d+(?:\.\d+)*)\b", re.IGNORECASE)
_LICENCE = re.compile(r"Open Government Licence(?:\s+v(?:ersion\s+)?\d(?:\.\d)?)?", re.IGNORECASE)


class EditionFacts(Struct, frozen=True):
    """What a text says of its own edition; None where it says nothing."""

    published: date | None = None
    updated: date | None = None
    review: date | None = None
    version: str | None = None
    licence: str | None = None


def edition_facts(reading: Reading, lines: Sequence[str]) -> EditionFacts:
    """What the first of ``lines``, and the format of ``reading`` itself, say of the edition."""
    first = [line for line in lines if line][:_FIRST_LINES]
    text = "\n".join(first)
    alone = (re.fullmatch(_DATE, line.strip(" *"), re.IGNORECASE) for line in first)
    printed = next((_date(match) for match in alone if match), None)
    version = _VERSION.search(text)
    licence = _LICENCE.search(reading.licence or reading.printed)
    return EditionFacts(
        published=_iso(reading.published) or _after(_PUBLISHED, text) or printed,
        updated=_iso(reading.updated) or _after(_UPDATED, text),
        review=_after(_REVIEW, text),
        version=version[1] if version else None,
        licence=" ".join(licence[0].split()) if licence else None,
    )


def _after(leads: Sequence[str], text: str) -> date | None:
    for lead in leads:
        for match in re.finditer(lead + _DATE, text, re.IGNORECASE):
            found = _date(match)
            if found is not None:
                return found
    return None


def _date(match: re.Match[str]) -> date | None:
    day, month, year = match.groups()
    try:
        return date(int(year), _MONTHS.index(month.lower()) + 1, int(day))
    except ValueError:
        return None


def _iso(text: str) -> date | None:
    match = re.match(_ISO, text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
