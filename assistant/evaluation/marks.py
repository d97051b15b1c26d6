"""Answers marked against labels, and the figures that the marks come to."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from assistant.answers.compose import word_count
from assistant.answers.model import Alternative, Answer, Kind
from assistant.evaluation.labels import Label
from assistant.matching.facts import fact_words, says
from assistant.matching.intents import LONGEST_TEXT, Intent
from assistant.matching.normalise import words

_BINS = 10


class Mark(NamedTuple):
    """What came of one question. ``inside``: the guidance answers it. ``own``: the answer holds the
    very text of the intent that was meant, None where no intent is named."""

    inside: bool
    kind: Kind
    right: bool
    own: bool | None
    in_three: bool
    grounded: bool
    confidence: float
    weight: float = 1.0


class Figures(NamedTuple):
    """Shares from 0 to 1, None where nothing was asked that they could be reckoned from."""

    questions: int
    to_refuse: int
    right: float | None
    own: float | None
    in_three: float | None
    grounded: float | None
    refused: float | None
    confidently_wrong: float | None
    separation: float | None
    calibration_error: float | None


def mark(label: Label, answer: Answer, intents: Mapping[str, Intent], weight: float = 1.0) -> Mark:
    """``answer`` marked against ``label``; ``intents`` are those of the library, by id."""
    inside = label.kind == "answer"
    given = answer.kind is Kind.ANSWER
    right = inside and given and _is_right(label, answer, intents)
    others = answer.alternatives[:2]
    own = None
    if label.intent is not None:
        own = given and intents[label.intent].answer.strip() in answer.text
    return Mark(
        inside,
        answer.kind,
        right,
        own,
        right or (inside and any(_is_right(label, other, intents) for other in others)),
        inside and given and _is_grounded(label, answer, intents),
        answer.confidence,
        weight,
    )


def _is_right(label: Label, answer: Answer | Alternative, intents: Mapping[str, Intent]) -> bool:
    """Whether the first source is of a wanted publication and the text, short enough to be read,
    holds what must stand in it."""
    if not answer.citations or word_count(answer.text) > LONGEST_TEXT:
        return False
    document = answer.citations[0].document
    if label.intent is not None:
        wanted = intents[label.intent]
        fact = fact_words(wanted.answer)
        said = wanted.answer.strip() in answer.text or says(fact, set(words(answer.text)))
        return said and document == wanted.section.partition("#")[0]
    folded = _folded(answer.text)
    held = all(any(_folded(text) in folded for text in group) for group in label.must)
    return held and document in label.doc


def _is_grounded(label: Label, answer: Answer, intents: Mapping[str, Intent]) -> bool:
    if label.intent is not None:
        wanted = intents[label.intent].section
        return any(citation.anchor == wanted for citation in answer.citations)
    headings = {_folded(section) for section in label.sections}
    return any(
        citation.document in label.doc and headings & set(map(_folded, citation.section))
        for citation in answer.citations
    )


def _folded(text: str) -> str:
    """``text`` for comparison: lower case, words apart by one space, one before the first so that
    only beginnings of words are found."""
    plain = re.sub("[,'’‘]", "", text.lower())
    return " " + " ".join(re.findall(r"[a-z0-9]+|£", plain))


def figures(marks: Sequence[Mark]) -> Figures:
    """The figures of ``marks``, each counting by its weight."""
    inside = [m for m in marks if m.inside]
    outside = [m for m in marks if not m.inside]
    answered = [m for m in marks if m.kind is Kind.ANSWER]
    return Figures(
        len(inside),
        len(outside),
        _share(inside, lambda m: m.right),
        _share([m for m in inside if m.own is not None], lambda m: bool(m.own)),
        _share(inside, lambda m: m.in_three),
        _share(inside, lambda m: m.grounded),
        _share(outside, lambda m: m.kind is Kind.REFUSE),
        _share(marks, lambda m: m.kind is Kind.ANSWER and not m.right),
        _separation(inside, outside),
        _calibration_error(answered),
    )


def _share(marks: Sequence[Mark], has: Callable[[Mark], bool]) -> float | None:
    total = sum(m.weight for m in marks)
    return sum(m.weight for m in marks if has(m)) / total if total else None


def _separation(inside: Iterable[Mark], outside: Iterable[Mark]) -> float | None:
    """How likely an answerable question has more confidence than one to refuse (the area under the
    receiver operating characteristic)."""
    won = total = 0.0
    for one, other in product(inside, outside):
        weight = one.weight * other.weight
        won += weight * (
            (one.confidence > other.confidence) + 0.5 * (one.confidence == other.confidence)
        )
        total += weight
    return won / total if total else None


def _calibration_error(answered: Sequence[Mark]) -> float | None:
    """The mean gap between how sure the answers of each tenth were and how often they were
    right."""
    total = sum(m.weight for m in answered)
    gaps = [0.0] * _BINS
    for m in answered:
        tenth = min(int(m.confidence * _BINS), _BINS - 1)
        gaps[tenth] += m.weight * (m.confidence - m.right)
    return sum(map(abs, gaps)) / total if total else None
