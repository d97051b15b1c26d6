"""Moodle XML, written and read.

The format is described in Moodle's documentation ("Moodle XML format"). What is read is refused
where it declares a document type: entities are of no use in it, and can be made to do harm.
"""

from collections.abc import Iterator
from html import escape
from typing import Any
from xml.parsers import expat

from assistant.quiz.exchange.formatted import plain
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

HELD = frozenset(
    [
        Kind.MULTIPLE_CHOICE,
        Kind.TRUE_FALSE,
        Kind.SHORT_ANSWER,
        Kind.NUMERICAL,
        Kind.ORDERING,
    ]
)

_FORMS = {
    "html": "html",
    "plain_text": "plain",
    "markdown": "markdown",
    "moodle_auto_format": "moodle",
}
_ANSWERED = {"true": True, "1": True, "false": False, "0": False}


def write_moodle_xml(bank: Bank) -> tuple[str, tuple[str, ...]]:
    """``bank`` as a Moodle XML file, and a line for everything that is lost."""
    found, losses = outgoing(bank, HELD)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    category = None
    for one in found:
        if one.category != category:
            category = one.category
            path = category_path(category)
            lines += [
                '<question type="category">',
                f"<category><text>{_escaped(path)}</text></category>",
                "</question>",
            ]
        lines += _question(one)
    return "\n".join([*lines, "</quiz>"]) + "\n", losses


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _texts(tag: str, text: str, attributes: str = "") -> str:
    return f'<{tag}{attributes} format="plain_text"><text>{_escaped(text)}</text></{tag}>'


def _question(one: Question) -> Iterator[str]:
    yield f'<question type="{one.kind}">'
    yield f"<name><text>{_escaped(one.name)}</text></name>"
    yield _texts("questiontext", one.text)
    yield _texts("generalfeedback", one.remark)
    yield "<defaultgrade>1</defaultgrade>"
    yield "<hidden>0</hidden>"
    yield f"<idnumber>{_escaped(one.identity)}</idnumber>"
    if one.kind == Kind.MULTIPLE_CHOICE:
        yield f"<single>{str(one.single).lower()}</single>"
        yield "<shuffleanswers>true</shuffleanswers>"
        yield "<answernumbering>abc</answernumbering>"
    elif one.kind == Kind.SHORT_ANSWER:
        yield "<usecase>0</usecase>"
    elif one.kind == Kind.ORDERING:
        yield "<layouttype>VERTICAL</layouttype>"
        yield "<selecttype>ALL</selecttype>"
        yield "<selectcount>0</selectcount>"
        yield "<gradingtype>RELATIVE_NEXT_EXCLUDE_LAST</gradingtype>"
    for place, answer in enumerate(one.answers, 1):
        share = str(place) if one.kind == Kind.ORDERING else share_written(answer.share)
        feedback = _texts("feedback", answer.feedback)
        tolerance = (
            f"<tolerance>{in_digits(float(answer.tolerance))}</tolerance>"
            if one.kind == Kind.NUMERICAL
            else ""
        )
        yield (
            f'<answer fraction="{share}" format="plain_text"><text>{_escaped(answer.text)}</text>'
            f"{feedback}{tolerance}</answer>"
        )
    if one.unit:
        yield (
            "<units><unit><multiplier>1</multiplier>"
            f"<unit_name>{_escaped(one.unit)}</unit_name></unit></units>"
        )
        yield "<unitgradingtype>0</unitgradingtype>"
        yield "<showunits>3</showunits>"
    tags = "".join(f"<tag><text>{_escaped(tag)}</text></tag>" for tag in one.tags)
    yield f"<tags>{tags}</tags>"
    yield "</question>"


