"""Kills a reindex or an import at random moments while four readers ask; a script of its own, so
that it can fork.

    python -m tests.library.killing reindex|import TIMES SEED

prints one line of JSON. Every change puts another mark into the guidance; what a reader is shown
and what its search finds must bear the same one, and one that was written.
"""

import contextlib
import io
import json
import os
import random
import re
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from assistant.answers.assistant import Assistant
from assistant.answers.transcript import Transcript
from assistant.cli.main import main
from assistant.guidance.published import read_published
from assistant.library.content import Content, find_content
from assistant.library.home import libraries, published
from assistant.library.loading import load
from assistant.library.store import open_library
from tests.helpers import NOW

READERS = 4
MARK = re.compile(r"mark\d+")
TEXT = """Keeping a lighthouse

Published 2 January 2020

1 The lamp

1.1 Trim the wick.

1.2 Oil is drawn from the cellar mark0.

Steps at dusk

1. Climb.

2. Light.

The fog bell

Ring it.
"""


def write(path: Path, text: str) -> None:
    """Write a file whole, as an editor does."""
    new = path.with_name(f"{path.name}~")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def ask(content: Content) -> str:
    """The mark that an answer shows. Raises AssertionError where the search finds another, or a
    library was found damaged."""
    notes: list[str] = []
    library = open_library(content, lambda what, done, of: None, notes.append)
    assert notes == [], notes
    answer = Assistant(library, NOW).ask("where is the lamp oil kept", Transcript())
    assert answer.intent == "oil-store", answer
    [mark] = MARK.findall(answer.citations[0].text)
    hits = library.passages.search(mark).best
    assert [hit.section for hit in hits] == ["lighthouse-manual#the-lamp"], (mark, hits)
    assert library.intents.keys() == {"wick-trimming", "oil-store", "fog-bell"}
    return str(mark)


def read_on(content: Content, report: Path) -> None:
    """Ask again and again until told to stop; then write what came of it."""
    asked, faults, marks, going = 0, [], set(), True

    def stop(signal_: int, frame: object) -> None:
        nonlocal going
        going = False

    signal.signal(signal.SIGTERM, stop)
    while going:
        try:
            marks.add(ask(content))
        except BaseException:
            faults.append(traceback.format_exc())
        asked += 1
        time.sleep(0.01)  # leaves the machine to the run that is to be killed
    report.write_text(json.dumps({"asked": asked, "faults": faults, "marks": sorted(marks)}))


def child(do: Callable[[], object]) -> int:
    """The process in which ``do`` is done."""
    process = os.fork()
    if process:
        return process
    try:
        do()
    finally:
        os._exit(0)


def command(*arguments: str) -> None:
    """A command with nothing printed."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        main(arguments)


def killed(process: int, after: float) -> bool:
    """Kill ``process`` ``after`` so many seconds; whether it was still at work."""
    time.sleep(after)
    os.kill(process, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


def run(what: str, times: int, seed: int) -> dict[str, object]:
    """Kill ``what`` so many ``times``; what came of it."""
    content, chance = find_content(), random.Random(seed)
    manual = content.corpus / "lighthouse-manual.md"
    restated = manual.read_text(encoding="utf-8").replace("the cellar", "the cellar mark0")
    write(manual, restated)
    source = content.root.parent / "manual.txt"
    write(source, TEXT)

    def change(number: int) -> None:
        mark = f"mark{number}"
        if what == "reindex":
            write(manual, restated.replace("mark0", mark))
        else:
            write(source, TEXT.replace("mark0", mark))

    def do() -> None:
        command(*(["reindex"] if what == "reindex" else ["import", str(source)]))

    started = time.perf_counter()
    do()
    took = time.perf_counter() - started
    change(1)
    started = time.perf_counter()
    do()
    took = min(took, time.perf_counter() - started)
    reports = [content.root.parent / f"reader-{n}.json" for n in range(READERS)]
    readers = [child(lambda r=report: read_on(content, r)) for report in reports]  # type: ignore[misc]
    hit, unsound = 0, []
    for number in range(2, times + 2):
        change(number)
        hit += killed(child(do), chance.uniform(0, 2.5 * took))
        for folder in libraries().iterdir():
            if folder.is_dir() and not folder.name.startswith("."):
                try:
                    load(folder)
                except Exception as error:
                    if folder.exists():
                        unsound.append(f"{folder}: {error}")
        unsound += map(str, read_published(published()).problems)
    for reader in readers:
        os.kill(reader, signal.SIGTERM)
        os.waitpid(reader, 0)
    found = [json.loads(report.read_text()) for report in reports]
    written = {f"mark{number}" for number in range(times + 2)}
    seen = set().union(*(one["marks"] for one in found))
    do()
    return {
        "killed": hit,
        "asked": [one["asked"] for one in found],
        "faults": [fault for one in found for fault in one["faults"]],
        "unsound": unsound,
        "never_written": sorted(seen - written),
        "seen": len(seen),
        "last": ask(content),
    }


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
