"""The files of ``intents/quiz/*.yaml`` read and checked as one bank, a topic a file.

Each fault has a name, a file and a line; all of them come out in one run.
"""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from assistant.errors import CitationError, ContentError, Problem
from assistant.guidance.citations import Citation
from assistant.guidance.content_files import Key, YamlDocument, read_yaml
from assistant.guidance.facts import grounds, missing_facts
from assistant.guidance.model import Guidance
from assistant.guidance.wording import without_controls
from assistant.quiz.folding import doubles
from assistant.quiz.model import (
    Bank,
    Number,
    Option,
    Order,
    Several,
    Short,
    Single,
    Topic,
    TrueFalse,
)
from assistant.quiz.quantities import in_digits, within

FEWEST_OPTIONS = {"single": 3, "several": 4}
MOST_OPTIONS = 6
FEWEST_STEPS = 3
MOST_UNEVEN = 2.5
"""The longest option has at most so many times the characters of the shortest, where both are
phrases."""
PHRASE = 20
"""Characters; a longer text is a phrase."""

Written = Single | Several | TrueFalse | Order | Number | Short
"""An item of a kind that is written; scenarios are drawn from dialogues."""

_KINDS = tuple(
    sorted(
        str(kind.__struct_config__.tag)
        for kind in (Single, Several, TrueFalse, Order, Number, Short)
    )
)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    """What a file holds; its items are read one by one, so that a fault in one hides no other."""

    topic: str
    title: str
    items: list[Any]


class _Entry(NamedTuple):
    """An item with what is needed to say where a fault is."""

    document: YamlDocument
    place: int
    item: Written

    def fault(self, code: str, message: str, *keys: Key) -> Problem:
        """A fault at a key of the item."""
        message = f"{self.item.id}: {message}"
        return self.document.problem(code, message, "items", self.place, *keys)


def read_bank(folder: Path, guidance: Guidance) -> Bank:
    """Every topic of ``folder``; an empty bank where there is no such folder. Raises ContentError
    with every fault of every file."""
    problems: list[Problem] = []
    topics: list[Topic] = []
    entries: list[_Entry] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            document = read_yaml(path)
            head = document.convert(_Head, document.value)
        except ContentError as error:
            problems += error.problems
            continue
        found, faults = _items(document, head)
        problems += [*faults, *_faults_of_head(document, head)]
        historical = [_historical(entry.item, guidance) for entry in found]
        problems += _mixed(found, historical)
        items = tuple(entry.item for entry in found)
        topics.append(Topic(head.topic, head.title, items, historical=True in historical))
        entries += found
    problems += _double_ids(entries)
    for entry in entries:
        problems += _faults(entry, guidance)
    if problems:
        raise ContentError(problems)
    return Bank(tuple(topics))


def _items(document: YamlDocument, head: _Head) -> tuple[list[_Entry], list[Problem]]:
    found: list[_Entry] = []
    problems: list[Problem] = []
    for place, value in enumerate(head.items):
        kind = value.get("kind") if isinstance(value, dict) else None
        if isinstance(kind, str) and kind not in _KINDS:
            message = f"no kind {kind!r}; the kinds are {', '.join(_KINDS)}"
            problems.append(document.problem("unknown-kind", message, "items", place, "kind"))
            continue
        try:
            item: Written = document.convert(Written, value, "items", place)  # type: ignore[arg-type]
        except ContentError as error:
            problems += error.problems
        else:
            found.append(_Entry(document, place, item))
    return found, problems


def _faults_of_head(document: YamlDocument, head: _Head) -> Iterator[Problem]:
    if head.topic != document.path.stem:
        message = f"the topic {head.topic!r} must be the name of the file"
        yield document.problem("wrong-topic", message, "topic")
    if not head.title.strip():
        yield document.problem("empty-text", "the topic has no title", "title")
    elif head.title != " ".join(head.title.split()):
        yield document.problem("loose-spaces", "the title has spaces too many", "title")
    if not head.items:
        yield document.problem("no-items", "the topic has no items", "items")


