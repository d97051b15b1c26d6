"""Whether a question is about the past: only then may a historical publication answer it."""

import re

# Said outright: a year gone by, the old names of things, the documents themselves.
_PLAINLY = re.compile(
    r"""\b(?: (?:19\d\d|200\d|201[0-8]) | historical(?:ly)? | history | back\ (?:in|then|when)
    | at\ th(?:e|at)\ time | in\ the\ (?:past|old\ days|early\ 2000s|noughties) | used\ to
    | in\ those\ days | the\ (?:19)?[89]0'?s | 19[89]0'?s | nineties
    | turn[\ -]of[\ -]the[\ -]century | (?:pre-?\ ?|before\ )brexit | formerly
    | the\ (?:\w+\ )?(?:accord|pact) | phase\ (?:one|two|three|[123])
    | old\ (?:joint\ )?(?:agreement|arrangement|call[\ -]?out|days|deal|figures|model|options
      |paper|practice|process|report|rules?|scheme|set-?up|system|way)s?
    | previously | originally | years\ ago | protocol | icibi | inspectorate | inspection
    | inspectors
    | chief\ inspector(?:'?s)?\ (?:of\ borders|report) | operation\ nexus | nexus | \bccu\b | joc
    | immigration\ service | acpo | wackenhut | becket+\ house )\b""",
    re.IGNORECASE | re.VERBOSE,
)
# The past tense alone: a question about a case of today has it too.
_PAST_TENSE = re.compile(r"\b(?:was|were|did|had|could|would|found|said)\b", re.IGNORECASE)


def speaks_of_the_past(question: str) -> bool:
    """Whether ``question`` names a year gone by, an old body or one of the old documents."""
    return _PLAINLY.search(question) is not None


def may_speak_of_the_past(question: str) -> bool:
    """Whether ``question`` could be about the past: it says so, or is in the past tense."""
    return speaks_of_the_past(question) or _PAST_TENSE.search(question) is not None
