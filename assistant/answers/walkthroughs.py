"""A dialogue found by its id, its title, or the words of a situation; and the one to offer with an
answer."""

from collections.abc import Iterable

from assistant.dialogues.model import Dialogue
from assistant.library.model import Library
from assistant.matching.normalise import words
from assistant.matching.spelling import repaired

# A dialogue is offered where its likelihood, among all dialogues, is at least this.
LIKELY = 0.08
# One is enough where it is so likely.
SURE = 0.6
MOST = 3


def find(library: Library, typed: str) -> list[Dialogue]:
    """The dialogues that ``typed`` may mean, likeliest first: one, where it is an id or a title."""
    dialogues, matcher = library.dialogues, library.situations
    plain = " ".join(typed.lower().split())
    for dialogue in dialogues:
        if plain in (dialogue.id, dialogue.title.lower(), dialogue.id.replace("-", " ")):
            return [dialogue]
    found = words(typed)
    if matcher is None or not found:
        return []
    by_id = {dialogue.id: dialogue for dialogue in dialogues}
    matches = matcher.read(repaired(found, library.matcher)).matches[:MOST]
    if matches and matches[0].likelihood >= SURE:
        matches = matches[:1]
    return [by_id[match.intent] for match in matches if match.likelihood >= LIKELY]


def fitting(library: Library, found: list[str], sections: Iterable[str]) -> str | None:
    """The id of the dialogue that the words ``found`` are surely about, if it walks one of
    ``sections``; None where there is none."""
    walked = {name for section in sections for name in library.walked_by.get(section, ())}
    if not walked or library.situations is None:
        return None
    best = next(iter(library.situations.read(repaired(found, library.matcher)).matches), None)
    if best is None or best.likelihood < SURE or best.intent not in walked:
        return None
    return best.intent


def offered(library: Library, found: list[str], section: str) -> str | None:
    """The dialogue to offer with an answer from ``section``: of several that walk it the one that
    the words ``found`` are surely about, else the one most made of it."""
    chief = library.walkthroughs.get(section)
    if library.walked_by.get(section, ()) in ((), (chief,)):
        return chief
    return fitting(library, found, [section]) or chief
