"""Facts that a text had before and has no longer: numbers, ranks, forms, time limits, and the force
of "must", "should" and "may"."""

import re
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from assistant.guidance.facts import FACTS


class FactKind(StrEnum):
    """What a fact is, in the order in which a reader wants to hear of changes."""

    FORCE = "force"
    TIME_LIMIT = "time-limit"
    NUMBER = "number"
    SUM = "sum"
    RANK = "rank"
    FORM = "form"
    STATUTE = "statute"
    BODY = "body"
    TELEPHONE = "telephone"
    ADDRESS = "address"
    DATE = "date"


class ChangedFact(NamedTuple):
    """A fact before and after; None where there is none on that side."""

    kind: FactKind
    before: str | None
    after: str | None


_COUNTED = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
    "|thousand|million"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# In the order in which they are looked for: what one takes the next ones no longer see, so that the
# 24 of "24 hours" is no number beside, and the year of an Act no date.
_PATTERNS = {
    FactKind.ADDRESS: re.compile(
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)[^\s)>\]]*[^\s)>\].,;:]"
    ),
    FactKind.TELEPHONE: re.compile(r"(?<![\w.,])(?:\+\d{1,3}|\(?0)[\d ()-]{7,15}\d(?!\w|[.:]\d)"),
    FactKind.SUM: FACTS["sum"],
    FactKind.STATUTE: FACTS["statute"],
    FactKind.FORM: FACTS["form"],
    FactKind.DATE: re.compile(
        rf"\b(?:\d{{1,2}} (?:{_MONTHS})(?: \d{{4}})?|(?:{_MONTHS}) \d{{4}})\b"
    ),
    FactKind.TIME_LIMIT: re.compile(
        rf"(?i)\b(?:\d[\d,.]*|one|half an|{_COUNTED})[ -](?:(?:working|calendar|clear|full)[ -])?"
        r"(?:minute|hour|day|night|week|fortnight|month|year)s?\b"
    ),
    FactKind.RANK: re.compile(
        r"(?i)\b(?:(?:assistant |deputy )?chief constable|commander|chief superintendent"
        r"|superintendent|chief inspector|inspector|sergeant|constable|chief immigration officer"
        r"|immigration officer|grade \d|(?:assistant |deputy )?director)s?\b"
    ),
    FactKind.FORCE: re.compile(
        # The month of May has a capital; at the beginning of a sentence nothing may happen.
        r"\b(?:[Mm]ust|[Ss]hould|[Ss]hall|[Cc]an|[Cc]ould|may|[Nn]eed)(?: not| never)\b"
        r"|\b(?:[Mm]ust|[Ss]hould|[Ss]hall|[Cc]annot|[Cc]an|may)\b"
    ),
    FactKind.BODY: FACTS["body"],
    FactKind.NUMBER: re.compile(
        rf"[A-Za-z]*\d(?:[\w,./:-]*\w)?(?:\(\w+\))*|\b(?i:half|twice|{_COUNTED})\b"
    ),
}
_MASK = "\x00"
# Where a link leads within the guidance is no fact: its anchor repeats the words of a heading.
_INNER_LINK = re.compile(r"\]\((?!https?:|mailto:)[^)]*\)")


class _Found(NamedTuple):
    kind: FactKind
    text: str

    @property
    def key(self) -> str:
        """What is compared: a plural or a comma in a number is no other fact."""
        key = self.text.replace(",", "").lower()
        if self.kind in (FactKind.RANK, FactKind.TIME_LIMIT):
            key = key.replace("-", " ").removesuffix("s")
        if self.kind is FactKind.FORCE:
            key = key.replace("can not", "cannot")
        return key


class _Text(NamedTuple):
    """The facts of a text in order, and what is left when they are taken out."""

    facts: tuple[_Found, ...]
    rest: str


@lru_cache(maxsize=4096)
def _read(text: str) -> _Text:
    found: list[tuple[int, _Found]] = []
    text = _INNER_LINK.sub("]", text)
    masked = text
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(masked):
            start, end = match.span()
            found.append((start, _Found(kind, text[start:end].strip())))
            masked = masked[:start] + _MASK * (end - start) + masked[end:]
    found.sort(key=lambda one: one[0])
    return _Text(tuple(fact for _, fact in found), re.sub(f"{_MASK}+", _MASK, masked))


def facts_of(text: str) -> tuple[tuple[FactKind, str], ...]:
    """The facts that ``text`` states, in order."""
    return tuple(_read(text).facts)


def changed_facts(before: str, after: str) -> tuple[ChangedFact, ...]:
    """The facts in which two wordings of one passage differ.

    Where nothing but facts differs they are compared in place; otherwise those that are gone are
    set beside those that are new, kind by kind, in their order.
    """
    old, new = _read(before), _read(after)
    kinds_alike = [fact.kind for fact in old.facts] == [fact.kind for fact in new.facts]
    if kinds_alike and old.rest == new.rest:
        pairs = [
            ChangedFact(one.kind, one.text, other.text)
            for one, other in zip(old.facts, new.facts, strict=True)
            if one.key != other.key
        ]
    else:
        pairs = [
            ChangedFact(kind, gone, come)
            for kind in FactKind
            for gone, come in zip_longest(
                _only(old.facts, new.facts, kind), _only(new.facts, old.facts, kind)
            )
        ]
    order = list(FactKind)
    return tuple(sorted(pairs, key=lambda pair: order.index(pair.kind)))


def _only(ours: tuple[_Found, ...], theirs: tuple[_Found, ...], kind: FactKind) -> Iterator[str]:
    """The facts of this kind that ``ours`` have and ``theirs`` have not, or less often: the last
    ones of each."""
    surplus = Counter(fact.key for fact in ours if fact.kind is kind)
    surplus.subtract(fact.key for fact in theirs if fact.kind is kind)
    kept: list[str] = []
    for fact in reversed(ours):
        if fact.kind is kind and surplus[fact.key] > 0:
            surplus[fact.key] -= 1
            kept.append(fact.text)
    return reversed(kept)
