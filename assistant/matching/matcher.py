"""The matcher: which intents fit a question, and how likely the best one is right.

Every intent is the mean of its utterances as TF-IDF vectors over words, pairs of words and runs of
letters; a question is compared with each. How sure the result is comes from a logistic model over a
few comparable figures, fitted when the library is compiled on utterances left out of their own
intent's
mean.
"""

import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from assistant.matching.intents import Questions
from assistant.matching.normalise import features, telling, words

# How much runs of letters and pairs of words count beside single words.
_GRAM_WEIGHT = 0.45
_PAIR_WEIGHT = 0.6
# The title and the answer stand beside the utterances as one more, lighter, way to put it.
_ANSWER_WEIGHT = 0.35
# How many utterances, and how many outside questions, the likelihood is fitted on.
_CALIBRATED_ON = 300
# The share of questions that the guidance does not answer, in use; nobody has counted it yet.
_OUTSIDE_SHARE = 0.25

T = TypeVar("T")

Step = Callable[[int, int], None]


class Match(NamedTuple):
    """An intent and how near it is to the question (cosine, 0 to 1)."""

    intent: str
    nearness: float


class Reading(NamedTuple):
    """What the matcher makes of a question: intents, best first, and the likelihood that the best
    is right."""

    matches: list[Match]
    confidence: float
    outside: float
    known: float


class _Example(NamedTuple):
    """What was reckoned for a text, whether the best section was right, and how much the example
    counts."""

    figures: tuple[float, ...]
    right: bool
    weight: float


class _Vectors(Struct, frozen=True):
    """Vectors by feature: ``postings`` maps a feature to packed vector numbers and weights."""

    count: int
    postings: dict[str, bytes]

    def nearness(self, question: dict[str, float]) -> list[float]:
        """The dot product of ``question`` with every vector."""
        total = [0.0] * self.count
        for feature, weight in question.items():
            packed = self.postings.get(feature)
            if packed is not None:
                numbers, weights = _unpack(packed)
                for number, other in zip(numbers, weights, strict=True):
                    total[number] += weight * other
        return total


def _pack(pairs: list[tuple[int, float]]) -> bytes:
    return array("H", [n for n, _ in pairs]).tobytes() + array("f", [w for _, w in pairs]).tobytes()


def _unpack(packed: bytes) -> "tuple[array[int], array[float]]":
    count = len(packed) // 6
    numbers, weights = array("H"), array("f")
    numbers.frombytes(packed[: 2 * count])
    weights.frombytes(packed[2 * count :])
    return numbers, weights


class Matcher(Struct, frozen=True):
    """A trained matcher. ``calibration`` holds the weights of the logistic model, the constant
    last."""

    intents: tuple[str, ...]
    sections: tuple[str, ...]
    rarity: dict[str, float]
    means: _Vectors
    outside: _Vectors
    calibration: tuple[float, ...]

    def read(self, text: str) -> Reading:
        """The intents that ``text`` may mean, and how sure that is."""
        vector = _vector(features(text), self.rarity)
        near = self.means.nearness(vector)
        order = sorted(range(len(near)), key=lambda n: (-near[n], n))
        outside = max(self.outside.nearness(vector), default=0.0)
        known = self._known(text)
        figures = self._figures(near, order, outside, known)
        matches = [Match(self.intents[n], near[n]) for n in order[:20] if near[n] > 0]
        return Reading(
            matches, _logistic(self.calibration, figures) if matches else 0.0, outside, known
        )

    def _figures(
        self, near: list[float], order: list[int], outside: float, known: float
    ) -> tuple[float, ...]:
        """What the likelihood is reckoned from: the best, how far the next section is behind,
        ..."""
        best = order[0]
        other = next((n for n in order[:20] if self.sections[n] != self.sections[best]), None)
        margin = near[best] - (near[other] if other is not None else 0.0)
        return (near[best], margin, near[best] - outside, outside, known, 1.0)

    def _known(self, text: str) -> float:
        """The share of telling words that some utterance or answer holds."""
        found = telling(words(text))
        return sum(word in self.rarity for word in found) / len(found) if found else 0.0


def _vector(counts: Counter[str], rarity: dict[str, float]) -> dict[str, float]:
    """The TF-IDF vector of length 1 of the features in ``counts`` that ``rarity`` knows."""
    vector = {}
    for feature, count in counts.items():
        weight = rarity.get(feature)
        if weight is not None:
            vector[feature] = weight * (1.0 + math.log(count))
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {feature: weight / length for feature, weight in vector.items()} if length else {}


def _logistic(weights: Iterable[float], figures: Iterable[float]) -> float:
    return 1.0 / (1.0 + math.exp(-sum(w * f for w, f in zip(weights, figures, strict=True))))


