"""The matcher learnt from what people ask, when the library is compiled.

Two steps. A linear model over words, pairs of words, runs of letters and word vectors is trained by
stochastic gradient descent on the softmax loss, from the means of the utterances as a start. Then a
second one is trained with one voice of every intent left out, and what it makes of the voices left
out (people whose words it has not seen) calibrates how likely an answer is right.

The same questions give the same matcher: every order and every draw comes from the texts. NumPy and
SciPy are needed here and nowhere else.
"""

import math
import os
import subprocess
import sys
import zlib
from array import array
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

# One thread adds in the same order on every machine; and several would only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from assistant.matching.asked import asked, held
from assistant.matching.facts import fact_words, says
from assistant.matching.intents import LONGEST_TEXT, Questions
from assistant.matching.matcher import (
    CANDIDATES,
    MOST_LOOKED_AT,
    NEAR_INTENTS,
    NEIGHBOUR_DIMENSIONS,
    OUTSIDE_CANDIDATES,
    OUTSIDE_GROUPS,
    SHOWN,
    Matcher,
    Neighbours,
    Weights,
    evidence,
    wanted,
)
from assistant.matching.normalise import features, telling, words
from assistant.matching.word_vectors import DIMENSIONS, the_word_vectors

# How much pairs of words and runs of letters count beside single words.
PAIR_WEIGHT = 0.6
GRAM_WEIGHT = 0.45
# Pairs and runs that fewer texts share say more of a writer than of what is asked.
LEAST_SHARED = 5
# The title and the answer stand beside the utterances as one more, lighter, way to put it.
ABOUT_WEIGHT = 0.35
# The starting point: means of length 1, times this.
START = 20.0
START_MEANINGS = 10.0
# The last epochs take smaller steps, so that what is learnt last does not count most.
RATES = (3.0, 2.4, 1.6, 0.6)
RATES_MEANINGS = (0.6, 0.5, 0.3, 0.1)
EPOCHS = len(RATES)
BATCH = 512
# So few texts as the dialogues have must not be learnt in one step an epoch.
FEWEST_BATCHES = 8
# What an intent learns, the others of its section learn a little, and what a group of outside
# questions learns, all the others: how a section is spoken of, and how people ask for what no
# guidance gives, shows in all of them together long before it shows in each.
SHARED_IN_SECTION = 0.4
SHARED_OUTSIDE = 1.0
# All meanings lie near one direction, so what a whole batch has to say of all outside questions at
# once is a long step: taken in full it overshoots, and the least change of one text then changes
# everything.
SHARED_OUTSIDE_MEANINGS = 0.1
SEED = 7
# Entries kept in the sparse matrix; at eight hundred thousand nothing measurable is lost.
KEPT = 800_000
# A word speaks for a class from this weight on: about the least that is kept.
LEAST_WEIGHT = 0.2
# The share of questions that the guidance does not answer, in use. Nobody has counted it; one in
# four is assumed, half of them near misses of a section. More are written than that, because they
# are hard to tell.
NEAR_MISS_SHARE = 0.125
FAR_SHARE = 0.125
# Texts that the thirteen weights of the model on top are learnt from; more change nothing.
CALIBRATED = 5_000
# One outside question in this many is left out for calibration, as one voice of every intent is.
OUTSIDE_FOLD = 6

Step = Callable[[int, int], None]
Floats = NDArray[np.float32]


class _Text(NamedTuple):
    """A text to learn from: its words, its features, its class, and whether it is left out for
    calibration."""

    words: list[str]
    counts: Counter[str]
    label: int
    held_out: bool


class _Vocabulary(NamedTuple):
    """The features in order with their rarity, and how many texts they were counted in."""

    names: list[str]
    number: dict[str, int]
    rarity: Floats
    texts: int