class _Element:
    """An element of the file with the line that it begins on."""

    def __init__(self, tag: str, attributes: dict[str, str], line: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.line = line
        self.children: list[_Element] = []
        self.words: list[str] = []

    def all(self, tag: str) -> list["_Element"]:
        """The elements of this name directly below."""
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> "_Element | None":
        """The first element of this name directly below."""
        return next(iter(self.all(tag)), None)

    def word(self, tag: str) -> str:
        """The text of an element directly below, or of the ``text`` within it; empty without
        one."""
        found = self.first(tag)
        if found is None:
            return ""
        inner = found.first("text")
        return "".join((inner or found).words).strip()


class _Refused(Exception):
    """The file declares a document type."""


def read_moodle_xml(data: bytes) -> Iterator[Question | Unreadable]:
    """The questions of a Moodle XML file, in its order, and what is none. A file that is not well
    formed gives what stands before the fault, and the fault."""
    root, fault = _tree(data)
    category = ""
    if root is not None and root.tag != "quiz" and fault is None:
        fault = Unreadable(root.line, f"the file holds <{root.tag}>, not <quiz>")
        root = None
    for element in root.children if root is not None else ():
        if element.tag != "question":
            yield Unreadable(element.line, f"<{element.tag}> is no question")
            continue
        kind = element.attributes.get("type", "")
        if kind == "category":
            category = category_title(element.word("category"))
        else:
            yield _read(element, kind, category)
    if fault is not None:
        yield fault


def _tree(data: bytes) -> tuple[_Element | None, Unreadable | None]:
    """The elements of the file, and what is wrong with it. Questions that are cut off are left
    out."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    roots: list[_Element] = []
    path: list[_Element] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        path.append(_Element(tag, attributes, parser.CurrentLineNumber))
        if len(path) == 1:
            roots.append(path[0])

    def end(tag: str) -> None:
        done = path.pop()
        if path:
            path[-1].children.append(done)

    def words(text: str) -> None:
        if path:
            path[-1].words.append(text)

    def refuse(*_: Any) -> None:
        raise _Refused

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    fault = None
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        message = f"not well-formed XML: {expat.ErrorString(error.code)}"
        fault = Unreadable(error.lineno, message)
    except _Refused:
        fault = Unreadable(
            parser.CurrentLineNumber, "it declares a document type, which is refused; remove it"
        )
    except (LookupError, ValueError) as error:
        fault = Unreadable(1, f"its encoding cannot be read: {error}")
    return (roots[0] if roots else None), fault


def _read(element: _Element, kind: str, category: str) -> Question | Unreadable:
    lost: list[str] = []
    name = element.word("name")
    try:
        answers = tuple(_answers(element, kind, lost))
    except ValueError as error:
        return Unreadable(element.line, str(error))
    if kind == Kind.SHORT_ANSWER and element.word("usecase") == "1":
        lost.append("capitals no longer count")
    if element.first("hint") is not None and any(
        hint.word("text") or "".join(hint.words).strip() for hint in element.all("hint")
    ):
        lost.append("its hints are left out")
    single = _ANSWERED.get(element.word("single").lower(), True)
    units = element.first("units")
    names = [unit.word("unit_name") for unit in units.all("unit")] if units is not None else []
    if len(names) > 1:
        lost.append(f"of its units only {names[0]!r} is kept")
    tags = element.first("tags")
    return Question(
        kind=kind,
        text=_said(element, "questiontext", lost),
        line=element.line,
        name=name,
        identity=element.word("idnumber"),
        category=category,
        tags=tuple("".join((tag.first("text") or tag).words).strip() for tag in tags.all("tag"))
        if tags is not None
        else (),
        answers=answers,
        single=single,
        remark=_said(element, "generalfeedback", lost),
        unit=names[0] if names else "",
        lost=tuple(dict.fromkeys(lost)),
    )


def _said(element: _Element, tag: str, lost: list[str]) -> str:
    found = element.first(tag)
    return _words(found, lost) if found is not None else ""


def _words(element: _Element, lost: list[str]) -> str:
    """The text of an element as plain words; what goes missing is added to ``lost``."""
    if element.all("file"):
        lost.append("its files are left out")
    inner = element.first("text") or element
    form = _FORMS.get(element.attributes.get("format", "html"), "html")
    found = plain("".join(inner.words).strip(), form)
    lost += found.lost
    return found.text


def _answers(element: _Element, kind: str, lost: list[str]) -> Iterator[Answer]:
    """The answers of a question. Raises ValueError where a number is none."""
    if kind == Kind.MATCHING:
        for pair in element.all("subquestion"):
            yield Answer(_words(pair, lost), 100, pair=pair.word("answer"))
        return
    found = element.all("answer")
    if kind == Kind.ORDERING:
        found.sort(key=lambda one: _float(one.attributes.get("fraction", "0"), "a place"))
    for one in found:
        share = _float(one.attributes.get("fraction", "0"), "a share of the mark")
        # Moodle gives the answers of these kinds no format: they are what is typed.
        typed = kind in (Kind.SHORT_ANSWER, Kind.NUMERICAL, Kind.TRUE_FALSE)
        text = "".join((one.first("text") or one).words).strip() if typed else _words(one, lost)
        feedback = _said(one, "feedback", lost)
        if kind == Kind.NUMERICAL and text != "*":
            tolerance = _float(one.word("tolerance") or "0", "a tolerance")
            yield Answer(text, share, feedback, _float(text, "a number"), tolerance)
        else:
            yield Answer(text, share, feedback)


def _float(text: str, what: str) -> float:
    try:
        return finite(text)
    except ValueError:
        raise ValueError(f"{text[:40]!r} is not {what}") from None