def train(questions: Questions, step: Step) -> Matcher:
    """A matcher for ``questions``; ``step`` is told how many intents of how many are done. The same
    questions
    give the same matcher."""
    texts = [
        [text for voice in sorted(intent.utterances) for text in intent.utterances[voice]]
        for intent in questions.intents
    ]
    counts = [[features(text) for text in utterances] for utterances in texts]
    about = [features(f"{intent.title}\n{intent.answer}") for intent in questions.intents]
    outside = [features(question.text) for question in questions.outside]
    rarity = _rarity([*(c for group in counts for c in group), *outside], about)

    sums: list[dict[str, float]] = []
    vectors: list[list[dict[str, float]]] = []
    for number, group in enumerate(counts):
        own = [_vector(c, rarity) for c in group]
        total: dict[str, float] = {}
        for vector, share in [
            *((v, 1.0) for v in own),
            (_vector(about[number], rarity), _ANSWER_WEIGHT * len(own)),
        ]:
            for feature, weight in vector.items():
                total[feature] = total.get(feature, 0.0) + share * weight
        sums.append(total)
        vectors.append(own)
        step(number + 1, len(counts))
    means = _inverted([_scaled(total) for total in sums])
    outside_vectors = [_vector(c, rarity) for c in outside]
    matcher = Matcher(
        intents=tuple(intent.id for intent in questions.intents),
        sections=tuple(intent.section for intent in questions.intents),
        rarity=rarity,
        means=means,
        outside=_inverted(outside_vectors),
        calibration=(),
    )
    outside_texts = [question.text for question in questions.outside]
    examples = _examples(matcher, vectors, sums, texts, outside_vectors, outside_texts)
    return replace(matcher, calibration=_fit(examples))


def _rarity(counted: list[Counter[str]], about: list[Counter[str]]) -> dict[str, float]:
    """The inverse frequency of every feature of the utterances; runs of letters only where two
    texts share them."""
    frequency: Counter[str] = Counter()
    for counts in (*counted, *about):
        frequency.update(counts.keys())
    total = len(counted) + len(about)
    rarity = {}
    for feature in sorted(frequency):
        count = frequency[feature]
        kind = _GRAM_WEIGHT if feature.startswith("~") else _PAIR_WEIGHT if " " in feature else 1.0
        if count > 1 or kind == 1.0:
            rarity[feature] = kind * math.log((1 + total) / count)
    return rarity


def _scaled(total: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in total.values())) or 1.0
    return {feature: weight / length for feature, weight in total.items()}


def _inverted(vectors: list[dict[str, float]]) -> _Vectors:
    postings: dict[str, list[tuple[int, float]]] = {}
    for number, vector in enumerate(vectors):
        for feature, weight in vector.items():
            postings.setdefault(feature, []).append((number, weight))
    return _Vectors(
        len(vectors), {feature: _pack(postings[feature]) for feature in sorted(postings)}
    )


def _examples(
    matcher: Matcher,
    vectors: list[list[dict[str, float]]],
    sums: list[dict[str, float]],
    texts: list[list[str]],
    outside: list[dict[str, float]],
    outside_texts: list[str],
) -> list[_Example]:
    """Utterances compared with means that they had no part in, and outside questions, with what
    came of it."""
    examples: list[_Example] = []
    flat = [
        (number, position) for number, group in enumerate(vectors) for position in range(len(group))
    ]
    for number, position in _spread(flat, _CALIBRATED_ON):
        vector = vectors[number][position]
        near = matcher.means.nearness(vector)
        near[number] = _without(sums[number], vector)
        order = sorted(range(len(near)), key=lambda n: (-near[n], n))
        away = max(matcher.outside.nearness(vector), default=0.0)
        figures = matcher._figures(near, order, away, matcher._known(texts[number][position]))
        right = matcher.sections[order[0]] == matcher.sections[number]
        examples.append(_Example(figures, right, 1.0))
    chosen = _spread(list(range(len(outside))), _CALIBRATED_ON)
    weight = _OUTSIDE_SHARE / (1 - _OUTSIDE_SHARE) * len(examples) / max(1, len(chosen))
    for number in chosen:
        near = matcher.means.nearness(outside[number])
        order = sorted(range(len(near)), key=lambda n: (-near[n], n))
        others = matcher.outside.nearness(outside[number])
        others[number] = 0.0
        known = matcher._known(outside_texts[number])
        figures = matcher._figures(near, order, max(others, default=0.0), known)
        examples.append(_Example(figures, False, weight))
    return examples


def _spread(items: list[T], most: int) -> list[T]:
    """At most ``most`` of ``items``, evenly spread over them."""
    stride = max(1, -(-len(items) // most))
    return items[::stride]


def _without(total: dict[str, float], vector: dict[str, float]) -> float:
    """The nearness of ``vector`` to the mean it is part of, had it not been."""
    dot = rest = 0.0
    for feature, weight in vector.items():
        dot += weight * (total[feature] - weight)
    for feature, weight in total.items():
        rest += (weight - vector.get(feature, 0.0)) ** 2
    return dot / math.sqrt(rest) if rest > 0 else 0.0


def _fit(examples: list[_Example], rounds: int = 250, rate: float = 3.0) -> tuple[float, ...]:
    """Logistic regression by gradient descent, lightly held towards zero."""
    if not examples:
        return ()
    weights = [0.0] * len(examples[0].figures)
    total = sum(example.weight for example in examples)
    for _ in range(rounds):
        gradient = [0.0] * len(weights)
        for figures, right, weight in examples:
            error = weight * (_logistic(weights, figures) - right)
            for n, figure in enumerate(figures):
                gradient[n] += error * figure
        weights = [
            w - rate * (g / total + 1e-5 * w) for w, g in zip(weights, gradient, strict=True)
        ]
    return tuple(weights)
