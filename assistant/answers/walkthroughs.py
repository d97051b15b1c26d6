"""A dialogue found by its id, its title, or the words of a situation."""

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
    dialogues, matcher = library.dialogues.dialogues, library.dialogues.matcher
    plain = " ".join(typed.lower().split())
    for dialogue in dialogues:
        if plain in (dialogue.id, dialogue.title.lower(), dialogue.id.replace("-", " ")):
            return [dialogue]
    found = words(typed)
    if matcher is None or not found:
        return []
    by_id = {dialogue.id: dialogue for dialogue in dialogues}
    matches = matcher.read(repaired(found, matcher)).matches[:MOST]
    if matches and matches[0].likelihood >= SURE:
        matches = matches[:1]
    return [by_id[match.intent] for match in matches if match.likelihood >= LIKELY]
