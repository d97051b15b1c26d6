"""The matcher: nearer is better, and the same content gives the same matcher."""

import msgspec
import pytest

from assistant.library.content import Content
from assistant.library.model import Library
from assistant.library.read import read_content
from assistant.matching.matcher import Matcher, train


@pytest.fixture
def matcher(small: Content) -> Matcher:
    return train(read_content(small).questions, lambda done, of: None)


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("how often must I trim the wick", "wick-trimming"),
        ("WHERE IS THE OIL??", "oil-store"),
        ("bell in fgo how oftne", "fog-bell"),
        ("trimmin the wik", "wick-trimming"),
    ],
)
def test_the_nearest_intent_comes_first(matcher: Matcher, question: str, intent: str) -> None:
    reading = matcher.read(question)
    assert reading.matches[0].intent == intent
    assert reading.matches == sorted(reading.matches, key=lambda match: -match.nearness)
    assert 0 < reading.confidence < 1


def test_what_nobody_asks_has_no_match(matcher: Matcher) -> None:
    reading = matcher.read("ζητω")
    assert reading.matches == []
    assert reading.confidence == 0


def test_the_same_content_gives_the_same_bytes(small: Content) -> None:
    first, second = (train(read_content(small).questions, lambda done, of: None) for _ in range(2))
    assert msgspec.msgpack.encode(first) == msgspec.msgpack.encode(second)


def test_every_utterance_of_the_library_has_a_match(library: Library) -> None:
    for intent in library.intents.values():
        assert library.matcher.read(intent.title).matches
