"""Papers: the same seed sets the same paper, on any machine and in any order of the files."""

import subprocess
import sys
from collections import Counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from assistant.errors import AssistantError, UsageError
from assistant.quiz.model import Bank, Difficulty, Option, Order, Scenario, Single, Topic, TrueFalse
from assistant.quiz.paper import Paper, Wanted, choices, draw, questions
from tests.helpers import ROOT


def many(items: int = 12) -> Bank:
    """A bank of three topics, one of them historical, with as many items each."""

    def topic(name: str, historical: bool = False) -> Topic:
        options = tuple(Option(f"{name} {n}", "Because.", n == 0) for n in range(4))
        made = tuple(
            Single(
                id=f"{name}-{n}",
                difficulty=list(Difficulty)[n % 3],
                stem=f"{name} {n}?",
                why="So.",
                cites=(f"manual#{name}",),
                options=options,
            )
            for n in range(items)
        )
        return Topic(name, name.title(), made, historical)

    return Bank((topic("bell"), topic("lamp"), topic("past", historical=True)))


def scenario(name: str, section: str) -> Scenario:
    return Scenario(
        id=name,
        difficulty=Difficulty.EASY,
        stem="What now?",
        why="So.",
        cites=(f"manual#{section}/1",),
        dialogue=name[0],
        answers={},
        outcome="end",
        options=tuple(Option(text, "Because.", text == "A") for text in "ABC"),
    )


def ids(paper: Paper) -> list[str]:
    return [entry.item for entry in paper.entries]


def test_a_paper_is_known_by_its_seed(bank: Bank) -> None:
    """What a seed draws may not change from one release to the next: papers are kept by it."""
    paper = draw(bank, Wanted(number=4), 7)
    assert [(entry.item, entry.order) for entry in paper.entries] == [
        ("wick-times", (3, 2, 0, 1)),
        ("oil-from-loft", ()),
        ("who-orders-more", (1, 0, 2)),
        ("bell-in-clear-weather", ()),
    ]
    assert draw(bank, Wanted(number=4), 7) == paper
    assert draw(bank, Wanted(number=4), 8) != paper


def test_where_items_stand_does_not_change_a_paper(bank: Bank) -> None:
    turned = Bank(tuple(replace(topic, items=topic.items[::-1]) for topic in reversed(bank.topics)))
    assert draw(turned, Wanted(number=6), 7) == draw(bank, Wanted(number=6), 7)


def test_hashes_that_differ_from_run_to_run_change_nothing() -> None:
    code = """
from tests.quiz.test_paper import many, ids
from assistant.quiz.paper import Wanted, draw
print(ids(draw(many(), Wanted(each=3, historical=True), 7)))
"""
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(said) == 1


def test_a_paper_that_was_kept_is_set_again(bank: Bank) -> None:
    paper = draw(bank, Wanted(number=9), 3)
    kept = msgspec.json.decode(msgspec.json.encode(paper), type=Paper)
    asked = questions(kept, bank)
    assert [question.item.id for question in asked] == ids(paper)
    for question in asked:
        assert sorted(question.shown) == sorted(choices(question.item))
        back = [question.order.index(place) for place in range(len(question.order))]
        assert [question.shown[n] for n in back] == list(choices(question.item))
        if isinstance(question.item, TrueFalse):
            assert question.shown == ()
        if isinstance(question.item, Order):
            assert question.shown != question.item.steps
    assert {question.title for question in asked} == {"The lamp", "Fog: bell & horn"}


@given(st.integers(), st.integers(1, 24))
def test_topics_take_turns_and_no_item_comes_twice(seed: int, number: int) -> None:
    paper = draw(many(), Wanted(number=number), seed)
    assert len(set(ids(paper))) == number
    shares = Counter(name.split("-")[0] for name in ids(paper))
    assert abs(shares["bell"] - shares["lamp"]) <= 1
    assert "past" not in shares


def test_so_many_of_each_topic() -> None:
    paper = draw(many(), Wanted(each=2, historical=True), 1)
    assert Counter(name.split("-")[0] for name in ids(paper)) == {"bell": 2, "lamp": 2, "past": 2}
    named = draw(many(), Wanted(number=2, topics=("past",)), 1)
    assert all(name.startswith("past") for name in ids(named))


