"""``assistant eval``: how good the answers are on a file of one's own labelled questions."""

import argparse
import time
from pathlib import Path

import msgspec

from assistant.answers.assistant import Assistant
from assistant.answers.transcript import Transcript
from assistant.cli.session import note, the_library
from assistant.evaluation.labels import Case, check_intents, read_labels
from assistant.evaluation.marks import Figures, Mark, figures, mark
from assistant.library.model import Library

_MEANINGS = {
    "questions": "questions that the guidance answers",
    "to_refuse": "questions to refuse",
    "right": "answered right first",
    "own": "answered with the very intent's own answer (of those labelled with one)",
    "in_three": "right first, or in the first two alternatives",
    "grounded": "answered with a source from the right section",
    "refused": "refused, of those to refuse",
    "confidently_wrong": "answered wrong, or answered instead of refused, of all",
    "separation": "separation of answerable from not by confidence (0.5 is chance)",
    "calibration_error": "gap between how sure answers are and how often they are right",
    "milliseconds": "a question, in milliseconds",
}


def run(options: argparse.Namespace) -> int:
    """Ask every question of the file, and print the figures; the exit status."""
    path = Path(options.file)
    cases = read_labels(path)
    library = the_library()
    check_intents(cases, library.intents, path)
    started = time.perf_counter()
    marked = list(_marked(cases, library))
    seconds = time.perf_counter() - started
    shares = figures([m for _, _, m in marked])
    if options.wrong:
        for identity, question, found in marked:
            if not found.right and not (found.kind == "refuse" and not found.inside):
                note(f"{identity}: {question} ({found.kind}, {found.confidence:.2f})")
    named = _named(shares, seconds / len(marked) * 1000)
    if options.json:
        print(msgspec.json.encode(named).decode())
        return 0
    for name, value in named.items():
        if value is not None:
            shown = f"{value:.3f}" if isinstance(value, float) else str(value)
            print(f"{shown:>8}  {_MEANINGS[name]}")
    return 0


def _marked(cases: list[Case], library: Library) -> list[tuple[str, str, Mark]]:
    assistant = Assistant(library)
    found = []
    for case in cases:
        transcript = Transcript()
        for label in case.turns:
            answer = assistant.ask(label.q, transcript)
            found.append((case.id, label.q, mark(label, answer, library.intents)))
    return found


def _named(shares: Figures, milliseconds: float) -> dict[str, float | int | None]:
    named: dict[str, float | int | None] = {
        name: None if value is None else round(value, 4) if isinstance(value, float) else value
        for name, value in shares._asdict().items()
    }
    return {**named, "milliseconds": round(milliseconds, 2)}
