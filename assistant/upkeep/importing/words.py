"""Whether an import has kept every word: the words of the source against those of the result."""

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from assistant.upkeep.importing.wording import words_of


class WordsKept(Struct, frozen=True):
    """The number of words in and out, and each word that was lost or doubled with how often."""

    words_in: int
    words_out: int
    lost: dict[str, int]
    doubled: dict[str, int]

    @property
    def all_kept(self) -> bool:
        """Whether the result holds exactly the words of the source."""
        return not self.lost and not self.doubled


def compare_words(source: str, dropped: Iterable[str], result: str) -> WordsKept:
    """The words of ``source`` without those of the ``dropped`` lines, compared with ``result``.

    The order does not count, as notes move to where they are referred to. A word that is printed
    with a hyphen at the end of a line and was mended counts as kept.
    """
    expected = Counter(words_of(source))
    for line in dropped:
        expected.subtract(words_of(line))
    found = Counter(words_of(result))
    lost, doubled = +(expected - found), +(found - expected)
    _mend(lost, doubled)
    return WordsKept(
        sum((+expected).values()), found.total(), dict(sorted(lost.items())),
        dict(sorted(doubled.items())),
    )  # fmt: skip


def _mend(lost: Counter[str], doubled: Counter[str]) -> None:
    """Take away every doubled word that is made of two lost ones, and both of these."""
    for word in list(doubled):
        for cut in range(1, len(word)):
            first, second = word[:cut], word[cut:]
            needed = Counter((first, second))
            times = min(doubled[word], *(lost[part] // n for part, n in needed.items()))
            if times > 0:
                doubled[word] -= times
                for part, n in needed.items():
                    lost[part] -= n * times
    for counts in (lost, doubled):
        for word in [word for word, times in counts.items() if times <= 0]:
            del counts[word]