def test_kinds_difficulties_and_items_held_back(bank: Bank) -> None:
    singles = draw(bank, Wanted(number=3, kinds=("single",)), 1)
    assert sorted(ids(singles)) == ["bell-rate", "trim-wick-interval", "who-orders-more"]
    hard = draw(bank, Wanted(number=2, difficulties=(Difficulty.HARD,)), 1)
    assert sorted(ids(hard)) == ["oil-place", "year-of-manual"]
    one = draw(
        bank,
        Wanted(number=1, kinds=("short", "number")),
        1,
        held_back=["oil-place"],
    )
    assert ids(one) == ["year-of-manual"]


def test_the_place_of_the_key_is_spread_evenly() -> None:
    places = Counter(
        question.order.index(0)
        for seed in range(20)
        for question in questions(draw(many(), Wanted(number=20), seed), many())
    )
    assert all(70 <= places[place] <= 130 for place in range(4)), places


def test_scenarios_come_besides_and_are_kept_whole() -> None:
    pool = [scenario(name, "bell") for name in ("a1", "b1", "a2")]
    paper = draw(many(), Wanted(number=2, scenarios=2), 5, pool)
    assert len(paper.entries) == 4
    assert [one.id for one in paper.scenarios] == ["a1", "b1"]
    asked = {question.item.id: question for question in questions(paper, many())}
    for one in paper.scenarios:
        assert asked[one.id].item == one
        assert asked[one.id].title == "Scenarios"
    assert not draw(many(), Wanted(number=2), 5, pool).scenarios


def test_scenarios_of_a_topic_stand_on_its_sections() -> None:
    pool = [scenario("a1", "bell"), scenario("b1", "lamp")]
    paper = draw(many(), Wanted(number=0, scenarios=1, topics=("lamp",)), 5, pool)
    assert ids(paper) == ["b1"]
    with pytest.raises(UsageError, match="2 scenarios of lamp are wanted, and there are 1"):
        draw(many(), Wanted(number=0, scenarios=2, topics=("lamp",)), 5, pool)


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (Wanted(number=25), "25 items are wanted, and the bank has 24; ask for fewer"),
        (Wanted(each=13), "13 items are wanted, and the topic 'bell' has 12; ask for fewer"),
        (
            Wanted(number=9, topics=("lamp",), difficulties=(Difficulty.EASY,)),
            "9 items are wanted, and the topics lamp has 4 that are easy; ask for fewer",
        ),
        (Wanted(number=1, kinds=("short",)), "1 items .* that are short; ask for fewer"),
        (Wanted(number=1, kinds=("essay",)), "no kind 'essay'; the kinds are single, several"),
        (Wanted(number=1, topics=("horn",)), "no topic 'horn'; the topics are bell, lamp, past"),
        (Wanted(number=0), "one item at least"),
        (Wanted(number=-1, scenarios=2), "0 or more"),
        (Wanted(), "a number of items in all, or a number of each topic"),
        (Wanted(number=1, each=1), "a number of items in all, or a number of each topic"),
    ],
)
def test_what_cannot_be_drawn_is_said(wanted: Wanted, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        draw(many(), wanted, 1)


def test_items_held_back_are_counted_where_they_are_missed() -> None:
    with pytest.raises(UsageError, match=r"has 23 \(1 held back\)"):
        draw(many(), Wanted(number=24), 1, held_back={"bell-0"})


def test_a_paper_of_another_bank_cannot_be_set(bank: Bank) -> None:
    paper = draw(bank, Wanted(number=9), 3)
    with pytest.raises(AssistantError, match="no item"):
        questions(paper, many())
    (topic,) = (topic for topic in bank.topics if topic.id == "lamp")
    single = topic.items[0]
    assert isinstance(single, Single)
    longer = replace(single, options=(*single.options, Option("Never", "No.")))
    changed = Bank((bank.topics[0], replace(topic, items=(longer, *topic.items[1:]))))
    with pytest.raises(AssistantError, match="'trim-wick-interval' has other options"):
        questions(paper, changed)
