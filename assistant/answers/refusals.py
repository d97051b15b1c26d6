"""A no that is of use: why there is no answer, whom to ask, and what is answered nearby."""

from collections.abc import Sequence

from assistant.answers.model import Alternative, Answer, CitedPassage, Kind
from assistant.matching.intents import Reason

LONGEST_QUESTION = 2_000
"""Characters; nobody with two minutes types more, and a longer text is not a question."""

TOO_LONG = (
    f"The question is longer than {LONGEST_QUESTION:,} characters. Put it in one or two sentences."
)
NO_QUESTION = "There is no question in this that can be answered. Say what you want to know."
NOT_UNDERSTOOD = (
    "This is not clear enough to be answered. "
    "Say in a sentence what has happened and what you want to know."
)
OFF_TOPIC = (
    "This is not about foreign nationals, immigration enforcement or international policing; "
    "the library holds nothing else."
)
PERSONAL_DATA = (
    "The library holds guidance and knows nothing about any person: ask what to do, without names, "
    "dates of birth or numbers."
)
_ASK_NEXT = (
    "Ask your international liaison officer (ILO), "
    "or IE NCCU where it is about a person's immigration status."
)


def not_covered(section: str, nearby: Sequence[str]) -> str:
    """What to say where the guidance does not answer: the nearest ``section``, the titles answered
    ``nearby``."""
    text = (
        "The guidance in this library does not answer this, or the question could not be matched "
        f"with enough certainty. The nearest section is {section}. {_ASK_NEXT}"
    )
    return _with_titles(text, "What is answered nearby:", nearby)


def _with_titles(text: str, heading: str, titles: Sequence[str]) -> str:
    if not titles:
        return text
    return "\n\n".join([text, heading, "\n".join(f"- {title}" for title in titles)])


def only_history(year: int, nearby: Sequence[str]) -> str:
    """What to say where only a document of ``year`` speaks of what is asked about today, and the
    titles of what is known ``nearby`` of the past."""
    text = (
        f"Only a historical document of {year} in this library speaks of this, and it does not say "
        "what applies today. Ask again with the year if you want to know what applied then. "
        f"{_ASK_NEXT}"
    )
    return _with_titles(text, "What historical documents say, not for use today:", nearby)


def refusal(
    question: str,
    reason: Reason,
    text: str,
    nearest: tuple[CitedPassage, ...] = (),
    confidence: float = 0.0,
    alternatives: tuple[Alternative, ...] = (),
) -> Answer:
    """The refusal of ``question`` as an Answer."""
    return Answer(
        question=question,
        kind=Kind.REFUSE,
        reason=reason,
        text=text,
        citations=nearest,
        confidence=round(confidence, 4),
        alternatives=alternatives,
    )
