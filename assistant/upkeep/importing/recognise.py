"""Which publication a text is: by its title, and by the headings that it has in common."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from assistant.guidance.model import Publication
from assistant.upkeep.importing.headings import Match, Span, known_headings, match_headings
from assistant.upkeep.importing.limits import Refused
from assistant.upkeep.importing.wording import comparable

_TITLE_ALIKE = 92
_FIRST_SPANS = 120
_SOME_HEADINGS = 0.3
_MOST_HEADINGS = 0.6
_LONG_TITLE = 5
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REMARK = re.compile(r"\s*\([^()]*\)$")


class Recognised(NamedTuple):
    """What a text was recognised as, and by what (``title``, ``headings`` or ``id``).

    ``publication`` is None for one that is new. ``title`` is where the title is printed, if it is.
    """

    id: str
    publication: Publication | None
    by: str
    title: Span | None
    matches: tuple[Match, ...]


def check_id(name: str) -> str:
    """``name`` where it is an id (small letters, digits and hyphens); else raises Refused."""
    if not _ID.fullmatch(name) or len(name) > 80:
        raise Refused(
            "an id is made of small letters, digits and hyphens, such as app-international"
        )
    return name


def recognise(
    spans: Sequence[Span],
    titles: Sequence[str],
    publications: Sequence[Publication],
    named: str | None,
) -> Recognised:
    """The publication that the text with these ``spans`` is, of those known.

    ``titles`` are what its format names as its title; ``named`` is the id that the user gives.
    Raises Refused where it is none of them and no id is given.
    """
    if named is not None:
        known = next((p for p in publications if p.id == named), None)
        if known is None:
            return Recognised(named, None, "id", _first_line(spans), ())
        found, _ = _compared(known, spans, titles)
        return found._replace(by="id")
    best: tuple[float, Recognised] | None = None
    for publication in publications:
        found, share = _compared(publication, spans, titles)
        is_long = len(publication.about.title.split()) >= _LONG_TITLE
        by_title = found.by == "title" and (is_long or share >= _SOME_HEADINGS)
        if not by_title and share < _MOST_HEADINGS:
            continue
        if best is None or share + by_title > best[0]:
            best = share + by_title, found
    if best is None:
        raise Refused(
            "no publication of the library has this title or these headings; "
            "say which it is, or what a new one is to be called, with --as ID"
        )
    return best[1]


def _compared(
    publication: Publication, spans: Sequence[Span], titles: Sequence[str]
) -> tuple[Recognised, float]:
    known = known_headings(publication)
    title = _title_at(publication.about.title, spans)
    rest = [span for span in spans if title is None or span.start >= title.end]
    matches = match_headings(known, rest)
    named = any(_same_title(publication.about.title, text) for text in titles)
    by = "title" if title is not None or named else "headings"
    share = len(matches) / len(known) if known else 0.0
    return Recognised(publication.id, publication, by, title, tuple(matches)), share


def _title_at(title: str, spans: Sequence[Span]) -> Span | None:
    """That of the opening spans which is most like ``title``, and of those alike the first."""
    alike = [(_likeness(title, span.text), span) for span in spans[:_FIRST_SPANS]]
    same = [(likeness, span) for likeness, span in alike if likeness >= _TITLE_ALIKE]
    return max(same, key=lambda one: (one[0], -one[1].start))[1] if same else None


def _same_title(title: str, text: str) -> bool:
    return _likeness(title, text) >= _TITLE_ALIKE


def _likeness(title: str, text: str) -> float:
    """How like ``title`` a text is, of 100; a remark in brackets behind it counts little."""
    wanted = comparable(title)
    whole = fuzz.ratio(comparable(text), wanted)
    bare = fuzz.ratio(comparable(_REMARK.sub("", text)), wanted)
    return max(whole, bare - 0.5)


def _first_line(spans: Sequence[Span]) -> Span | None:
    return min(spans, key=lambda span: (not span.marked, span.start, span.end), default=None)
