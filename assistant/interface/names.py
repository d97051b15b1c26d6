"""Things found by names that are nearly what was typed."""

from collections.abc import Mapping
from typing import TypeVar

from assistant.errors import UsageError
from assistant.guidance.model import Publication
from assistant.library.model import Library

_Thing = TypeVar("_Thing")


def named_like(
    typed: str, names: Mapping[_Thing, str], least: float, most: int = 1
) -> list[_Thing]:
    """At most ``most`` of the things whose ``names`` share their words with ``typed``, slips of
    the keys allowed, nearest first; ``least`` is how alike they must be (0 to 100)."""
    # Loaded here: it is wanted once somebody types, not for the first screen.
    from rapidfuzz import fuzz, process, utils

    near = process.extract(
        typed,
        names,
        scorer=fuzz.token_set_ratio,
        processor=utils.default_process,
        score_cutoff=least,
        limit=most,
    )
    return [thing for _, _, thing in near]


def publication_named(library: Library, typed: str) -> Publication:
    """The publication whose id, title or publisher is nearest to ``typed``. Raises UsageError where
    none is near."""
    known = library.texts.publications
    for one in known:
        if typed.casefold() in (one.id, one.about.title.casefold()):
            return one
    names = {
        n: f"{one.about.publisher} {one.about.title} {one.id.replace('-', ' ')}"
        for n, one in enumerate(known)
    }
    near = named_like(typed, names, least=60)
    if not near:
        raise UsageError(f"There is no publication {typed[:60]!r}; /library lists them.")
    return known[near[0]]


def sections_named(library: Library, typed: str) -> list[str]:
    """The sections (citations) whose title is ``typed``; else at most nine whose headings are like
    it."""
    places = library.texts.places
    exact = [n for n, one in places.items() if one.section.title.casefold() == typed.casefold()]
    titles = {name: " ".join(one.section.path) for name, one in places.items()}
    return exact or named_like(typed, titles, least=70, most=9)
