"""How good the answers are for a writer whose words the matcher has never seen.

usage: python benchmarks/cross_validate.py [VOICE ...]

For each voice the matcher is trained without its utterances and outside questions, and the whole
assistant is asked them. An answer is right when it gives the intent's own answer; in three, when it
or one of the first two alternatives does; grounded, when it cites the intent's section.
"""

import sys
import time
from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from assistant.answers.assistant import Assistant
from assistant.answers.model import Kind
from assistant.answers.transcript import Transcript
from assistant.cli.session import the_library
from assistant.library.content import find_content
from assistant.library.read import read_content
from assistant.matching.intents import Questions, Voice
from assistant.matching.train import train

DEFAULT = ("detective", "student", "custody")


class Result(NamedTuple):
    """What came of one question: what was right, and how sure the answer was; outside questions
    have no intent."""

    inside: bool
    kind: Kind
    right: bool
    in_three: bool
    grounded: bool
    confidence: float


def without(questions: Questions, voice: Voice) -> Questions:
    """``questions`` as if ``voice`` had not written any."""
    intents = tuple(
        replace(i, utterances={v: texts for v, texts in i.utterances.items() if v != voice})
        for i in questions.intents
    )
    return Questions(intents, tuple(q for q in questions.outside if q.voice != voice))


def ask_all(assistant: Assistant, questions: Questions, voice: Voice) -> Iterable[Result]:
    """The results of everything that ``voice`` asks."""
    for intent in questions.intents:
        for text in intent.utterances.get(voice, ()):
            answer = assistant.ask(text, Transcript())
            own = intent.answer.strip()
            right = answer.kind is Kind.ANSWER and own in answer.text
            three = right or any(own in other.text for other in answer.alternatives[:2])
            grounded = any(c.anchor == intent.section for c in answer.citations)
            yield Result(True, answer.kind, right, three, grounded, answer.confidence)
    for question in questions.outside:
        if question.voice == voice:
            answer = assistant.ask(question.text, Transcript())
            yield Result(False, answer.kind, False, False, False, answer.confidence)


def calibration_error(results: list[Result], bins: int = 10) -> float:
    """The mean gap between how sure answers were and how often they were right, over ``bins``
    bins."""
    answered = [r for r in results if r.kind is Kind.ANSWER]
    error = 0.0
    for b in range(bins):
        inside = [
            r for r in answered if b / bins <= r.confidence < (b + 1) / bins + (b == bins - 1)
        ]
        if inside:
            gap = sum(r.confidence for r in inside) - sum(r.right for r in inside)
            error += abs(gap) / len(answered)
    return error


def main() -> None:
    """Cross-validate over the voices named, and print a line for each."""
    library = the_library()
    questions = read_content(find_content()).questions
    heads = ("asked", "right", "three", "ground", "refused", "wrong", "calib", "ms")
    print(f"{'voice':12}" + "".join(f"{head:>8}" for head in heads))
    for name in sys.argv[1:] or DEFAULT:
        voice = Voice(name)
        library.matcher = train(without(questions, voice), lambda done, of: None)
        started = time.perf_counter()
        results = list(ask_all(Assistant(library), questions, voice))
        seconds = time.perf_counter() - started
        inside = [r for r in results if r.inside]
        outside = [r for r in results if not r.inside]
        # One outside question for three others, as in use; what is measured on them weighs
        # accordingly.
        weight = len(inside) / 3 / len(outside)
        wrong = sum(r.kind is Kind.ANSWER and not r.right for r in inside)
        wrong_outside = sum(r.kind is Kind.ANSWER for r in outside)
        print(
            f"{name:12} {len(results):6} {sum(r.right for r in inside) / len(inside):6.3f} "
            f"{sum(r.in_three for r in inside) / len(inside):6.3f} "
            f"{sum(r.grounded for r in inside) / len(inside):6.3f} "
            f"{sum(r.kind is Kind.REFUSE for r in outside) / len(outside):8.3f} "
            f"{(wrong + weight * wrong_outside) / (len(inside) * 4 / 3):6.3f} "
            f"{calibration_error(results):6.3f} {seconds / len(results) * 1000:5.1f}"
        )


if __name__ == "__main__":
    main()
