"""The model on top, which says how likely an answer is right: learnt from what voices ask whose
words the linear model has not seen."""

import math
import sys

import msgspec
import numpy as np
from numpy.typing import NDArray

from assistant.matching.asked import asked, held
from assistant.matching.facts import fact_words, says
from assistant.matching.intents import LONGEST_TEXT, Questions
from assistant.matching.matcher import (
    CANDIDATES,
    NEAR_INTENTS,
    OUTSIDE_CANDIDATES,
    OUTSIDE_GROUPS,
    SHOWN,
    evidence,
    wanted,
)
from assistant.matching.normalise import telling, words
from assistant.matching.training.linear import Examples, Model, likelihoods, prepared
from assistant.matching.training.texts import Vocabulary

# The share of questions that the guidance does not answer, in use. Nobody has counted it; one in
# four is assumed, and of those one in four a near miss of a section: of 160 that were written to
# be about this world and not answered, but not to come near a section, 35 did. More near misses
# are written than that, because they are hard to tell.
NEAR_MISS_SHARE = 0.0625
FAR_SHARE = 0.1875
# Texts that the thirteen weights of the model on top are learnt from; more change nothing.
CALIBRATED = 5_000


def learn_calibration(questions: Questions) -> tuple[float, ...]:
    """Weights of the model on top, from a trial without one voice of every intent, asked what that
    voice asks."""
    classes, _, vocabulary, examples = prepared(questions)
    trial = examples.fit(np.flatnonzero(~examples.held_out), lambda: None)
    left_out = np.flatnonzero(examples.held_out)
    # Drawn by the texts themselves, as the batches are.
    left_out = np.sort(left_out[np.argsort(examples.drawn[left_out, 0])[:CALIBRATED]])
    return _calibration(examples, trial, left_out, questions, classes, vocabulary)


def _explained(
    found: list[str], label: int, model: Model, vocabulary: Vocabulary
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
    examples: Examples,
    model: Model,
    rows: NDArray[np.int64],
    questions: Questions,
    classes: list[str],
    vocabulary: Vocabulary,
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


if __name__ == "__main__":
    # The second process that ``train`` starts.
    to_learn = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Questions)
    sys.stdout.buffer.write(msgspec.msgpack.encode(learn_calibration(to_learn)))
