"""A program that answers question after question until it is killed.

usage: python -m tests.quiz.results.answering PLACE

For every line of standard input a new process is made, with everything imported, so that it is soon
at its answers. It says ``begun PID``, goes on with the attempt that is open at PLACE or begins one,
and says ``ATTEMPT POSITION GIVEN`` for every answer once it is stored. When it is over, its parent
says ``over STATUS``.
"""

import os
import sys
import tempfile
import traceback
from datetime import timedelta
from pathlib import Path

from assistant.quiz.attempt import Mode, give
from assistant.quiz.results.store import Store
from tests.quiz.made import DRAWN, START, attempt


def say(line: str) -> None:
    """One line in one piece: of who is killed there is all of it or nothing."""
    os.write(1, f"{line}\n".encode())


def answer_one_attempt(store: Store) -> None:
    """Go on with the attempt that is open, or begin one, to its end."""
    unfinished = store.unfinished(None)
    new = attempt(Mode.PRACTICE, None, None)
    number = unfinished[0] if unfinished else store.begin(new, DRAWN, 1, None, "1")
    now = store.attempt(number).attempt
    while (position := now.waiting) is not None:
        given = number * 100 + position
        now = give(now, position, given, 1, START + timedelta(seconds=given)).attempt
        store.answer(number, now, now.answers[position])
        say(f"{number} {position} {given}")


def main() -> None:
    """Make a process for every line that comes in."""
    place = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "warm") as store:
        answer_one_attempt(store)
    for _ in sys.stdin:
        if pid := os.fork():
            say(f"over {os.waitpid(pid, 0)[1]}")
            continue
        say(f"begun {os.getpid()}")
        try:
            with Store(place) as store:
                while True:
                    answer_one_attempt(store)
        except BaseException:
            traceback.print_exc()
        os._exit(1)


if __name__ == "__main__":
    main()
