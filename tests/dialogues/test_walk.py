"""Walking: answers given, changed and taken back in any way keep the walk whole."""

import random
from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.dialogues.explore import candidates
from assistant.dialogues.model import (
    READ,
    UNKNOWN,
    Asking,
    Call,
    Choice,
    CountryAsked,
    Day,
    Moment,
    Node,
    Note,
    Number,
    Option,
    Several,
    Step,
    Telling,
    Value,
    YesNo,
)
from assistant.dialogues.session import Session
from assistant.dialogues.walk import Book, Stop, fits, questions, steps, walk
from tests.dialogues.test_coverage import NAMES
from tests.helpers import NOW

WALKS = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
DAYS = ["2026-02-28", "2026-12-24", "2027-03-25", "9999-12-31"]


def some_answer(stop: Stop, chance: random.Random) -> Value:
    """A valid answer to ``stop``, by ``chance``."""
    if isinstance(stop.node, Day):
        return chance.choice(DAYS)
    if isinstance(stop.node, Moment):
        return f"{chance.choice(DAYS)}T{chance.randrange(24):02}:30"
    if isinstance(stop.node, Number):
        numbers = [18, 17, 24, 0, stop.node.min, stop.node.max or 400]
        return chance.choice([n for n in numbers if n >= stop.node.min])
    return chance.choice(candidates(stop.node, (), chance))


def some_walk(book: Book, name: str, chance: random.Random, most: int) -> Session:
    """A walk of at most ``most`` answers."""
    session = Session(name, NOW)
    for count in range(most):
        waiting = session.walk(book).waiting
        if waiting is None:
            break
        at = NOW + timedelta(minutes=count)
        session.give(book, waiting.key, some_answer(waiting, chance), at)
    return session


def applying(book: Book, session: Session) -> dict[str, Value]:
    """The answers that the route comes by."""
    return {
        stop.key: stop.value
        for stop in session.walk(book).stops
        if stop.value is not None and stop.key in session.answers
    }


def copied(session: Session) -> Session:
    return msgspec.json.decode(msgspec.json.encode(session), type=Session)


@WALKS
@given(name=st.sampled_from(NAMES), seed=st.integers(0, 2**32), most=st.integers(1, 60))
def test_an_earlier_answer_changed_keeps_every_other(
    book: Book, name: str, seed: int, most: int
) -> None:
    chance = random.Random(seed)
    session = some_walk(book, name, chance, most)
    for count in range(5):
        before, held = applying(book, session), dict(session.answers)
        stops = {stop.key: stop for stop in session.walk(book).stops}
        key = chance.choice(list(before))
        value = some_answer(stops[key], chance)
        fallen = session.give(book, key, value, NOW + timedelta(hours=count))
        assert session.answers == held | {key: value}
        after = applying(book, session)
        assert set(fallen) == before.keys() - after.keys()
        assert list(fallen) == [one for one in before if one in fallen]
        assert after[key] == value
        there = {stop.key for stop in session.walk(book).stops}
        for other in there & before.keys() - {key}:
            assert after[other] == before[other]
        assert session.times[key] == NOW + timedelta(hours=count)


@WALKS
@given(name=st.sampled_from(NAMES), seed=st.integers(0, 2**32), most=st.integers(1, 60))
def test_an_answer_given_again_and_changed_back_is_the_walk_before(
    book: Book, name: str, seed: int, most: int
) -> None:
    chance = random.Random(seed)
    session = some_walk(book, name, chance, most)
    before = session.walk(book)
    key, value = chance.choice(list(applying(book, session).items()))
    assert session.give(book, key, value, NOW) == ()
    assert session.walk(book) == before
    stop = next(stop for stop in before.stops if stop.key == key)
    session.give(book, key, some_answer(stop, chance), NOW)
    session.give(book, key, value, NOW)
    assert session.walk(book) == before


@WALKS
@given(name=st.sampled_from(NAMES), seed=st.integers(0, 2**32), most=st.integers(0, 60))
def test_back_undoes_every_answer_and_every_change(
    book: Book, name: str, seed: int, most: int
) -> None:
    chance = random.Random(seed)
    session = Session(name, NOW)
    states = []
    for count in range(most):
        found = session.walk(book)
        answered = [stop for stop in found.stops if stop.key in session.answers]
        stop = chance.choice(answered) if answered and chance.random() < 0.3 else found.waiting
        if stop is None:
            break
        states.append(copied(session))
        session.give(book, stop.key, some_answer(stop, chance), NOW + timedelta(minutes=count))
    while states:
        assert session.changes[-1].key == session.back()
        assert session == states.pop()
    assert session.back() is None
    assert session == Session(name, NOW)


@WALKS
@given(name=st.sampled_from(NAMES), seed=st.integers(0, 2**32), most=st.integers(0, 60))
def test_a_saved_walk_goes_on_as_if_it_had_not_been_left(
    book: Book, name: str, seed: int, most: int
) -> None:
    chance = random.Random(seed)
    session = some_walk(book, name, chance, most)
    again = copied(session)
    assert again == session
    found = session.walk(book)
    assert again.walk(book) == found
    if found.waiting is not None:
        value = some_answer(found.waiting, chance)
        assert again.give(book, found.waiting.key, value, NOW) == session.give(
            book, found.waiting.key, value, NOW
        )
        assert again.walk(book) == session.walk(book)
    assert again.back() == session.back()
    assert again == session


