"""The fact that an answer leads with, and whether another text says it too."""

import re
from collections.abc import Set

from assistant.matching.normalise import telling, words

# So much of the words of a fact must stand in a text that was written for another.
FACT_SHARE = 0.85
# Of fewer words nobody can tell whether they were said by chance ("Yes", "an inspector").
FEWEST_WORDS = 3
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def fact_words(answer: str) -> frozenset[str]:
    """The telling words of what ``answer`` prints bold, or of its first sentence."""
    bold = _BOLD.findall(answer)
    return frozenset(telling(words(" ".join(bold) if bold else answer.partition(".")[0])))


def says(fact: Set[str], text: Set[str]) -> bool:
    """Whether a text of the words ``text`` says the ``fact`` (the words of ``fact_words``)."""
    return len(fact) >= FEWEST_WORDS and len(fact & text) >= FACT_SHARE * len(fact)
