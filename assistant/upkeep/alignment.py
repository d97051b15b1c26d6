"""Two versions of a publication laid side by side: which section and which passage became which.

What is alike to the letter belongs together first; then what is most alike, with the neighbours
where likeness does not decide, as annotations are found again in a page that was edited. Nothing
here prefers one of the two sides: laid side by side the other way round, the same belongs together.
"""

import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

from assistant.guidance.model import Passage, Publication, Section
from assistant.guidance.wording import without_style

ALIKE_HEADING = 85.0
ALIKE_TEXT = 70.0
ALIKE_IN_PLACE = 50.0
"""How alike (0 to 100) headings are, texts are, and texts between the same neighbours are, of a
section that was renamed."""

REWORDED = 60.0
REWORDED_SAME_NUMBER = 35.0
REWORDED_ELSEWHERE = 80.0
"""How alike the wordings of one passage are: in its section, under its printed number, and where it
was moved to another section."""

HELD = 95.0
"""How alike a passage and a part of another are, of which one was shortened to the other."""

CUT = 90.0
"""How alike a passage and its pieces, put together again, are."""
_MOST_PIECES = 4
_SHORTEST_ELSEWHERE = 40
_SHORTEST_HELD = 20


class Line(NamedTuple):
    """A passage in its publication: the position of its section, its own position counted over the
    whole publication, and its words without printed number and style."""

    section: int
    place: int
    passage: Passage
    words: str


class Match(NamedTuple):
    """The places of passages that belong together: one and one; one and its pieces; one that is
    gone, or new."""

    before: tuple[int, ...]
    after: tuple[int, ...]


class Alignment(NamedTuple):
    """Which sections (position to position) and which passages became which."""

    sections: dict[int, int]
    before: list[Line]
    after: list[Line]
    matches: list[Match]


_Cost = tuple[float, ...]
_Candidate = tuple[_Cost, tuple[int, ...], tuple[int, ...]]


def align(before: Publication, after: Publication) -> Alignment:
    """The sections and passages of two versions of a publication, side by side."""
    sections = _align_sections(before.sections, after.sections)
    old, new = _lines(before), _lines(after)
    return Alignment(sections, old, new, _align_passages(old, new, sections))


@lru_cache(maxsize=8192)
def words_of(passage: Passage) -> str:
    """The words of a passage without the number that is printed before them, and without style."""
    text = without_style(passage.text)
    if passage.paragraph is None:
        return text
    printed = passage.paragraph
    if printed.startswith("note-"):
        printed = f"Note {printed.removeprefix('note-')}:"
    return text.removeprefix(printed + " ")


def out_of_order(
    pairs: Sequence[tuple[int, int]], words: Callable[[int, int], tuple[str, str]]
) -> set[int]:
    """The positions in ``pairs`` (sorted by the first of each) of those that must have moved for
    the others to be in order: as few as can be, then those with the fewest ``words``."""
    if all(one[1] < other[1] for one, other in pairwise(pairs)):
        return set()
    weights = [_weight(*words(*pair)) for pair in pairs]
    best: list[tuple[int, int]] = []
    came_from: list[int] = []
    for n, (_, second) in enumerate(pairs):
        total, previous = (1, weights[n]), -1
        for earlier in range(n):
            if pairs[earlier][1] < second:
                longer = (best[earlier][0] + 1, best[earlier][1] + weights[n])
                if longer > total:
                    total, previous = longer, earlier
        best.append(total)
        came_from.append(previous)
    at = max(range(len(pairs)), key=best.__getitem__)
    moved = set(range(len(pairs)))
    while at >= 0:
        moved.discard(at)
        at = came_from[at]
    return moved


def _weight(one: str, other: str) -> int:
    """What an aligned pair weighs: by its length, and, of the same length, by its words, so that
    the same one counts as moved whichever side comes first."""
    checksum = zlib.crc32("\n".join(sorted((one, other))).encode())
    return (len(one) + len(other)) << 32 | checksum


def _lines(publication: Publication) -> list[Line]:
    lines: list[Line] = []
    for position, section in enumerate(publication.sections):
        for passage in section.passages:
            lines.append(Line(position, len(lines), passage, words_of(passage)))
    return lines


