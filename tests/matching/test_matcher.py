"""The matcher: nearer is better, and the same content gives the same matcher."""

import msgspec
import pytest

from assistant.library.content import Content
from assistant.library.model import Library
from assistant.library.read import read_content
from assistant.matching.matcher import Matcher, Reading, softmax
from assistant.matching.normalise import words
from assistant.matching.spelling import repaired
from assistant.matching.training.train import train
from assistant.matching.word_vectors import DIMENSIONS, the_word_vectors


@pytest.fixture
def matcher(small: Content) -> Matcher:
    return train(read_content(small).questions, lambda done, of: None)


def read(matcher: Matcher, question: str) -> Reading:
    return matcher.read(repaired(words(question), matcher))


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
    reading = read(matcher, question)
    assert reading.matches[0].intent == intent
    assert reading.matches == sorted(reading.matches, key=lambda match: -match.likelihood)
    assert 0 < reading.confidence < 1


def test_what_nobody_asks_has_no_match(matcher: Matcher) -> None:
    reading = read(matcher, "ζητω")
    assert reading.matches == []
    assert reading.confidence == 0


def test_the_same_content_gives_the_same_bytes(small: Content) -> None:
    first, second = (train(read_content(small).questions, lambda done, of: None) for _ in range(2))
    assert msgspec.msgpack.encode(first) == msgspec.msgpack.encode(second)


def test_every_utterance_of_the_library_has_a_match(library: Library) -> None:
    for intent in library.intents.values():
        assert read(library.matcher, intent.title).matches


def test_favoured_intents_gain_but_the_words_decide(matcher: Matcher) -> None:
    asked = words("how often must I do it")
    favoured = matcher.read(asked, {"fog-bell": 5.0})
    assert favoured.matches[0].intent == "fog-bell"
    plain = matcher.read(words("where is the oil for the lamp"), {"fog-bell": 1.0})
    assert plain.matches[0].intent == "oil-store"


def test_the_reasons_name_the_words_that_spoke_for_an_intent(matcher: Matcher) -> None:
    reasons = dict(matcher.reasons(words("where is the oil"), "oil-store"))
    assert reasons["oil"] > 0
    assert list(reasons.values()) == sorted(reasons.values(), reverse=True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("trimm the wick", "trim the wick"),
        ("wehre is the lmap", "where is the lamp"),
        ("midngiht", "midnight"),
        ("section99", "section99"),
        ("xylophone", "xylophone"),
        ("zzz", "zzz"),
        ("whn is the lamp lit", "when is the lamp lit"),
        ("cat on the stair", "cat on the stair"),
    ],
)
def test_slips_of_the_keys_are_repaired_and_other_words_left_alone(
    matcher: Matcher, typed: str, meant: str
) -> None:
    assert repaired(typed.split(), matcher) == meant.split()


def test_likelihoods_sum_to_one_with_the_outside(matcher: Matcher) -> None:
    scores = matcher.scores(words("where is the oil"), None, {})
    assert sum(softmax(scores).values()) == pytest.approx(1.0)


def test_without_a_vector_a_word_still_counts_by_its_letters(matcher: Matcher) -> None:
    assert the_word_vectors()["zqxv"] is None
    vector = the_word_vectors()["passport"]
    assert vector is not None
    assert len(vector) == DIMENSIONS
