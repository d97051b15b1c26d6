"""Static word vectors: what words mean alike, from a table of a few megabytes beside this module.

Where the table comes from and its licence: ``vectors/README.md``. Only the rows of a question's
words are read.
"""

import mmap
from array import array
from bisect import bisect_left
from functools import lru_cache
from pathlib import Path

DIMENSIONS = 256
FOLDER = Path(__file__).parent / "vectors"
WORDS = "words.txt"
VECTORS = "vectors.bin"


class WordVectors:
    """The table, opened; a vector is ``DIMENSIONS`` signed bytes."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._words = (folder / WORDS).read_text(encoding="utf-8").split("\n")
        with open(folder / VECTORS, "rb") as file:
            self._table = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __getitem__(self, word: str) -> "array[int] | None":
        """The vector of ``word``, None where the table does not hold it."""
        row = bisect_left(self._words, word)
        if row == len(self._words) or self._words[row] != word:
            return None
        return array("b", self._table[row * DIMENSIONS : (row + 1) * DIMENSIONS])


@lru_cache(maxsize=1)
def the_word_vectors() -> WordVectors:
    """The table that comes with the program, opened once."""
    return WordVectors()
