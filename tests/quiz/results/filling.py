"""A program that answers until there is no room, says what it was told, makes room and goes on.

usage: python -m tests.quiz.results.filling PLACE limit|disk

With ``limit`` files may not grow above a size, with ``disk`` the folder of PLACE is a small disk
that another file fills.
"""

import resource
import sys
from pathlib import Path

from assistant.errors import AssistantError
from assistant.quiz.attempt import Attempt, Mode, give
from assistant.quiz.results.store import Store
from tests.quiz.made import DRAWN, attempt, later

SIZE = 200_000
WORDS = "a few words that are given " * 80


def fill(place: Path, how: str) -> Path:
    """Leave a little room only; the file that takes the rest of a disk."""
    ballast = place.with_name("ballast")
    if how == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (SIZE, resource.RLIM_INFINITY))
    else:
        ballast.write_bytes(b"x" * SIZE)
    return ballast


def make_room(ballast: Path, how: str) -> None:
    """Undo ``fill``."""
    if how == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    else:
        ballast.unlink()


def stored(place: Path, number: int) -> Attempt:
    """The attempt as another window sees it."""
    with Store(place) as store:
        return store.attempt(number).attempt


def main() -> None:
    """Fill, say, make room, go on."""
    place, how = Path(sys.argv[1]), sys.argv[2]
    with Store(place) as store:
        before = now = attempt(Mode.ASSESSED)
        number = store.begin(now, DRAWN, 1, None, "1")
        ballast = fill(place, how)
        for turn in range(1000):
            before, now = now, give(now, turn % 6, f"{turn} {WORDS}", 1, later(turn / 1000)).attempt
            try:
                store.answer(number, now, now.answers[turn % 6])
            except AssistantError as error:
                print(error)
                break
        else:
            raise SystemExit("there was room for everything")
        print("in this window", store.attempt(number).attempt == before)
        make_room(ballast, how)
        print("in another window", stored(place, number) == before)
        store.answer(number, now, now.answers[turn % 6])
    print("given again", stored(place, number) == now, turn > 5)


if __name__ == "__main__":
    main()
