"""Attempts: what each mode asks, takes, tells and refuses."""

import math
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import UsageError
from assistant.quiz.attempt import (
    ALLOWED,
    Answer,
    Asked,
    Attempt,
    Mode,
    Rules,
    Score,
    at,
    begin,
    finish,
    give,
    resume,
    reveal,
    skip,
)
from tests.quiz.made import PAPER, START, attempt, later


def answered(before: Attempt, *shares: float, first: int = 0) -> Attempt:
    """With the questions from ``first`` on answered, a minute each."""
    for position, share in enumerate(shares, first):
        step = give(before, position, (1,), share, later(position))
        assert step.refused is None
        before = step.attempt
    return before


@pytest.mark.parametrize("mode", [Mode.PRACTICE, Mode.REVISE, Mode.CLASS])
def test_feedback_comes_with_the_answer(mode: Mode) -> None:
    now = answered(attempt(mode), 1)
    assert now.shows_feedback(0)
    assert not now.shows_feedback(1)


def test_assessed_feedback_comes_at_the_end_for_every_question() -> None:
    now = answered(attempt(Mode.ASSESSED), 1)
    assert not now.shows_feedback(0)
    ended = finish(now, later(9))
    assert all(ended.shows_feedback(position) for position in range(6))


def test_questions_come_in_the_order_of_the_paper_and_those_gone_past_again_at_the_end() -> None:
    now = attempt(Mode.PRACTICE)
    order = []
    for move in ("give", "skip", "give", "skip", "give", "give", "skip", "give", "give"):
        position = now.waiting
        assert position is not None
        order.append(position)
        if move == "skip":
            now = skip(now, position, later(1)).attempt
        else:
            now = give(now, position, True, 1, later(1)).attempt
    assert order == [0, 1, 2, 3, 4, 5, 1, 3, 1]
    assert now.waiting is None
    assert now.ended == later(1)


def test_revision_goes_past_no_question() -> None:
    step = skip(attempt(Mode.REVISE), 0, later(1))
    assert step.refused == "in revise mode no question is gone past"
    assert step.attempt.waiting == 0


@pytest.mark.parametrize("mode", [Mode.PRACTICE, Mode.REVISE, Mode.CLASS])
def test_where_feedback_was_shown_the_answer_stays(mode: Mode) -> None:
    now = answered(attempt(mode), 0)
    step = give(now, 0, (2,), 1, later(2))
    assert step.refused is not None and "question 1 has its answer already" in step.refused
    assert step.attempt == now


def test_an_assessed_answer_can_be_changed_until_it_is_handed_in() -> None:
    now = answered(attempt(Mode.ASSESSED), 0, 0, 0, 0, 0, 0)
    assert now.ended is None
    now = give(now, 2, (2,), 1, later(7)).attempt
    assert now.answers[2] == Answer(2, (2,), 1, later(7))
    now = finish(now, later(8))
    step = give(now, 2, (0,), 0, later(9))
    assert step.refused == "this attempt has ended; no more answers are taken"
    assert step.attempt == now


def test_an_answer_at_the_limit_counts_and_one_after_it_ends_the_attempt() -> None:
    now = give(attempt(minutes=30), 0, (1,), 1, later(30)).attempt
    assert now.ended is None
    step = give(now, 1, (1,), 1, later(30) + timedelta(seconds=1))
    assert step.refused is not None
    assert step.refused.startswith("the time limit of 30 minutes is over; this answer does not")
    assert step.attempt.ended == later(30)
    assert step.attempt.answers.keys() == {0}
    assert step.attempt.score == (1, 6)


@pytest.mark.parametrize(
    "minutes, said", [(1, "1 minute is"), (1.5, "1 minute 30 seconds is"), (0.5, "30 seconds is")]
)
def test_the_limit_is_named_as_people_say_it(minutes: float, said: str) -> None:
    step = skip(attempt(minutes=minutes), 0, later(9))
    assert step.refused is not None and said in step.refused


def test_time_goes_on_while_the_program_is_closed() -> None:
    now = answered(attempt(minutes=30), 1)
    going = resume(PAPER, now.rules, now.started, now.answers.values())
    assert going.left(later(10)) == timedelta(minutes=20)
    assert going.left(later(31)) == timedelta(0)
    assert at(going, later(31)).ended == later(30)
    assert finish(going, later(31)).ended == later(30)


def test_without_a_limit_there_is_no_time_to_be_up() -> None:
    now = attempt(minutes=None)
    assert now.limit is None and now.left(later(10**6)) is None
    assert at(now, later(10**6)) == now


def test_an_assessed_score_is_out_of_every_question_and_others_out_of_the_answered() -> None:
    assert finish(answered(attempt(Mode.ASSESSED), 1, 0.5), later(5)).score == (1.5, 6)
    assert finish(answered(attempt(Mode.PRACTICE), 1, 0.5), later(5)).score == (1.5, 2)
    assert attempt(Mode.PRACTICE).score.share == 0


def test_the_score_of_topics_adds_up_to_the_whole() -> None:
    now = finish(answered(attempt(), 1, 0, 0.5, 0, 1), later(9))
    assert now.score_by_topic == {"searches": (2.5, 3), "custody": (0, 3)}


