"""What is written is read again as it was; what a format cannot hold is named."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from msgspec import convert
from msgspec.structs import replace

from assistant.guidance.content_files import parse_yaml
from assistant.guidance.model import Guidance
from assistant.quiz.exchange.anki import write_anki
from assistant.quiz.exchange.drafts import as_yaml
from assistant.quiz.exchange.gift import read_gift, write_gift
from assistant.quiz.exchange.incoming import Imported, import_file, items_of
from assistant.quiz.exchange.moodle_xml import read_moodle_xml, write_moodle_xml
from assistant.quiz.item_files import read_bank
from assistant.quiz.model import Bank, Item, Order, Scenario, Short, Single, Topic, TrueFalse
from tests.quiz.conftest import FIXTURES
from tests.quiz.exchange.strategies import ANY_TEXT, banks
from tests.quiz.test_paper import scenario

HERE = Path("a file")


def through_gift(bank: Bank) -> tuple[Imported, tuple[str, ...]]:
    text, losses = write_gift(bank)
    return items_of(read_gift(text), HERE), losses


def through_xml(bank: Bank) -> tuple[Imported, tuple[str, ...]]:
    text, losses = write_moodle_xml(bank)
    return items_of(read_moodle_xml(text.encode()), HERE), losses


def without(bank: Bank, lost: set[str]) -> tuple[Topic, ...]:
    """The topics without the items that were named as lost."""
    kept = (
        replace(topic, items=tuple(item for item in topic.items if item.id not in lost))
        for topic in bank.topics
    )
    return tuple(topic for topic in kept if topic.items)


def named(losses: tuple[str, ...]) -> set[str]:
    """The ids of the items that are left out."""
    found = [re.fullmatch(r"(\S+) is left out: .+", loss) for loss in losses]
    assert all(found), losses
    return {match[1] for match in found if match}


@settings(max_examples=40)  # a bank takes time to be made up
@given(banks())
def test_through_gift_nothing_is_lost_but_what_is_named(bank: Bank) -> None:
    found, losses = through_gift(bank)
    assert found.problems == ()
    assert found.topics == without(bank, named(losses))
    for topic in bank.topics:
        for item in topic.items:
            arrows = isinstance(item, Short) and any("->" in text for text in item.accepted)
            assert (item.id in named(losses)) is (isinstance(item, Order) or arrows)


@settings(max_examples=40)  # a bank takes time to be made up
@given(banks())
def test_through_moodle_xml_nothing_is_lost(bank: Bank) -> None:
    found, losses = through_xml(bank)
    assert (found.topics, found.problems, losses) == (bank.topics, (), ())


@given(ANY_TEXT)
def test_a_stem_of_any_characters_survives(stem: str) -> None:
    item = replace(statement(), stem=stem)
    bank = Bank((Topic("topic", "Topic", (item,)),))
    for through in (through_gift, through_xml):
        found, losses = through(bank)
        assert (found.topics, losses) == (bank.topics, ())


@settings(max_examples=40)  # a bank takes time to be made up
@given(banks())
def test_drafts_are_read_as_they_were(bank: Bank) -> None:
    for topic in bank.topics:
        fields = parse_yaml(HERE, as_yaml(topic)).value
        read = convert(fields["items"], tuple[Item, ...])
        assert Topic(fields["topic"], fields["title"], read) == topic


def test_the_bank_comes_back_whole(bank: Bank) -> None:
    found, losses = through_xml(bank)
    assert (found.topics, found.problems, losses) == (bank.topics, (), ())
    found, losses = through_gift(bank)
    assert losses == (
        "steps-at-dusk is left out: the format has no questions of the kind ordering",
    )
    assert found.topics == without(bank, {"steps-at-dusk"})


def test_drafts_of_our_own_items_are_files_of_the_bank(
    bank: Bank, lights: Guidance, tmp_path: Path
) -> None:
    for topic in bank.topics:
        (tmp_path / f"{topic.id}.yaml").write_text(as_yaml(topic), encoding="utf-8")
    assert read_bank(tmp_path, lights) == bank


def statement() -> TrueFalse:
    (found,) = (item for item in read_topic("lamp") if isinstance(item, TrueFalse))
    return found


def read_topic(name: str) -> tuple[Item, ...]:
    found = import_file(FIXTURES / "exchange" / "own.xml")
    return next(topic.items for topic in found.topics if topic.id == name)


@pytest.mark.parametrize("stem", ["a\x07b", "a\rb", " a", "a\n", "a\ufffe"])
def test_what_no_format_holds_is_left_out_by_name(stem: str) -> None:
    bank = Bank((Topic("topic", "Topic", (replace(statement(), stem=stem),)),))
    for through in (through_gift, through_xml):
        found, losses = through(bank)
        assert found.topics == ()
        assert named(losses) == {"oil-from-loft"}


def test_a_topic_too_long_for_a_tag_is_named() -> None:
    bank = Bank((Topic("t" * 60, "Topic", (statement(),)),))
    assert named(through_gift(bank)[1]) == {"oil-from-loft"}


def test_a_scenario_comes_back_as_a_single_choice_and_that_is_said() -> None:
    one = scenario("a1", "bell")
    bank = Bank((Topic("dialogues", "Dialogues", (one,)),))
    for through in (through_gift, through_xml):
        found, losses = through(bank)
        assert losses == (
            "a1: comes back as a single choice; its dialogue and its answers are not kept",
        )
        (item,) = found.topics[0].items
        assert isinstance(item, Single)
        assert isinstance(one, Scenario)
        assert (item.stem, item.options, item.cites) == (one.stem, one.options, one.cites)


@settings(max_examples=40)  # a bank takes time to be made up
@given(banks())
def test_anki_gets_a_line_an_item_with_its_id(bank: Bank) -> None:
    head: list[str] = []
    notes: list[str] = []
    for line in write_anki(bank).removesuffix("\n").split("\n"):
        (head if line.startswith("#") and "\t" not in line else notes).append(line)
    assert head[:2] == ["#separator:tab", "#html:true"]
    assert "#tags column:5" in head
    every = [item for topic in bank.topics for item in topic.items]
    assert [note.split("\t")[0] for note in notes] == [item.id for item in every]
    assert all(note.count("\t") == 4 for note in notes)
    for note, item in zip(notes, every, strict=True):
        assert all(cite in note.split("\t")[3] for cite in item.cites)
        assert item.difficulty.value in note.split("\t")[4].split()


@pytest.mark.parametrize("title", ["/", "/a", "a/", "a / b", "a//b", "$course$/top/a", "a \\ {b}"])
def test_titles_with_strokes_survive(title: str) -> None:
    bank = Bank((Topic("topic", title, (statement(),)),))
    assert through_gift(bank)[0].topics == bank.topics
    assert through_xml(bank)[0].topics == bank.topics