class _Model(NamedTuple):
    """Weights by feature and column, and by dimension of meaning and column.

    The first columns are the classes' own; after them come their families' (see ``_families``).
    """

    weights: Floats
    meanings: Floats
    families: NDArray[np.int64]

    def of_classes(self, columns: Floats) -> Floats:
        """The scores of the classes, row by row: their own columns and their families'."""
        return columns[:, : len(self.families)] + columns[:, self.families]

    def speaks_for(self, feature: int, label: int) -> bool:
        """Whether ``feature`` speaks for the class ``label``, or for its family."""
        own, family = self.weights[feature, label], self.weights[feature, self.families[label]]
        return bool(max(own, family) > LEAST_WEIGHT)


def train(questions: Questions, step: Step) -> Matcher:
    """A matcher for ``questions``; ``step`` is told how many batches of how many are done."""
    batches = _batches(_count(questions)) * EPOCHS
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        step(min(done, batches - 1), batches)

    learnt = _begin_calibration(questions)
    classes, families, vocabulary, examples = _prepared(questions)
    every = np.arange(len(examples.labels))
    model = examples.fit(every, count)
    neighbours = examples.neighbours(every)
    calibration = _end_calibration(learnt) or learn_calibration(questions)
    step(batches, batches)
    return _matcher(questions, classes, vocabulary, families, model, neighbours, calibration)


def _begin_calibration(questions: Questions) -> "subprocess.Popen[bytes] | None":
    """A second process that learns the calibration meanwhile, on a second core; None where none can
    be started."""
    command = [sys.executable, "-m", "assistant.matching.train"]
    root = str(Path(__file__).parent.parent.parent)
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
        assert process.stdin is not None
        process.stdin.write(msgspec.msgpack.encode(questions))
        process.stdin.close()
    except OSError:
        return None
    return process


def _end_calibration(process: "subprocess.Popen[bytes] | None") -> tuple[float, ...] | None:
    """What the second process learnt; None where it did not come to its end."""
    if process is None or process.stdout is None:
        return None
    with process:
        data = process.stdout.read()
    if process.returncode != 0:
        return None
    return msgspec.msgpack.decode(data, type=tuple[float, ...])


def learn_calibration(questions: Questions) -> tuple[float, ...]:
    """Weights of the model on top, from a trial without one voice of every intent, asked what that
    voice asks."""
    classes, _, vocabulary, examples = _prepared(questions)
    trial = examples.fit(np.flatnonzero(~examples.held_out), lambda: None)
    left_out = np.flatnonzero(examples.held_out)
    # Drawn by the texts themselves, as the batches are.
    left_out = np.sort(left_out[np.argsort(examples.drawn[left_out, 0])[:CALIBRATED]])
    return _calibration(examples, trial, left_out, questions, classes, vocabulary)


class _Prepared(NamedTuple):
    """What both fits begin with: the classes, their families, the vocabulary, the texts."""

    classes: list[str]
    families: list[int]
    vocabulary: "_Vocabulary"
    examples: "_Examples"


def _prepared(questions: Questions) -> _Prepared:
    groups = sorted({_group(question.near, question.reason) for question in questions.outside})
    classes = [intent.section for intent in questions.intents] + groups
    texts = [*_utterances(questions), *_outside(questions, groups)]
    about = [
        _text(f"{intent.title}\n{intent.answer}", n) for n, intent in enumerate(questions.intents)
    ]
    vocabulary = _vocabulary([*texts, *about])
    families = _families(classes, len(questions.intents))
    return _Prepared(classes, families, vocabulary, _Examples(texts, about, vocabulary, families))


