"""Markdown of passages and answers turned into plain words, and texts compared whatever their
style."""

import re

RESTATED = "The library holds a restatement of the guidance, not the published text."
"""Said wherever the restatement is shown."""

OTHER_WORDS = "Answers are in other words than the guidance; a source says whose wording it shows."
"""Said where no source is shown yet."""

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"\*\*|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|`")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_LIST_MARK = re.compile(r"(?m)^[ \t]*[-*+•][ \t]+")
# Quotation marks; hyphens and dashes within words; dashes between words; soft hyphens.
_STYLE = str.maketrans(
    {
        **dict.fromkeys('\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\xab\xbb\xb4`"', "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
        **dict.fromkeys("\u2014\u2015", " - "),
        "\u00ad": "",
    }
)


def without_style(text: str) -> str:
    """``text`` for comparing: spaces and line ends, quotation marks, dashes and the marks of lists
    made the same, everything else as it is."""
    return " ".join(_LIST_MARK.sub("- ", text).translate(_STYLE).split())


def without_markup(markdown: str) -> str:
    """``markdown`` without its links' targets, its emphasis and its escapes; lists keep their
    marks."""
    return _ESCAPE.sub(r"\1", _MARKS.sub("", _LINK.sub(r"\1", markdown)))


def without_controls(text: str) -> str:
    """``text`` without control and direction characters: safe to send to a terminal. Tabs and line
    ends stay."""
    return _CONTROL.sub("", text)
