"""Slips of the keys repaired: a word that nobody has used becomes the likeliest known word, if one
is near enough."""

from assistant.matching.matcher import Matcher
from assistant.matching.normalise import EMPTY

SHORTEST = 4
"""Shorter words have too many neighbours."""
# Of the letters, so many may differ: one in four to seven letters, two in longer words.
MOST_SLIPS = {4: 1, 8: 2}


def repaired(found: list[str], matcher: Matcher) -> list[str]:
    """The words of a question, those that training has not seen replaced by their nearest known
    ones.

    A word with a digit is an exact thing and is left alone. Two letters changed about count as one
    slip (optimal string alignment).
    """
    unknown = {
        word
        for word in found
        if len(word) >= SHORTEST
        and word.isalpha()
        and word not in EMPTY
        and not matcher.knows(word)
    }
    if not unknown:
        return found
    # Loaded here: most questions have no unknown word, and need not wait for it.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    known = [*EMPTY, *matcher.vocabulary]
    nearest = {}
    for word in sorted(unknown):
        most = max(slips for length, slips in MOST_SLIPS.items() if len(word) >= length)
        close = process.extract(word, known, scorer=OSA.distance, score_cutoff=most, limit=None)
        if close:
            nearest[word] = min(_rank(matcher, word, other, slips) for other, slips, _ in close)[-1]
    return [nearest.get(word, word) for word in found]


def _rank(matcher: Matcher, typed: str, word: str, slips: float) -> tuple[float, bool, float, str]:
    """The nearer before the farther; the same letters changed about before others; then the
    commoner."""
    other_letters = sorted(typed) != sorted(word)
    return slips, other_letters, 0.0 if word in EMPTY else matcher.rarity(word), word
