"""Gold questions: labelled questions asked of the library before a change and after it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from assistant.answers.assistant import Assistant
from assistant.answers.model import Answer, Kind
from assistant.answers.transcript import Transcript
from assistant.evaluation.labels import Case, Label
from assistant.evaluation.marks import mark
from assistant.library.model import Library


class Came(StrEnum):
    """What came of a question: right since the change, wrong since the change, answered in another
    way and as right or wrong as before."""

    LOST = "lost"
    GAINED = "gained"
    CHANGED = "changed"


class Compared(NamedTuple):
    """A question whose answer is not what it was."""

    came: Came
    id: str
    question: str
    before: Answer
    after: Answer


def compare(
    cases: Iterable[Case], before: Library, after: Library, now: datetime
) -> list[Compared]:
    """The questions of ``cases`` whose answers from ``after`` are not those from ``before``; what
    was lost first, then what was gained. Both are asked at the time ``now``."""
    cases = list(cases)
    found = []
    for one, other in zip(_asked(cases, before, now), _asked(cases, after, now), strict=True):
        identity, label, answer = one
        new = other[2]
        was, is_ = _is_right(label, answer, before), _is_right(label, new, after)
        if was is not is_:
            came = Came.LOST if was else Came.GAINED
        elif _said(answer) != _said(new):
            came = Came.CHANGED
        else:
            continue
        found.append(Compared(came, identity, label.q, answer, new))
    order = list(Came)
    return sorted(found, key=lambda one: order.index(one.came))


def _asked(
    cases: Iterable[Case], library: Library, now: datetime
) -> Iterator[tuple[str, Label, Answer]]:
    assistant = Assistant(library, now)
    for case in cases:
        transcript = Transcript()
        for label in case.turns:
            yield case.id, label, assistant.ask(label.q, transcript)


def _is_right(label: Label, answer: Answer, library: Library) -> bool:
    """Whether ``answer`` is what ``label`` wants; an intent that the library does not have is not
    answered by it."""
    if label.kind == "abstain":
        return answer.kind is Kind.REFUSE
    known = label.intent is None or label.intent in library.intents
    return known and mark(label, answer, library.intents).right


def _said(answer: Answer) -> tuple[object, ...]:
    """What a reader would notice: the kind of answer, its words, and its sources."""
    sources = tuple((one.anchor, one.paragraph, one.text) for one in answer.citations)
    return answer.kind, answer.text, sources
