"""GIFT, Moodle's text format for questions, written and read.

The format is described in Moodle's documentation ("GIFT format"). Ids and tags stand in comments,
``// [id:...] [tag:...]``, where Moodle itself writes and reads them.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from assistant.quiz.exchange.formatted import plain
from assistant.quiz.exchange.gift_text import cut, escaped, marks, unescaped
from assistant.quiz.exchange.outgoing import outgoing
from assistant.quiz.exchange.question import (
    Answer,
    Kind,
    Question,
    Unreadable,
    category_path,
    category_title,
    finite,
    share_written,
)
from assistant.quiz.model import Bank
from assistant.quiz.quantities import in_digits

HELD = frozenset([Kind.MULTIPLE_CHOICE, Kind.TRUE_FALSE, Kind.SHORT_ANSWER, Kind.NUMERICAL])

_FORM = re.compile(r"\s*\[(?P<form>html|plain|markdown|moodle)\]\s*")
_META = re.compile(r"\[(?P<name>id|tag):(?P<value>(?:\\.|[^\\\]])*)\]")
_WEIGHT = re.compile(r"\s*%(?P<share>-?\d+(?:\.\d+)?)%")
_RANGE = re.compile(r"(?P<low>.+?)\.\.(?P<high>.+)", re.DOTALL)
_UNIT = "unit:"


class _Chunk(NamedTuple):
    """Lines between blank lines: the comments, and the rest with the line it begins on."""

    line: int
    comments: str
    text: str


def write_gift(bank: Bank) -> tuple[str, tuple[str, ...]]:
    """``bank`` as a GIFT file, and a line for everything that is lost."""
    found, lost = outgoing(bank, HELD)
    losses = list(lost)
    blocks = []
    category = None
    for one in found:
        if one.kind == Kind.SHORT_ANSWER and any("->" in answer.text for answer in one.answers):
            losses.append(f"{one.name} is left out: GIFT takes an answer with -> for a match")
            continue
        if one.category != category:
            category = one.category
            blocks.append(f"$CATEGORY: {category_path(category)}")
        blocks.append(_question(one))
    return "\n\n".join(blocks) + "\n", tuple(losses)


def _question(one: Question) -> str:
    tags = [*one.tags, *([f"{_UNIT}{one.unit}"] if one.unit else [])]
    meta = " ".join([_meta("id", one.identity), *(_meta("tag", tag) for tag in tags)])
    head = f"// {meta}\n::{escaped(one.name)}::[plain]{escaped(one.text)}"
    body = [f"\t{line}" for line in _answer_lines(one)]
    if one.remark:
        body.append(f"\t####{_text(one.remark)}")
    opening = "{#" if one.kind == Kind.NUMERICAL else "{"
    return "\n".join([head + opening, *body, "}"])


def _meta(name: str, value: str) -> str:
    return f"[{name}:" + re.sub(r"([\\\]])", r"\\\1", value) + "]"


def _text(text: str) -> str:
    """A text of an answer or a remark. Its format is that of the question, and is named only where
    it seems to begin with a format or a share of the mark."""
    return ("[plain]" if _FORM.match(text) or _WEIGHT.match(text) else "") + escaped(text)


def _answer_lines(one: Question) -> Iterator[str]:
    if one.kind == Kind.TRUE_FALSE:
        right, wrong = sorted(one.answers, key=lambda answer: -answer.share)
        # What is said to the right answer has no place in our items: it stands in the remark.
        yield right.text.upper() + (f"#{_text(wrong.feedback)}" if wrong.feedback else "")
        return
    for answer in one.answers:
        feedback = f"#{_text(answer.feedback)}" if answer.feedback else ""
        if one.kind == Kind.NUMERICAL:
            written = f"{answer.text}:{in_digits(float(answer.tolerance))}"
            weight = "" if answer.share == 100 else f"%{share_written(answer.share)}%"
            yield f"={weight}{written}{feedback}"
        elif one.kind == Kind.SHORT_ANSWER or (one.single and answer.share == 100):
            yield f"={_text(answer.text)}{feedback}"
        else:
            weight = "" if one.single else f"%{share_written(answer.share)}%"
            yield f"~{weight}{_text(answer.text)}{feedback}"


def read_gift(text: str) -> Iterator[Question | Unreadable]:
    """The questions of a GIFT file, in its order, and the pieces that are none."""
    category = ""
    for chunk in _chunks(text):
        rest = []
        for text_line in chunk.text.split("\n"):
            if text_line.strip().upper().startswith("$CATEGORY:"):
                category = category_title(text_line.strip()[len("$CATEGORY:") :].strip())
                rest.append("")
            else:
                rest.append(text_line)
        body = "\n".join(rest)
        if body.strip():
            before = body[: len(body) - len(body.lstrip())]
            yield _read(body.strip(), chunk.line + before.count("\n"), chunk.comments, category)


def _chunks(text: str) -> Iterator[_Chunk]:
    """The pieces of a file between blank lines, comments apart."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start, comments = 1, ""
    rest: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if not line.strip():
            if any(one.strip() for one in rest):
                yield _Chunk(start, comments, "\n".join(rest))
            start, comments, rest = number + 1, "", []
        elif line.lstrip().startswith("//"):
            comments += line + "\n"
            rest.append("")
        else:
            rest.append(line)


