"""What is learnt from: the texts, their features and meanings, and the classes they belong to."""

import math
import zlib
from array import array
from collections import Counter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from assistant.matching.intents import Questions
from assistant.matching.normalise import features, telling, words
from assistant.matching.word_vectors import DIMENSIONS, the_word_vectors

# How much pairs of words and runs of letters count beside single words.
PAIR_WEIGHT = 0.6
GRAM_WEIGHT = 0.45
# Pairs and runs that fewer texts share say more of a writer than of what is asked.
LEAST_SHARED = 5
# One outside question in this many is left out for calibration, as one voice of every intent is.
OUTSIDE_FOLD = 6

Floats = NDArray[np.float32]


class Text(NamedTuple):
    """A text to learn from: its words, its features, its class, and whether it is left out for
    calibration."""

    words: list[str]
    counts: Counter[str]
    label: int
    held_out: bool


class Vocabulary(NamedTuple):
    """The features in order with their rarity, and how many texts they were counted in."""

    names: list[str]
    number: dict[str, int]
    rarity: Floats
    texts: int


def count_of(questions: Questions) -> int:
    """How many texts there are to learn from."""
    utterances = (texts for intent in questions.intents for texts in intent.utterances.values())
    return sum(map(len, utterances)) + len(questions.outside)


def group_of(near: str | None, reason: str) -> str:
    """The group that an outside question belongs to: its nearest section, or its reason."""
    return near.partition("/")[0] if near else reason


def text_of(text: str, label: int, held_out: bool = False) -> Text:
    """``text`` of the class ``label``, as it is learnt from."""
    found = words(text)
    return Text(found, features(found), label, held_out)


def utterances(questions: Questions) -> list[Text]:
    """Every utterance; of each intent one voice, drawn by its id, is left out for calibration."""
    texts = []
    for number, intent in enumerate(questions.intents):
        voices = sorted(intent.utterances)
        drawn = voices[zlib.crc32(intent.id.encode()) % len(voices)] if len(voices) > 1 else None
        for voice in voices:
            texts += [text_of(text, number, voice == drawn) for text in intent.utterances[voice]]
    return texts


def outside(questions: Questions, groups: list[str]) -> list[Text]:
    """Every question to refuse; one in ``OUTSIDE_FOLD`` is left out for calibration."""
    number = {group: len(questions.intents) + n for n, group in enumerate(groups)}
    return [
        text_of(
            q.text,
            number[group_of(q.near, q.reason)],
            zlib.crc32(q.text.encode()) % OUTSIDE_FOLD == 0,
        )
        for q in questions.outside
    ]


def vocabulary_of(texts: list[Text]) -> Vocabulary:
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
    return Vocabulary(names, number, np.array(rarity, np.float32), len(texts))


def families_of(classes: list[str], intents: int) -> list[int]:
    """The number of each class's family: the intents of a section are one, all groups of outside
    questions are the last. They are numbered after the classes."""
    sections = sorted(set(classes[:intents]))
    number = {section: len(classes) + n for n, section in enumerate(sections)}
    last = len(classes) + len(sections)
    return [*(number[section] for section in classes[:intents]), *[last] * (len(classes) - intents)]


def unit(rows: Floats) -> Floats:
    """The rows, each of length 1 (or 0)."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    length[length == 0] = 1
    return np.asarray(rows / length, np.float32)


def tfidf_vectors(texts: list[Text], vocabulary: Vocabulary) -> Any:
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


def mean_vectors(texts: list[Text], vocabulary: Vocabulary) -> Floats:
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
    return unit(result)


def rows_of(found: list[str], vocabulary: Vocabulary) -> list[int]:
    """The rows of the telling words among the features, each once."""
    rows = (vocabulary.number.get(word) for word in dict.fromkeys(telling(found)))
    return [n for n in rows if n is not None]


def share_known(found: list[str], vocabulary: Vocabulary) -> float:
    """The share of the telling words that stand in the vocabulary: as ``Matcher`` reckons it."""
    told = telling(found)
    return sum(word in vocabulary.number for word in told) / len(told) if told else 0.0
