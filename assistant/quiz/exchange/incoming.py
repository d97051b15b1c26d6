"""Questions of other programs as items, with everything that is missing or lost named.

What our own export wrote comes back whole. A stranger's question names no passage that proves its
key: it becomes a draft, which `assistant check` refuses until somebody has found one.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from assistant.errors import AssistantError, CitationError, Problem
from assistant.guidance.citations import Citation, anchor_of
from assistant.quiz.exchange.gift import read_gift
from assistant.quiz.exchange.moodle_xml import read_moodle_xml
from assistant.quiz.exchange.outgoing import SOURCES
from assistant.quiz.exchange.question import Answer, Kind, Question, Unreadable
from assistant.quiz.folding import folded
from assistant.quiz.model import (
    Difficulty,
    Item,
    Mistake,
    Number,
    Option,
    Order,
    Several,
    Short,
    Single,
    Topic,
    TrueFalse,
)

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SOURCES = re.compile(rf"(?:\A|\n\n){SOURCES}(?P<cites>[^\n]+)\Z")
_LONGEST_ID = 60
_NAMELESS = "imported"
NOT_TAKEN = "not-taken"
"""The code of problems with questions that are not among the items."""


class Imported(NamedTuple):
    """The items by topic, in the order of the file, and every problem with its line.

    Problems with the code NOT_TAKEN are questions that are not among the items; ``changed``
    says what of one was lost, ``needs-citation`` that a draft has no source.
    """

    topics: tuple[Topic, ...]
    problems: tuple[Problem, ...]


def import_file(path: Path) -> Imported:
    """The items of a GIFT or Moodle XML file (``.xml``). Raises AssistantError where it cannot be
    read at all."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise AssistantError(f"{path} cannot be read: {error.strerror}") from error
    if path.suffix.lower() == ".xml" or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        return items_of(read_moodle_xml(data), path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise AssistantError(
            f"{path}:{line}: the file is not UTF-8 text; save it as UTF-8"
        ) from error
    return items_of(read_gift(text), path)


def items_of(found: Iterable[Question | Unreadable], path: Path) -> Imported:
    """The items that the questions of the file ``path`` make."""
    problems: list[Problem] = []
    topics: dict[str, tuple[str, list[Item]]] = {}
    used: set[str] = set()
    for one in found:
        if isinstance(one, Unreadable):
            problems.append(Problem(NOT_TAKEN, path, one.line, one.message))
            continue
        reading = _Reading(one, used)
        items = reading.items()
        problems += [Problem(code, path, one.line, text) for code, text in reading.problems]
        if items:
            identity, title = _topic(one)
            topics.setdefault(identity, (title, []))[1].extend(items)
    made = (Topic(name, title, tuple(items)) for name, (title, items) in topics.items())
    return Imported(tuple(made), tuple(problems))


def _topic(one: Question) -> tuple[str, str]:
    """The id and the title of the topic that a question belongs to."""
    named = _tag(one, "topic")
    title = one.category or named or _NAMELESS.title()
    return named or anchor_of(title) or _NAMELESS, title


def _tag(one: Question, name: str) -> str | None:
    """What the tag ``name:...`` says."""
    return next((t.partition(":")[2] for t in one.tags if t.startswith(f"{name}:")), None)


class _Reading:
    """One question made into items; ``problems`` holds codes and messages."""

    def __init__(self, one: Question, used: set[str]) -> None:
        self.one = one
        self.problems: list[tuple[str, str]] = []
        self._used = used
        self._name = one.name or one.identity or one.text[:40] or "a question without a text"

    def items(self) -> list[Item]:
        """The items: none where there is no kind for it, several for a match."""
        one = self.one
        found = list(self._items())
        if not found:
            return []
        for loss in one.lost:
            self._say("changed", loss)
        ours = ("topic:", "difficulty:")
        dropped = [tag for tag in one.tags if not tag.startswith(ours)]
        if dropped:
            self._say("changed", f"its tags are left out: {', '.join(dropped)}")
        if not found[0].cites:
            self._say(
                "needs-citation",
                "it names no source; find the passage that proves its key, and set its difficulty",
            )
        return found

    def _say(self, code: str, message: str) -> None:
        name = " ".join(self._name.split())
        self.problems.append((code, f"{name}: {message}"))

    def _items(self) -> Iterator[Item]:
        one = self.one
        match one.kind:
            case Kind.MULTIPLE_CHOICE:
                yield self._multiple_choice()
            case Kind.TRUE_FALSE:
                yield self._true_false()
            case Kind.SHORT_ANSWER:
                yield from self._short()
            case Kind.NUMERICAL:
                yield from self._number()
            case Kind.ORDERING:
                yield Order(steps=tuple(a.text for a in one.answers), **self._common())
            case Kind.MATCHING:
                yield from self._matches()
            case _:
                kind = one.kind or "without a type"
                self._say(NOT_TAKEN, f"there is no kind of item for questions of the type {kind}")

    def _common(self, suffix: str = "", stem: str | None = None) -> dict[str, Any]:
        """The fields that all items have."""
        one = self.one
        why = one.remark
        cites: tuple[str, ...] = ()
        match = _SOURCES.search(one.remark)
        if match is not None and (named := _citations(match["cites"])):
            why, cites = one.remark[: match.start()], named
        wanted = _tag(one, "difficulty")
        difficulty = next((d for d in Difficulty if d.value == wanted), Difficulty.MEDIUM)
        return {
            "id": self._identity(suffix),
            "difficulty": difficulty,
            "stem": one.text if stem is None else stem,
            "why": why,
            "cites": cites,
        }

    def _identity(self, suffix: str) -> str:
        """An id of our form that no other item of the file has."""
        one = self.one
        wanted = next((n for n in (one.identity, one.name) if _ID.fullmatch(n)), None)
        if wanted is None:
            wanted = anchor_of((one.name or one.text)[: 2 * _LONGEST_ID])[:_LONGEST_ID].strip("-")
        wanted = (wanted or _NAMELESS) + suffix
        found, number = wanted, 1
        while found in self._used:
            number += 1
            found = f"{wanted}-{number}"
        self._used.add(found)
        return found

    def _multiple_choice(self) -> Item:
        one = self.one
        if one.single:
            if any(0 < answer.share < 100 for answer in one.answers):
                self._say("changed", "answers with a part of the mark count as wrong")
            options = tuple(Option(a.text, a.feedback, a.share >= 100) for a in one.answers)
            return Single(options=options, **self._common())
        right = [answer.share for answer in one.answers if answer.share > 0]
        wrong = [answer.share for answer in one.answers if answer.share <= 0]
        even = round(100 / len(right), 2) if right else 0
        if any(round(abs(share), 2) != even for share in [*right, *wrong]):
            self._say("changed", "every right option has the same share here, a wrong one takes it")
        options = tuple(Option(a.text, a.feedback, a.share > 0) for a in one.answers)
        return Several(options=options, **self._common())

    def _true_false(self) -> Item:
        right = max(self.one.answers, key=lambda a: a.share, default=Answer("true"))
        others = [answer for answer in self.one.answers if answer is not right]
        common = self._common()
        if right.feedback and not common["why"]:
            common["why"] = right.feedback
        elif right.feedback:
            self._say("changed", "what is said to the right answer is left out")
        wrong = others[0].feedback if others else ""
        return TrueFalse(key=right.text.strip().lower() == "true", wrong=wrong, **common)

    def _short(self) -> Iterator[Item]:
        kept = [a for a in self.one.answers if a.share >= 100 and a.text.strip() != "*"]
        if not kept:
            self._say(NOT_TAKEN, "it has no answer that gets the whole mark")
            return
        if len(kept) < len(self.one.answers):
            self._say("changed", "answers with less than the whole mark are left out")
        if any(answer.feedback for answer in self.one.answers):
            self._say("changed", "what is said to single answers is left out")
        yield Short(accepted=tuple(answer.text for answer in kept), **self._common())

    def _number(self) -> Iterator[Item]:
        key = next((a for a in self.one.answers if a.share >= 100 and a.number is not None), None)
        if key is None or key.number is None:
            self._say(NOT_TAKEN, "it has no number that gets the whole mark")
            return
        mistakes = []
        for answer in self.one.answers:
            if answer is key:
                if answer.feedback:
                    self._say("changed", "what is said to the right answer is left out")
            elif answer.number is not None and answer.share <= 0:
                mistakes.append(Mistake(answer.number, answer.feedback))
                if answer.tolerance != key.tolerance:
                    self._say("changed", f"{answer.text}: a mistake has the tolerance of the key")
            else:
                self._say("changed", f"the answer {answer.text} is left out; only one is right")
        yield Number(
            key=key.number,
            unit=self.one.unit,
            tolerance=key.tolerance,
            mistakes=tuple(mistakes),
            **self._common(),
        )

    def _matches(self) -> Iterator[Item]:
        """A single choice for each pair: what belongs to it, out of all that is to be matched."""
        sides: dict[str, str] = {}
        for answer in self.one.answers:
            sides.setdefault(folded(answer.pair), answer.pair)
        pairs = [answer for answer in self.one.answers if answer.text]
        for number, answer in enumerate(pairs, 1):
            options = tuple(
                Option(side, answer.feedback, key == folded(answer.pair))
                for key, side in sides.items()
            )
            stem = f"{self.one.text} {answer.text}".strip()
            yield Single(options=options, **self._common(f"-{number}", stem))
        if pairs:
            self._say("changed", f"the match is split into {len(pairs)} single choices")
        else:
            self._say(NOT_TAKEN, "it has nothing to match")


def _citations(text: str) -> tuple[str, ...]:
    """The citations that ``text`` lists; none where it is no such list."""
    found = tuple(text.split("; "))
    try:
        for one in found:
            if str(Citation.parse(one)) != one:
                return ()
    except CitationError:
        return ()
    return found
