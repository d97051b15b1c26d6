"""The words of a question, and the features that it is matched by.

Exact things (a section of an Act, a form, I-24/7) become one word however they are typed, so that
``s44``, ``s.44``, ``sec 44`` and ``section 44`` are the same.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_EXACT = (
    (re.compile(r"\bi[\s-]*24[\s/-]*7\b"), "i247"),
    (re.compile(r"(?<!')\b(?:sections?|sect?|ss?)[\s.]*(\d+[a-z]?)\b"), r"section\1"),
    (re.compile(r"\b(im|is|bail)[\s-]+(\d+[a-z]?)\b"), r"\1\2"),
    (re.compile(r"\bpart[\s-]*(\d)\b"), r"part\1"),
    (re.compile(r"(?<=\w)'(?=\w)"), ""),
)
_WORD = re.compile(r"#?[a-z0-9£]+(?:/[0-9]+)?")
# Words that carry no topic; they stay in pairs of words ("who signs") but do not count alone.
EMPTY = frozenset(
    [
        "a",
        "about",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "get",
        "got",
        "had",
        "has",
        "have",
        "he",
        "her",
        "him",
        "his",
        "i",
        "if",
        "im",
        "in",
        "into",
        "is",
        "it",
        "its",
        "ive",
        "just",
        "me",
        "my",
        "of",
        "off",
        "on",
        "or",
        "our",
        "she",
        "should",
        "so",
        "some",
        "that",
        "thats",
        "the",
        "their",
        "them",
        "then",
        "there",
        "they",
        "theyre",
        "this",
        "those",
        "to",
        "up",
        "us",
        "was",
        "we",
        "were",
        "what",
        "whats",
        "when",
        "where",
        "which",
        "who",
        "whos",
        "whose",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)
# Runs of 3 and 5 letters beside those of 4 double the work and change no figure by more than noise.
GRAM = 4


def words(text: str) -> list[str]:
    """The words of ``text`` in order, lower case, exact things made one."""
    text = text.translate(_QUOTES).lower()
    for pattern, replacement in _EXACT:
        text = pattern.sub(replacement, text)
    return _WORD.findall(text)


def telling(found: Iterable[str]) -> list[str]:
    """Those of the words that carry a topic."""
    return [word for word in found if word not in EMPTY]


def _features(found: list[str]) -> Iterator[str]:
    told = telling(found)
    yield from told
    for first, second in pairwise(found):
        yield f"{first} {second}"
    for word in told:
        padded = f"<{word}>"
        for start in range(len(padded) - GRAM + 1):
            yield f"~{padded[start : start + GRAM]}"


def features(found: list[str]) -> Counter[str]:
    """How often each feature stands in the words ``found``: telling words, pairs of words, and the
    runs of 4 letters (``~``) of telling words."""
    return Counter(_features(found))
