"""Anki's text format: a note an item, with its id, so that a later import keeps its history.

The format is described in Anki's manual ("Text files"). Only out: what comes back from Anki is
text without a key.
"""

import re
from collections.abc import Iterator
from html import escape

from assistant.quiz.model import (
    Bank,
    Item,
    Number,
    Option,
    Order,
    Scenario,
    Several,
    Short,
    Single,
    TrueFalse,
)
from assistant.quiz.quantities import in_digits

_HEAD = (
    "#separator:tab",
    "#html:true",
    "#notetype:Basic",
    "#guid column:1",
    "#deck column:2",
    "#tags column:5",
)


def write_anki(bank: Bank) -> str:
    """``bank`` as a file that Anki imports: id, deck, front, back and tags of each note."""
    lines = list(_HEAD)
    for topic in bank.topics:
        for item in topic.items:
            tags = (topic.id, item.difficulty.value, str(item.__struct_config__.tag))
            front = "<br>".join([_html(item.stem), *_shown(item)])
            back = "<br>".join([*_key(item), _html(item.why), _html("; ".join(item.cites))])
            deck = _html(topic.title).replace("::", ": :")
            lines.append("\t".join([item.id, deck, front, back, " ".join(tags)]))
    return "\n".join(lines) + "\n"


def _html(text: str) -> str:
    """``text`` as HTML in one line without tabs: those and line ends part fields and notes."""
    # A quotation mark at the beginning of a field would quote it.
    return re.sub(r"\r\n|[\n\r]", "<br>", escape(text)).replace("\t", " ")


def _options(item: Item) -> tuple[Option, ...]:
    return item.options if isinstance(item, Single | Several | Scenario) else ()


def _shown(item: Item) -> Iterator[str]:
    """What is to be chosen from. Steps stand in the order of their letters, not in the right
    one."""
    for letter, option in zip("abcdefgh", _options(item), strict=False):
        yield f"{letter}) {_html(option.text)}"
    if isinstance(item, Order):
        yield from (f"- {_html(step)}" for step in sorted(item.steps))
    if isinstance(item, TrueFalse):
        yield "True or false?"


def _key(item: Item) -> Iterator[str]:
    for letter, option in zip("abcdefgh", _options(item), strict=False):
        mark = "Right" if option.right else "Wrong"
        yield f"{mark}: {letter}) {_html(option.text)}: {_html(option.feedback)}"
    match item:
        case TrueFalse():
            yield f"{item.key}."
        case Order():
            yield from (f"{n}. {_html(step)}" for n, step in enumerate(item.steps, 1))
        case Number():
            yield f"{in_digits(item.key)} {_html(item.unit)}"
        case Short():
            yield " / ".join(map(_html, item.accepted))