def _batches(texts: int) -> int:
    """How many batches of about ``BATCH`` so many texts make: a number that one text more seldom
    changes."""
    return max(FEWEST_BATCHES, texts // BATCH // 4 * 4)


def _count(questions: Questions) -> int:
    """How many texts there are to learn from."""
    utterances = (texts for intent in questions.intents for texts in intent.utterances.values())
    return sum(map(len, utterances)) + len(questions.outside)


def _group(near: str | None, reason: str) -> str:
    """The group that an outside question belongs to: its nearest section, or its reason."""
    return near.partition("/")[0] if near else reason


def _text(text: str, label: int, held_out: bool = False) -> _Text:
    found = words(text)
    return _Text(found, features(found), label, held_out)


def _utterances(questions: Questions) -> list[_Text]:
    """Every utterance; of each intent one voice, drawn by its id, is left out for calibration."""
    texts = []
    for number, intent in enumerate(questions.intents):
        voices = sorted(intent.utterances)
        drawn = voices[zlib.crc32(intent.id.encode()) % len(voices)] if len(voices) > 1 else None
        for voice in voices:
            texts += [_text(text, number, voice == drawn) for text in intent.utterances[voice]]
    return texts


def _outside(questions: Questions, groups: list[str]) -> list[_Text]:
    number = {group: len(questions.intents) + n for n, group in enumerate(groups)}
    return [
        _text(
            q.text,
            number[_group(q.near, q.reason)],
            zlib.crc32(q.text.encode()) % OUTSIDE_FOLD == 0,
        )
        for q in questions.outside
    ]


def _vocabulary(texts: list[_Text]) -> _Vocabulary:
    """Every word, and the pairs and runs of letters that two texts share, with how rare they
    are."""
    frequency: Counter[str] = Counter()
    for text in texts:
        frequency.update(text.counts.keys())
    names, rarity = [], []
    for name in sorted(frequency):
        kind = GRAM_WEIGHT if name.startswith("~") else PAIR_WEIGHT if " " in name else 1.0
        if frequency[name] >= LEAST_SHARED or kind == 1.0:
            names.append(name)
            rarity.append(kind * math.log((1 + len(texts)) / frequency[name]))
    number = {name: n for n, name in enumerate(names)}
    return _Vocabulary(names, number, np.array(rarity, np.float32), len(texts))


def _families(classes: list[str], intents: int) -> list[int]:
    """The number of each class's family: the intents of a section are one, all groups of outside
    questions are the last. They are numbered after the classes."""
    sections = sorted(set(classes[:intents]))
    number = {section: len(classes) + n for n, section in enumerate(sections)}
    last = len(classes) + len(sections)
    return [*(number[section] for section in classes[:intents]), *[last] * (len(classes) - intents)]


class _Examples:
    """The texts as matrices, and models fitted on some of them."""

    def __init__(
        self, texts: list[_Text], about: list[_Text], vocabulary: _Vocabulary, families: list[int]
    ) -> None:
        self.classes = len(families)
        self.families = np.array(families)
        self.labels = np.array([text.label for text in texts])
        self.held_out = np.array([text.held_out for text in texts])
        # Each text draws its own batch in every epoch, so that one text more or less leaves all
        # other batches, and with them nearly every answer, as they were.
        self.drawn = np.array(
            [
                [
                    zlib.crc32(f"{SEED} {epoch} {' '.join(text.words)}".encode())
                    for epoch in range(EPOCHS)
                ]
                for text in texts
            ]
        )
        self.vectors = _vectors(texts, vocabulary)
        self.about = _vectors(about, vocabulary)
        self.meanings = _meanings(texts, vocabulary)
        self.words = [text.words for text in texts]
        self.rows = [_rows(text.words, vocabulary) for text in texts]
        self.known = [_known(text.words, vocabulary) for text in texts]

    def neighbours(self, rows: NDArray[np.int64]) -> Neighbours:
        """Those of the texts ``rows`` that are looked at one by one, in the order of their
        classes."""
        ordered = rows[np.argsort(self.labels[rows], kind="stable")]
        spans = pairwise(np.searchsorted(self.labels[ordered], np.arange(self.classes + 1)))
        looked_at = [_spread(ordered[start:end]) for start, end in spans]
        ordered = np.concatenate(looked_at)
        starts = np.cumsum([0, *map(len, looked_at)])
        meanings = np.rint(127 * self.meanings[ordered, :NEIGHBOUR_DIMENSIONS])
        sizes = [len(self.rows[n]) for n in ordered]
        return Neighbours(
            starts=_viewed(starts, np.uint32),
            meanings=_viewed(meanings, np.int8),
            word_starts=_viewed(np.cumsum([0, *sizes]), np.uint32),
            words=_viewed(np.array([r for n in ordered for r in self.rows[n]]), np.uint32),
        )

    def fit(self, rows: NDArray[np.int64], count: Callable[[], None]) -> _Model:
        """A model of the texts ``rows``: means first, then gradient descent."""
        vectors, meanings, labels = self.vectors[rows], self.meanings[rows], self.labels[rows]
        model = self._start(vectors, meanings, labels)
        members = self._members()
        drawn = self.drawn[rows].astype(np.int64)
        batches = _batches(len(rows))
        for epoch in range(EPOCHS):
            numbers = drawn[:, epoch] * batches >> 32
            for number in range(batches):
                batch = np.flatnonzero(numbers == number)
                count()
                if not len(batch):
                    continue
                some = vectors[batch]
                active = np.unique(some.indices)
                some = some[:, active]
                columns = some @ model.weights[active] + meanings[batch] @ model.meanings
                wrong = likelihoods(model.of_classes(columns))
                wrong[np.arange(len(batch)), labels[batch]] -= 1
                wrong = np.hstack([wrong, (members @ wrong.T).T])
                model.weights[active] -= RATES[epoch] * (some.T @ wrong)
                wrong[:, -1] *= SHARED_OUTSIDE_MEANINGS
                model.meanings[:] -= RATES_MEANINGS[epoch] * (meanings[batch].T @ wrong)
        return model

    def _members(self) -> Any:
        """Family by class: how much of what its members learn a family learns."""
        first = self.families.min()
        shares = np.where(self.families < self.families.max(), SHARED_IN_SECTION, SHARED_OUTSIDE)
        where = (self.families - first, np.arange(self.classes))
        shape = (self.families.max() - first + 1, self.classes)
        return sparse.csr_matrix((shares.astype(np.float32), where), shape=shape)

    def _start(self, vectors: Any, meanings: Floats, labels: NDArray[np.int64]) -> _Model:
        """Each class's own mean; the families start with nothing."""
        ones = np.ones(len(labels), np.float32)
        shape = (self.families.max() + 1, len(labels))
        belongs = sparse.csr_matrix((ones, (labels, np.arange(len(labels)))), shape=shape)
        about = self.about.copy()
        sizes = np.asarray(belongs.sum(axis=1)).ravel()
        about = sparse.diags(ABOUT_WEIGHT * sizes[: about.shape[0]]) @ about
        about.resize((self.families.max() + 1, vectors.shape[1]))
        means = np.asarray((belongs @ vectors + about).todense(), np.float32)
        centres = np.asarray(belongs @ meanings, np.float32)
        return _Model(
            np.ascontiguousarray(START * _unit(means).T),
            np.ascontiguousarray(START_MEANINGS * _unit(centres).T),
            self.families,
        )


def likelihoods(scores: Floats) -> Floats:
    """The softmax of each row of ``scores``."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


def _unit(rows: Floats) -> Floats:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    length[length == 0] = 1
    return np.asarray(rows / length, np.float32)


def _vectors(texts: list[_Text], vocabulary: _Vocabulary) -> Any:
    """The TF-IDF vectors of the texts, each of length 1."""
    columns, starts, values = array("q"), array("q", [0]), array("f")
    for text in texts:
        found = [(vocabulary.number.get(name), count) for name, count in text.counts.items()]
        row = [
            (n, vocabulary.rarity[n] * (1 + math.log(count))) for n, count in found if n is not None
        ]
        length = math.sqrt(sum(value * value for _, value in row)) or 1.0
        columns.extend(n for n, _ in row)
        values.extend(value / length for _, value in row)
        starts.append(len(columns))
    data = (
        np.frombuffer(values, np.float32),
        np.array(columns, np.int64),
        np.array(starts, np.int64),
    )
    return sparse.csr_matrix(data, shape=(len(texts), len(vocabulary.names)))


def _meanings(texts: list[_Text], vocabulary: _Vocabulary) -> Floats:
    """The mean word vector of each text, weighed by rarity, of length 1: as ``Matcher`` reckons
    it."""
    table = the_word_vectors()
    weighed: dict[str, Floats | None] = {}
    unseen = math.log(1 + vocabulary.texts)
    result = np.zeros((len(texts), DIMENSIONS), np.float32)
    for row, text in enumerate(texts):
        for word in text.words:
            if word not in weighed:
                vector = table[word]
                n = vocabulary.number.get(word)
                weight = unseen if n is None else vocabulary.rarity[n]
                weighed[word] = None if vector is None else weight * np.array(vector, np.float32)
            value = weighed[word]
            if value is not None:
                result[row] += value
    return _unit(result)


def _rows(found: list[str], vocabulary: _Vocabulary) -> list[int]:
    """The rows of the telling words among the features, each once."""
    rows = (vocabulary.number.get(word) for word in dict.fromkeys(telling(found)))
    return [n for n in rows if n is not None]


def _spread(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """At most ``MOST_LOOKED_AT`` of ``rows``, spread evenly."""
    return rows[:: max(1, -(-len(rows) // MOST_LOOKED_AT))]


def _viewed(values: NDArray[Any], kind: type[np.generic]) -> memoryview:
    """The bytes of ``values`` as numbers of ``kind``, as a matcher holds them."""
    return memoryview(values.astype(kind).tobytes())


def _known(found: list[str], vocabulary: _Vocabulary) -> float:
    told = telling(found)
    return sum(word in vocabulary.number for word in told) / len(told) if told else 0.0


def _explained(
    found: list[str], label: int, model: _Model, vocabulary: _Vocabulary
) -> tuple[float, float]:
    """How far the words ``found`` speak for the class ``label``: as ``Matcher`` reckons it."""
    unseen = math.log(1 + vocabulary.texts)
    whole = explained = strangest = 0.0
    for word in dict.fromkeys(telling(found)):
        n = vocabulary.number.get(word)
        rarity = unseen if n is None else float(vocabulary.rarity[n])
        whole += rarity
        if n is not None and model.speaks_for(n, label):
            explained += rarity
        else:
            strangest = max(strangest, rarity)
    return (explained / whole if whole else 0.0), strangest / unseen


class _Facts:
    """What the leading fact of each answer says, to tell whether an answer made of others says it
    too."""

    def __init__(self, questions: Questions) -> None:
        self.answers = [set(words(intent.answer)) for intent in questions.intents]
        self.lengths = [len(intent.answer.split()) for intent in questions.intents]
        self.facts = [fact_words(intent.answer) for intent in questions.intents]

    def shown(self, label: int, order: NDArray[np.int64]) -> bool:
        """Whether the fact of intent ``label`` stands in the answers ``order``, as many as can be
        read."""
        room = LONGEST_TEXT
        held: set[str] = set()
        for n in order:
            if self.lengths[n] <= room:
                room -= self.lengths[n]
                if n == label:
                    return True
                held |= self.answers[n]
        return says(self.facts[label], held)


def _calibration(
    examples: _Examples,
    model: _Model,
    rows: NDArray[np.int64],
    questions: Questions,
    classes: list[str],
    vocabulary: _Vocabulary,
) -> tuple[float, ...]:
    """Weights of the model on top, from the texts ``rows`` that ``model`` has not seen."""
    if not len(rows):
        return (1.0, *[0.0] * 12)
    count = len(questions.intents)
    sparse_scores = model.of_classes(examples.vectors[rows] @ model.weights)
    scores = sparse_scores + model.of_classes(examples.meanings[rows] @ model.meanings)
    # As in use, only the best by words and letters take part.
    for part, most in ((slice(count), CANDIDATES), (slice(count, None), OUTSIDE_CANDIDATES)):
        some = sparse_scores[:, part]
        limit = -np.sort(-some, axis=1)[:, : min(most, some.shape[1])][:, -1:]
        scores[:, part][some < limit] = -np.inf
    likely = likelihoods(scores)
    facts = _Facts(questions)
    seen = np.setdiff1d(np.arange(len(examples.labels)), rows)
    neighbours = examples.neighbours(seen)
    given = [held(intent.answer) for intent in questions.intents]
    rarity = memoryview(vocabulary.rarity.tobytes()).cast("f")
    figures, right = [], []
    for row, text in enumerate(rows):
        order = np.argsort(-likely[row, :count], kind="stable")[:SHOWN]
        label = examples.labels[text]
        best = [float(value) for value in likely[row, order]]
        outside = float(likely[row, count:].sum())
        explained = _explained(examples.words[text], int(order[0]), model, vocabulary)
        meaning = examples.meanings[text].tolist()
        words_of = {n: float(vocabulary.rarity[n]) for n in examples.rows[text]}
        groups = count + np.argsort(-likely[row, count:], kind="stable")[:OUTSIDE_GROUPS]
        near = neighbours.nearness(order[:NEAR_INTENTS].tolist(), meaning, words_of, rarity)
        away = neighbours.nearness(groups.tolist(), meaning, words_of, rarity)
        thing = wanted(asked(examples.words[text]), given[order[0]])
        figures.append(
            evidence(best, outside, examples.known[text], *explained, *near, *away, *thing)
        )
        right.append(bool(label < count and facts.shown(int(label), order)))
    return _logistic_regression(
        np.array(figures), np.array(right, float), _as_in_use(examples.labels[rows], classes, count)
    )


def _as_in_use(labels: NDArray[np.int64], classes: list[str], intents: int) -> NDArray[np.float64]:
    """What each of the texts must weigh for the shares of their kinds to be those in use."""
    inside = labels < intents
    near = ~inside & np.array(["#" in classes[label] for label in labels])
    weight = np.zeros(len(labels))
    for kind, share in (
        (inside, 1 - NEAR_MISS_SHARE - FAR_SHARE),
        (near, NEAR_MISS_SHARE),
        (~inside & ~near, FAR_SHARE),
    ):
        weight[kind] = share / max(kind.mean(), 1e-9)
    return weight


def _logistic_regression(
    figures: NDArray[np.float64], right: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[float, ...]:
    """Logistic regression by Newton's method, lightly held towards zero."""
    weights = np.zeros(figures.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-figures @ weights))
        gradient = figures.T @ (weight * (chance - right)) + 1e-2 * weights
        bend = (figures * (weight * chance * (1 - chance))[:, None]).T @ figures
        move = np.linalg.solve(bend + 1e-2 * np.eye(len(weights)), gradient)
        weights -= move
        if np.abs(move).max() < 1e-9:
            break
    return tuple(float(round(w, 9)) for w in weights)


