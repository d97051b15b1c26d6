"""Markdown of passages and answers turned into plain words."""

import re

RESTATED = "The library holds a restatement of the guidance, not the published text."
"""Said wherever the corpus is shown."""

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"\*\*|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|`")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def without_markup(markdown: str) -> str:
    """``markdown`` without its links' targets and its emphasis; lists keep their marks."""
    return _MARKS.sub("", _LINK.sub(r"\1", markdown))


def without_controls(text: str) -> str:
    """``text`` without control and direction characters: safe to send to a terminal. Tabs and line
    ends stay."""
    return _CONTROL.sub("", text)
