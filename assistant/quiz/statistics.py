"""What many attempts say about the items: how hard they are, and whether they tell who knows.

Pure sums over tallies: how many answers to an item came to a share of the mark, in attempts that
came to the same in all. Answers that agree in that are alike for every figure here, so 200,000 of
them are a few thousand tallies.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

GROUP = 0.27
"""The share of attempts in the upper and in the lower group. Kelley (1939), The selection of upper
and lower groups for the validation of test items, Journal of Educational Psychology 30: with 27 %
in each the difference between them is surest."""

_DIGITS = 9
"""Sums of thirds are equal up to here; beyond, only the order of adding differs."""


class Tally(NamedTuple):
    """``times`` answers to ``item`` (of ``topic``, in the wording ``fingerprint``) that came to
    ``share`` each, in attempts of ``answers`` marked answers that came to ``points`` together."""

    item: str
    topic: str
    fingerprint: str
    share: float
    points: float
    answers: int
    times: int

    @property
    def score(self) -> float:
        """The mean share in its attempt, from 0 to 1."""
        return round(self.points / self.answers, _DIGITS)

    @property
    def rest(self) -> float:
        """The mean share of the other answers in its attempt; there must be others."""
        return round((self.points - self.share) / (self.answers - 1), _DIGITS)


class ItemFigures(NamedTuple):
    """An item in ``answers`` answers. ``discrimination`` and ``correlation`` lie between -1 and 1,
    and are None where they cannot be told."""

    item: str
    topic: str
    answers: int
    facility: float
    discrimination: float | None
    correlation: float | None


class TopicFigures(NamedTuple):
    """A topic in ``answers`` answers to ``items`` items."""

    topic: str
    items: int
    answers: int
    facility: float


class AttemptFigures(NamedTuple):
    """How many attempts there are: begun, ended, and of those with a pass mark passed and failed;
    by how many candidate codes; and the mean score of those that ended, None where none did."""

    begun: int
    ended: int
    passed: int
    failed: int
    candidates: int
    mean_score: float | None


def item_figures(tallies: Iterable[Tally]) -> list[ItemFigures]:
    """The figures of every item, in the order of topics and items."""
    found = []
    for (topic, item), some in sorted(_by(tallies, "topic", "item").items()):
        found.append(
            ItemFigures(
                item,
                topic,
                sum(tally.times for tally in some),
                facility(some),
                discrimination(some),
                correlation(some),
            )
        )
    return found


def topic_figures(tallies: Iterable[Tally]) -> list[TopicFigures]:
    """The figures of every topic, the weakest first."""
    found = [
        TopicFigures(
            topic,
            len({tally.item for tally in some}),
            sum(tally.times for tally in some),
            facility(some),
        )
        for (topic,), some in _by(tallies, "topic").items()
    ]
    return sorted(found, key=lambda one: (one.facility, one.topic))


def worded_as_now(tallies: Iterable[Tally], fingerprints: Mapping[str, str]) -> list[Tally]:
    """The tallies of answers to items as they are worded now: what was said to another wording says
    nothing about this one."""
    return [tally for tally in tallies if fingerprints.get(tally.item) == tally.fingerprint]


def facility(tallies: Sequence[Tally]) -> float:
    """The mean share of the mark, from 0 (nobody knows) to 1 (everybody does).

    Lord and Novick (1968), Statistical theories of mental test scores, chapter 15: the item
    difficulty index, with parts of a mark counted as such.
    """
    return math.fsum(t.share * t.times for t in tallies) / sum(t.times for t in tallies)


def discrimination(tallies: Sequence[Tally]) -> float | None:
    """The facility among the best 27 % of the attempts less that among the worst.

    Johnson (1951), Notes on a suggested index of item validity: the U-L index, Journal of
    Educational Psychology 42. The groups are 27 % of the attempts that the item was answered in,
    rounded to a whole number; where several attempts with the same score reach across a group's
    border, each of them counts in part. None below two attempts, or where all scores are equal.
    """
    number = sum(tally.times for tally in tallies)
    size = max(1, math.floor(GROUP * number + 0.5))
    scores = {tally.score for tally in tallies}
    if number < 2 or len(scores) < 2:
        return None
    ranked = sorted(_by_score(tallies).items())
    return _mean_of_first(ranked[::-1], size) - _mean_of_first(ranked, size)


def _by_score(tallies: Iterable[Tally]) -> dict[float, tuple[int, float]]:
    """How many answers there are at each score, and the sum of their shares."""
    found: dict[float, tuple[int, float]] = {}
    for tally in tallies:
        count, points = found.get(tally.score, (0, 0.0))
        found[tally.score] = count + tally.times, points + tally.share * tally.times
    return found


def _mean_of_first(ranked: Iterable[tuple[float, tuple[int, float]]], size: int) -> float:
    left, points = float(size), 0.0
    for _, (count, some) in ranked:
        taken = min(left, count)
        points += some * taken / count
        left -= taken
        if not left:
            break
    return points / size


def correlation(tallies: Sequence[Tally]) -> float | None:
    """The point-biserial correlation of the item with the rest of its attempts, without the item
    itself.

    Henrysson (1963), Correction of item-total correlations in item analysis, Psychometrika 28:
    Pearson's correlation between the share of the mark and the score in all other items; as papers
    may differ in length, the score is the mean share. None where either is the same throughout.
    """
    pairs = [(tally.share, tally.rest, tally.times) for tally in tallies if tally.answers > 1]
    number = sum(count for _, _, count in pairs)
    if number < 2:
        return None
    mean_share = math.fsum(share * count for share, _, count in pairs) / number
    mean_rest = math.fsum(rest * count for _, rest, count in pairs) / number
    both = math.fsum((s - mean_share) * (r - mean_rest) * count for s, r, count in pairs)
    of_share = math.fsum((share - mean_share) ** 2 * count for share, _, count in pairs)
    of_rest = math.fsum((rest - mean_rest) ** 2 * count for _, rest, count in pairs)
    spread = math.sqrt(of_share * of_rest)
    return max(-1.0, min(1.0, both / spread)) if spread > 10**-_DIGITS else None


def _by(tallies: Iterable[Tally], *fields: str) -> dict[tuple[str, ...], list[Tally]]:
    groups: dict[tuple[str, ...], list[Tally]] = {}
    for tally in tallies:
        groups.setdefault(tuple(getattr(tally, field) for field in fields), []).append(tally)
    return groups
