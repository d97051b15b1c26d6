"""Searching the text of the publications: hits with the words marked, and what may have been
meant."""

from typing import NamedTuple

from assistant.guidance.model import Place
from assistant.guidance.wording import without_markup
from assistant.interface.blocks import MARK, UNMARK
from assistant.library.model import Library
from assistant.matching.normalise import EMPTY, words

MOST = 60
_AROUND = 60
"""Characters shown on either side of the first marked word."""


class Found(NamedTuple):
    """A passage that was found: its section, its position there, and an excerpt with the words
    marked."""

    place: Place
    position: int
    excerpt: str


class Search(NamedTuple):
    """What a search found, best first, of how many passages in all; ``instead`` is the search with
    unknown words replaced, where there are any."""

    wanted: str
    found: tuple[Found, ...]
    total: int
    instead: str | None = None


def search(library: Library, wanted: str, publication: str | None = None) -> Search:
    """The passages of all publications, or of one: those that hold all the words of ``wanted``
    before those that hold any of its telling words."""
    index = library.passages
    every = index.search(wanted, MOST, publication, every=True)
    some = index.search(wanted, MOST, publication)
    best = dict.fromkeys((hit.section, hit.position) for hit in (*every.best, *some.best))
    found = []
    for section, position in list(best)[:MOST]:
        place = library.texts.places[section]
        text = " ".join(without_markup(place.section.passages[position].text).split())
        found.append(Found(place, position, _excerpt(text, index.spans(wanted, text))))
    total = max(every.total, some.total)
    return Search(wanted, tuple(found), total, _instead(library, wanted))


def _excerpt(text: str, spans: list[tuple[int, int]]) -> str:
    first = spans[0][0] if spans else 0
    start = max(0, first - _AROUND)
    end = min(len(text), first + 2 * _AROUND)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    cut = text.find(" ", end)
    end = cut if cut != -1 else len(text)
    parts = ["... " if start else ""]
    at = start
    for begin, stop in spans:
        if begin >= at and stop <= end:
            parts += [text[at:begin], MARK, text[begin:stop], UNMARK]
            at = stop
    return "".join([*parts, text[at:end], " ..." if end < len(text) else ""])


def _instead(library: Library, wanted: str) -> str | None:
    """``wanted`` with each word that stands nowhere replaced by the nearest that does."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = words(wanted)
    nearest = {}
    for word in found:
        if word in EMPTY or len(word) < 4 or library.share_in_one_section([word]):
            continue
        close = process.extractOne(word, library.passage_words, scorer=OSA.distance, score_cutoff=2)
        if close is not None:
            nearest[word] = close[0]
    if not nearest:
        return None
    return " ".join(nearest.get(word, word) for word in found)
