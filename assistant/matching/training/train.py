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
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np

from assistant.matching.asked import held
from assistant.matching.intents import Questions
from assistant.matching.matcher import Matcher, Neighbours, Weights
from assistant.matching.training.calibration import learn_calibration
from assistant.matching.training.linear import EPOCHS, Model, batches_of, prepared, viewed
from assistant.matching.training.texts import Vocabulary, count_of

# Entries kept in the sparse matrix; at eight hundred thousand nothing measurable is lost.
KEPT = 800_000

Step = Callable[[int, int], None]


def train(questions: Questions, step: Step) -> Matcher:
    """A matcher for ``questions``; ``step`` is told how many batches of how many are done."""
    batches = batches_of(count_of(questions)) * EPOCHS
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        step(min(done, batches - 1), batches)

    learnt = _begin_calibration(questions)
    classes, families, vocabulary, examples = prepared(questions)
    every = np.arange(len(examples.labels))
    model = examples.fit(every, count)
    neighbours = examples.neighbours(every)
    calibration = _end_calibration(learnt) or learn_calibration(questions)
    step(batches, batches)
    return _matcher(questions, classes, vocabulary, families, model, neighbours, calibration)


def _begin_calibration(questions: Questions) -> "subprocess.Popen[bytes] | None":
    """A second process that learns the calibration meanwhile, on a second core; None where none can
    be started."""
    command = [sys.executable, "-m", "assistant.matching.training.calibration"]
    root = str(Path(__file__).parent.parent.parent.parent)
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


def _matcher(
    questions: Questions,
    classes: list[str],
    vocabulary: Vocabulary,
    families: list[int],
    model: Model,
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
            rarity=viewed(vocabulary.rarity, np.float32),
            starts=viewed(starts, np.uint32),
            columns=viewed(columns, np.uint16),
            values=viewed(np.rint(model.weights[kept] / scale), np.int16),
            scale=scale,
        ),
        meanings=viewed(np.rint(meanings / meanings_scale), np.int8),
        meanings_scale=meanings_scale,
        unseen_rarity=math.log(1 + vocabulary.texts),
        neighbours=neighbours,
        calibration=calibration,
    )
