"""A quiz in words, whatever the face: its time, its kinds of items, and what cannot be stored."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers.assistant import Assistant
from assistant.errors import AssistantError, UsageError
from assistant.interface.blocks import Opened, Said
from assistant.interface.quizzer import Quizzer
from assistant.quiz.attempt import Mode, Rules
from assistant.quiz.model import Order, Several, Short
from assistant.quiz.paper import KINDS, Paper, Wanted, draw
from assistant.quiz.results.store import Store
from assistant.quiz.sitting import Sitting

START = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


class Clock:
    """A clock that is put forward."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


def paper(assistant: Assistant, *kinds: str, number: int = 4) -> Paper:
    return draw(assistant.library.bank, Wanted(number=number, kinds=kinds), 7)


def quizzer(
    assistant: Assistant,
    rules: Rules,
    clock: Callable[[], datetime],
    *kinds: str,
    store: Store | None = None,
) -> Quizzer:
    bank = assistant.library.bank
    sitting = Sitting.begin(paper(assistant, *kinds), bank, rules, START, None, store)
    return Quizzer(assistant, sitting, clock=clock)


def text(quiz: Quizzer) -> str:
    return "\n".join(block.text for block in quiz.shown() if isinstance(block, Said))


def test_the_time_is_told_and_after_it_nothing_counts(assistant: Assistant) -> None:
    clock = Clock()
    quiz = quizzer(assistant, Rules(Mode.ASSESSED, 0.5, timedelta(minutes=10)), clock, "single")
    quiz.typed("1")
    clock.forward(4)
    assert quiz.progress() == "1 of 4 answered, 6:00 left"
    clock.forward(7)
    assert not quiz.typed("1").left
    assert quiz.ended
    assert "The time is up; what was typed after it does not count." in text(quiz)
    assert "1 of 4 questions answered" in text(quiz)
    assert quiz.typed("").left


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_how_it_is_answered_and_takes_it(assistant: Assistant, kind: str) -> None:
    quiz = quizzer(assistant, Rules(Mode.PRACTICE), Clock(), kind)
    question = quiz.sitting.questions[0]
    assert question.item.stem in text(quiz)
    typed = {"number": "3", "short": "/help", "true-false": "2"}.get(kind, "1")
    if isinstance(question.item, Order):
        typed = " ".join(str(n) for n in range(len(question.order), 0, -1))
    if isinstance(question.item, Several):
        typed = "1,2"
    if isinstance(question.item, Short):
        assert quiz.typed("/help").blocks
        typed = question.item.accepted[0]
    (said,) = quiz.typed(typed).blocks
    assert isinstance(said, Said)
    assert f"Why: {question.item.why}" in said.text
    assert said.text.splitlines()[0].startswith(("Right.", "Wrong.", "Partly right: "))
    opened = quiz.typed("/source").blocks[0]
    assert isinstance(opened, Opened)
    assert question.item.cites[0].startswith(str(opened.place.section.citation))


def test_an_action_without_its_slash_may_be_a_short_answer(assistant: Assistant) -> None:
    quiz = quizzer(assistant, Rules(Mode.PRACTICE), Clock(), "short")
    quiz.typed("finish")
    assert 0 in quiz.sitting.attempt.answers
    quiz.typed("finish")
    assert quiz.ended


def test_a_paper_is_handed_in_only_when_that_is_typed(assistant: Assistant) -> None:
    quiz = quizzer(assistant, Rules(Mode.ASSESSED), Clock(), "single")
    for typed in ("1", "skip", "1", "1"):
        quiz.typed(typed)
    assert "Question 2 of 4" in text(quiz)
    quiz.typed("next")
    assert "Without one: 2" in text(quiz)
    quiz.typed("")
    assert "Question 2 of 4" in text(quiz)
    quiz.typed("2")
    with pytest.raises(UsageError, match="finish hands the paper in"):
        quiz.typed("")
    quiz.typed("back")
    quiz.typed("3")
    quiz.typed("finish")
    assert quiz.ended
    quiz.typed("back")
    assert quiz.remarks()


def test_an_answer_that_cannot_be_stored_is_not_taken(assistant: Assistant, tmp_path: Path) -> None:
    place = tmp_path / "results.sqlite3"
    with Store(place) as store, Store(place) as other:
        quiz = quizzer(assistant, Rules(Mode.PRACTICE), Clock(), "single", store=store)
        number = quiz.sitting.number
        assert number is not None
        twin = Sitting.resume(other.attempt(number), assistant.library.bank, other)
        twin.finish(START + timedelta(minutes=1))
        with pytest.raises(AssistantError, match="has ended, in another window"):
            quiz.typed("1")
        assert not quiz.sitting.attempt.answers
        assert quiz.at == 0


def test_a_quiz_gone_on_with_stands_where_it_was(assistant: Assistant, tmp_path: Path) -> None:
    with Store(tmp_path / "results.sqlite3") as store:
        quiz = quizzer(assistant, Rules(Mode.PRACTICE), Clock(), "single", store=store)
        quiz.typed("1")
        number = quiz.sitting.number
        assert number is not None
        again = Sitting.resume(store.attempt(number), assistant.library.bank, store)
        assert again.paper == quiz.sitting.paper
        assert again.questions == quiz.sitting.questions
        assert again.attempt == quiz.sitting.attempt
        assert Quizzer(assistant, again).at == 1


TYPED = st.one_of(
    st.sampled_from(
        ["", "1", "2", "1,2", "2 1 3", "a", "true", "12", "skip", "back", "next", "reveal",
         "report",
         "finish", "why", "source", "/source 2", "/skip", "/back", "help", "/nothing", "?"]
    ),
    st.text(max_size=8),
)  # fmt: skip


@settings(max_examples=60)
@given(st.sampled_from(list(Mode)), st.lists(TYPED, max_size=40), st.integers(0, 10))
def test_whatever_is_typed_the_quiz_goes_on_and_loses_nothing(
    assistant: Assistant, mode: Mode, lines: list[str], minutes: int
) -> None:
    clock = Clock()
    quiz = quizzer(assistant, Rules(mode, 0.5, timedelta(minutes=minutes + 1)), clock)
    for typed in lines:
        before = quiz.sitting.attempt
        clock.forward(minutes / 20)
        try:
            quiz.typed(typed)
        except AssistantError as error:
            assert str(error) and "\n" not in str(error)
        after = quiz.sitting.attempt
        assert after.answers.keys() >= before.answers.keys()
        if before.ended is not None:
            assert after == before
        assert quiz.shown()
        assert quiz.ended is (after.ended is not None and quiz.at is None)
        if not after.allowed.feedback_at_once and after.ended is None:
            shown = "\n".join(b.text for b in quiz.shown() if isinstance(b, Said))
            assert not quiz.remarks() and "Why: " not in shown and "core" not in quiz.progress()
