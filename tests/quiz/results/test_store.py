"""Results stored: the same tests for a file and for a server."""

import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect

from assistant.errors import AssistantError, UsageError
from assistant.quiz import schedule
from assistant.quiz.attempt import Answer, Attempt, Mode, finish, give, resume, reveal
from assistant.quiz.candidate import Candidate, candidate_code
from assistant.quiz.model import Given
from assistant.quiz.results.store import Store
from tests.quiz.made import DRAWN, PAPER, START, attempt, later

CODE = candidate_code("K-17")


def begun(store: Store, new: Attempt, candidate: Candidate | None = CODE) -> int:
    return store.begin(new, DRAWN, 7, candidate, "1.2.3")


def answered(
    store: Store,
    number: int,
    before: Attempt,
    position: int,
    what: Given,
    share: float,
    minute: float,
) -> Attempt:
    step = give(before, position, what, share, later(minute))
    assert step.refused is None
    store.answer(number, step.attempt, step.attempt.answers[position])
    return step.attempt


@pytest.mark.parametrize(
    "what", [(0,), (2, 0, 1), (), True, False, 3.5, -0.0, "twelve hours", "\x00 \ud800 ’ =1+1"]
)
def test_every_kind_of_answer_comes_back_as_it_was_given(store: Store, what: Given) -> None:
    new = attempt()
    number = begun(store, new)
    after = answered(store, number, new, 3, what, 1 / 3, 1.5)
    kept = store.attempt(number)
    assert kept.attempt == after
    assert type(kept.attempt.answers[3].given) is type(what)
    assert (kept.paper, kept.seed, kept.candidate, kept.program) == (DRAWN, 7, CODE, "1.2.3")


def test_an_answer_is_there_for_another_window_at_once(place: Path | str) -> None:
    with Store(place) as one, Store(place) as other:
        new = attempt()
        number = begun(one, new)
        after = answered(one, number, new, 0, (1,), 1, 1)
        assert other.attempt(number).attempt == after


def test_an_attempt_goes_on_from_what_is_stored(place: Path | str) -> None:
    with Store(place) as store:
        new = attempt(Mode.PRACTICE)
        number = begun(store, new)
        answered(store, number, answered(store, number, new, 0, (1,), 1, 1), 2, (0,), 0, 2)
    with Store(place) as store:
        assert store.unfinished(CODE) == [number]
        going = store.attempt(number).attempt
        assert going.waiting == 1
        for position in (1, 3, 4, 5):
            going = answered(store, number, going, position, (0,), 0.5, 3)
        assert going.ended == later(3)
        assert store.attempt(number).attempt == going
        assert store.unfinished(CODE) == []


def test_a_changed_answer_counts_and_the_first_is_kept(store: Store) -> None:
    new = attempt()
    number = begun(store, new)
    now = new
    for minute, what in enumerate([(0,), (1,), (2,)]):
        now = answered(store, number, now, 4, what, minute / 2, minute)
    assert store.attempt(number).attempt.answers[4].given == (2,)
    assert [answer.given for answer in store.history(number, 4)] == [(0,), (1,), (2,)]
    assert [answer.at for answer in store.history(number, 4)] == [later(0), later(1), later(2)]
    assert store.history(number, 5) == []


def test_the_same_answer_sent_again_is_stored_once(store: Store) -> None:
    new = attempt(Mode.PRACTICE)
    number = begun(store, new)
    after = answered(store, number, new, 0, (1,), 1, 1)
    store.answer(number, after, after.answers[0])
    assert len(store.history(number, 0)) == 1


def test_a_second_answer_from_another_window_is_refused_where_the_mode_allows_none(
    store: Store,
) -> None:
    new = attempt(Mode.PRACTICE)
    number = begun(store, new)
    answered(store, number, new, 0, (1,), 1, 1)
    with pytest.raises(AssistantError, match=r"question 1 has its answer already.*another window"):
        answered(store, number, new, 0, (2,), 0, 2)
    assert store.attempt(number).attempt.answers[0].given == (1,)


def test_an_attempt_that_another_window_ended_takes_no_answer(store: Store) -> None:
    new = attempt()
    number = begun(store, new)
    store.end(number, finish(new, later(5)))
    with pytest.raises(AssistantError, match=f"attempt {number} has ended"):
        answered(store, number, new, 0, (1,), 1, 6)
    store.end(number, finish(new, later(9)))
    assert store.attempt(number).attempt.ended == later(5)


def test_an_answer_shown_in_class_is_stored_without_a_mark(store: Store) -> None:
    new = attempt(Mode.CLASS, None, None)
    number = begun(store, new, None)
    shown = reveal(new, 2, later(1)).attempt
    store.answer(number, shown, shown.answers[2])
    assert store.attempt(number).attempt.answers[2] == Answer(2, None, None, later(1))