def _double_ids(entries: list[_Entry]) -> Iterator[Problem]:
    first: dict[str, _Entry] = {}
    for entry in entries:
        earlier = first.setdefault(entry.item.id, entry)
        if earlier is not entry:
            line = earlier.document.line("items", earlier.place)
            where = f"{earlier.document.path.name}:{line}"
            yield entry.fault("duplicate-id", f"this id stands in {where} already", "id")


def _historical(item: Written, guidance: Guidance) -> bool | None:
    """Whether what ``item`` cites is history; None where that cannot be said."""
    for text in item.cites:
        try:
            return guidance.resolve(Citation.parse(text)).publication.about.historical
        except CitationError:
            continue
    return None


def _mixed(entries: list[_Entry], historical: list[bool | None]) -> Iterator[Problem]:
    """Items of another time than the first of the topic: what once applied is not asked among what
    applies."""
    time = next((one for one in historical if one is not None), None)
    for entry, one in zip(entries, historical, strict=True):
        if one is not None and one is not time:
            cited, first = ("history", "current") if one else ("what is current", "history")
            message = f"it cites {cited}, the first item of the topic {first}; give it a topic"
            yield entry.fault("mixed-times", message, "cites")


def _faults(entry: _Entry, guidance: Guidance) -> Iterator[Problem]:
    item = entry.item
    if not _ID.fullmatch(item.id):
        yield entry.fault("wrong-id", "lower case letters, digits and single hyphens only", "id")
    yield from _faults_of_texts(entry)
    match item:
        case Single() | Several():
            yield from _faults_of_options(entry, item)
        case Order():
            if len(item.steps) < FEWEST_STEPS:
                message = f"{len(item.steps)} steps, at least {FEWEST_STEPS}"
                yield entry.fault("few-steps", message, "steps")
            yield from _same(entry, "steps", item.steps)
        case Short():
            if not item.accepted:
                yield entry.fault("no-right-option", "no wording is accepted", "accepted")
            yield from _same(entry, "accepted", item.accepted)
        case Number():
            yield from _faults_of_number(entry, item)
    yield from _faults_of_grounds(entry, guidance)


def _texts(item: Written) -> Iterator[tuple[tuple[Key, ...], str]]:
    """Every text of ``item`` with where it stands."""
    yield ("stem",), item.stem
    yield ("why",), item.why
    match item:
        case Single() | Several():
            for place, option in enumerate(item.options):
                yield ("options", place, "text"), option.text
                yield ("options", place, "feedback"), option.feedback
        case TrueFalse():
            yield ("wrong",), item.wrong
        case Order():
            yield from ((("steps", place), step) for place, step in enumerate(item.steps))
        case Short():
            yield from ((("accepted", place), text) for place, text in enumerate(item.accepted))
        case Number():
            yield ("unit",), item.unit
            for place, mistake in enumerate(item.mistakes):
                yield ("mistakes", place, "feedback"), mistake.feedback


def _faults_of_texts(entry: _Entry) -> Iterator[Problem]:
    for keys, text in _texts(entry.item):
        name = str(next(key for key in reversed(keys) if isinstance(key, str)))
        if not text.strip():
            yield entry.fault("empty-text", f"`{name}` says nothing", *keys)
        elif text != text.strip():
            yield entry.fault("loose-spaces", f"`{name}` begins or ends with spaces", *keys)
        elif text != without_controls(text):
            yield entry.fault("control-character", f"`{name}` holds a control character", *keys)