def _matcher(
    questions: Questions,
    classes: list[str],
    vocabulary: _Vocabulary,
    families: list[int],
    model: _Model,
    neighbours: Neighbours,
    calibration: tuple[float, ...],
) -> Matcher:
    """The model as it is stored: the largest weights, rounded."""
    size = np.abs(model.weights)
    least = np.partition(size.ravel(), -KEPT)[-KEPT] if size.size > KEPT else 0.0
    kept = size > least
    scale = float(size.max()) / 32_767
    meanings = model.of_classes(model.meanings).T
    meanings_scale = float(np.abs(meanings).max()) / 127
    features_of, columns = np.nonzero(kept)
    starts = np.searchsorted(features_of, np.arange(len(vocabulary.names) + 1))
    return Matcher(
        intents=tuple(intent.id for intent in questions.intents),
        sections=tuple(classes),
        families=tuple(families),
        held=tuple(held(intent.answer).value for intent in questions.intents),
        weights=Weights(
            features=vocabulary.names,
            rarity=_viewed(vocabulary.rarity, np.float32),
            starts=_viewed(starts, np.uint32),
            columns=_viewed(columns, np.uint16),
            values=_viewed(np.rint(model.weights[kept] / scale), np.int16),
            scale=scale,
        ),
        meanings=_viewed(np.rint(meanings / meanings_scale), np.int8),
        meanings_scale=meanings_scale,
        unseen_rarity=math.log(1 + vocabulary.texts),
        neighbours=neighbours,
        calibration=calibration,
    )


if __name__ == "__main__":
    # The second process of ``_begin_calibration``.
    to_learn = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Questions)
    sys.stdout.buffer.write(msgspec.msgpack.encode(learn_calibration(to_learn)))
