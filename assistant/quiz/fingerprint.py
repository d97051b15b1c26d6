"""The fingerprint of an item: another one where what is asked or what is right has changed.

Stored with every answer, so that figures and feedback are never mixed between wordings.
"""

import msgspec

from assistant.guidance.fingerprints import digest
from assistant.quiz.model import Item, Number, Option, Order, Short, TrueFalse


def fingerprint(item: Item) -> str:
    """Made of the stem, what there is to choose from, in its order, and the key; not of feedback,
    difficulty or citations."""
    kind = item.__struct_config__.tag
    return digest(msgspec.json.encode([kind, item.stem, *_asked(item)]))


def _asked(item: Item) -> list[object]:
    match item:
        case TrueFalse():
            return [item.key]
        case Order():
            return list(item.steps)
        case Number():
            return [float(item.key), item.unit, float(item.tolerance)]
        case Short():
            return [item.accepted[0]]
    options: tuple[Option, ...] = item.options
    return [[option.text, option.right] for option in options]
