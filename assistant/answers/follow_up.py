"""Follow-ups: what a conversation was about weighs in what the next question means.

The section of the last answer and the intents it points to are favoured; what the question adds
decides. A question that begins like a continuation, or is too short to stand alone, leans on them
more; one that stands alone drops them, because its own words outweigh the favour.
"""

import re

from assistant.answers.model import Answer
from assistant.library.model import Library

# Scores are log likelihoods, so a gain is the logarithm of how many times likelier an intent
# becomes. A section holds about one intent in a hundred, and a question that leans on the one
# before stays in its section more often than not: over a hundred times as likely, a gain of 5.
SAME_SECTION = 2.5
NEIGHBOUR = 2.5
SAME_BRANCH = 1.25
# A question that leans on the one before it counts on the context so much more.
LEANING = 2.0
SHORT_WORDS = 9

_LEANS = re.compile(
    r"""^\W*(?: and | or | but | so | then | also | what\ (?:if|about) | how\ about | ok(?:ay)?
        | if | right | same )\b
    | \b(?: it | its | that | this | those | these | they | them | their | he | hes | him | his
        | she | shes | her | one | ones | there | same | instead | else | either )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def leans(question: str) -> bool:
    """Whether ``question`` is worded as a continuation, or too short to stand alone."""
    return (
        _LEANS.search(question.replace("'", "")) is not None or len(question.split()) < SHORT_WORDS
    )


def favoured(question: str, last: Answer | None, library: Library) -> dict[str, float]:
    """How much each intent gains from the answer before, or from the section that a refusal named:
    nothing where there was neither."""
    if last is None or not last.citations:
        return {}
    factor = LEANING if leans(question) else 1.0
    gains: dict[str, float] = {}
    lead = library.intents.get(last.intent or "")
    branch = last.citations[0].section[:2]
    document = last.citations[0].document
    for section, intents in library.intents_by_section.items():
        place = library.guidance.places[section]
        if section == last.citations[0].anchor:
            gain = SAME_SECTION
        elif place.publication.id == document and place.section.path[:2] == branch:
            gain = SAME_BRANCH
        else:
            continue
        gains.update((intent.id, gain * factor) for intent in intents)
    if lead is not None:
        for other in lead.see:
            gains[other] = max(gains.get(other, 0.0), NEIGHBOUR * factor)
    return gains
