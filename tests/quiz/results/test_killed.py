"""Killed at any moment: every answer that was committed is there, and the attempt goes on."""

import os
import random
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from assistant.quiz.results.store import Store
from tests.helpers import ROOT
from tests.quiz.made import PAPER

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes as POSIX has them")

KILLS = {"sqlite": 200, "postgresql": 40}
MOST_ANSWERS = len(PAPER) + 2
LONGEST = 0.01
"""Seconds from an answer, or from the beginning, until the program is killed at the latest: as long
as a few answers take, so that every moment of storing one comes by."""


class Answering:
    """The program that answers, and what it has said of its answers."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None and process.stdout is not None
        self.asking = process.stdin
        self.pipe = process.stdout.fileno()
        self.rest = b""
        self.said: dict[tuple[int, int], int] = {}

    def line(self, until: float | None = None) -> str | None:
        """The next line, None where there is none until the time ``until``."""
        while b"\n" not in self.rest:
            left = None if until is None else until - time.monotonic()
            if left is not None and (left <= 0 or not select.select([self.pipe], [], [], left)[0]):
                return None
            more = os.read(self.pipe, 65536)
            assert more, "the program that answers has ended"
            self.rest += more
        line, _, self.rest = self.rest.partition(b"\n")
        return line.decode()

    def answer_and_be_killed(self, answers: int, seconds: float) -> None:
        """Begin, say so many ``answers`` and, so many ``seconds`` after the last, be killed."""
        self.asking.write(b"\n")
        self.asking.flush()
        begun = self.line()
        assert begun is not None and begun.startswith("begun ")
        for _ in range(answers):
            line = self.line()
            assert line is not None
            self.heard(line)
        until = time.monotonic() + seconds
        while (line := self.line(until)) is not None:
            self.heard(line)
        os.kill(int(begun.split()[1]), signal.SIGKILL)
        while (line := self.line()) is not None and not line.startswith("over "):
            self.heard(line)
        assert line == f"over {int(signal.SIGKILL)}"

    def heard(self, line: str) -> None:
        attempt, position, given = map(int, line.split())
        self.said[attempt, position] = given


@contextmanager
def answering(place: Path | str) -> Iterator[Answering]:
    command = [sys.executable, "-m", "tests.quiz.results.answering", str(place)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        found = Answering(process)
        for _ in PAPER:
            assert found.line() is not None  # it has answered a paper elsewhere, to be warm
        yield found
        found.asking.close()
        assert process.wait(timeout=30) == 0


def test_killed_at_any_moment_no_answer_is_lost_and_the_attempt_goes_on(
    place: Path | str,
) -> None:
    chance = random.Random(20261121)
    kind = "sqlite" if isinstance(place, Path) else "postgresql"
    broken_off = set()
    with answering(place) as program:
        for _ in range(KILLS[kind]):
            program.answer_and_be_killed(chance.randrange(MOST_ANSWERS), chance.uniform(0, LONGEST))
            with Store(place) as store:
                broken_off.update(store.unfinished(None))
    stored: dict[tuple[int, int], object] = {}
    with Store(place) as store:
        attempts = {attempt for attempt, _ in program.said}
        for number in attempts:
            answers = store.attempt(number).attempt.answers
            stored |= {(number, position): answer.given for position, answer in answers.items()}
        unfinished = store.unfinished(None)
    assert stored.items() >= program.said.items()
    # What was stored but not said any more can be at most the answer that each kill fell on.
    assert len(stored) - len(program.said) <= KILLS[kind]
    assert len(unfinished) <= 1
    ended = attempts - set(unfinished)
    assert all(sum(number == one for number, _ in stored) == len(PAPER) for one in ended)
    assert len(broken_off & ended) > KILLS[kind] / 20, "hardly any attempt was gone on with"
    if isinstance(place, Path):
        with closing(sqlite3.connect(place)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
