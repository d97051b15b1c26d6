"""The linear model, learnt by stochastic gradient descent on the softmax loss."""

import zlib
from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from assistant.matching.intents import Questions
from assistant.matching.matcher import MOST_LOOKED_AT, NEIGHBOUR_DIMENSIONS, Neighbours
from assistant.matching.training.texts import (
    Floats,
    Text,
    Vocabulary,
    families_of,
    group_of,
    mean_vectors,
    outside,
    rows_of,
    share_known,
    text_of,
    tfidf_vectors,
    unit,
    utterances,
    vocabulary_of,
)

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
# A word speaks for a class from this weight on: about the least that is kept.
LEAST_WEIGHT = 0.2


class Model(NamedTuple):
    """Weights by feature and column, and by dimension of meaning and column.

    The first columns are the classes' own; after them come their families' (see ``families_of``).
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


class Examples:
    """The texts as matrices, and models fitted on some of them."""

    def __init__(
        self, texts: list[Text], about: list[Text], vocabulary: Vocabulary, families: list[int]
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
        self.vectors = tfidf_vectors(texts, vocabulary)
        self.about = tfidf_vectors(about, vocabulary)
        self.meanings = mean_vectors(texts, vocabulary)
        self.words = [text.words for text in texts]
        self.rows = [rows_of(text.words, vocabulary) for text in texts]
        self.known = [share_known(text.words, vocabulary) for text in texts]

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
            starts=viewed(starts, np.uint32),
            meanings=viewed(meanings, np.int8),
            word_starts=viewed(np.cumsum([0, *sizes]), np.uint32),
            words=viewed(np.array([r for n in ordered for r in self.rows[n]]), np.uint32),
        )

    def fit(self, rows: NDArray[np.int64], count: Callable[[], None]) -> Model:
        """A model of the texts ``rows``: means first, then gradient descent."""
        vectors, meanings, labels = self.vectors[rows], self.meanings[rows], self.labels[rows]
        model = self._start(vectors, meanings, labels)
        members = self._members()
        drawn = self.drawn[rows].astype(np.int64)
        batches = batches_of(len(rows))
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

    def _start(self, vectors: Any, meanings: Floats, labels: NDArray[np.int64]) -> Model:
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
        return Model(
            np.ascontiguousarray(START * unit(means).T),
            np.ascontiguousarray(START_MEANINGS * unit(centres).T),
            self.families,
        )


class Prepared(NamedTuple):
    """What both fits begin with: the classes, their families, the vocabulary, the texts."""

    classes: list[str]
    families: list[int]
    vocabulary: Vocabulary
    examples: Examples


def prepared(questions: Questions) -> Prepared:
    """What there is to learn from ``questions``."""
    groups = sorted({group_of(question.near, question.reason) for question in questions.outside})
    classes = [intent.section for intent in questions.intents] + groups
    texts = [*utterances(questions), *outside(questions, groups)]
    about = [
        text_of(f"{intent.title}\n{intent.answer}", n) for n, intent in enumerate(questions.intents)
    ]
    vocabulary = vocabulary_of([*texts, *about])
    families = families_of(classes, len(questions.intents))
    return Prepared(classes, families, vocabulary, Examples(texts, about, vocabulary, families))


def batches_of(texts: int) -> int:
    """How many batches of about ``BATCH`` so many texts make: a number that one text more seldom
    changes."""
    return max(FEWEST_BATCHES, texts // BATCH // 4 * 4)


def likelihoods(scores: Floats) -> Floats:
    """The softmax of each row of ``scores``."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


def _spread(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """At most ``MOST_LOOKED_AT`` of ``rows``, spread evenly."""
    return rows[:: max(1, -(-len(rows) // MOST_LOOKED_AT))]


def viewed(values: NDArray[Any], kind: type[np.generic]) -> memoryview:
    """The bytes of ``values`` as numbers of ``kind``, as a matcher holds them."""
    return memoryview(values.astype(kind).tobytes())
