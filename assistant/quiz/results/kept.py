"""An attempt as it is stored."""

from msgspec import Struct

from assistant.quiz.attempt import Attempt
from assistant.quiz.candidate import Candidate


class Kept(Struct, frozen=True):
    """An attempt with its number, the paper as JSON and its seed, the candidate's code, and the
    version of the program that it was begun with."""

    number: int
    attempt: Attempt
    paper: str
    seed: int
    candidate: Candidate | None
    program: str