def test_attempts_are_counted_by_candidate_and_paper(store: Store) -> None:
    limited = attempt(attempts=2)
    begun(store, attempt(Mode.PRACTICE))
    begun(store, attempt(), None)
    for _ in range(2):
        begun(store, limited)
    with pytest.raises(UsageError, match=r"K-17 has had 2 of 2 attempts at this paper; none"):
        begun(store, limited)
    begun(store, limited, candidate_code("K-18"))
    store.begin(limited, "{}", 7, CODE, "1.2.3")


def test_no_attempt_too_many_is_begun_by_windows_at_once(place: Path | str) -> None:
    limited = attempt(attempts=3)

    def begin_one(_: int) -> bool:
        with Store(place) as store:
            try:
                begun(store, limited)
            except UsageError:
                return False
            return True

    with ThreadPoolExecutor(8) as windows:
        assert sum(windows.map(begin_one, range(8))) == 3


def test_times_come_back_in_utc_whatever_zone_they_were_given_in(store: Store) -> None:
    new = attempt()
    number = begun(store, new)
    summer = timezone(timedelta(hours=1))
    step = give(new, 0, (1,), 1, later(1).astimezone(summer))
    store.answer(number, step.attempt, step.attempt.answers[0])
    at = store.attempt(number).attempt.answers[0].at
    assert at == later(1)
    assert at.utcoffset() == timedelta(0)


def test_a_card_is_stored_with_its_answer_or_not_at_all(store: Store) -> None:
    new = attempt(Mode.REVISE, None, None)
    number = begun(store, new)
    after = give(new, 0, (1,), 1, later(1)).attempt
    card = schedule.review(None, "item-0", "print-0", 1, later(1))
    store.answer(number, after, after.answers[0], card)
    assert store.cards(CODE) == [card]
    again = schedule.review(card, "item-0", "print-0", 0, later(2))
    late = give(new, 0, (2,), 0, later(2)).attempt
    with pytest.raises(AssistantError):
        store.answer(number, late, late.answers[0], again)
    assert store.cards(CODE) == [card]
    assert store.cards(None) == []


def test_who_gives_no_code_has_cards_too(store: Store) -> None:
    new = attempt(Mode.REVISE, None, None)
    number = begun(store, new, None)
    card = None
    now = new
    for position in (0, 1):
        now = give(now, position, (1,), 1, later(position)).attempt
        card = schedule.review(card, "item-0", f"print-{position}", 1, later(position))
        store.answer(number, now, now.answers[position], card)
    assert store.cards(None) == [card]
    assert store.cards(None)[0].reworded


def test_an_attempt_that_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(AssistantError, match="hold no attempt 99"):
        store.attempt(99)
    new = attempt()
    with pytest.raises(AssistantError, match="hold no attempt 99"):
        answered(store, 99, new, 0, (1,), 1, 1)


def test_the_score_told_at_the_end_is_stored(store: Store) -> None:
    new = attempt(pass_mark=0.5)
    number = begun(store, new)
    now = new
    for position in range(4):
        now = answered(store, number, now, position, (1,), 0.75, position)
    store.end(number, finish(now, later(10)))
    with store.database.reading() as connection:
        row = connection.exec_driver_sql("SELECT score, passed FROM attempts").one()
    assert math.isclose(row[0], 0.5)
    assert bool(row[1]) is True


def test_both_databases_have_the_same_tables(tmp_path: Path, postgresql: str) -> None:
    found = []
    for place in (tmp_path / "results.sqlite3", postgresql):
        with Store(place) as store, store.database.reading() as connection:
            look = inspect(connection)
            found.append(
                {
                    table: {
                        (column["name"], column["nullable"]) for column in look.get_columns(table)
                    }
                    for table in look.get_table_names()
                }
            )
    assert found[0] == found[1]
    assert set(found[0]) == {"attempts", "answers", "replaced_answers", "cards", "schema_version"}


MOVES = st.lists(
    st.tuples(
        st.integers(0, len(PAPER) - 1),
        st.one_of(
            st.booleans(),
            st.floats(allow_nan=False, allow_infinity=False),
            st.text(),
            st.lists(st.integers(0, 9), unique=True).map(tuple),
        ),
        st.floats(0, 1),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def one_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("results") / "results.sqlite3") as opened:
        yield opened


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(list(Mode)), MOVES)
def test_whatever_is_answered_the_stored_attempt_is_the_one_in_hand(
    one_file: Store, mode: Mode, moves: list[tuple[int, Given, float]]
) -> None:
    now = attempt(mode)
    number = begun(one_file, now)
    for minute, (position, what, share) in enumerate(moves):
        step = give(now, position, what, share, later(minute))
        now = step.attempt
        if step.refused is None:
            one_file.answer(number, now, now.answers[position])
        kept = one_file.attempt(number).attempt
        assert kept.answers == now.answers
        assert kept == resume(PAPER, now.rules, START, now.answers.values())
