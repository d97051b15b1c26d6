"""The matcher in use: which intents fit a question, and how likely the answer is right.

A linear model scores every intent, and groups of questions that the guidance does not answer, by
the words, pairs of words and runs of letters of the question, and by what its words mean (static
word vectors). What the scores are worth is said by a small calibrated model on top. How both are
learnt: ``training/``. Nothing here needs more than the standard library, and nothing but a few
thousand additions is done for a question.
"""

import math
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nlargest
from operator import mul
from typing import NamedTuple

from msgspec import Struct

from assistant.matching.asked import Asked, asked
from assistant.matching.normalise import features, telling
from assistant.matching.word_vectors import DIMENSIONS, the_word_vectors

# Only this many intents and groups of outside questions, best by words and letters, are scored by
# meaning too: the others cannot come first any more.
CANDIDATES = 70
OUTSIDE_CANDIDATES = 20
# The nearest texts of so many intents, and of so many groups of outside questions, are looked at
# one by one: of each so many are kept at most, spread evenly.
NEAR_INTENTS = 2
OUTSIDE_GROUPS = 4
MOST_LOOKED_AT = 20
NEIGHBOUR_DIMENSIONS = 128
SHOWN = 6
"""How many intents count as shown with an answer when its likelihood is reckoned; see
``answers/compose.py``."""


class Match(NamedTuple):
    """An intent and its likelihood, should the guidance answer the question at all."""

    intent: str
    likelihood: float


class Reading(NamedTuple):
    """What the matcher makes of a question.

    ``matches`` are intents, best first. ``confidence`` is the calibrated likelihood that an answer
    made of them is right.
    ``outside`` is the likelihood that the guidance does not answer, and ``nearest_outside`` the
    group of such questions that comes nearest (a section, or a reason). ``known`` is the share of
    telling words that have
    been seen.
    """

    matches: list[Match]
    confidence: float
    outside: float
    nearest_outside: str
    known: float


class Scored(NamedTuple):
    """The words of a question, their meaning (a vector of length 1, None where none has one), and
    the scores of the classes that may come first, by number."""

    found: list[str]
    meaning: list[float] | None
    scores: dict[int, float]


class Weights(Struct, frozen=True):
    """A sparse matrix, feature by column: ``features`` in order; the entries of feature n from
    ``starts[n]`` on. Read from a library, the parts are views of its bytes: nothing is copied.

    ``rarity`` (float32) says how much a feature counts, ``columns`` (uint16) and ``values`` (int16,
    times ``scale``) hold the entries. A column belongs to a class or, after those, to a family.
    """

    features: list[str]
    rarity: memoryview
    starts: memoryview
    columns: memoryview
    values: memoryview
    scale: float


class Neighbours(Struct, frozen=True):
    """Texts that training saw, by class: those of class n from ``starts[n]`` on, at most
    ``MOST_LOOKED_AT``, spread evenly.

    ``meanings`` holds ``NEIGHBOUR_DIMENSIONS`` signed bytes a text (its vector of length 1, times
    127), ``words`` (uint32) the rows of its telling words among the features, those of text n from
    ``word_starts[n]`` on.
    """

    starts: memoryview
    meanings: memoryview
    word_starts: memoryview
    words: memoryview

    def nearness(
        self,
        classes: Iterable[int],
        meaning: list[float] | None,
        rows: dict[int, float],
        rarity: "memoryview[float]",
    ) -> tuple[float, float]:
        """How near the nearest text of ``classes`` is: by meaning, and by telling words (cosines).

        ``rows`` holds the rarity of the question's telling words by their row among the features.
        """
        starts = self.starts.cast("I")
        meanings = self.meanings.cast("b")
        word_starts = self.word_starts.cast("I")
        all_words = self.words.cast("I")
        short = meaning[:NEIGHBOUR_DIMENSIONS] if meaning is not None else []
        own = math.sqrt(sum(value * value for value in rows.values()))
        by_meaning = by_words = 0.0
        for label in classes:
            for n in range(starts[label], starts[label + 1]):
                at = n * NEIGHBOUR_DIMENSIONS
                close = sum(map(mul, short, meanings[at : at + NEIGHBOUR_DIMENSIONS])) / 127
                by_meaning = max(by_meaning, close)
                shared = length = 0.0
                for row in all_words[word_starts[n] : word_starts[n + 1]]:
                    square = rarity[row] * rarity[row]
                    length += square
                    if row in rows:
                        shared += square
                if shared:
                    by_words = max(by_words, shared / (own * math.sqrt(length)))
        return by_meaning, by_words


