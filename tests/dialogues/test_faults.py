"""Faults in the file of a dialogue: each has its name, its file and its line."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct, convert

from assistant.dialogues import dialogue_files
from assistant.dialogues.dialogue_files import read_dialogues
from assistant.errors import ContentError
from assistant.guidance.content_files import read_yaml
from assistant.guidance.corpus import read_corpus
from assistant.library.content import Content
from tests.helpers import run

FIXTURES = Path(__file__).parent.parent / "fixtures" / "dialogues"
GOOD = (FIXTURES / "good.yaml").read_text(encoding="utf-8")


class Fault(Struct, frozen=True, forbid_unknown_fields=True, rename={"others": "with"}):
    """A way to break the good file; what the entries mean stands at the head of faults.yaml."""

    code: str
    before: str
    after: str
    at: str
    up: int = 0
    after_line: str = ""
    also: dict[str, str] = {}
    everywhere: bool = False
    rest: str = ""
    others: tuple[str, ...] = ()

    def broken(self) -> str:
        """The good file with this fault in it."""
        head, found, tail = GOOD.partition(self.before)
        assert found, f"{self.before!r} does not stand in the good file"
        text = (
            GOOD.replace(self.before, self.after) if self.everywhere else head + self.after + tail
        )
        if self.rest == "drop":
            text = head + self.after
        for before, after in self.also.items():
            assert before in text
            text = text.replace(before, after)
        return text

    def line(self) -> int:
        """The line that is to be named."""
        lines = self.broken().splitlines()
        start = next(n for n, line in enumerate(lines) if self.after_line in line)
        found = next(n for n, line in enumerate(lines) if n >= start and self.at in line)
        return found + 1 - self.up


FAULTS = [convert(one, Fault) for one in read_yaml(FIXTURES / "faults.yaml").value]


@pytest.fixture
def folder(small: Content) -> Path:
    """A folder with the two good dialogues, in the small content."""
    small.dialogues.mkdir()
    for name in ("good.yaml", "other.yaml"):
        shutil.copy(FIXTURES / name, small.dialogues / name)
    return small.dialogues


def faults_of(small: Content) -> list[tuple[str, str, int]]:
    """Code, file and line of every fault that reading the dialogues names."""
    with pytest.raises(ContentError) as caught:
        read_dialogues(small.dialogues, read_corpus(small.corpus))
    assert all(problem.message.isprintable() for problem in caught.value.problems)
    return [(p.code, p.file.name, p.line) for p in caught.value.problems]


def test_the_good_files_have_no_fault(small: Content, folder: Path) -> None:
    good, other = read_dialogues(folder, read_corpus(small.corpus))
    assert (good.id, other.id) == ("good", "other")
    kinds = {node.__struct_config__.tag for node in good.nodes}
    named = {"yes-no", "choice", "several", "number", "date", "datetime", "country", "text"}
    assert kinds == named | {"step", "note", "outcome", "call"}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_a_fault_is_named_with_its_file_and_line(
    small: Content, folder: Path, fault: Fault
) -> None:
    (folder / "good.yaml").write_text(fault.broken(), encoding="utf-8")
    found = faults_of(small)
    assert (fault.code, "good.yaml", fault.line()) in found
    assert {code for code, _, _ in found} == {fault.code, *fault.others}


def test_every_fault_that_the_reader_names_has_a_case() -> None:
    source = Path(dialogue_files.__file__).read_text(encoding="utf-8")
    named = {part.split('"')[1] for part in source.split(".fault(")[1:] if '"' in part}
    assert named <= {fault.code for fault in FAULTS}
    assert len(named) > 15


def test_all_faults_of_all_files_come_out_in_one_run(small: Content, folder: Path) -> None:
    text = GOOD.replace("next: light\n", "next: lamp\n").replace("[other]", "[another]")
    (folder / "good.yaml").write_text(text.replace("  - the light is out\n", ""), encoding="utf-8")
    other = folder / "other.yaml"
    other.write_text(other.read_text().replace("id: other", "id: oil"), encoding="utf-8")
    (folder / "third.yaml").write_text("id: [", encoding="utf-8")
    assert [(code, file) for code, file, _ in faults_of(small)] == [
        ("few-lay", "good.yaml"),
        ("unknown-node", "good.yaml"),
        ("unknown-dialogue", "good.yaml"),
        ("unknown-dialogue", "good.yaml"),
        ("wrong-id", "other.yaml"),
        ("broken-yaml", "third.yaml"),
    ]


def test_a_call_round_through_another_dialogue_is_endless(small: Content, folder: Path) -> None:
    other = folder / "other.yaml"
    back = "  - id: left\n    kind: call\n    dialogue: good\n    next: draw\n"
    text = other.read_text()
    head, _, tail = text.partition("  - id: left\n")
    tail = tail[tail.index("  - id: draw") :].replace("id: draw", "id: draw", 1)
    text = (head + back + tail).replace(
        "next: draw\n", "next: [{when: left == 'sleep', goto: no_oil}, {goto: draw}]\n"
    )
    other.write_text(text, encoding="utf-8")
    assert faults_of(small) == [("endless-call", "good.yaml", 2), ("endless-call", "other.yaml", 2)]


def checked(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
    said = run("check", "--json", *arguments)
    return said.returncode, json.loads(said.stdout)["errors"]


def test_check_prints_them(small: Content, folder: Path) -> None:
    assert checked() == (0, [])
    text = GOOD.replace("next: light\n", "next: lamp\n").replace(
        "twice a minute", "7 times a minute"
    )
    (folder / "good.yaml").write_text(text, encoding="utf-8")
    status, errors = checked()
    assert status == 1
    file = "intents/dialogues/good.yaml"
    lines = text.splitlines()
    assert [(e["code"], e["file"], e["line"]) for e in errors] == [
        ("unknown-node", file, lines.index("  - id: climb") + 1),
        ("fact-not-cited", file, lines.index("  - id: ring") + 1),
    ]
    said = run("check").stdout.splitlines()
    assert said[0].startswith(f"{file}:{errors[0]['line']}: ")
    assert said[-1] == "2 faults"
