"""What kind of thing a question asks for, and whether a text holds a thing of that kind.

"What is the fine?" is not answered by a text without a sum, however much it speaks of fines. Kinds
are few and are told by their words alone; a question may ask for none of them, or for several.
"""

import re
from collections.abc import Sequence
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


_UNITS = [
    before + unit + ending
    for before in ("", "working ", "calendar ")
    for unit in ("second", "minute", "hour", "day", "week", "fortnight", "month", "year")
    for ending in ("", "s")
]
_PLURAL = ("", "s")
# Words of a question in a row, as ``normalise.words`` gives them.
_ASKS = {
    Asked.SUM: [
        *("how much", "how many pounds", "how many quid", "fee", "fees", "fine", "fines", "fined"),
        *("price", "prices", "cost", "costs", "budget", "budgets", "salary", "overtime"),
        *("compensation", "pay", "pays", "paid", "£"),
    ],
    Asked.TIME: [
        *("how long", "deadline", "deadlines", "by when", "how soon", "how fast", "how quick"),
        *("how quickly", "time limit", "time limits", "turnaround", "how far in advance"),
        *("how often", "how old", "expire", "expires", "expiry", "valid for"),
        *(f"how many {unit}" for unit in _UNITS),
    ],
    Asked.COUNT: ["how many", "number of", "percentage", "what share", "proportion", "per cent"],
    Asked.DATE: [
        *(f"{which} {unit}" for which in ("what", "which") for unit in ("year", "date", "month")),
        *("what day", "which day", "when was", "when were", "when did", "whens", "since when"),
    ],
    Asked.TELEPHONE: [
        *("phone", "telephone", "ring", "dial", "tel", "number for", "number to", "mobile"),
        *("whats the number", "hotline"),
    ],
    Asked.EMAIL: ["e mail", "e mails", "email", "emails", "mailbox", "inbox", "address"],
    Asked.STATUTE: [
        *("section number", "under what", "legislation"),
        *(
            f"{which} {kind}{s}"
            for which in ("what", "which")
            for kind in ("act", "section", "law", "statute", "paragraph", "schedule")
            for s in _PLURAL
        ),
    ],
    Asked.FORM: [
        *("form number", "form called"),
        *(
            f"{which} {kind}{s}"
            for which in ("what", "which")
            for kind in ("form", "paperwork", "notice")
            for s in _PLURAL
        ),
    ],
    Asked.RANK: ["rank", "ranks", "grade", "grades", "how senior"],
    Asked.NAME: [
        *("name of", "names of", "who is the", "who was the", "who were the", "called"),
        *("name the", "by name", "whats the name", "what is the name", "what was the name"),
        *("what are the names", "what were the names"),
        *(f"{who} {did}" for who in ("who", "whose") for did in ("signed", "wrote", "led")),
    ],
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
_LONGEST = max(len(phrase.split()) for phrases in _ASKS.values() for phrase in phrases)
_ASKING: dict[str, Asked] = {}
for _kind, _phrases in _ASKS.items():
    for _phrase in _phrases:
        _ASKING[_phrase] = _ASKING.get(_phrase, Asked(0)) | _kind


def asked(found: Sequence[str]) -> Asked:
    """The kinds of thing that the words ``found`` of a question ask for."""
    together = Asked(0)
    for start in range(len(found)):
        for end in range(start + 1, min(start + _LONGEST, len(found)) + 1):
            together |= _ASKING.get(" ".join(found[start:end]), Asked(0))
    if Asked.TIME in together:
        # "How many days" asks for no count.
        together &= ~Asked.COUNT
    return together


def held(answer: str) -> Asked:
    """The kinds of thing that stand in ``answer``."""
    together = Asked(0)
    for kind, words in _HOLDS.items():
        if re.search(words, answer):
            together |= kind
    return together
