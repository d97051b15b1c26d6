"""Where the headings of the known edition stand in a text: matched in order, with tolerance."""

from collections.abc import Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from rapidfuzz import fuzz, process

from assistant.guidance.model import Publication, Section
from assistant.upkeep.importing.wording import comparable, number_of

_ALIKE = 90
"""From this likeness of 100 on, two headings are the same in other print or with a word changed."""

_SAME_NUMBER = 4
_OTHER_NUMBER = -3
_MARKED = 5
_STANDS_ALONE = 2
_ENDED = -5


class KnownHeading(NamedTuple):
    """A heading of the known edition; ``level`` counts from 1, the title of the publication."""

    anchor: str
    title: str
    number: str
    level: int
    paragraphs: frozenset[str]

    @property
    def heading(self) -> str:
        """The heading with its number."""
        return f"{self.number} {self.title}" if self.number else self.title


class Span(NamedTuple):
    """A piece of the text that may be a heading: positions from ``start`` up to ``end``.

    ``form`` is its text as headings are compared; ``marked`` says that its format calls it a
    heading, ``alone`` that it stands by itself.
    """

    start: int
    end: int
    text: str
    form: str
    marked: bool = False
    alone: bool = True


class Match(NamedTuple):
    """A known heading found at a span; ``likeness`` is 100 where the words are the same."""

    known: int
    span: Span
    likeness: float


def known_headings(publication: Publication | None) -> list[KnownHeading]:
    """The headings of ``publication`` below its title, in order; none without a publication."""
    if publication is None:
        return []
    return [_known(section) for section in publication.sections[1:]]


def _known(section: Section) -> KnownHeading:
    numbers = (passage.paragraph for passage in section.passages if passage.paragraph)
    return KnownHeading(
        section.anchor,
        section.title,
        section.number or "",
        len(section.path) + 1,
        frozenset(n for n in numbers if "(" not in n and not n.startswith("list-")),
    )


def match_headings(known: Sequence[KnownHeading], spans: Sequence[Span]) -> list[Match]:
    """The best way to find the known headings among ``spans`` (in the order of their starts)
    without one before its predecessor: that with the greatest sum of likeness."""
    pairs = sorted(_pairs(known, spans), key=lambda pair: (pair[0].span.start, pair[0].span.end))
    best = _Best(len(known))
    values: list[tuple[float, int]] = []
    waiting: list[tuple[int, int]] = []
    before: list[int] = []
    for at, (match, value) in enumerate(pairs):
        while waiting and waiting[0][0] <= match.span.start:
            _, done = heappop(waiting)
            best.offer(pairs[done][0].known, values[done][0], done)
        total, earlier = best.below(match.known)
        values.append((total + value, at))
        before.append(earlier)
        heappush(waiting, (match.span.end, at))
    if not values:
        return []
    at = max(values)[1]
    chosen: list[Match] = []
    while at >= 0:
        chosen.append(pairs[at][0])
        at = before[at]
    return chosen[::-1]


def _pairs(known: Sequence[KnownHeading], spans: Sequence[Span]) -> list[tuple[Match, float]]:
    places: dict[str, list[int]] = {}
    longest = max((len(comparable(heading.title)) for heading in known), default=0) * 1.3
    for at, span in enumerate(spans):
        if span.form and len(span.form) <= longest:
            places.setdefault(span.form, []).append(at)
    pairs: list[tuple[Match, float]] = []
    for position, heading in enumerate(known):
        form = comparable(heading.title)
        for alike, likeness, _ in process.extract(
            form, list(places), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=8
        ):
            for at in places[alike]:
                match = Match(position, spans[at], 100.0 if alike == form else likeness)
                pairs.append((match, _value(heading, match)))
    return pairs


def _value(heading: KnownHeading, match: Match) -> float:
    number = number_of(match.span.text)
    value = match.likeness + (_MARKED if match.span.marked else 0)
    value += _STANDS_ALONE if match.span.alone else 0
    value += _ENDED if match.span.text.endswith((".", ";", ",")) else 0
    if heading.number and number:
        value += _SAME_NUMBER if heading.number == number else _OTHER_NUMBER
    return value


class _Best:
    """The greatest total offered below a position (a Fenwick tree of maxima)."""

    def __init__(self, size: int) -> None:
        self._tree = [(0.0, -1)] * (size + 1)

    def offer(self, position: int, total: float, what: int) -> None:
        at = position + 1
        while at < len(self._tree):
            self._tree[at] = max(self._tree[at], (total, what))
            at += at & -at

    def below(self, position: int) -> tuple[float, int]:
        best = (0.0, -1)
        at = position
        while at > 0:
            best = max(best, self._tree[at])
            at -= at & -at
        return best