class Matcher(Struct, frozen=True, dict=True):
    """A trained matcher. Classes are the intents and, after them, the groups of outside questions.

    ``sections`` holds the section of each intent and the name of each group; ``families`` the
    column of what each class shares with others of its kind; ``meanings`` the
    vector of each class (``DIMENSIONS`` signed bytes, times ``meanings_scale``); ``held`` the kinds
    of thing in the answer of each intent (the value of an ``Asked``); ``calibration`` the weights
    of the model on top, in the order of ``evidence``; ``unseen_rarity`` the weight of a word that
    training did not see.
    """

    intents: tuple[str, ...]
    sections: tuple[str, ...]
    families: tuple[int, ...]
    held: tuple[int, ...]
    weights: Weights
    meanings: memoryview
    meanings_scale: float
    unseen_rarity: float
    neighbours: Neighbours
    calibration: tuple[float, ...]

    def read(
        self,
        found: list[str],
        favoured: Mapping[str, float] | None = None,
        without: Collection[str] = (),
    ) -> Reading:
        """The intents that the words ``found`` of a question may mean, and how sure that is: as
        ``reading`` of ``scored``."""
        return self.reading(self.scored(found, favoured), without)

    def scored(self, found: list[str], favoured: Mapping[str, float] | None = None) -> Scored:
        """The classes that the words ``found`` of a question may mean, scored.

        ``favoured`` adds to the scores of some intents: those that a conversation has been about.
        """
        meaning = self._meaning(found)
        return Scored(found, meaning, self.scores(found, meaning, favoured or {}))

    def reading(self, scored: Scored, without: Collection[str] = ()) -> Reading:
        """What the scores of a question come to, and how sure that is.

        The intents ``without`` take no part, so that the likelihoods are those of the others.
        """
        found, meaning, scores = scored
        left_out = {self.number[intent] for intent in without}
        scores = {n: score for n, score in scores.items() if n not in left_out}
        likelihoods = softmax(scores)
        count = len(self.intents)
        order = sorted((n for n in scores if n < count), key=lambda n: (-likelihoods[n], n))
        groups = sorted((n for n in scores if n >= count), key=lambda n: (-likelihoods[n], n))
        outside = sum(likelihoods[n] for n in groups)
        known = self._known(found)
        best = [likelihoods[n] for n in order[:SHOWN]]
        confidence = 0.0
        if best:
            near = self._nearness(found, meaning, order[:NEAR_INTENTS])
            away = self._nearness(found, meaning, groups[:OUTSIDE_GROUPS])
            explained = self._explained(found, order[0])
            given = wanted(asked(found), Asked(self.held[order[0]]))
            figures = evidence(best, outside, known, *explained, *near, *away, *given)
            confidence = logistic(self.calibration, figures)
        inside = max(1.0 - outside, 1e-9)
        return Reading(
            [Match(self.intents[n], likelihoods[n] / inside) for n in order[:20]],
            confidence,
            outside,
            self.sections[groups[0]] if groups else "",
            known,
        )

    @cached_property
    def vocabulary(self) -> list[str]:
        """The words that training has seen."""
        return [name for name in self.weights.features if name[0] != "~" and " " not in name]

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each intent among the classes."""
        return {intent: n for n, intent in enumerate(self.intents)}

    def knows(self, word: str) -> bool:
        """Whether training has seen ``word``."""
        return self._rarity_of(word) is not None

    def rarity(self, word: str) -> float:
        """How rare ``word`` is among what people ask; the rarest is a word that training has not
        seen."""
        known = self._rarity_of(word)
        return self.unseen_rarity if known is None else known

    def reasons(self, found: list[str], intent: str, most: int = 8) -> list[tuple[str, float]]:
        """What in the words ``found`` speaks for ``intent``, strongest first: features, and
        ``(meaning)``."""
        n = self.number[intent]
        names = features(found)
        reasons = []
        for name in names:
            only = dict.fromkeys([name], names[name])
            for value, columns, values in self._rows(Counter(only), Counter(names)):
                weight = _entry(columns, values, n) + _entry(columns, values, self.families[n])
                if weight:
                    reasons.append((name, value * weight * self.weights.scale))
        meaning = self._meaning(found)
        if meaning is not None:
            vector = self.meanings.cast("b")[n * DIMENSIONS : (n + 1) * DIMENSIONS]
            reasons.append(("(meaning)", self.meanings_scale * sum(map(mul, meaning, vector))))
        return sorted(reasons, key=lambda reason: -reason[1])[:most]

    def scores(
        self, found: list[str], meaning: list[float] | None, favoured: Mapping[str, float]
    ) -> dict[int, float]:
        """The scores of the classes that may come first, by number, those of the intents
        ``favoured`` raised; none where no feature is known."""
        columns = [0.0] * (max(self.families, default=0) + 1)
        any_known = False
        for value, numbers, values in self._rows(features(found)):
            any_known = True
            for n, w in zip(numbers, values, strict=True):
                columns[n] += value * w
        if not any_known:
            return {}
        total = [own + columns[n] for own, n in zip(columns, self.families, strict=False)]
        for intent, extra in favoured.items():
            if intent in self.number:
                total[self.number[intent]] += extra / self.weights.scale
        count = len(self.intents)
        best = [
            *nlargest(CANDIDATES, range(count), key=total.__getitem__),
            *nlargest(OUTSIDE_CANDIDATES, range(count, len(total)), key=total.__getitem__),
        ]
        if meaning is None:
            return {n: total[n] * self.weights.scale for n in best}
        vectors = self.meanings.cast("b")
        scale = self.meanings_scale
        return {
            n: total[n] * self.weights.scale
            + scale * sum(map(mul, meaning, vectors[n * DIMENSIONS : (n + 1) * DIMENSIONS]))
            for n in best
        }

    def _rows(
        self, counts: Counter[str], whole: Counter[str] | None = None
    ) -> Iterator[tuple[float, memoryview, memoryview]]:
        """For each known feature of ``counts`` its value in the question's vector of length 1, and
        its entries.

        The length is that of ``whole``, where ``counts`` is only a part of the question.
        """
        rarity = self.weights.rarity.cast("f")
        starts = self.weights.starts.cast("I")
        columns = self.weights.columns.cast("H")
        values = self.weights.values.cast("h")
        length = 0.0
        rows = []
        for feature, count in (whole or counts).items():
            n = self._row(feature)
            if n is not None:
                value = rarity[n] * (1.0 + math.log(count))
                length += value * value
                if feature in counts:
                    rows.append((n, value))
        length = math.sqrt(length) or 1.0
        for n, value in rows:
            span = slice(starts[n], starts[n + 1])
            yield value / length, columns[span], values[span]

    def _row(self, feature: str) -> int | None:
        """The row of ``feature`` among the features, None where training has not seen it."""
        names = self.weights.features
        n = bisect_left(names, feature)
        return n if n < len(names) and names[n] == feature else None

    def _rarity_of(self, word: str) -> float | None:
        row = self._row(word)
        return None if row is None else float(self.weights.rarity.cast("f")[row])

    def _meaning(self, found: list[str]) -> list[float] | None:
        """The mean of the words' vectors, rare words before common ones, of length 1; None where
        none has one."""
        total = [0.0] * DIMENSIONS
        vectors = the_word_vectors()
        for word in found:
            vector: array[int] | None = vectors[word]
            if vector is not None:
                weight = self.rarity(word)
                total = [t + weight * x for t, x in zip(total, vector, strict=True)]
        length = math.sqrt(sum(x * x for x in total))
        return [x / length for x in total] if length else None

    def _nearness(
        self, found: list[str], meaning: list[float] | None, classes: list[int]
    ) -> tuple[float, float]:
        rarity = self.weights.rarity.cast("f")
        rows = {}
        for word in telling(found):
            row = self._row(word)
            if row is not None:
                rows[row] = rarity[row]
        return self.neighbours.nearness(classes, meaning, rows, rarity)

    def _explained(self, found: list[str], n: int) -> tuple[float, float]:
        """How far the telling words, weighed by rarity, speak for class ``n``: their share, and the
        rarity of the
        rarest that does not."""
        whole = explained = strangest = 0.0
        for word in dict.fromkeys(telling(found)):
            rarity = self.rarity(word)
            whole += rarity
            if self._speaks_for(word, n):
                explained += rarity
            else:
                strangest = max(strangest, rarity)
        return (explained / whole if whole else 0.0), strangest / self.unseen_rarity

    def _speaks_for(self, word: str, n: int) -> bool:
        row = self._row(word)
        if row is None:
            return False
        starts = self.weights.starts.cast("I")
        span = slice(starts[row], starts[row + 1])
        columns = self.weights.columns.cast("H")[span]
        values = self.weights.values.cast("h")[span]
        return max(_entry(columns, values, n), _entry(columns, values, self.families[n])) > 0

    def _known(self, found: list[str]) -> float:
        """The share of telling words that training has seen."""
        told = telling(found)
        return sum(self._rarity_of(word) is not None for word in told) / len(told) if told else 0.0


def _entry(columns: memoryview, values: memoryview, column: int) -> int:
    """The value in ``column`` of a sparse row, 0 where it has none."""
    at = bisect_left(columns, column)
    return values[at] if at < len(columns) and columns[at] == column else 0


def softmax(scores: dict[int, float]) -> dict[int, float]:
    """The likelihoods that belong to ``scores``; they sum to 1."""
    if not scores:
        return {}
    most = max(scores.values())
    raised = {n: math.exp(score - most) for n, score in scores.items()}
    total = sum(raised.values())
    return {n: value / total for n, value in raised.items()}


def evidence(
    best: Sequence[float],
    outside: float,
    known: float,
    explained: float,
    strangest: float,
    near_meaning: float,
    near_words: float,
    away_meaning: float,
    away_words: float,
    held: float,
    lacking: float,
) -> tuple[float, ...]:
    """What the confidence is reckoned from.

    The likelihood of the first intent, of all that are shown, and of a refusal (as log odds, so
    that the model on top is linear in them); the share of known words; how far the words speak for
    the first intent, and the rarest that does not; how near the nearest text of the first intents
    is, and the nearest outside question; whether a kind of thing that is asked for stands in the
    first intent's answer, and whether one does not.
    """
    return (
        log_odds(best[0]),
        log_odds(sum(best)),
        log_odds(outside),
        known,
        explained,
        strangest,
        near_meaning,
        near_words,
        away_meaning,
        away_words,
        held,
        lacking,
        1.0,
    )


def wanted(kinds: Asked, held: Asked) -> tuple[float, float]:
    """Whether an answer that holds ``held`` gives one of the ``kinds`` that are asked for, and
    whether it lacks one."""
    return float(bool(kinds & held)), float(bool(kinds & ~held))


def log_odds(likelihood: float) -> float:
    """The logarithm of the odds, for likelihoods kept away from 0 and 1."""
    kept = min(max(likelihood, 1e-4), 1 - 1e-4)
    return math.log(kept / (1 - kept))


def logistic(weights: Iterable[float], figures: Iterable[float]) -> float:
    """The logistic function of the weighted sum of ``figures``."""
    total = sum(w * f for w, f in zip(weights, figures, strict=True))
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, total))))
