"""How fast a question is answered, as ratios within one run.

usage: python benchmarks/speed.py [--runs 15] [--questions 400]

Whole process: ``assistant ask`` beside a bare import of the libraries that any such program would
load, taken in turns so that a busy machine slows both alike. One question is answered from an
intent, the other falls through to the search index. Warm: questions made of the titles of the
library's intents, in one
process. The processes may keep the bytecode of what they import, as an installed program does.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time

from assistant.answers.assistant import Assistant
from assistant.answers.transcript import Transcript
from assistant.cli.session import the_library

BARE = "import whoosh.index, whoosh.qparser, rapidfuzz"
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}
QUESTIONS = {
    "answered from an intent": "who signs off a section 44 search",
    "searched for and refused": "can i change the police bail return date",
    "refused": "what does the sheriff of nottingham say about dragons",
}


def seconds(command: list[str]) -> float:
    """The wall time of one run of ``command``."""
    started = time.perf_counter()
    status = subprocess.run(command, stdout=subprocess.DEVNULL, env=ENVIRONMENT).returncode
    taken = time.perf_counter() - started
    if status not in (0, 3):
        raise SystemExit(f"{command} failed with status {status}")
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--questions", type=int, default=400)
    options = parser.parse_args()

    library = the_library()  # built before anything is timed
    commands = {"bare import": [sys.executable, "-c", BARE]}
    for name, question in QUESTIONS.items():
        commands[name] = [sys.executable, "-m", "assistant", "ask", question]
        seconds(commands[name])  # compiled before it is timed
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(options.runs):
        for name, command in commands.items():
            times[name].append(seconds(command))
    bare = statistics.median(times["bare import"])
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:26} {median * 1000:7.1f} ms   {median / bare:4.2f} times the bare import")

    assistant = Assistant(library)
    titles = [intent.title for intent in library.intents.values()][: options.questions]
    assistant.ask(QUESTIONS["searched for and refused"], Transcript())
    warm = []
    for title in titles:
        started = time.perf_counter()
        assistant.ask(title, Transcript())
        warm.append(time.perf_counter() - started)
    cut = statistics.quantiles(warm, n=100)
    print(
        f"warm question, {len(warm)} asked: median {cut[49] * 1000:.1f} ms, "
        f"99th percentile {cut[98] * 1000:.1f} ms"
    )


if __name__ == "__main__":
    main()
