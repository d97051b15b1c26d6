"""A paper for revision: the items that are due, the longest due first, then some never asked."""

from collections.abc import Collection, Iterable
from datetime import datetime

from msgspec.structs import replace

from assistant.errors import UsageError
from assistant.quiz.fingerprint import fingerprint
from assistant.quiz.model import Bank
from assistant.quiz.paper import Paper, Wanted, draw, fitting
from assistant.quiz.schedule import Card, due, next_due


def draw_due(
    bank: Bank,
    wanted: Wanted,
    seed: int,
    cards: Iterable[Card],
    now: datetime,
    held_back: Collection[str] = (),
) -> Paper:
    """A paper of as many items of what is ``wanted`` as are due or have never been asked, at most
    ``wanted.number``.

    Raises UsageError where there is none, and says when the next is due.
    """
    known = list(cards)
    wordings = {item.id: fingerprint(item) for topic in bank.topics for item in topic.items}
    ready = [one.card.item for one in due(known, wordings, now)]
    waiting = {card.item for card in known} - set(ready)
    back = {*held_back, *waiting}
    there = fitting(bank, wanted, back)
    if not there:
        when = next_due(known, wordings)
        said = f"; the next is due on {when.astimezone():%d %B %Y, %H:%M}" if when else ""
        raise UsageError(f"nothing is due, and every item has been asked{said}")
    number = min(wanted.number or len(there), len(there))
    return draw(bank, replace(wanted, number=number, each=None), seed, (), back, ready)
