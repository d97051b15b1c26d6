"""How long the report over many attempts takes, beside only counting the same rows.

usage: python benchmarks/quiz_report.py [--attempts 10000] [--questions 20] [--runs 5] [--at URL]

Attempts are made up: candidates of differing ability answer questions of differing difficulty,
drawn from a bank of 300. They are stored in a file that is removed afterwards, or in the empty
database at ``postgresql://...``.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, insert, select

from assistant.quiz.attempt import Mode
from assistant.quiz.report import class_report
from assistant.quiz.report_csv import items_csv, topics_csv
from assistant.quiz.report_html import class_html
from assistant.quiz.report_text import class_lines
from assistant.quiz.results.schema import answers, attempts
from assistant.quiz.results.store import Store
from assistant.quiz.results.totals import attempts_in, tallies

ITEMS, TOPICS = 300, 12
SHARES = (0.0, 0.0, 0.5, 1.0)
START = datetime(2026, 11, 1, 9, tzinfo=UTC)


def fill(store: Store, number: int, questions: int, seed: int = 1) -> None:
    """Store ``number`` attempts of so many ``questions``."""
    chance = random.Random(seed)
    hardness = [chance.gauss(0, 1) for _ in range(ITEMS)]
    with store.database.writing() as connection:
        for first in range(0, number, 1000):
            begun, given = [], []
            for one in range(first, min(first + 1000, number)):
                ability = chance.gauss(0.5, 1)
                drawn = chance.sample(range(ITEMS), questions)
                knows = [ability - hardness[item] + chance.gauss(0, 1) for item in drawn]
                shares = [1.0 if know > 0 else chance.choice(SHARES) for know in knows]
                score = sum(shares) / questions
                begun.append(
                    {
                        "id": one + 1,
                        "started": START + timedelta(minutes=one),
                        "ended": START + timedelta(minutes=one + 20),
                        "mode": Mode.ASSESSED.value,
                        "candidate": f"K-{one % 500}",
                        "paper": "{}",
                        "questions": "[]",
                        "seed": str(one),
                        "pass_mark": 0.7,
                        "program": "benchmark",
                        "score": score,
                        "passed": score >= 0.7,
                    }
                )
                given += [
                    {
                        "attempt": one + 1,
                        "position": position,
                        "item": f"an-item-with-a-readable-name-{item}",
                        "topic": f"topic-{item % TOPICS}",
                        "fingerprint": f"{item:064x}",
                        "given": "[1]",
                        "share": share,
                        "answered": START + timedelta(minutes=one + position),
                    }
                    for position, (item, share) in enumerate(zip(drawn, shares, strict=True))
                ]
            connection.execute(insert(attempts), begun)
            connection.execute(insert(answers), given)


def seconds(what: Callable[[], object], runs: int) -> float:
    """The median wall time of ``runs``."""
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        what()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def report(store: Store) -> str:
    """The report as a user gets it, in every form."""
    made = class_report(attempts_in(store), tallies(store))
    return "\n".join([*class_lines(made), items_csv(made), topics_csv(made), class_html(made)])


def count(store: Store) -> int:
    """The number of answers."""
    with store.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(answers)).scalar_one())


def read(store: Store) -> int:
    """The number of answers, found by fetching the marks of all of them."""
    with store.database.reading() as connection:
        return len(connection.execute(select(answers.c.item, answers.c.share)).all())


def main() -> None:
    """Make attempts, measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--attempts", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=20)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--at", metavar="URL")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        Store(options.at or Path(folder) / "results.sqlite3") as store,
    ):
        fill(store, options.attempts, options.questions)
        print(f"{options.attempts:,} attempts, {count(store):,} answers")
        counting = seconds(lambda: count(store), options.runs)
        reading = seconds(lambda: read(store), options.runs)
        taken = seconds(lambda: report(store), options.runs)
        print(f"SELECT count(*)  {counting * 1000:8.1f} ms")
        print(f"fetch all marks  {reading * 1000:8.1f} ms  {reading / counting:6.1f} times")
        print(f"the report       {taken * 1000:8.1f} ms  {taken / counting:6.1f} times")


if __name__ == "__main__":
    main()
