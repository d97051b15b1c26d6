"""The same words in other print: markup taken off, and forms in which texts are compared."""

import re
import unicodedata

_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\((?:#[^()\s]*|<[^<>]*>|(?:[^()\s]|\([^()\s]*\))*)\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,3})*)\.?\s+(?=\S)")
_WORD = re.compile(r"[^\W_]+")
_QUOTES = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-"}  # noqa: RUF001
)
_INVISIBLE = re.compile("[\u00ad\u200b\ufeff\u2060]")
_UNPRINTED = ("Cc", "Cs", "Co")
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_TERMINAL = re.compile(r"[.?!:;…]['\"’”)\]*]*$")


def clean(text: str) -> str:
    """``text`` on one line, without control characters, soft hyphens and ligatures."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    whole = "".join(
        " " if character.isspace() or unicodedata.category(character) in _UNPRINTED else character
        for character in _INVISIBLE.sub("", text)
    )
    return " ".join(
        _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), whole).split()
    )


def unmarked(text: str) -> str:
    """``text`` without the marks of Markdown: links as their words, no stars, nothing escaped."""
    return _ESCAPE.sub(r"\1", _LINK.sub(r"\1", text).replace("**", ""))


def without_links_inside(text: str) -> str:
    """``text`` with links that lead nowhere else (``[words](#)``) as their words, and with bold
    marks only where they are paired."""
    text = _LINK.sub(
        lambda match: _ESCAPE.sub(r"\1", match[1]) if "](#" in match[0] else match[0], text
    )
    return text if text.count("**") % 2 == 0 else text.replace("**", "")


def number_of(heading: str) -> str:
    """The number that a heading begins with (``4.1``), or nothing."""
    match = _NUMBER.match(heading)
    return match["number"] if match else ""


def comparable(heading: str) -> str:
    """A heading in the form in which headings are compared: without its number, case, kinds of
    quotes and dashes, and the marks around it."""
    text = unicodedata.normalize("NFKC", unmarked(heading)).translate(_QUOTES).casefold().strip()
    match = _NUMBER.match(text)
    text = text[match.end() :] if match else text
    return " ".join(re.sub(r"\s*([/-])\s*", r"\1", text).strip(" .:*_").split())


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, without its Markdown, in the order of print."""
    visible = _INVISIBLE.sub("", unmarked(text))
    return _WORD.findall(unicodedata.normalize("NFKC", visible).casefold())


def is_ended(text: str) -> bool:
    """Whether ``text`` ends as a sentence, a clause of a list or a lead-in does."""
    return bool(_TERMINAL.search(text))
