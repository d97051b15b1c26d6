"""Texts folded, so that what reads the same is the same: case, quotation marks, hyphens, spaces."""

import re
import unicodedata

_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w|\s|$)")
# A minus before a number and the marks of money and shares tell texts apart; so does a point within
# a number.
_KEPT = re.compile(r"(?<![\w.])-(?=\d)|(?<=\d)\.(?=\d)|[£$€%&+<>=]|\w")


def folded(text: str) -> str:
    """``text`` in lower case without punctuation, its words with one space between; texts of
    nothing but punctuation stay as they are."""
    plain = unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-").casefold()
    plain = _APOSTROPHE.sub("", plain).replace("&", " and ")
    kept = [match.span() for match in _KEPT.finditer(plain)]
    letters = [" "] * len(plain)
    for start, end in kept:
        letters[start:end] = plain[start:end]
    return " ".join("".join(letters).split()) or " ".join(plain.split())


def doubles(texts: tuple[str, ...]) -> list[tuple[int, int]]:
    """The places of each text that folds to the same as an earlier one, after the place of that
    one."""
    first: dict[str, int] = {}
    found = []
    for place, text in enumerate(texts):
        earlier = first.setdefault(folded(text), place)
        if earlier != place:
            found.append((earlier, place))
    return found
