"""Few words against accepted wordings: the same, a slip of the keys away, or something else.

A slip never turns one thing into another: words with digits, acronyms, negations and number words
must be the same; every word must be there, and none besides.
"""

import re
from typing import NamedTuple

from assistant.dialogues.countries import code_of
from assistant.quiz.folding import folded

ENOUGH = 85.0
"""Likeness, of 100, from which a wording counts."""
# Of the letters of a word, so many may differ; shorter words must be the same.
MOST_SLIPS = {5: 1, 9: 2}

# fmt: off
_EXACT = frozenset((
    "no", "not", "never", "none", "nor", "neither", "without", "except", "unless", "cannot",
    "cant", "dont", "wont", "isnt", "arent", "non",
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
    "ninety", "hundred", "first", "second", "third", "fourth", "fifth", "sixth", "seventh",
    "eighth", "ninth", "tenth",
))
# fmt: on
# Within a text "a" may be a letter: Code A.
_ARTICLE = re.compile(r"^an? |\bthe ")
_CAPITALS = re.compile(r"\b[A-Z][A-Z0-9&]+\b")
_NUMBERED = re.compile(r"\b(?!(?:of|in|at|to|for|by|on|no|and|or) )([a-z]{1,4}) (\d+[a-z]?)\b")
_MEASURED = re.compile(r"\b(\d+)([a-z]{3,})\b")


class Match(NamedTuple):
    """The accepted wording that comes nearest, how near (0 to 100), and whether that counts."""

    wording: str
    likeness: float
    counts: bool


def nearest(accepted: tuple[str, ...], given: str) -> Match:
    """How ``given`` compares with the nearest of the ``accepted`` wordings, of which there is one
    at least; one that counts comes before one that does not."""
    return max(
        (_compared(wording, given) for wording in accepted),
        key=lambda match: (match.counts, match.likeness),
    )


def _compared(wording: str, given: str) -> Match:
    wanted, said = _words(wording), _words(given)
    if wanted == said or ("".join(wanted) == "".join(said) and _exact(wanted) == _exact(said)):
        return Match(wording, 100.0, bool(said))
    # Loaded here: most answers are chosen, or are right to the letter.
    from rapidfuzz import fuzz

    likeness = round(fuzz.ratio(" ".join(wanted), " ".join(said)), 1)
    capitals = _capitals(wording)
    if re.search("[a-z]", given):  # who types in capitals throughout means nothing by them
        capitals |= _capitals(given)
    same = len(wanted) == len(said) and all(
        _same(one, other, capitals) for one, other in zip(wanted, said, strict=True)
    )
    return Match(wording, likeness, same and likeness >= ENOUGH)


def _words(text: str) -> list[str]:
    """The words of ``text``; ``IM 3`` is one, ``24hours`` are two, articles are none."""
    plain = _MEASURED.sub(r"\1 \2", _NUMBERED.sub(r"\1\2", folded(text)))
    return _ARTICLE.sub("", plain).split() or plain.split()


def _exact(words: list[str]) -> list[str]:
    return [word for word in words if word in _EXACT or _has_digit(word)]


def _capitals(text: str) -> set[str]:
    return {folded(found) for found in _CAPITALS.findall(text)}


def _has_digit(word: str) -> bool:
    return any(character.isdigit() for character in word)


def _same(one: str, other: str, capitals: set[str]) -> bool:
    """Whether two words are the same but for slips of the keys."""
    if one == other:
        return True
    if any(w in _EXACT or w in capitals or _has_digit(w) for w in (one, other)):
        return False
    # Prefixes turn a word round (lawful, unlawful); so does who does it and to whom it is done.
    if one[0] != other[0] or {one[-2:], other[-2:]} in ({"er", "ee"}, {"or", "ee"}):
        return False
    if code_of(one) is not None and code_of(other) is not None:
        return False
    from rapidfuzz.distance import OSA

    length = min(len(one), len(other))
    most = max((slips for least, slips in MOST_SLIPS.items() if length >= least), default=0)
    return OSA.distance(one, other, score_cutoff=most) <= most
