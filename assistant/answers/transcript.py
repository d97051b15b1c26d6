"""A conversation so far: what was asked and what was said. It lives in memory only."""

from msgspec import Struct, field

from assistant.answers.model import Answer, CitedPassage


class Transcript(Struct):
    """The turns of one conversation, oldest first."""

    answers: list[Answer] = field(default_factory=list)

    @property
    def last(self) -> Answer | None:
        """The last answer, if anything was asked yet."""
        return self.answers[-1] if self.answers else None

    def source(self, number: int) -> CitedPassage | None:
        """Source ``number`` (from 1) of the last answer, if it has that many."""
        if self.last is None or not 1 <= number <= len(self.last.citations):
            return None
        return self.last.citations[number - 1]
