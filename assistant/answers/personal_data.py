"""Personal data in a question: no answer needs it, so a warning asks to leave it out.

Patterns only, and only for what is plainly about one person: nothing is looked up, kept or sent.
"""

import re

WARNING = (
    "The question seems to hold personal data ({what}). No answer needs it: "
    "leave out names, dates of birth and numbers of persons."
)
_KINDS = {
    "a date of birth": re.compile(
        r"""\b(?:born|dob|d\.o\.b\.?|date\ of\ birth)\W{0,4}(?:on\W+)?
            \d{1,2}[\s./-]\w{1,9}[\s./-]\d{2,4}\b
        | \b\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d\b""",
        re.IGNORECASE | re.VERBOSE,
    ),
    "a telephone number": re.compile(r"(?<![\d£])(?:\+44\s?|0)7\d{3}[\s-]?\d{3}[\s-]?\d{3}\b"),
    "a passport number": re.compile(
        r"\bpassport(?:\s+(?:no|num|number|nr))?\W{0,4}[A-Z]{0,2}\d{7,9}\b", re.IGNORECASE
    ),
    "a PNC number": re.compile(r"\b(?:19|20)?\d{2}/\d{1,7}[A-Z]\b", re.IGNORECASE),
    "a national insurance number": re.compile(
        r"\b[A-Z]{2}\s?(?:\d{2}\s?){3}[A-D]\b", re.IGNORECASE
    ),
    "an e-mail address": re.compile(r"\b[\w.+-]+@[\w-]+\.\w[\w.]*"),
}


def personal_data(question: str) -> list[str]:
    """What kinds of personal data ``question`` seems to hold."""
    return [kind for kind, pattern in _KINDS.items() if pattern.search(question)]


def warning(question: str) -> str | None:
    """The warning that belongs beside the answer to ``question``, if it seems to hold personal
    data."""
    found = personal_data(question)
    return WARNING.format(what=", ".join(found)) if found else None
