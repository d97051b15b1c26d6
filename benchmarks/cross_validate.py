"""How good the answers are for a writer whose words the matcher has never seen.

usage: python benchmarks/cross_validate.py [VOICE ...]

For each voice (all of them by default) the matcher is trained without its utterances and outside
questions, and the whole assistant is asked them. Of the outside questions near misses and others
count half each, which is harder than use (see ``NEAR_MISS_SHARE``), and one is asked for three that
the guidance answers, as is assumed of use.

right: the answer holds the fact of the intent that was meant; own: it holds the very text of that
intent's answer; three: it or one of the first two alternatives holds the fact; ground: it cites the
intent's section; wrong: answered, but not right, of all questions; near, far: the shares refused of
near misses and of other outside questions.
"""

import sys
import time
from collections.abc import Iterable

from msgspec.structs import replace

from assistant.answers.assistant import Assistant
from assistant.answers.model import Kind
from assistant.answers.transcript import Transcript
from assistant.cli.session import the_library
from assistant.evaluation.labels import Label
from assistant.evaluation.marks import Mark, figures, mark
from assistant.library.content import find_content
from assistant.library.model import Library
from assistant.library.read import read_content
from assistant.matching.intents import Questions, Voice
from assistant.matching.training.train import train

HEADS = ("asked", "right", "own", "three", "ground", "refused", "near", "far", "wrong", "calib")


def without(questions: Questions, voice: Voice) -> Questions:
    """``questions`` as if ``voice`` had not written any."""
    intents = tuple(
        replace(i, utterances={v: texts for v, texts in i.utterances.items() if v != voice})
        for i in questions.intents
    )
    return Questions(intents, tuple(q for q in questions.outside if q.voice != voice))


def labelled(questions: Questions, voice: Voice) -> Iterable[tuple[Label, float]]:
    """Everything that ``voice`` asks, labelled, with what it weighs."""
    inside = [(i, text) for i in questions.intents for text in i.utterances.get(voice, ())]
    outside = [q for q in questions.outside if q.voice == voice]
    near = sum(q.near is not None for q in outside)
    for intent, text in inside:
        yield Label(q=text, intent=intent.id), 1.0
    for question in outside:
        kind = near if question.near is not None else len(outside) - near
        yield Label(q=question.text, kind="abstain"), len(inside) / 6 / kind


def marks(library: Library, questions: Questions, voice: Voice) -> list[tuple[Mark, bool]]:
    """What came of everything that ``voice`` asks, and whether it was a near miss."""
    assistant = Assistant(library)
    near = {q.text for q in questions.outside if q.near is not None}
    return [
        (
            mark(label, assistant.ask(label.q, Transcript()), library.intents, weight),
            label.q in near,
        )
        for label, weight in labelled(questions, voice)
    ]


def line(name: str, results: list[tuple[Mark, bool]], seconds: float) -> str:
    """The figures of ``results`` in one line."""
    found = figures([m for m, _ in results])
    refused = {}
    for kind in (True, False):
        of_kind = [m for m, near in results if not m.inside and near is kind]
        refused[kind] = sum(m.kind is Kind.REFUSE for m in of_kind) / max(len(of_kind), 1)
    shares = (
        found.right,
        found.own,
        found.in_three,
        found.grounded,
        found.refused,
        refused[True],
        refused[False],
        found.confidently_wrong,
        found.calibration_error,
    )
    return (
        f"{name:13}{len(results):8}"
        + "".join(f"{share:8.3f}" for share in shares if share is not None)
        + f"{seconds / len(results) * 1000:8.1f}"
    )


def main() -> None:
    """Cross-validate over the voices named, and print a line for each and one for all."""
    library = the_library()
    questions = read_content(find_content()).questions
    print(f"{'voice':13}" + "".join(f"{head:>8}" for head in (*HEADS, "ms")))
    voices = [Voice(name) for name in sys.argv[1:]] or list(Voice)
    every: list[tuple[Mark, bool]] = []
    spent = 0.0
    for voice in voices:
        library.matcher = train(without(questions, voice), lambda done, of: None)
        started = time.perf_counter()
        results = marks(library, questions, voice)
        seconds = time.perf_counter() - started
        print(line(voice, results, seconds), flush=True)
        every += results
        spent += seconds
    print(line("all", every, spent))


if __name__ == "__main__":
    main()
