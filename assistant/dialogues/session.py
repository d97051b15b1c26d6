"""A walk in progress: answers given one after another, changed, taken back, saved on request.

Plain data that can be saved as it is: nothing here writes anything.
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field

from assistant.dialogues.model import Value
from assistant.dialogues.walk import Book, Walk, walk


class Change(Struct, frozen=True):
    """What one answer replaced: its key, and the value before, None where there was none."""

    key: str
    before: Value | None
    at: datetime | None


class Session(Struct):
    """The answers of one walk by key, when each was given, and what can be taken back."""

    dialogue: str
    started: datetime
    answers: dict[str, Value] = field(default_factory=dict)
    times: dict[str, datetime] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    def walk(self, book: Book) -> Walk:
        """The route as the answers make it."""
        return walk(book, self.dialogue, self.answers)

    def give(self, book: Book, key: str, value: Value, now: datetime) -> tuple[str, ...]:
        """Answer the node ``key``, for the first time or anew; the keys whose answers no longer
        apply.

        They are kept, and apply again if the route comes by them again.
        """
        before = _answered(self.walk(book), self.answers)
        self.changes.append(Change(key, self.answers.get(key), self.times.get(key)))
        self.answers[key] = value
        self.times[key] = now
        after = _answered(self.walk(book), self.answers)
        return tuple(one for one in before if one not in after)

    def back(self) -> str | None:
        """Undo the last answer; its key, None where nothing was answered."""
        if not self.changes:
            return None
        change = self.changes.pop()
        if change.before is None or change.at is None:
            self.answers.pop(change.key, None)
            self.times.pop(change.key, None)
        else:
            self.answers[change.key] = change.before
            self.times[change.key] = change.at
        return change.key


def _answered(found: Walk, answers: Mapping[str, Value]) -> list[str]:
    return [stop.key for stop in found.stops if stop.key in answers and stop.value is not None]
