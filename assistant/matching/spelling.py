"""Slips of the keys repaired: a word that nobody has used becomes the likeliest known word, if one
is near enough."""

from assistant.matching.matcher import Matcher
from assistant.matching.normalise import EMPTY
from assistant.matching.word_vectors import the_word_vectors

# Of the letters, so many may differ: one in up to seven letters, two in longer words.
MOST_SLIPS = {3: 1, 8: 2}
SHORTEST = min(MOST_SLIPS)
# Three letters are mostly a name of their own; only where they are no word, and one letter more
# makes a common one, has one been left out.
TOO_SHORT = 3
COMMON = 7.5
"""The rarity (see ``Matcher.rarity``) below which a word counts as common: among the utterances
that come with the program, twenty or so hold it."""


def repaired(found: list[str], matcher: Matcher) -> list[str]:
    """The words of a question, those that training has not seen replaced by their nearest known
    ones.

    A word with a digit is an exact thing and is left alone. Two letters changed about count as one
    slip (optimal string alignment).
    """
    unknown = {word for word in found if _is_unknown(word, matcher)}
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
        ranked = [
            _rank(matcher, word, other, slips)
            for other, slips, _ in close
            if len(word) > TOO_SHORT or _is_common_and_longer(word, other, matcher)
        ]
        if ranked:
            nearest[word] = min(ranked)[-1]
    return [nearest.get(word, word) for word in found]


def _is_unknown(word: str, matcher: Matcher) -> bool:
    """Whether ``word`` may be a slip: nobody has used it, and it is no exact thing."""
    if len(word) < SHORTEST or not word.isalpha() or word in EMPTY or matcher.knows(word):
        return False
    return len(word) > TOO_SHORT or the_word_vectors()[word] is None


def _is_common_and_longer(typed: str, word: str, matcher: Matcher) -> bool:
    return len(word) > len(typed) and (word in EMPTY or matcher.rarity(word) < COMMON)


def _rank(matcher: Matcher, typed: str, word: str, slips: float) -> tuple[float, bool, float, str]:
    """The nearer before the farther; the same letters changed about before others; then the
    commoner."""
    other_letters = sorted(typed) != sorted(word)
    return slips, other_letters, 0.0 if word in EMPTY else matcher.rarity(word), word