def _take(candidates: Iterable[_Candidate]) -> list[Match]:
    """The cheapest candidates of which no two share a place."""
    used: tuple[set[int], set[int]] = (set(), set())
    taken: list[Match] = []
    for _, before, after in sorted(candidates):
        if used[0].isdisjoint(before) and used[1].isdisjoint(after):
            used[0].update(before)
            used[1].update(after)
            taken.append(Match(before, after))
    return taken


def _distance(one: int, other: int) -> _Cost:
    return abs(one - other), one + other


def _align_sections(before: Sequence[Section], after: Sequence[Section]) -> dict[int, int]:
    places = {section.anchor: n for n, section in enumerate(after)}
    found = {
        n: places[section.anchor] for n, section in enumerate(before) if section.anchor in places
    }
    left, right = _unmatched(len(before), len(after), found)
    if not left or not right:
        return found
    texts = {
        (side, n): " ".join(words_of(passage) for passage in sections[n].passages)
        for side, sections, positions in ((0, before, left), (1, after, right))
        for n in positions
    }
    ends = (len(before), len(after))
    likely: list[_Candidate] = []
    for n in left:
        for m in right:
            text, other = texts[0, n], texts[1, m]
            heading = _likeness(before[n].title.lower(), after[m].title.lower())
            body = _likeness(text, other) if text and other else 0.0
            if (heading >= ALIKE_HEADING and (body or not (text and other))) or body >= ALIKE_TEXT:
                near = _neighbours(n, m, found, ends)
                likely.append(((-max(heading, body), -near, *_distance(n, m)), (n,), (m,)))
    found |= {match.before[0]: match.after[0] for match in _take(likely)}
    left, right = _unmatched(len(before), len(after), found)
    # A heading with nothing of its own to compare is known by what stands before and after it.
    in_place: list[_Candidate] = []
    for n in left:
        for m in right:
            text, other = texts[0, n], texts[1, m]
            alike = _likeness(text, other) if text or other else 100.0
            if _neighbours(n, m, found, ends) == 2 and alike >= ALIKE_IN_PLACE:
                in_place.append(((-alike, *_distance(n, m)), (n,), (m,)))
    return found | {match.before[0]: match.after[0] for match in _take(in_place)}


def _likeness(one: str, other: str) -> float:
    return fuzz.ratio(one, other)


def _unmatched(before: int, after: int, found: Mapping[int, int]) -> tuple[list[int], list[int]]:
    taken = set(found.values())
    return (
        [n for n in range(before) if n not in found],
        [m for m in range(after) if m not in taken],
    )


def _neighbours(n: int, m: int, found: Mapping[int, int], ends: tuple[int, int]) -> int:
    """How many of the two neighbours of ``n`` became the neighbours of ``m``; the beginning and the
    end count."""
    return sum(
        found.get(n + step) == m + step if 0 <= n + step < ends[0] else not 0 <= m + step < ends[1]
        for step in (-1, 1)
    )


class _Passages:
    """What of two lists of passages has been matched so far."""

    def __init__(self, before: list[Line], after: list[Line]) -> None:
        self.before, self.after = before, after
        self.matches: list[Match] = []
        self.left = set(range(len(before)))
        self.right = set(range(len(after)))
        self.single: dict[int, int] = {}

    def take(self, candidates: Iterable[_Candidate]) -> None:
        """Match the cheapest candidates."""
        for match in _take(candidates):
            self.matches.append(match)
            self.left.difference_update(match.before)
            self.right.difference_update(match.after)
            if len(match.before) == len(match.after) == 1:
                self.single[match.before[0]] = match.after[0]

    def cost(self, n: int, m: int) -> _Cost:
        """What decides between pairs that are equally alike: the printed number, the neighbours,
        the distance."""
        same = self.before[n].passage.paragraph == self.after[m].passage.paragraph
        ends = (len(self.before), len(self.after))
        return (not same, -_neighbours(n, m, self.single, ends), *_distance(n, m))


def _align_passages(
    before: list[Line], after: list[Line], sections: Mapping[int, int]
) -> list[Match]:
    passages = _Passages(before, after)
    passages.take(_identical(passages, sections))
    passages.take(_identical(passages, None))
    for left, right in _by_section(passages, sections):
        passages.take(_pieces(passages, left, right))
    for left, right in _by_section(passages, sections):
        passages.take(_alike(passages, left, right, REWORDED, REWORDED_SAME_NUMBER, True))
    left, right = (
        [n for n in sorted(side) if len(lines[n].words) >= _SHORTEST_ELSEWHERE]
        for side, lines in ((passages.left, before), (passages.right, after))
    )
    passages.take(_alike(passages, left, right, REWORDED_ELSEWHERE, REWORDED_ELSEWHERE, False))
    gone = [Match((n,), ()) for n in sorted(passages.left)]
    new = [Match((), (m,)) for m in sorted(passages.right)]
    return sorted(passages.matches) + gone + new


