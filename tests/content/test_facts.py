"""Every number, sum, rank, form, statute and body in an answer stands in the passages that it
cites."""

import re
from collections.abc import Iterator

from assistant.guidance.citations import Citation
from assistant.library.model import Library
from assistant.matching.intents import Intent

FACTS = {
    "number": r"(?<![\w£.,-])\d[\d,]*(?:\.\d+)?(?![\w-]|\.\d)",
    "sum": r"£[\d,]+",
    "form": r"\b(?:IS|IM|BAIL)\d+[A-Z]?\b|\bI-24/7\b",
    "body": r"\b[A-Z][A-Z&]{1,6}\b",
    "rank": (
        r"(?i)\b(?:chief immigration officer|chief superintendent|superintendent|inspector|sergeant"
        r"|grade \d|assistant director)\b"
    ),
    "statute": (
        r"\b(?!The )(?:[A-Z][a-zA-Z]+ (?:and |of |the )?(?:\([A-Za-z ]+\) )?)+"
        r"(?:Act|Regulations|Order|Convention|Agreement)(?: \d{4})?"
    ),
}
# Each with its reason: what the pattern takes for a fact and is none, or what stands elsewhere on
# purpose.
ALLOWED: dict[tuple[str, str], str] = {}


def fold(text: str) -> str:
    text = re.sub(r"[,*]", "", text.lower().replace("’", "'"))
    return " " + re.sub(r"[\s\u2013-]+", " ", text) + " "


def grounds(library: Library, intent: Intent) -> str:
    """All that the answer may draw on: headings and passages it cites, their numbers, the year of
    the publication."""
    parts = []
    for text in intent.citations:
        place = library.guidance.resolve(Citation.parse(text))
        passages = [place.passage] if place.passage else list(place.section.passages)
        parts += [*place.section.path, *(passage.text for passage in passages)]
        parts += [passage.paragraph for passage in passages if passage.paragraph]
        parts.append(str(place.publication.last_changed.year))
    return fold("\n".join(parts))


def missing(library: Library, intent: Intent) -> Iterator[tuple[str, str]]:
    known = grounds(library, intent)
    # The numbers of the answer's own list are no facts.
    answer = re.sub(r"(?m)^\s*\d+\.\s", "", intent.answer)
    for kind, pattern in FACTS.items():
        for fact in re.findall(pattern, answer):
            wanted = re.escape(fold(fact).strip())
            if not re.search(rf"(?<![a-z0-9]){wanted}s?(?![a-z0-9])", known):
                yield kind, fact


def test_every_fact_of_every_answer_stands_in_what_it_cites(library: Library) -> None:
    found = {
        (intent.id, fact): kind
        for intent in library.intents.values()
        for kind, fact in missing(library, intent)
    }
    assert {key: kind for key, kind in found.items() if key not in ALLOWED} == {}
    assert set(ALLOWED) <= set(found), "an exception that is no longer needed"