@pytest.mark.parametrize(
    "shares, mark, passed",
    [
        ([1, 1, 1, 0, 0, 0], 0.5, True),
        ([1, 1, 0.9, 0, 0, 0], 0.5, False),
        ([1 / 3] * 6, 1 / 3, True),
        ([0.1] * 3 + [0] * 3, 0.05, True),
        ([1] * 6, 1, True),
    ],
)
def test_the_pass_mark_is_reached_or_not(shares: list[float], mark: float, passed: bool) -> None:
    now = answered(attempt(pass_mark=mark), *shares)
    assert now.passed is None
    assert finish(now, later(9)).passed is passed


def test_without_a_pass_mark_nobody_passes_or_fails() -> None:
    assert finish(attempt(pass_mark=None), later(1)).passed is None


def test_a_class_is_shown_answers_that_nobody_gave() -> None:
    now = reveal(attempt(Mode.CLASS, None, None), 0, later(1)).attempt
    assert now.shows_feedback(0)
    assert now.waiting == 1
    assert now.score == Score(0, 0)
    refused = reveal(attempt(Mode.PRACTICE), 0, later(1)).refused
    assert refused == "in practice mode an answer is not shown before one is given"


@pytest.mark.parametrize("position", [-1, 6, 99])
def test_a_question_that_is_not_there_is_refused(position: int) -> None:
    for step in (
        give(attempt(), position, True, 1, later(1)),
        skip(attempt(), position, later(1)),
    ):
        assert step.refused == f"there is no question {position + 1}; the paper has 6"


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan])
def test_what_is_no_number_is_refused(number: float) -> None:
    step = give(attempt(), 0, number, 0, later(1))
    assert step.refused == "that is not a number that can be marked"
    assert not step.attempt.answers


@pytest.mark.parametrize("share", [-0.1, 1.1, math.nan])
def test_a_share_of_the_mark_lies_between_nothing_and_all(share: float) -> None:
    with pytest.raises(ValueError):
        give(attempt(), 0, True, share, later(1))


@pytest.mark.parametrize(
    "questions, rules, candidate, said",
    [
        ((), Rules(Mode.PRACTICE), None, "nothing to ask"),
        (PAPER, Rules(Mode.ASSESSED, pass_mark=0), None, "pass mark"),
        (PAPER, Rules(Mode.ASSESSED, pass_mark=1.1), None, "pass mark"),
        (PAPER, Rules(Mode.ASSESSED, time_limit=timedelta(0)), None, "time limit"),
        (PAPER, Rules(Mode.ASSESSED, attempts=0), "K-1", "1 or more"),
        (PAPER, Rules(Mode.ASSESSED, attempts=2), None, "give a code"),
    ],
)
def test_rules_that_cannot_be_kept_are_named(
    questions: tuple[Asked, ...], rules: Rules, candidate: str | None, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        begin(questions, rules, START, candidate)


def test_of_several_stored_answers_to_a_question_the_last_counts() -> None:
    rules = Rules(Mode.ASSESSED)
    given_first, given_last = Answer(3, (0,), 0, later(1)), Answer(3, (1,), 1, later(2))
    going = resume(PAPER, rules, START, [given_first, given_last])
    assert going.answers == {3: given_last}


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["give", "skip", "reveal", "finish", "resume"]),
        st.integers(0, len(PAPER)),
        st.sampled_from([0, 1 / 3, 0.5, 1]),
        st.integers(0, 3),
    ),
    max_size=30,
)


@given(st.sampled_from(list(Mode)), MOVES)
def test_whatever_is_done_an_attempt_stays_whole(
    mode: Mode, moves: list[tuple[str, int, float, int]]
) -> None:
    now = attempt(mode)
    minute = 0
    for kind, position, share, minutes in moves:
        minute += minutes
        before, now = now, played(now, kind, position, share, later(minute))
        assert now.answers.keys() >= before.answers.keys()
        if before.ended is not None:
            assert (now.answers, now.ended) == (before.answers, before.ended)
        if not ALLOWED[mode].changing:
            assert now.answers.items() >= before.answers.items()
        assert (now.waiting is None) == (now.ended is not None or len(now.answers) == len(PAPER))
        assert now.waiting not in now.answers
        assert 0 <= now.score.share <= 1
        assert math.isclose(
            sum(score.points for score in now.score_by_topic.values()), now.score.points
        )
        assert (now.passed is None) == (now.ended is None)
        if now.ended is not None:
            assert START <= now.ended <= later(30)


def played(now: Attempt, kind: str, position: int, share: float, when: datetime) -> Attempt:
    if kind == "finish":
        return finish(now, when)
    if kind == "resume":
        going = resume(now.questions, now.rules, now.started, now.answers.values(), now.ended)
        assert going.answers == now.answers
        assert going.ended == now.ended
        return going
    if kind == "skip":
        return skip(now, position, when).attempt
    if kind == "reveal":
        return reveal(now, position, when).attempt
    return give(now, position, (1,), share, when).attempt