def _identical(passages: _Passages, sections: Mapping[int, int] | None) -> Iterator[_Candidate]:
    """Pairs with the same words, within their section where ``sections`` says which became
    which."""
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for m in passages.right:
        line = passages.after[m]
        groups[line.section if sections is not None else -1, line.words].append(m)
    for n in passages.left:
        line = passages.before[n]
        section = -1 if sections is None else sections.get(line.section, -2)
        for m in groups.get((section, line.words), ()):
            # Within a section two of the same words keep their order, wherever the section is.
            yield passages.cost(n, m), (n,), (m,)


def _by_section(
    passages: _Passages, sections: Mapping[int, int]
) -> Iterator[tuple[list[int], list[int]]]:
    """What is not matched yet, section by section."""
    groups: dict[int, list[int]] = defaultdict(list)
    for m in sorted(passages.right):
        groups[passages.after[m].section].append(m)
    lefts: dict[int, list[int]] = defaultdict(list)
    for n in sorted(passages.left):
        lefts[passages.before[n].section].append(n)
    for section, left in lefts.items():
        right = groups.get(sections.get(section, -1))
        if right:
            yield left, right


def _pieces(passages: _Passages, left: list[int], right: list[int]) -> Iterator[_Candidate]:
    """Passages that were cut in pieces, and pieces that were joined."""
    before, after = passages.before, passages.after
    for n in left:
        for run in _runs(right):
            alike = _together(before[n].words, [after[m].words for m in run])
            if alike >= CUT:
                yield (-alike, *_distance(n, run[0])), (n,), run
    for m in right:
        for run in _runs(left):
            alike = _together(after[m].words, [before[n].words for n in run])
            if alike >= CUT:
                yield (-alike, *_distance(run[0], m)), run, (m,)


def _runs(places: Collection[int]) -> Iterator[tuple[int, ...]]:
    """Two or more of ``places`` that follow one another without a gap."""
    known = set(places)
    for start in places:
        run = [start]
        while run[-1] + 1 in known and len(run) < _MOST_PIECES:
            run.append(run[-1] + 1)
            yield tuple(run)


def _together(whole: str, pieces: list[str]) -> float:
    """How alike ``whole`` is to all its ``pieces``; 0 where one of them is no part of it, or is as
    alike alone."""
    length = sum(map(len, pieces)) + len(pieces) - 1
    if abs(length - len(whole)) > (100 - CUT) / 100 * (length + len(whole)):
        return 0.0
    alike = fuzz.ratio(whole, " ".join(pieces), score_cutoff=CUT)
    if not alike or any(fuzz.ratio(whole, piece) >= alike for piece in pieces):
        return 0.0
    return alike if all(fuzz.partial_ratio(piece, whole) >= CUT - 10 for piece in pieces) else 0.0


def _alike(
    passages: _Passages,
    left: list[int],
    right: list[int],
    least: float,
    same_number: float,
    one_section: bool,
) -> Iterator[_Candidate]:
    """Pairs that are alike enough: ``least``, or ``same_number`` for those with the same printed
    number; in ``one_section`` also those of which one holds the other."""
    for n in left:
        one = passages.before[n]
        for m in right:
            other = passages.after[m]
            numbered = one.passage.paragraph is not None
            same = numbered and one.passage.paragraph == other.passage.paragraph
            wanted = same_number if same else least
            alike = fuzz.ratio(one.words, other.words, score_cutoff=wanted)
            if not alike and one_section and _held(one.words, other.words):
                alike = wanted
            if alike:
                yield (-alike, *passages.cost(n, m)), (n,), (m,)


def _held(one: str, other: str) -> bool:
    """Whether the shorter of two texts stands in the longer one."""
    return (
        min(len(one), len(other)) >= _SHORTEST_HELD
        and fuzz.partial_ratio(one, other, score_cutoff=HELD) > 0
    )
