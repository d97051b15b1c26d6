"""What was asked in vain, kept where the user's settings say so: a to-do list for authors.

Off unless ``log_refused = true`` stands in the settings. Only refused questions, without what could
tell who is meant; a question that seems to hold personal data is not kept at all.
"""

import contextlib
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.answers import personal_data
from assistant.answers.model import Answer, Kind
from assistant.errors import AssistantError
from assistant.guidance.wording import without_controls
from assistant.matching.intents import Reason

ALIKE = 75.0
"""From how much likeness (0 to 100) two questions are one matter."""
LONGEST = 300
"""Characters of a question that are kept; a longer one tells a story, and is not."""
MOST_BYTES = 1_000_000
"""The file grows no further."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_NAME = r"[A-Z][\w'’-]*"
_STRIPPED = (
    ("[e-mail]", re.compile(r"\S+@\S+")),
    (
        "[date]",
        re.compile(
            rf"(?i)\b\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}}\b"
            rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}\b(?:\s+\d{{2,4}})?"
            rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?"
        ),
    ),
    ("[postcode]", re.compile(r"(?i)\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b")),
    ("[number]", re.compile(r"(?i)\+?\b(?:\d[\s-]?){5,}\d*[a-z]?\b|\b\d+/\d+[a-z]?\b")),
    ("[number]", re.compile(r"(?i)\b(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{6,}\b")),
    (
        "[name]",
        re.compile(
            r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Lady|PC|DC|DS|DI|PS|Sgt|Insp|[Nn]amed|[Cc]alled)"
            rf"\b\.?(?:\s+{_NAME})+"
        ),
    ),
)
_WORD = re.compile(rf"{_NAME}")


class Group(NamedTuple):
    """Questions about one matter, with how often any of them was asked; the most frequent first."""

    questions: tuple[str, ...]
    times: int


def stripped(question: str, known: Collection[str]) -> str | None:
    """``question`` without what could tell who is meant; None where it is better not kept.

    Dates, addresses, numbers of five digits or more and names after a title go, and every other
    word with a capital that is not among those ``known`` to the guidance, in small letters.
    """
    text = " ".join(without_controls(question).split())
    if not text or len(text) > LONGEST or personal_data.warning(text) is not None:
        return None
    for name, pattern in _STRIPPED:
        text = pattern.sub(name, text)
    first = _WORD.match(text)
    start = first.end() if first is not None else 0

    def unknown(match: re.Match[str]) -> str:
        word = match[0]
        plain = re.sub(r"['’]s?$", "", word).lower()
        if plain in known or plain.rstrip("s") in known or (match.start() == 0 and start):
            return word
        return "[name]"

    return re.sub(r"\[name\](?:\s+\[name\])+", "[name]", _WORD.sub(unknown, text))


def remember(path: Path, answer: Answer, known: Collection[str]) -> None:
    """Add the question of ``answer`` to the file ``path``, where it was refused; nothing where the
    file cannot be written, which no answer waits for."""
    if answer.kind is not Kind.REFUSE or answer.reason in (None, Reason.PERSONAL_DATA):
        return
    question = stripped(answer.question, known)
    if question is None:
        return
    with contextlib.suppress(OSError):
        if path.exists() and path.stat().st_size > MOST_BYTES:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"{question}\n")


def kept(path: Path) -> list[str]:
    """The questions in the file ``path``, oldest first. Raises AssistantError where it cannot be
    read."""
    try:
        return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise AssistantError(f"{path} cannot be read: {error}") from error


def forget(path: Path) -> None:
    """Delete the file ``path``. Raises AssistantError where that is not possible."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise AssistantError(f"{path} cannot be deleted: {error.strerror}") from error


def grouped(questions: Sequence[str]) -> list[Group]:
    """``questions`` by likeness, the matter that was asked most often first."""
    from rapidfuzz import fuzz, utils  # only authors wait for it

    groups: list[list[str]] = []
    for question in questions:
        near = next(
            (
                group
                for group in groups
                if fuzz.token_sort_ratio(
                    question, group[0], processor=utils.default_process, score_cutoff=ALIKE
                )
            ),
            None,
        )
        if near is None:
            groups.append([question])
        else:
            near.append(question)
    found = [Group(tuple(sorted(set(group), key=group.index)), len(group)) for group in groups]
    return sorted(found, key=lambda group: -group.times)
