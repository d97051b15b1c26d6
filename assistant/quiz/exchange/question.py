"""A question as other programs know it: between our items and the files of GIFT and Moodle XML."""

import math
import re
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

_TOP = "$course$/top/"


class Kind(StrEnum):
    """The question types of Moodle that GIFT or Moodle XML can hold, by Moodle's own names."""

    MULTIPLE_CHOICE = "multichoice"
    TRUE_FALSE = "truefalse"
    SHORT_ANSWER = "shortanswer"
    NUMERICAL = "numerical"
    MATCHING = "matching"
    ORDERING = "ordering"
    ESSAY = "essay"
    DESCRIPTION = "description"


class Answer(Struct, frozen=True):
    """An answer with its ``share`` of the mark in per cent. Of a number, ``text`` is what was
    written and ``number`` what it says; of a match, ``pair`` is what belongs to ``text``."""

    text: str
    share: float = 0
    feedback: str = ""
    number: float | None = None
    tolerance: float = 0
    pair: str = ""


class Question(Struct, frozen=True, kw_only=True):
    """A question that stands at ``line`` of a file (0 where it stands in none).

    ``remark`` is the general feedback; ``single`` that one answer is to be chosen; ``lost`` says
    what the file holds and this does not. ``kind`` is a text where it is none of ours.
    """

    kind: str
    text: str
    line: int = 0
    name: str = ""
    identity: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    single: bool = True
    remark: str = ""
    unit: str = ""
    lost: tuple[str, ...] = ()


class Unreadable(NamedTuple):
    """A piece of a file that is no question, with its line and what is wrong."""

    line: int
    message: str


def category_path(title: str) -> str:
    """The path of a category as Moodle writes it: strokes within a name are doubled."""
    name = " ".join(title.split()).replace("/", "//")
    # A space keeps a stroke that begins the name from the one that parts it from the path.
    return _TOP + (f" {name}" if name.startswith("/") else name)


def category_title(path: str) -> str:
    """The name of the innermost category of a path."""
    return re.split(r"(?<!/)/(?!/)", path)[-1].replace("//", "/").strip()


def share_written(share: float) -> str:
    """A share of the mark in per cent as both formats write it: ``33.33333``, ``-50``."""
    return f"{share:.5f}".rstrip("0").rstrip(".")


def finite(text: str) -> float:
    """The number that ``text`` says. Raises ValueError where it is none, or has no end."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text!r} is no number")
    return value