def _read(body: str, line: int, comments: str, category: str) -> Question | Unreadable:
    name = ""
    if body.startswith("::"):
        name, rest = cut(body[2:], "::")
        if rest is None:
            return Unreadable(line, "the title is not closed by ::")
        body = rest
    stem, block = cut(body, r"\{")
    after: str | None = ""
    if block is not None:
        block, after = cut(block, r"\}")
        if after is None:
            return Unreadable(line, "the answers are not closed by } before the next blank line")
        if next(marks(block, r"\{"), None) is not None:
            return Unreadable(line, "a { stands within the answers; a { that is meant is \\{")
        if next(marks(after, r"[{}]"), None) is not None:
            return Unreadable(line, "more than one {...}; a { that is meant is \\{")
    match = _FORM.match(stem)
    form = match["form"] if match else "moodle"
    stem = _around_a_gap(stem.rstrip(), (after or "").strip())
    lost: list[str] = []
    values: dict[str, list[str]] = {"id": [], "tag": []}
    for found in _META.finditer(comments):
        values[found["name"]].append(re.sub(r"\\(.)", r"\1", found["value"]))
    block, remark = cut(block, "####") if block is not None else (None, None)
    try:
        kind, single, answers = _answers(block, form, lost)
    except ValueError as error:
        return Unreadable(line, str(error))
    return Question(
        kind=kind,
        text=_said(stem, form, lost),
        line=line,
        name=unescaped(name),
        identity=values["id"][-1] if values["id"] else "",
        category=category,
        tags=tuple(tag for tag in values["tag"] if not tag.startswith(_UNIT)),
        answers=answers,
        single=single,
        remark=_said(remark or "", form, lost),
        unit=next((t.removeprefix(_UNIT) for t in values["tag"] if t.startswith(_UNIT)), ""),
        lost=tuple(dict.fromkeys(lost)),
    )


def _around_a_gap(before: str, after: str) -> str:
    """The text around the answers: a missing word is a line; a mark after them ends the text."""
    if not after:
        return before
    if after in (".", "?", "!", ":"):
        return before if before[-1:] in ".?!:" else before + after
    return f"{before} _____ {after}"


def _said(raw: str, form: str, lost: list[str]) -> str:
    """A text of the file as plain words; what goes missing is added to ``lost``."""
    match = _FORM.match(raw)
    if match is not None:
        raw, form = raw[match.end() :], match["form"]
    found = plain(unescaped(raw), form)
    lost += found.lost
    return found.text


