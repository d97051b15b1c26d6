"""When an item is due again: spaced repetition by the ``fsrs`` library (Free Spaced Repetition
Scheduler, version 6, with its published parameters).

A share of the mark becomes a rating. FSRS also knows "easy"; how easy an answer was does not show
in its mark, so it is never given.

    1              good     due again when it would be remembered with a probability of 0.9
    0.5 to 1       hard     due sooner
    less than 0.5  again    due in minutes, and counted as a failure

When an item's wording changes, its card and its counts stay: the fact behind it is the same.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    import fsrs

GOOD, HARD = 1.0, 0.5
"""The least share of the mark for each rating."""

LEECH = 4
"""Failures after which an item is a leech. Anki waits for eight, over years of reviews; a candidate
sees an item a few times before a test."""


class Card(Struct, frozen=True):
    """What is known of one candidate and one item: ``state`` is the card of the fsrs library as
    JSON, ``fingerprint`` that of the wording at the last review, ``reworded`` whether its reviews
    were of more than one wording."""

    item: str
    state: str
    due: datetime
    fingerprint: str
    reworded: bool = False
    reviews: int = 0
    failures: int = 0

    @property
    def is_leech(self) -> bool:
        """Whether the item was failed so often that repeating alone will not help."""
        return self.failures >= LEECH


class Due(NamedTuple):
    """A card that is due; ``changed`` where the wording is another than at its last review."""

    card: Card
    changed: bool


def review(card: Card | None, item: str, fingerprint: str, share: float, now: datetime) -> Card:
    """The card after an answer to ``item`` in the wording ``fingerprint`` that came to ``share``;
    ``card`` is the one before, None at the first review."""
    # Imported here: only who revises waits for it.
    import fsrs

    now = now.astimezone(UTC)
    # The number of a card is made from the clock where none is given; here the item is its name.
    before = fsrs.Card.from_json(card.state) if card else fsrs.Card(card_id=0, due=now)
    # Without chance in the intervals: the same answers always lead to the same days.
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    after, _ = scheduler.review_card(before, _rating(share), now)
    return Card(
        item=item,
        state=after.to_json(),
        due=after.due,
        fingerprint=fingerprint,
        reworded=card is not None and (card.reworded or card.fingerprint != fingerprint),
        reviews=(card.reviews if card else 0) + 1,
        failures=(card.failures if card else 0) + (share < HARD),
    )


def _rating(share: float) -> "fsrs.Rating":
    import fsrs

    if share >= GOOD:
        return fsrs.Rating.Good
    return fsrs.Rating.Hard if share >= HARD else fsrs.Rating.Again


def due(cards: Iterable[Card], fingerprints: Mapping[str, str], now: datetime) -> list[Due]:
    """The cards that are due ``now``, the longest due first. ``fingerprints`` are those of the
    items in the bank; a card whose item has gone waits until it is back."""
    ready = sorted(
        (card for card in cards if card.item in fingerprints and card.due <= now),
        key=lambda card: (card.due, card.item),
    )
    return [Due(card, card.fingerprint != fingerprints[card.item]) for card in ready]


def next_due(cards: Iterable[Card], fingerprints: Mapping[str, str]) -> datetime | None:
    """When the next item of the bank is due, None where none has been reviewed."""
    return min((card.due for card in cards if card.item in fingerprints), default=None)


def unseen(cards: Iterable[Card], fingerprints: Mapping[str, str]) -> list[str]:
    """The items of the bank that have not been reviewed, in the order of the bank."""
    seen = {card.item for card in cards}
    return [item for item in fingerprints if item not in seen]


def leeches(cards: Iterable[Card]) -> list[Card]:
    """The items that were failed often, the most often first."""
    failed = (card for card in cards if card.is_leech)
    return sorted(failed, key=lambda card: (-card.failures, card.item))
