"""What a paragraph or list item begins with: a paragraph's number, a step's, a letter, a bullet."""

import re
from typing import NamedTuple

_BULLET = re.compile(r"[•❖◦▪●○‣\u2043∙·*–-](?:\s+|$)")
_SECOND = re.compile(r"^[•❖◦▪●○‣\u2043]\s+")
_PARAGRAPH = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,3})+)\.?(?:\s+|$)")
_STEP = re.compile(r"(?P<number>\d{1,2})[.)](?:\s+|$)")
_LETTER = re.compile(r"\(?(?P<letter>[a-z]|[ivx]{1,4})[.)]\s+(?=\S)")
_STARS = re.compile(r"\*\*(?=\d|\()")


class Opening(NamedTuple):
    """What a text begins with: the kind of block that this makes of it, the number, and the text
    after both; ``rest`` is all that follows a bullet, which ``bulleted`` says there is."""

    kind: str
    number: str
    text: str
    rest: str
    bulleted: bool


def opening_of(text: str) -> Opening:
    """How ``text`` opens: as ``paragraph`` (with a number or without), ``step``, ``letter`` or
    ``bullet``. A bullet before a number is only a bullet of the page."""
    bullet = _BULLET.match(text)
    rest = _SECOND.sub("", text[bullet.end() :], count=1) if bullet else text
    starred = _STARS.match(rest)
    bare = rest[2:] if starred else rest
    stars = "**" if starred else ""
    for kind, form in (("paragraph", _PARAGRAPH), ("step", _STEP)):
        if match := form.match(bare):
            after = stars + bare[match.end() :]
            return Opening(kind, match["number"], after, rest, bullet is not None)
    kind = "bullet" if bullet else "letter" if _LETTER.match(text) else "paragraph"
    return Opening(kind, "", rest, rest, bullet is not None)


class Counter:
    """Which numbers go on from those before: a number that does not is part of the text."""

    def __init__(self) -> None:
        self._paragraph: tuple[int, ...] = ()
        self._step = 0
        self._letter = ""

    def new_section(self) -> None:
        """Begin a section, in which paragraphs and steps may count anew."""
        self._paragraph, self._step, self._letter = (), 0, ""

    def goes_on(self, opening: Opening) -> bool:
        """Whether ``opening`` has a number that may stand here; if so it is counted."""
        if opening.kind == "step":
            number = int(opening.number)
            if number not in (1, self._step + 1):
                return False
            self._step, self._letter = number, ""
        elif opening.kind == "letter":
            match = _LETTER.match(opening.text)
            letter = match["letter"] if match else ""
            if letter not in ("a", "i") and letter not in _after(self._letter):
                return False
            self._letter = letter
        elif opening.number:
            place = tuple(map(int, opening.number.split(".")))
            if place <= self._paragraph:
                return False
            self._paragraph, self._step, self._letter = place, 0, ""
        return True


_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def _after(letter: str) -> tuple[str, ...]:
    found = [chr(ord(letter) + 1)] if len(letter) == 1 else []
    if letter in _ROMAN[:-1]:
        found.append(_ROMAN[_ROMAN.index(letter) + 1])
    return tuple(found)