def _answers(
    block: str | None, form: str, lost: list[str]
) -> tuple[Kind, bool, tuple[Answer, ...]]:
    """The kind of a question by its answers, whether one is to be chosen, and the answers. Raises
    ValueError where they cannot be read."""
    if block is None:
        return Kind.DESCRIPTION, True, ()
    inner = block.strip()
    if not inner:
        return Kind.ESSAY, True, ()
    if inner.startswith("#"):
        return Kind.NUMERICAL, True, tuple(_numbers(inner[1:], form, lost))
    if next(marks(inner, "~"), None) is not None:
        single = next(marks(inner, "="), None) is not None
        return Kind.MULTIPLE_CHOICE, single, tuple(_choices(inner, form, lost))
    if next(marks(inner, "="), None) is not None:
        if next(marks(inner, "->"), None) is not None:
            return Kind.MATCHING, True, tuple(_pairs(inner, form, lost))
        return Kind.SHORT_ANSWER, True, tuple(_choices(inner, form, lost))
    return Kind.TRUE_FALSE, True, _true_false(inner, form, lost)


def _parts(block: str) -> Iterator[tuple[str, float | None, str, str]]:
    """The answers of a block: the mark, the weight, the text, and the feedback."""
    places = list(marks(block, "[=~]"))
    if block[: places[0].start()].strip():
        raise ValueError(f"{block[: places[0].start()].strip()!r} stands before the first answer")
    for n, place in enumerate(places):
        end = places[n + 1].start() if n + 1 < len(places) else len(block)
        text, feedback = cut(block[place.end() : end], "#")
        weight = _WEIGHT.match(text)
        if weight is not None:
            text = text[weight.end() :]
        yield place[0], float(weight["share"]) if weight else None, text, feedback or ""


def _choices(block: str, form: str, lost: list[str]) -> Iterator[Answer]:
    for mark, weight, text, feedback in _parts(block):
        share = weight if weight is not None else 100.0 if mark == "=" else 0.0
        yield Answer(_said(text, form, lost), share, _said(feedback, form, lost))


def _pairs(block: str, form: str, lost: list[str]) -> Iterator[Answer]:
    for _, _, text, feedback in _parts(block):
        left, right = cut(text, "->")
        if right is None:
            raise ValueError(f"{unescaped(text)!r} has no -> among answers that have")
        yield Answer(
            _said(left, form, lost),
            100,
            _said(feedback, form, lost),
            pair=_said(right, form, lost),
        )


def _true_false(block: str, form: str, lost: list[str]) -> tuple[Answer, ...]:
    key, feedback = cut(block, "#")
    word = key.strip().upper()
    if word not in ("T", "TRUE", "F", "FALSE"):
        raise ValueError(
            f"{unescaped(key)!r} is no answer; answers begin with = or ~, or are TRUE or FALSE"
        )
    wrong, right = cut(feedback or "", "#")
    said = {True: _said(right or "", form, lost), False: _said(wrong, form, lost)}
    true = word.startswith("T")
    return (
        Answer("true", 100.0 * true, said[true]),
        Answer("false", 100.0 * (not true), said[not true]),
    )


def _numbers(block: str, form: str, lost: list[str]) -> Iterator[Answer]:
    if next(marks(block, "[=~]"), None) is None:
        text, feedback = cut(block, "#")
        yield _number(text, 100, _said(feedback or "", form, lost))
        return
    for mark, weight, text, feedback in _parts(block):
        share = weight if weight is not None else 100.0 if mark == "=" else 0.0
        yield _number(text, share, _said(feedback, form, lost))


def _number(text: str, share: float, feedback: str) -> Answer:
    """A number with its tolerance after a colon, or the ends of a range."""
    written = text.strip()
    if written in ("", "*"):
        return Answer(written or "*", share, feedback)
    try:
        between = _RANGE.fullmatch(written)
        if between is not None:
            low, high = (Decimal(repr(finite(between[end]))) for end in ("low", "high"))
            middle, half = float((low + high) / 2), float(abs(high - low) / 2)
            return Answer(written, share, feedback, middle, half)
        value, _, tolerance = written.partition(":")
        return Answer(written, share, feedback, finite(value), finite(tolerance or "0"))
    except ValueError:
        message = f"{unescaped(written)!r} is no number, such as 20, 20:1 or 19..21"
        raise ValueError(message) from None
