"""Answers and sections as lines of plain text, for pipes, screen readers and the line mode."""

import re
import shutil
import textwrap
from collections.abc import Iterator
from datetime import date

from assistant.answers.model import Answer, CitedPassage, Kind
from assistant.guidance.editions import wording_of
from assistant.guidance.model import Passage, Place, Status
from assistant.guidance.wording import RESTATED, without_controls, without_markup

_ITEM = re.compile(r"(\s*)([-*]|\d+[.)])\s+")
_WIDEST = 100


def width() -> int:
    """How many columns there are for text: those of the terminal, at least 20, at most 100."""
    return max(20, min(shutil.get_terminal_size().columns, _WIDEST))


def text_lines(markdown: str, indent: str = "") -> Iterator[str]:
    """``markdown`` without markup, in lines that fit the terminal; lists stay lists."""
    for block in re.split(r"\n\s*\n", without_controls(without_markup(markdown)).strip()):
        yield from wrapped(block, indent)
        yield ""


def wrapped(block: str, indent: str) -> Iterator[str]:
    """A block without markup in lines that fit the terminal; items of a list hang."""
    pieces: list[str] = []
    for line in block.split("\n"):
        if pieces and not _ITEM.match(line):
            pieces[-1] += " " + line.strip()
        else:
            pieces.append(line.rstrip())
    for piece in pieces:
        item = _ITEM.match(piece)
        hang = " " * item.end() if item else ""
        yield from textwrap.wrap(
            piece, width(), initial_indent=indent, subsequent_indent=indent + hang
        ) or [""]


def source_line(passage: CitedPassage) -> str:
    """Publisher, publication, headings, status and date of a source, in one line."""
    paragraph = f", paragraph {passage.paragraph}" if passage.paragraph else ""
    return (
        f"{passage.publisher}, {passage.title}: {' > '.join(passage.section)}{paragraph} "
        f"({passage.status.in_words}; {passage.updated:%d %B %Y}{_edition(passage)})"
    )


def _edition(passage: CitedPassage) -> str:
    return "" if passage.edition is None else f"; published wording, {passage.edition}"


def answer_lines(answer: Answer) -> Iterator[str]:
    """An answer as lines: the warnings' marks and the sources are words, never colour alone."""
    if answer.kind is Kind.REFUSE and answer.reason is not None:
        yield f"No answer ({answer.reason.value})."
    yield from text_lines(answer.text)
    for warning in answer.warnings:
        yield from wrapped(f"Warning: {without_controls(warning)}", "")
    if answer.citations:
        yield "Sources" if answer.kind is Kind.ANSWER else "Nearest section"
    for number, passage in enumerate(answer.citations, 1):
        yield from wrapped(f"{number}. {without_controls(source_line(passage))}", "")
        yield f"   assistant show {passage.anchor}" + (
            f"/{passage.paragraph}" if passage.paragraph else ""
        )
    if answer.walkthrough is not None:
        offered = "To walk it" if answer.kind is Kind.ANSWER else "Perhaps walk this"
        yield f"{offered} step by step: assistant walk {answer.walkthrough}"
    if any(passage.edition is None for passage in answer.citations):
        yield RESTATED


def section_lines(place: Place, today: date, cited: Passage | None = None) -> Iterator[str]:
    """A section in full: where it stands, its status and date, its passages; the cited one (by
    default the one that ``place`` names) is marked ``>>``."""
    cited = cited or place.passage
    publication, section = place.publication, place.section
    status: Status = publication.status(today)
    yield " > ".join(section.path)
    yield f"{section.citation}"
    yield from wrapped(
        f"{publication.about.publisher}, {publication.about.title} "
        f"({status.in_words}; {publication.last_changed:%d %B %Y})",
        "",
    )
    yield from wrapped(wording_of(publication), "")
    yield ""
    if not section.passages:
        yield "The publication prints nothing under this heading."
    for passage in section.passages:
        step = f"{passage.paragraph}. " if passage.paragraph and passage.paragraph.isdigit() else ""
        if passage is cited:
            yield ">> the cited passage:"
        yield from text_lines(step + passage.text)
