"""``assistant reindex``: the library compiled anew, compared by gold questions, and swapped in."""

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from assistant.answers.model import Answer
from assistant.cli.lines import text_lines
from assistant.cli.session import Progress, note
from assistant.errors import UsageError
from assistant.evaluation.gold import Came, Compared, compare
from assistant.evaluation.labels import check_intents, read_labels
from assistant.guidance.wording import without_controls
from assistant.library.content import find_content
from assistant.library.store import Candidate, candidate, refuse, stored_before, swap_in


def run(options: argparse.Namespace) -> int:
    """Compile the library and swap it in; faults leave the old one in place. 1 where ``--strict``
    refused it."""
    if options.strict and not options.gold:
        raise UsageError("--strict goes with --gold FILE")
    progress = Progress()
    try:
        made = candidate(find_content(), progress.step, note)
    finally:
        progress.stop()
    if options.gold and not _passes(made, Path(options.gold), options.strict):
        return 1
    swap_in(made)
    texts = sum(one.about.edition is not None for one in made.library.texts.publications)
    note(
        f"The library holds {len(made.library.texts.places)} sections "
        f"and {len(made.library.intents)} answers"
        + (f"; {texts} of its publications in the published wording." if texts else ".")
    )
    return 0


def _passes(made: Candidate, path: Path, strict: bool) -> bool:
    """Ask the gold questions of ``path`` of the library before and of ``made``, and print what came
    of them; whether ``made`` may be swapped in."""
    cases = read_labels(path)
    check_intents(cases, made.library.intents, path)
    before = stored_before(made.folder)
    if before is None:
        note("There is no library from before to compare with.")
        return True
    folder, library = before
    found = compare(cases, library, made.library, datetime.now())
    for one in found:
        print("\n".join(_lines(one)))
    counts = Counter(one.came for one in found)
    asked = sum(len(case.turns) for case in cases)
    print(f"{asked} asked: " + ", ".join(f"{counts[came]} {came}" for came in Came))
    if not strict or not counts[Came.LOST]:
        return True
    refuse(made, folder)
    note("Refused: the library from before serves on until the content changes again.")
    return False


def _lines(one: Compared) -> Iterator[str]:
    yield without_controls(f"{one.came}: {one.id}: {one.question}")
    quoting = one.before.text == one.after.text
    for when, answer in (("before", one.before), ("after", one.after)):
        yield from (line for line in text_lines(f"{when}: {_short(answer, quoting)}", "  ") if line)


def _short(answer: Answer, quoting: bool) -> str:
    """An answer in a line: its kind, where it stands, and its first paragraph, or what its first
    source says."""
    first = answer.text.strip().split("\n\n")[0]
    if not answer.citations:
        return f"{answer.kind}: {first}"
    source = answer.citations[0]
    place = f"{source.anchor}/{source.paragraph}" if source.paragraph else source.anchor
    return f"{answer.kind} ({place}): {source.text if quoting else first}"
