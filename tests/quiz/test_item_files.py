"""The files of the bank: what is read, and every fault with its name, its file and its line."""

import json
import shutil
from pathlib import Path

import pytest
from msgspec import Struct, convert

from assistant.errors import ContentError
from assistant.guidance.content_files import read_yaml
from assistant.guidance.corpus import read_corpus
from assistant.library.content import Content
from assistant.library.model import Library
from assistant.library.store import open_library
from assistant.quiz import item_files
from assistant.quiz.item_files import read_bank
from assistant.quiz.model import Bank, Single, TrueFalse
from tests.helpers import run
from tests.quiz.conftest import FIXTURES

GOOD = (FIXTURES / "bank" / "lamp.yaml").read_text(encoding="utf-8")


class Fault(Struct, frozen=True, forbid_unknown_fields=True, rename={"others": "with"}):
    """A way to break lamp.yaml; what the entries mean stands at the head of faults.yaml."""

    code: str
    before: str
    after: str
    at: str
    after_line: str = ""
    also: dict[str, str] = {}
    rest: str = ""
    others: tuple[str, ...] = ()

    def broken(self) -> str:
        """The good file with this fault in it."""
        head, found, tail = GOOD.partition(self.before)
        assert found, f"{self.before!r} does not stand in the good file"
        text = head + self.after + ("" if self.rest == "drop" else tail)
        for before, after in self.also.items():
            assert before in text
            text = text.replace(before, after)
        return text

    def line(self) -> int:
        """The line that is to be named."""
        lines = self.broken().splitlines()
        start = next(n for n, line in enumerate(lines) if self.after_line in line)
        return next(n for n, line in enumerate(lines, 1) if n > start and self.at in line)


FAULTS = [convert(one, Fault) for one in read_yaml(FIXTURES / "faults.yaml").value]


def faults_of(content: Content) -> list[tuple[str, str, int]]:
    """Code, file and line of every fault that reading the bank names."""
    with pytest.raises(ContentError) as caught:
        read_bank(content.quiz, read_corpus(content.corpus))
    assert all(problem.message.isprintable() for problem in caught.value.problems)
    return [(p.code, p.file.name, p.line) for p in caught.value.problems]


def test_the_good_files_have_no_fault(bank: Bank) -> None:
    fog, lamp = bank.topics
    assert (fog.id, fog.title, lamp.id) == ("fog", "Fog: bell & horn", "lamp")
    kinds = {item.__struct_config__.tag for item in lamp.items}
    assert kinds == {"single", "several", "true-false", "order", "number", "short"}
    first = lamp.items[0]
    assert isinstance(first, Single)
    assert [option.right for option in first.options] == [True, False, False]


def test_a_folder_that_is_not_there_is_an_empty_bank(small: Content) -> None:
    assert read_bank(small.quiz, read_corpus(small.corpus)) == Bank(())


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.code}: {fault.after[:30]!r}")
def test_a_fault_is_named_with_its_file_and_line(quizzed: Content, fault: Fault) -> None:
    (quizzed.quiz / "lamp.yaml").write_text(fault.broken(), encoding="utf-8")
    found = faults_of(quizzed)
    assert (fault.code, "lamp.yaml", fault.line()) in found
    assert {code for code, _, _ in found} == {fault.code, *fault.others}


def test_every_fault_that_the_reader_names_has_a_case() -> None:
    source = Path(item_files.__file__).read_text(encoding="utf-8")
    calls = source.split(".fault(")[1:] + source.split(".problem(")[1:]
    named = {call.split('"')[1] for call in calls if call.startswith('"')}
    assert named <= {fault.code for fault in FAULTS}
    assert len(named) > 18


def test_all_faults_of_all_files_come_out_in_one_run(quizzed: Content) -> None:
    lamp, fog = quizzed.quiz / "lamp.yaml", quizzed.quiz / "fog.yaml"
    lamp.write_text(GOOD.replace("kind: short", "kind: essay").replace("key: 2021", "key: 7"))
    fog.write_text(fog.read_text().replace("#the-fog-bell", "#the-horn", 1))
    shutil.copy(fog, quizzed.quiz / "mist.yaml")
    (quizzed.quiz / "torn.yaml").write_text("topic: [")
    codes = [(code, file) for code, file, _ in faults_of(quizzed)]
    assert codes == [
        ("broken-citation", "fog.yaml"),
        ("fact-not-cited", "lamp.yaml"),
        ("unknown-kind", "lamp.yaml"),
        ("wrong-topic", "mist.yaml"),
        ("duplicate-id", "mist.yaml"),
        ("broken-citation", "mist.yaml"),
        ("duplicate-id", "mist.yaml"),
        ("duplicate-id", "mist.yaml"),
        ("broken-yaml", "torn.yaml"),
    ]


def test_a_topic_that_cites_history_is_historical(quizzed: Content) -> None:
    (quizzed.quiz / "candle.yaml").write_text(
        """topic: candle
title: "The candle"
items:
  - id: candle-at-dusk
    kind: true-false
    difficulty: easy
    stem: "In 1900 a candle was lit at dusk."
    key: true
    wrong: "It was lit at dusk."
    why: "In 1900 a candle was lit at dusk."
    cites: [old-manual#the-candle]
"""
    )
    found = read_bank(quizzed.quiz, read_corpus(quizzed.corpus))
    assert {topic.id: topic.historical for topic in found.topics} == {
        "candle": True,
        "fog": False,
        "lamp": False,
    }
    assert isinstance(found.topics[0].items[0], TrueFalse)


def test_a_plain_word_that_begins_like_true_is_a_word(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text("[true, true-false, falsehood, false]")
    assert read_yaml(path).value == [True, "true-false", "falsehood", False]


def test_check_counts_the_items_and_names_their_faults(quizzed: Content) -> None:
    said = run("check")
    assert said.returncode == 0
    assert "0 dialogues, 9 quiz items: no faults" in said.stdout
    path = quizzed.quiz / "lamp.yaml"
    path.write_text(GOOD.replace("key: 2021", "key: 2022"))
    said = run("check", "--json")
    assert said.returncode == 1
    (error,) = json.loads(said.stdout)["errors"]
    line = path.read_text().splitlines().index("    key: 2022") + 1
    assert (error["code"], error["file"], error["line"]) == (
        "fact-not-cited",
        "intents/quiz/lamp.yaml",
        line,
    )


def test_the_library_keeps_the_bank(quizzed: Content, bank: Bank) -> None:
    def opened() -> Library:
        return open_library(quizzed, lambda what, done, of: None, lambda text: None)

    assert opened().bank == bank
    assert opened().bank == bank
