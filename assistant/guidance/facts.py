"""Facts in a text (numbers, sums, ranks, forms, statutes, bodies), and whether its sources hold
them."""

import re
from collections.abc import Iterable, Iterator

from assistant.guidance.citations import Citation
from assistant.guidance.model import Guidance

FACTS = {
    "number": re.compile(r"(?<![\w£.,-])\d[\d,]*(?:\.\d+)?(?![\w-]|\.\d)"),
    "sum": re.compile(r"£[\d,]+"),
    "form": re.compile(r"\b(?:IS|IM|BAIL)\d+[A-Z]?\b|\bI-24/7\b"),
    "body": re.compile(r"\b[A-Z][A-Z&]{1,6}\b"),
    "rank": re.compile(
        r"(?i)\b(?:chief immigration officer|chief superintendent|superintendent|inspector|sergeant"
        r"|grade \d|assistant director)\b"
    ),
    "statute": re.compile(
        r"\b(?!(?:The|By|Under|In|Since) )"
        r"(?:[A-Z][a-zA-Z]+ (?:and |of |the )?(?:\([A-Za-z ]+\) )?)+"
        r"(?:Act|Regulations|Order|Convention|Agreement)(?: \d{4})?"
    ),
}
"""What counts as a fact, by kind."""
# The numbers of a text's own list are no facts.
_LIST_NUMBER = re.compile(r"(?m)^\s*\d+\.\s")


def grounds(guidance: Guidance, citations: Iterable[str]) -> str:
    """All that a text may draw on, folded: headings and passages it cites, their numbers, the year
    of the publication. Raises CitationError for a citation that leads nowhere."""
    parts: list[str] = []
    for text in citations:
        place = guidance.resolve(Citation.parse(text))
        passages = [place.passage] if place.passage else list(place.section.passages)
        parts += [*place.section.path, *(passage.text for passage in passages)]
        parts += [passage.paragraph for passage in passages if passage.paragraph]
        about = place.publication.about
        parts += [str(place.publication.last_changed.year), about.kind, _initials(about.kind)]
    return _folded("\n".join(parts))


def missing_facts(text: str, known: str) -> Iterator[tuple[str, str]]:
    """The kind and the words of every fact in ``text`` that does not stand in ``known``, which
    ``grounds`` made."""
    text = _LIST_NUMBER.sub("", text)
    for kind, pattern in FACTS.items():
        for fact in pattern.findall(text):
            if not stands(fact, known):
                yield kind, fact


def stands(fact: str, known: str) -> bool:
    """Whether ``fact`` stands in ``known``, which ``grounds`` made."""
    wanted = re.escape(_folded(fact).strip())
    return re.search(rf"(?<![a-z0-9]){wanted}s?(?![a-z0-9])", known) is not None


def _initials(name: str) -> str:
    """``Authorised Professional Practice`` is called the APP."""
    return "".join(re.findall(r"\b[A-Z]", name))


def _folded(text: str) -> str:
    text = re.sub(r"[,*]", "", text.lower().replace("’", "'"))
    return " " + re.sub(r"[\s\u2013-]+", " ", text) + " "