def _faults_of_options(entry: _Entry, item: Single | Several) -> Iterator[Problem]:
    options = item.options
    right = sum(option.right for option in options)
    fewest = FEWEST_OPTIONS[str(item.__struct_config__.tag)]
    if len(options) < fewest:
        yield entry.fault("few-options", f"{len(options)} options, at least {fewest}", "options")
    if len(options) > MOST_OPTIONS:
        message = f"{len(options)} options, at most {MOST_OPTIONS}"
        yield entry.fault("many-options", message, "options")
    if not right:
        yield entry.fault("no-right-option", "no option is right", "options")
    elif isinstance(item, Single) and right > 1:
        message = f"{right} options are right; only the kind `several` has more than one"
        yield entry.fault("many-right-options", message, "options")
    elif right == len(options):
        yield entry.fault("no-wrong-option", "no option is wrong", "options")
    yield from _same_options(entry, options)
    lengths = sorted(len(option.text) for option in options)
    if lengths and lengths[0] > PHRASE and lengths[-1] > MOST_UNEVEN * lengths[0]:
        message = (
            f"the longest option has {lengths[-1]} characters, the shortest {lengths[0]}; "
            f"at most {MOST_UNEVEN:g} times as many, so that length gives nothing away"
        )
        yield entry.fault("uneven-options", message, "options")


def _same_options(entry: _Entry, options: tuple[Option, ...]) -> Iterator[Problem]:
    for first, second in doubles(tuple(option.text for option in options)):
        if options[first].right is not options[second].right:
            message = f"options {first + 1} and {second + 1} say the same, and one is called wrong"
            yield entry.fault("right-distractor", message, "options", second)
        else:
            message = f"options {first + 1} and {second + 1} say the same"
            yield entry.fault("same-text", message, "options", second)


def _same(entry: _Entry, key: str, texts: tuple[str, ...]) -> Iterator[Problem]:
    for first, second in doubles(texts):
        message = f"{texts[second]!r} says the same as {texts[first]!r}; leave it out"
        yield entry.fault("same-text", message, key, second)


def _faults_of_number(entry: _Entry, item: Number) -> Iterator[Problem]:
    if not math.isfinite(item.key):
        yield entry.fault("wrong-number", "the key is no number", "key")
    if not (math.isfinite(item.tolerance) and item.tolerance >= 0):
        yield entry.fault("wrong-number", "the tolerance is a number from 0", "tolerance")
    values: list[float] = []
    for place, mistake in enumerate(item.mistakes):
        if not math.isfinite(mistake.value):
            yield entry.fault("wrong-number", "the mistake is no number", "mistakes", place)
        elif within(item, mistake.value):
            message = f"the mistake {mistake.value:g} counts as right"
            yield entry.fault("right-distractor", message, "mistakes", place)
        elif mistake.value in values:
            message = f"the mistake {mistake.value:g} is there twice"
            yield entry.fault("same-text", message, "mistakes", place)
        values.append(mistake.value)


def _faults_of_grounds(entry: _Entry, guidance: Guidance) -> Iterator[Problem]:
    """Citations that lead nowhere; facts of the key that do not stand in what is cited."""
    item = entry.item
    if not item.cites:
        yield entry.fault("no-citation", "it cites nothing", "cites")
    broken = False
    for text in item.cites:
        try:
            guidance.resolve(Citation.parse(text))
        except CitationError as error:
            broken = True
            yield entry.fault("broken-citation", str(error), "cites")
    if broken or not item.cites:
        return
    said = grounds(guidance, item.cites)
    for keys, text in proved(item):
        for kind, fact in missing_facts(text, said):
            message = f"the {kind} {fact!r} does not stand in what it cites"
            yield entry.fault("fact-not-cited", message, *keys)


def proved(item: Written) -> Iterator[tuple[tuple[Key, ...], str]]:
    """The texts of ``item`` that the guidance must bear out: those of the key, and why."""
    yield ("why",), item.why
    match item:
        case Single() | Several():
            for place, option in enumerate(item.options):
                if option.right:
                    yield ("options", place, "text"), option.text
        case Order() | Short():
            texts = item.steps if isinstance(item, Order) else item.accepted
            name = "steps" if isinstance(item, Order) else "accepted"
            yield from (((name, place), text) for place, text in enumerate(texts))
        case Number():
            yield ("key",), f"{in_digits(item.key)} {item.unit}"
