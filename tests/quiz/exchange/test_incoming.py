"""Files of strangers: every form of the formats is read, every loss and fault is named."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct, convert

from assistant.errors import AssistantError
from assistant.guidance.content_files import read_yaml
from assistant.quiz.exchange.gift import read_gift
from assistant.quiz.exchange.incoming import Imported, import_file, items_of
from assistant.quiz.exchange.moodle_xml import read_moodle_xml
from assistant.quiz.exchange.question import Question, Unreadable
from assistant.quiz.model import Item, Number, Order, Several, Short, Single, TrueFalse
from tests.quiz.conftest import FIXTURES

FOLDER = FIXTURES / "exchange"


class Example(Struct, frozen=True, forbid_unknown_fields=True):
    """What a question is read as; what the entries mean stands at the head of examples.yaml."""

    line: int
    type: str
    kind: str | None = None
    stem: str | None = None
    key: list[bool | float | str] = []
    items: int = 1
    says: list[str] = []


class Broken(Struct, frozen=True, forbid_unknown_fields=True):
    """A file, and the line and words of its problem."""

    text: str
    line: int
    says: str


def examples(name: str) -> list[Example]:
    return [convert(one, Example) for one in read_yaml(FOLDER / name).value]


BROKEN = [convert(one, Broken) for one in read_yaml(FOLDER / "broken.yaml").value]


def key_of(item: Item) -> list[bool | float | str]:
    match item:
        case Single() | Several():
            return [option.text for option in item.options if option.right]
        case TrueFalse():
            return [item.key]
        case Short():
            return list(item.accepted)
        case Number():
            return [item.key, round(item.tolerance, 9)]
        case Order():
            return list(item.steps)
    raise AssertionError(item)


def read_as_they_should_be(found: list[Question], wanted: list[Example]) -> None:
    assert [(one.line, str(one.kind)) for one in found] == [(w.line, w.type) for w in wanted]
    for question, example in zip(found, wanted, strict=True):
        imported = items_of([question], Path("examples"))
        items = [item for topic in imported.topics for item in topic.items]
        codes = {problem.code for problem in imported.problems} - {"needs-citation"}
        assert codes == set(example.says), imported.problems
        assert all(problem.line == example.line for problem in imported.problems)
        if example.kind is None:
            assert items == []
            continue
        assert len(items) == example.items
        assert items[0].__struct_config__.tag == example.kind
        assert items[0].stem == example.stem
        assert key_of(items[0]) == example.key
        assert "needs-citation" in {problem.code for problem in imported.problems}


def questions_in(found: Iterable[Question | Unreadable]) -> list[Question]:
    both = list(found)
    questions = [one for one in both if isinstance(one, Question)]
    assert questions == both
    return questions


def test_the_forms_of_gift_are_read() -> None:
    text = (FOLDER / "examples.gift").read_text(encoding="utf-8")
    read_as_they_should_be(questions_in(read_gift(text)), examples("examples.yaml"))
    windows = text.replace("\n", "\r\n")
    read_as_they_should_be(questions_in(read_gift(windows)), examples("examples.yaml"))


def test_the_forms_of_moodle_xml_are_read() -> None:
    data = (FOLDER / "examples.xml").read_bytes()
    read_as_they_should_be(questions_in(read_moodle_xml(data)), examples("examples-xml.yaml"))


@pytest.mark.parametrize("name", ["examples.gift", "examples.xml"])
def test_strangers_questions_are_drafts_of_their_category(name: str) -> None:
    found = import_file(FOLDER / name)
    (topic,) = found.topics
    assert (topic.id, topic.title) == ("night-watch", "Night / watch")
    assert all(item.cites == () for item in topic.items)
    assert len({item.id for item in topic.items}) == len(topic.items)


def by_id(found: Imported, name: str) -> Item:
    return next(item for topic in found.topics for item in topic.items if item.id == name)


def test_what_gift_says_of_answers_is_kept() -> None:
    found = import_file(FOLDER / "examples.gift")
    keeper = by_id(found, "q1")
    assert isinstance(keeper, Single)
    assert [o.feedback for o in keeper.options] == [
        "right; very good",
        "wrong, he sleeps",
        "wrong, she cooks",
    ]
    moon = by_id(found, "moon")
    assert isinstance(moon, TrueFalse)
    assert (moon.wrong, moon.why) == ("No: it only mirrors the sun.", "Right, it is a mirror.")
    assert by_id(found, "escapes-1").why == "This holds for any set."
    own = by_id(found, "lamp-7")
    assert own.difficulty == "hard"
    said = [problem.message for problem in found.problems if problem.code == "changed"]
    assert "Own id: its tags are left out: night" in said
    assert "Pairs: the match is split into 3 single choices" in said


def test_a_match_has_all_that_can_belong_to_it_as_options() -> None:
    lamp = by_id(import_file(FOLDER / "examples.gift"), "pairs-1")
    assert isinstance(lamp, Single)
    assert [option.text for option in lamp.options] == ["oil", "wax", "coal", "air"]


def test_numbers_of_moodle_keep_unit_and_mistakes() -> None:
    hours = by_id(import_file(FOLDER / "examples.xml"), "hours")
    assert isinstance(hours, Number)
    assert (hours.unit, hours.mistakes[0].value) == ("hours", 6)
    assert hours.mistakes[0].feedback == "That is too late."


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.says)
def test_a_fault_in_gift_is_named_with_its_line(broken: Broken) -> None:
    found = items_of(read_gift(broken.text), Path("x"))
    problem = next(p for p in found.problems if p.code == "not-taken")
    assert problem.line == broken.line
    assert broken.says in problem.message


def test_a_fault_in_one_question_leaves_the_others() -> None:
    found = items_of(read_gift("What? {oops}\n\n::Good::What is lit? {=lamp}"), Path("x"))
    assert [item.id for topic in found.topics for item in topic.items] == ["good"]
    assert [(p.code, p.line) for p in found.problems] == [("not-taken", 1), ("needs-citation", 3)]


BOMB = """<?xml version="1.0"?>
<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<quiz><question type="truefalse"><name><text>&b;</text></name></question></quiz>"""


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (BOMB, 2, "document type"),
        ('<!DOCTYPE q SYSTEM "file:///etc/passwd"><quiz/>', 1, "document type"),
        ("<quiz>\n<question type='truefalse'>\n</quiz>", 3, "not well-formed"),
        ("<quiz>&nbsp;</quiz>", 1, "not well-formed"),
        ("", 1, "not well-formed"),
        ("<html/>", 1, "<html>, not <quiz>"),
        ("<quiz>\n<answer/></quiz>", 2, "<answer> is no question"),
        ("<quiz>\n<question/></quiz>", 2, "without a type"),
        ('<?xml version="1.0" encoding="klingon"?><quiz/>', 1, "e"),
        (
            '<quiz>\n\n<question type="numerical"><answer fraction="100"><text>many</text>'
            "</answer></question></quiz>",
            3,
            "'many' is not a number",
        ),
        (
            '<quiz><question type="multichoice"><answer fraction="x"><text>a</text></answer>'
            "</question></quiz>",
            1,
            "'x' is not a share of the mark",
        ),
    ],
)
def test_a_fault_in_xml_is_named_with_its_line(data: str, line: int, says: str) -> None:
    found = items_of(read_moodle_xml(data.encode()), Path("x"))
    assert found.topics == ()
    assert [(p.code, p.line) for p in found.problems] == [("not-taken", line)]
    assert says in found.problems[0].message


def test_a_file_cut_short_is_named(tmp_path: Path) -> None:
    whole = (FOLDER / "examples.xml").read_bytes()
    path = tmp_path / "cut.xml"
    path.write_bytes(whole[: len(whole) // 2])
    found = import_file(path)
    assert any("not well-formed" in problem.message for problem in found.problems)


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="cannot be read"):
        import_file(tmp_path / "none.gift")
    path = tmp_path / "latin.gift"
    path.write_bytes("Café?\n{=\xe9}".encode("latin-1"))
    with pytest.raises(AssistantError, match=r"latin.gift:1: the file is not UTF-8"):
        import_file(path)


@given(st.text(max_size=80) | st.text("{}=~#:%\\->\n TF1.$/[]", max_size=40))
def test_any_text_is_read_or_named(text: str) -> None:
    found = items_of(read_gift(text), Path("x"))
    for problem in found.problems:
        assert 1 <= problem.line <= text.count("\n") + text.count("\r") + 1


@given(st.binary(max_size=60) | st.text("<>quiz/question type='\"&;", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_named_as_xml(data: bytes) -> None:
    items_of(read_moodle_xml(data), Path("x"))
