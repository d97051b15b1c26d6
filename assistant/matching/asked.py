"""What kind of thing a question asks for, and whether a text holds a thing of that kind.

"What is the fine?" is not answered by a text without a sum, however much it speaks of fines. Kinds
are few and are told by their words alone; a question may ask for none of them, or for several.
"""

import re
from collections.abc import Iterable
from enum import Flag, auto

_NUMBER = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|"
    r"twenty|thirty|forty|fifty|sixty|ninety)"
)
_UNIT = r"(?:(?:working|calendar) )?(?:second|minute|hour|day|week|fortnight|month|year)s?"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)


class Asked(Flag):
    """The kinds of thing that a question may ask for."""

    SUM = auto()
    TIME = auto()
    COUNT = auto()
    DATE = auto()
    TELEPHONE = auto()
    EMAIL = auto()
    STATUTE = auto()
    FORM = auto()
    RANK = auto()
    NAME = auto()


# In the words of a question, as ``normalise.words`` gives them.
_ASKS = {
    Asked.SUM: r"how much|£\S*|how many (?:pounds|quid)|fees?|fines?|fined|prices?|costs?|"
    r"budgets?|salary|overtime|compensation|pay|pays|paid",
    Asked.TIME: rf"how long|how many {_UNIT}|deadlines?|by when|how soon|how fast|how quick(?:ly)?|"
    r"time limits?|turnaround|how far in advance|how often|how old|expires?|expiry|valid for",
    Asked.COUNT: rf"how many (?!{_UNIT})|number of|percentage|what share|proportion|per cent",
    Asked.DATE: r"(?:what|which) (?:year|date|month|day)|when (?:was|were|did)|whens|since when",
    Asked.TELEPHONE: r"(?:tele)?phone|ring|dial|tel|number (?:for|to)|whats the number|mobile|"
    r"hotline",
    Asked.EMAIL: r"e ?mails?|mailbox|inbox|address",
    Asked.STATUTE: r"(?:which|what) (?:act|section|law|legislation|statute|paragraph|schedule)s?|"
    r"section number|under what|legislation",
    Asked.FORM: r"(?:which|what) (?:form|paperwork|notice)s?|form number|form called",
    Asked.RANK: r"(?:what|which|minimum) (?:rank|grade)s?|how senior|ranks?|grades?",
    Asked.NAME: r"names? of|what (?:is|was|were) the names?|who (?:is|was|were) the|called|"
    r"(?:who|whose) (?:signed|wrote|chaired|led)|name the|by name",
}
# In an answer, as it is written.
_HOLDS = {
    Asked.SUM: r"£|\bpounds?\b|\bcosts?\b|\bpays?\b|\bpaid\b|\bfunding\b|\bfree\b|\bcharge",
    Asked.TIME: rf"\b{_NUMBER}[- ]{_UNIT}\b|\bimmediate|\bas soon as\b|\bpromptly\b|\bdelay\b|"
    r"24/7|\bmonthly\b|\bdaily\b|\bweekly\b|\bannual|\baged?\b|\b\d\d or over|\bunder \d\d",
    Asked.COUNT: rf"\b{_NUMBER}\b|%|\bper cent\b|\bmost\b|\bevery\b|\ball\b",
    Asked.DATE: rf"\b(?:19|20)\d\d\b|\b{_MONTH}\b",
    Asked.TELEPHONE: r"\b0\d{3,4}\b|\b\d{5,}\b|\+44|\b101\b|\b999\b",
    Asked.EMAIL: r"@",
    Asked.STATUTE: r"\bAct\b|\b[Ss]ection \d|\bSchedule\b|\bArticle\b|\bRegulation|\bPACE\b|\bRule",
    Asked.FORM: r"\b[Ff]orms?\b|\b[A-Z]{2,} ?\d+|\b[Pp]roforma\b|\b[Tt]emplate|\b[Ll]etter\b|"
    r"\b[Nn]otice\b",
    Asked.RANK: r"\b[Ii]nspector\b|\b[Ss]ergeant\b|\b[Ss]uperintendent\b|\b[Cc]onstable\b|"
    r"\b[Oo]fficer\b|\b[Dd]irector\b|\bCIO\b|\bHMI\b|\b[Gg]rade\b|\bCommissioner\b",
    Asked.NAME: r"\b[A-Z][a-z]+ [A-Z][a-z]+",
}
_ASKING = {kind: re.compile(rf"(?<!\S)(?:{words})(?!\S)") for kind, words in _ASKS.items()}
_HOLDING = {kind: re.compile(words) for kind, words in _HOLDS.items()}


def asked(found: Iterable[str]) -> Asked:
    """The kinds of thing that the words ``found`` of a question ask for."""
    text = " ".join(found)
    return _those(kind for kind, pattern in _ASKING.items() if pattern.search(text))


def held(answer: str) -> Asked:
    """The kinds of thing that stand in ``answer``."""
    return _those(kind for kind, pattern in _HOLDING.items() if pattern.search(answer))


def _those(kinds: Iterable[Asked]) -> Asked:
    together = Asked(0)
    for kind in kinds:
        together |= kind
    return together
