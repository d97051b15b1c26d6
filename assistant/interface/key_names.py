"""Which names of keys a terminal can report, for those who set their own."""

import string
import unicodedata

_MODIFIERS = {"ctrl", "shift", "alt", "super", "hyper", "meta"}
# Those of the punctuation whose name in use is shorter than Unicode's.
_SHORTER = {
    "/": "slash",
    "\\": "backslash",
    "-": "minus",
    "+": "plus",
    "@": "at",
    "_": "underscore",
}
PUNCTUATION = {
    sign: _SHORTER.get(sign, unicodedata.name(sign).lower().replace("-", "_").replace(" ", "_"))
    for sign in string.punctuation
}
"""The name of the key of each punctuation mark."""
_OTHERS = {
    *["escape", "enter", "tab", "backspace", "space", "insert", "delete", "home", "end"],
    *["pageup", "pagedown", "up", "down", "left", "right"],
    *(f"f{number}" for number in range(1, 25)),
}


def fault_of_key(key: str) -> str | None:
    """What is wrong with the name of a key; None where nothing is.

    Several keys stand apart by commas; what is held down with a key stands before it, with a plus:
    ``ctrl+f``.
    """
    for one in key.split(","):
        *held, name = one.split("+")
        if name in PUNCTUATION:
            return f"the key {name!r} is called {PUNCTUATION[name]!r}"
        letter = len(name) == 1 and name.isalnum()
        known = letter or name in _OTHERS or name in PUNCTUATION.values()
        if not known or not _MODIFIERS.issuperset(held):
            return f"there is no key {one!r} (such as 'f9', 'ctrl+f', 'pageup', 'slash')"
    return None
