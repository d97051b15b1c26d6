"""A paper and the attempt at it, joined: begun, gone on with, and what each answer leads to."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from assistant.errors import AssistantError, UsageError
from assistant.quiz.attempt import Mode, Rules
from assistant.quiz.model import Bank, Single
from assistant.quiz.paper import Wanted, draw, of_items
from assistant.quiz.results.store import Store
from assistant.quiz.revision import draw_due
from assistant.quiz.schedule import review
from assistant.quiz.sitting import Sitting, paper_of
from tests.quiz.made import START, later


def reworded(bank: Bank, name: str) -> Bank:
    """The bank with the stem of one item changed."""
    topics = tuple(
        replace(
            topic,
            items=tuple(
                replace(item, stem=f"{item.stem} Now.") if item.id == name else item
                for item in topic.items
            ),
        )
        for topic in bank.topics
    )
    return Bank(topics)


def test_an_attempt_is_made_again_from_its_paper_and_its_answers(
    bank: Bank, tmp_path: Path
) -> None:
    paper = draw(bank, Wanted(number=6), 3)
    with Store(tmp_path / "r.sqlite3") as store:
        sitting = Sitting.begin(paper, bank, Rules(Mode.PRACTICE), START, None, store, "1")
        for position, question in enumerate(sitting.questions[:3]):
            if isinstance(question.item, Single):
                sitting.answer(position, (0,), later(position))
        assert sitting.number is not None
        kept = store.attempt(sitting.number)
        again = Sitting.resume(kept, bank, store)
    assert paper_of(kept) == again.paper == paper
    assert (again.questions, again.attempt) == (sitting.questions, sitting.attempt)


def test_an_attempt_at_other_wordings_is_not_gone_on_with(bank: Bank, tmp_path: Path) -> None:
    paper = of_items(bank, ["oil-from-loft"], 1)
    with Store(tmp_path / "r.sqlite3") as store:
        sitting = Sitting.begin(paper, bank, Rules(Mode.PRACTICE), START, None, store)
        assert sitting.number is not None
        kept = store.attempt(sitting.number)
        with pytest.raises(AssistantError, match="'oil-from-loft' of attempt 1 has been reworded"):
            Sitting.resume(kept, reworded(bank, "oil-from-loft"), store)


@pytest.mark.parametrize(
    ("mode", "learnt"), [(Mode.PRACTICE, 1), (Mode.REVISE, 1), (Mode.ASSESSED, 0), (Mode.CLASS, 0)]
)
def test_what_one_answers_for_oneself_says_when_it_is_due(
    bank: Bank, tmp_path: Path, mode: Mode, learnt: int
) -> None:
    paper = of_items(bank, ["oil-from-loft"], 1)
    with Store(tmp_path / "r.sqlite3") as store:
        sitting = Sitting.begin(paper, bank, Rules(mode), START, None, store)
        sitting.answer(0, False, later(1))
        assert len(store.cards(None)) == learnt


def test_a_refused_answer_changes_nothing(bank: Bank) -> None:
    paper = of_items(bank, ["oil-from-loft", "trim-wick-interval"], 1)
    sitting = Sitting.begin(paper, bank, Rules(Mode.PRACTICE), START)
    assert sitting.answer(0, True, later(1)).right is False
    with pytest.raises(UsageError, match="has its answer already"):
        sitting.answer(0, False, later(2))
    assert sitting.attempt.answers[0].given is True


def test_the_end_of_the_time_is_stored_without_an_answer(bank: Bank, tmp_path: Path) -> None:
    paper = of_items(bank, ["oil-from-loft"], 1)
    rules = Rules(Mode.ASSESSED, None, timedelta(minutes=5))
    with Store(tmp_path / "r.sqlite3") as store:
        sitting = Sitting.begin(paper, bank, rules, START, None, store)
        with pytest.raises(UsageError, match="the time limit of 5 minutes is over"):
            sitting.answer(0, False, later(6))
        assert sitting.number is not None
        assert store.attempt(sitting.number).attempt.ended == later(5)


def test_revision_asks_the_longest_due_first_then_what_is_new_and_leaves_the_rest(
    bank: Bank,
) -> None:
    names = [item.id for topic in bank.topics for item in topic.items]
    first = review(None, names[1], "print", 0, START)
    second = review(None, names[0], "print", 0, later(1))
    waits = review(None, names[2], "print", 1, later(600))
    paper = draw_due(bank, Wanted(number=99), 7, [waits, second, first], later(601))
    asked = [entry.item for entry in paper.entries]
    assert asked[:2] == [names[1], names[0]]
    assert names[2] not in asked
    assert sorted(asked) == sorted(set(names) - {names[2]})
    few = draw_due(bank, Wanted(number=1), 7, [waits, second, first], later(601))
    assert [entry.item for entry in few.entries] == [names[1]]


def test_where_nothing_is_due_it_is_said_when_something_will_be(bank: Bank) -> None:
    names = [item.id for topic in bank.topics for item in topic.items]
    cards = [review(None, name, "print", 1, START) for name in names]
    with pytest.raises(UsageError, match=r"nothing is due, .*the next is due on \d\d November"):
        draw_due(bank, Wanted(number=3), 7, cards, START)
