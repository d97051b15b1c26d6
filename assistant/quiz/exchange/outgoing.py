"""Items as questions of other programs.

What their questions have no place for goes where Moodle keeps it: topic, difficulty and unit into
tags, the sources into the last line of the general feedback, mistakes into answers without a mark.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.quiz.exchange.question import Answer, Kind, Question
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
    Topic,
    TrueFalse,
)
from assistant.quiz.quantities import in_digits

SOURCES = "Sources: "
"""Begins the last line of the general feedback; citations follow, with ``; `` between."""

LONGEST_TAG = 50
"""Characters of a tag; Moodle cuts longer ones."""

_UNHELD = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")


class Outgoing(NamedTuple):
    """The questions, and a line for everything that is left out or lost."""

    questions: tuple[Question, ...]
    losses: tuple[str, ...]


def outgoing(bank: Bank, held: frozenset[Kind]) -> Outgoing:
    """The items of ``bank`` as questions of the kinds ``held``; items that cannot be held are left
    out and named."""
    questions: list[Question] = []
    losses: list[str] = []
    for topic in bank.topics:
        for item in topic.items:
            found = question(item, topic)
            unheld = [*_unheld(found, held)]
            losses += [f"{item.id} is left out: {loss}" for loss in unheld]
            if not unheld:
                questions.append(found)
                if isinstance(item, Scenario):
                    losses.append(
                        f"{item.id}: comes back as a single choice; "
                        "its dialogue and its answers are not kept"
                    )
    return Outgoing(tuple(questions), tuple(losses))


def question(item: Item, topic: Topic) -> Question:
    """``item`` as a question of another program."""
    kind, answers = _answers(item)
    unit = item.unit if isinstance(item, Number) else ""
    return Question(
        kind=kind,
        text=item.stem,
        name=item.id,
        identity=item.id,
        category=topic.title,
        tags=(f"topic:{topic.id}", f"difficulty:{item.difficulty.value}"),
        answers=answers,
        single=not isinstance(item, Several),
        remark=_remark(item),
        unit=unit,
    )


def _remark(item: Item) -> str:
    if not item.cites:
        return item.why
    return "\n\n".join(filter(None, [item.why, SOURCES + "; ".join(item.cites)]))


def _answers(item: Item) -> tuple[Kind, tuple[Answer, ...]]:
    match item:
        case Single() | Scenario():
            return Kind.MULTIPLE_CHOICE, tuple(
                Answer(option.text, 100.0 * option.right, option.feedback)
                for option in item.options
            )
        case Several():
            return Kind.MULTIPLE_CHOICE, _shared(item.options)
        case TrueFalse():
            shares = (100.0 * item.key, 100.0 * (not item.key))
            return Kind.TRUE_FALSE, tuple(
                Answer(text, share, "" if share else item.wrong)
                for text, share in zip(("true", "false"), shares, strict=True)
            )
        case Short():
            return Kind.SHORT_ANSWER, tuple(Answer(text, 100.0) for text in item.accepted)
        case Number():
            key = Answer(in_digits(item.key), 100.0, "", item.key, item.tolerance)
            return Kind.NUMERICAL, (
                key,
                *(
                    Answer(in_digits(one.value), 0.0, one.feedback, one.value, item.tolerance)
                    for one in item.mistakes
                ),
            )
        case Order():
            return Kind.ORDERING, tuple(Answer(step) for step in item.steps)


def _shared(options: tuple[Option, ...]) -> tuple[Answer, ...]:
    """Options that share the mark; a wrong one takes away as much as a right one brings."""
    share = round(100 / max(1, sum(option.right for option in options)), 5)
    return tuple(
        Answer(option.text, share if option.right else -share, option.feedback)
        for option in options
    )


def _unheld(found: Question, held: frozenset[Kind]) -> Iterator[str]:
    """Why a question cannot be held as it is."""
    if found.kind not in held:
        yield f"the format has no questions of the kind {found.kind}"
    texts = [found.text, found.remark, found.unit]
    texts += [text for answer in found.answers for text in (answer.text, answer.feedback)]
    if any(_UNHELD.search(text) for text in texts):
        yield "it holds a control character, which the format does not"
    if any(text != text.strip() for text in texts):
        yield "a text of it begins or ends with spaces, which the format drops"
    tags = [*found.tags, f"unit:{found.unit}"]
    if any(len(tag) > LONGEST_TAG or "," in tag for tag in tags):
        yield f"its topic or unit is longer than {LONGEST_TAG} characters, or holds a comma"
