"""False premises: a question that states a rank, number, section, form or sum that the cited
guidance contradicts.

A statement counts only where the answer itself holds a thing of the same kind and the cited
passages do not hold the one that is stated. Ranks and times stand in many questions by the way
("sergeant here", "trial in 8 weeks"); they count only where the question asks to have them
confirmed.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from assistant.answers.model import Premise


class _Kind(NamedTuple):
    """A kind of thing: how it is found, whether it counts only in a question that asks for
    confirmation."""

    pattern: re.Pattern[str]
    only_confirming: bool


_KINDS = {
    "section": _Kind(re.compile(r"(?<!')\b(?:section|sect?|s)\.?\s?(\d+[a-z]?)\b"), False),
    "code": _Kind(re.compile(r"(#[a-z]+)\b"), False),
    "sum": _Kind(re.compile(r"£\s?([\d,]+k?)"), False),
    "form": _Kind(re.compile(r"\b((?:im|is|bail)\s?\d+[a-z]?)\b"), False),
    "grade": _Kind(re.compile(r"\b(grade \d)\b"), True),
    "rank": _Kind(
        re.compile(
            r"\b(any rank|chief immigration officer|chief superintendent|superintendent|"
            r"chief inspector|his majesty's inspector|inspector|sergeant|constable|cio|hmi)\b"
        ),
        True,
    ),
    "time": _Kind(
        re.compile(r"\b(\d+(?:\.\d+)? ?(?:working days?|hours?|days?|weeks?|months?|years?))\b"),
        True,
    ),
    "part": _Kind(re.compile(r"\b(part \d)\b"), True),
    "age": _Kind(re.compile(r"\b((?:over|under) \d+)\b"), True),
}
# A rank of any kind is contradicted by another rank or by a grade, and the other way round.
_ALIKE = {"rank": ("rank", "grade"), "grade": ("grade", "rank")}
_SHORT = (
    (re.compile(r"\b(?:skipper|sarge|sgt|ps)\b"), "sergeant"),
    (re.compile(r"\binsp\b"), "inspector"),
    (re.compile(r"\bsupt\b|\bsuper\b"), "superintendent"),
    (re.compile(r"\bg([67])\b"), r"grade \1"),
    (re.compile(r"\bcio\b"), "chief immigration officer"),
    (re.compile(r"\bhmi\b"), "his majesty's inspector"),
    (re.compile(r"(\d+) ?(?:hrs|hr|h)\b"), r"\1 hours"),
    (re.compile(r"(\d+) ?grand\b"), r"£\g<1>,000"),
    (re.compile(r"£(\d+)k\b"), r"£\g<1>,000"),
)
_CONTRARIES = (
    (
        re.compile(r"\b(?:require|need|must|have to|has to|got to)"),
        re.compile(
            r"(?:\b(?:not|no|without|dont|doesnt|isnt|arent|wont)|n't)\b"
            r"[^.;]{0,40}\b(?:requir|need|necessary)|\bneed(?: not|nt|n't)\b"
        ),
        Premise("required", "not required"),
    ),
    (
        re.compile(r"\b(?:different|differs?|another)\b"),
        re.compile(r"\bsame\b"),
        Premise("different", "the same"),
    ),
)
_CONFIRMING = re.compile(
    r"""^\W*(?:is|are|was|can|could|may|must|does|do|did|will|would|should|has|have|isnt|arent|cant|dont|doesnt)\b
    | \b(?:right|correct|yes|true|confirm|innit|isnt\ it|arent\ they|dont\ they|doesnt\ it
        |is\ that\ so|enough)\b
    | \?\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKING = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|how|why|whats|whos)\b", re.IGNORECASE
)


def false_premise(question: str, answer: str, passages: Iterable[str]) -> Premise | None:
    """What ``question`` states and ``answer``, standing on ``passages``, contradicts; None where it
    states nothing
    of the kind or states it right."""
    asked, said = _plain(question), _plain(answer)
    confirming = bool(_CONFIRMING.search(asked.replace("'", ""))) and not _ASKING.search(asked)
    for name, kind in _KINDS.items():
        if kind.only_confirming and not confirming:
            continue
        alike = _ALIKE.get(name, (name,))
        stated = _values(asked, name)
        guidance = [value for other in alike for value in _values(said, other)]
        if not stated or not guidance:
            continue
        # Who may do a thing, and by when, stands in the answer; what else the passage names is
        # about something else.
        grounds = said if kind.only_confirming else "\n".join([said, *map(_plain, passages)])
        known = {value for other in alike for value in _values(grounds, other)}
        if not known & set(stated):
            first = min(guidance, key=said.find)
            return Premise(_shown(name, stated[0]), _shown(name, first))
    return _contrary(asked, said) if confirming else None


def _contrary(asked: str, said: str) -> Premise | None:
    """A requirement, or a difference, that the question takes as given and the answer's fact
    denies."""
    fact = re.split(r"(?<=[.:;])\s", said, maxsplit=1)[0]
    for stated, denied, premise in _CONTRARIES:
        if stated.search(asked) and not denied.search(asked) and denied.search(fact):
            return premise
    return None


def _plain(text: str) -> str:
    text = text.lower().replace("’", "'").replace("**", "")
    for pattern, replacement in _SHORT:
        text = pattern.sub(replacement, text)
    return " ".join(text.split())


def _values(text: str, name: str) -> list[str]:
    """The things of the kind ``name`` in ``text``, written one way: no commas, spaces in forms, or
    plurals."""
    found = _KINDS[name].pattern.findall(text)
    if name in ("sum", "form"):
        return [re.sub(r"[,\s]", "", value) for value in found]
    return [value.removesuffix("s") for value in found]


def _shown(name: str, value: str) -> str:
    if name == "section":
        return f"section {value}"
    if name == "sum":
        return f"£{int(value):,}" if value.isdigit() else f"£{value}"
    return value.upper() if name in ("form", "code") else value