@WALKS
@given(
    name=st.sampled_from(NAMES),
    answers=st.dictionaries(
        st.text(max_size=8), st.text(max_size=5) | st.integers() | st.just(("a", "b"))
    ),
    seed=st.integers(0, 2**32),
)
def test_answers_that_no_node_can_have_count_as_none(
    book: Book, name: str, answers: dict[str, Value], seed: int
) -> None:
    chance = random.Random(seed)
    whole = some_walk(book, name, chance, 80).answers
    stops = {stop.key: stop for stop in walk(book, name, whole).stops}
    broken = dict(whole)
    wrong: Value = "no such answer"
    key = chance.choice([key for key in whole if not fits(stops[key].node, wrong)] or [""])
    broken[key] = wrong
    found = walk(book, name, broken | {key: value for key, value in answers.items() if "." in key})
    waiting = found.waiting
    if key:
        assert waiting is not None
        assert waiting.key == key
    assert set(found.unused) <= broken.keys() | answers.keys()


@pytest.mark.parametrize("name", NAMES)
def test_passing_reads_notes_and_does_steps_but_answers_no_question(book: Book, name: str) -> None:
    chance = random.Random(name)
    for _ in range(20):
        whole = walk(book, name, some_walk(book, name, chance, 80).answers)
        assert whole.outcome is not None
        asked = {stop.key: stop.value for stop in questions(whole) if stop.value is not None}
        could_not = {
            stop.key: stop.value for stop in steps(whole) if stop.value not in (None, "done")
        }
        passed = walk(book, name, {**asked, **could_not}, passing=True)
        assert passed.stops == whole.stops
        assert all(isinstance(stop.node, Asking) for stop in questions(passed))
        started = walk(book, name, {}, passing=True)
        assert started.waiting is not None
        assert isinstance(started.waiting.node, Asking)
        assert all(isinstance(stop.node, Telling) for stop in started.stops[:-1])


def test_a_call_takes_what_is_known_and_hands_back_its_outcome(book: Book) -> None:
    calls = [
        (dialogue, node)
        for dialogue in book.dialogues.values()
        for node in dialogue.nodes
        if isinstance(node, Call)
    ]
    assert calls
    handed = 0
    for dialogue, call in calls:
        chance = random.Random(call.id)
        for _ in range(200):
            found = walk(book, dialogue.id, some_walk(book, dialogue.id, chance, 80).answers)
            inside = [stop for stop in found.stops if stop.key.startswith(f"{call.id}.")]
            asked = {stop.key for stop in found.stops}
            for theirs, ours in call.given.items():
                stop = next((stop for stop in found.stops if stop.key == ours), None)
                node = next(n for n in book.dialogues[call.dialogue].nodes if n.id == theirs)
                value = stop.value if stop is not None else None
                if inside and value is not None and fits(node, value):
                    assert f"{call.id}.{theirs}" not in asked
                    handed += 1
    assert handed


@pytest.mark.parametrize(
    ("value", "fit"),
    [
        (YesNo(id="a", ask="?"), {"yes", "no"}),
        (YesNo(id="a", ask="?", unknown="b"), {"yes", "no", UNKNOWN}),
        (Choice(id="a", ask="?", options=(Option("x", "X"),)), {"x"}),
        (Several(id="a", ask="?", options=(Option("x", "X"), Option("y", "Y"))), {("x", "y"), ()}),
        (Step(id="a", text="."), {"done"}),
        (Step(id="a", text=".", cannot="b"), {"done", "cannot"}),
        (Note(id="a", text="."), {READ}),
        (Call(id="a", dialogue="b"), set()),
        (Number(id="a", ask="?", unit="years", max=120), {3}),
        (Number(id="a", ask="?", unit="years", min=3, whole=False), {3, 3.5, 1e9}),
        (Day(id="a", ask="?"), {"2026-11-20"}),
        (Moment(id="a", ask="?", unknown="b"), {"2026-11-20T14:30", UNKNOWN}),
        (CountryAsked(id="a", ask="?"), {"FR"}),
    ],
)
def test_what_fits_a_node(value: Node, fit: set[Value]) -> None:
    tried: list[Value] = ["yes", "no", "x", "y", "done", "cannot", READ, UNKNOWN, ("x", "y"), ()]
    tried += [("z",), 3, 3.5, -1, 1e9, float("inf"), float("nan"), "soon", "", "2026-13-20"]
    tried += ["2026-11-20", "2026-11-20T14:30", "2026-11-20T14:30+01:00", "FR", "fr", "France"]
    assert {one for one in tried if fits(value, one)} == fit


def test_the_time_of_an_answer_is_kept_and_taken_back(book: Book) -> None:
    session = Session("pace-clock", NOW)
    first, second = datetime(2026, 11, 21, 12, 1), datetime(2026, 11, 21, 12, 9)
    session.give(book, "where", "england_wales", first)
    session.give(book, "where", "scotland", second)
    assert session.times == {"where": second}
    assert session.back() == "where"
    assert (session.answers, session.times) == ({"where": "england_wales"}, {"where": first})
    assert session.back() == "where"
    assert (session.answers, session.times, session.back()) == ({}, {}, None)
