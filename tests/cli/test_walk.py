"""``assistant walk``: dialogues listed, drawn, walked from a file and line by line."""

import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pexpect
import pytest

from assistant.dialogues.model import SITUATIONS
from assistant.library.model import Library
from tests.helpers import ROOT, run

PACE = {
    "where": "england_wales",
    "stage": "held",
    "relevant_time": "2026-11-20T14:30",
    "little_left": False,
    "held_for": "offence",
    "extension": "no",
    "weather": "fine",
}
KEYS = {"dialogue", "complete", "outcome", "steps", "asked", "deadlines", "next", "unused"}


def answers(tmp_path: Path, given: object) -> str:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(given), encoding="utf-8")
    return str(path)


def walked(tmp_path: Path, name: str, given: Mapping[str, object]) -> dict[str, Any]:
    said = run("walk", name, "--answers", answers(tmp_path, given), "--json")
    assert said.returncode == 0, said.stderr
    found: dict[str, Any] = json.loads(said.stdout)
    return found


def test_all_dialogues_are_listed_by_situation(library: Library) -> None:
    lines = run("walk").stdout.splitlines()
    situation, listed = "", {}
    for line in lines[:-1]:
        if line.startswith("  "):
            name, _, title = line.strip().partition(" ")
            listed[name] = (situation, title.strip())
        else:
            situation = line
    assert listed == {d.id: (d.situation, d.title) for d in library.dialogues}
    assert [line for line in lines if line in SITUATIONS] == list(SITUATIONS)
    assert lines[-1].startswith("assistant walk NAME")


def test_a_walk_from_a_file_prints_exactly_what_was_agreed(
    library: Library, tmp_path: Path
) -> None:
    found = walked(tmp_path, "pace-clock", PACE)
    assert set(found) == KEYS
    assert found["dialogue"] == "pace-clock"
    assert found["complete"] is True
    assert set(found["outcome"]) == {"id", "title", "text", "citations"}
    assert found["outcome"]["id"] == "decide"
    assert found["outcome"]["citations"]
    assert all(set(one) == {"id", "question", "answer"} for one in found["asked"])
    assert [one["id"] for one in found["asked"]] == [
        "where", "stage", "relevant_time", "little_left", "held_for", "extension"
    ]  # fmt: skip
    assert found["asked"][2]["answer"] == "20 November 2026, 14:30"
    assert all(set(one) == {"id", "what", "due"} for one in found["deadlines"])
    assert [(one["id"], one["due"]) for one in found["deadlines"]] == [
        ("clock_ends", "2026-11-21T14:30:00")
    ]
    assert found["next"] is None
    assert found["unused"] == ["weather"]


def test_the_steps_of_a_walk_from_a_file_have_their_text_and_sources(
    library: Library, tmp_path: Path
) -> None:
    given = {"who": "victim", "domestic": "yes", "suspicion": "none"}
    found = walked(tmp_path, "victim-or-witness-status", given)
    assert found["outcome"]["id"] == "no_suspicion"
    assert [step["id"] for step in found["steps"]] == ["safety_plan"]
    for step in found["steps"]:
        assert set(step) == {"id", "text", "citations"}
        assert step["text"]
        assert step["citations"]


@pytest.mark.parametrize(
    ("given", "waits"),
    [({}, "where"), ({"where": "england_wales"}, "stage"), ({"stage": "held"}, "where")],
)
def test_missing_answers_are_no_error(
    library: Library, tmp_path: Path, given: dict[str, object], waits: str
) -> None:
    found = walked(tmp_path, "pace-clock", given)
    assert set(found) == KEYS
    assert found["complete"] is False
    assert found["outcome"] is None
    assert found["next"] == waits
    said = run("walk", "pace-clock", "--answers", answers(tmp_path, given))
    assert said.returncode == 0
    assert "Not finished" in said.stdout
    assert f"the answers end at '{waits}'" in said.stderr


def test_answers_may_be_yaml_with_yes_and_days_and_lists(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(
        "# a comment\nwhere: england_wales\nstage: held\nrelevant_time: 2026-10-24 12:00:00\n"
        "little_left: yes\nheld_for: offence\nextension: no\n"
    )
    said = run("walk", "pace clock", "--answers", str(path), "--json")
    found = json.loads(said.stdout)
    assert found["outcome"]["id"] == "send_papers"
    assert found["deadlines"][0]["due"] == "2026-10-25T11:00:00"


@pytest.mark.parametrize("ending", ["md", "json", "txt"])
def test_the_record_is_written_as_its_name_says(
    library: Library, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"record.{ending}"
    said = run("walk", "pace-clock", "--answers", answers(tmp_path, PACE), "--record", str(path))
    assert said.returncode == 0
    assert str(path) in said.stderr
    text = path.read_text(encoding="utf-8")
    assert "Decide before the clock runs out" in text
    if ending == "json":
        kept = json.loads(text)
        assert kept["outcome"]["id"] == "decide"
        assert kept["deadlines"][0]["due"] == "2026-11-21T14:30:00"
    else:
        assert text.startswith("# Record: " if ending == "md" else "Record: ")
        assert "The PACE clock runs out: Saturday 21 November 2026, 14:30" in text
        assert "sha256" in text


@pytest.mark.parametrize(
    ("form", "start"), [("outline", "where (choice)"), ("mermaid", "flowchart"), ("dot", "digraph")]
)
def test_a_dialogue_is_drawn(library: Library, form: str, start: str) -> None:
    said = run("walk", "pace-clock", "--map", form)
    assert said.returncode == 0
    assert said.stdout.startswith(start)
    for node in library.book.dialogues["pace-clock"].nodes:
        assert node.id in said.stdout


def test_the_screens_are_printed_in_full(library: Library) -> None:
    said = run("walk", "pace-clock", "--screens")
    assert said.returncode == 0
    for node in library.book.dialogues["pace-clock"].nodes:
        assert f"[{node.id}] " in said.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["zzzz qqqq"], 2, "`assistant walk` lists them"),
        (["\x1b[31m"], 2, "`assistant walk` lists them"),
        (["pace-clock", "--map", "picture"], 2, "invalid choice"),
        (["pace-clock", "--answers"], 2, "expected one argument"),
        (["pace-clock", "--answers", "missing.json"], 1, "cannot be read"),
        (["pace-clock", "--answers", "/"], 1, "cannot be read"),
        (["--resume", "missing.json"], 1, "cannot be read"),
        (["--resume", "/"], 1, "cannot be read"),
    ],
)
def test_what_cannot_be_walked_is_told_in_one_line(
    library: Library, arguments: list[str], status: int, words: str
) -> None:
    said = run("walk", *arguments)
    assert said.returncode == status
    assert words in said.stderr
    assert said.stderr.splitlines()[-1].isprintable()
    assert "Traceback" not in said.stderr
    assert said.stdout == ""


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (b'{"where": "atlantis"}', "where: Choose by number, 1 to 3."),
        (b'{"where": ["scotland"]}', "where: Give one value"),
        (b'{"where": null}', "where: Give a text"),
        (b'{"relevant_time": "soon"}', "relevant_time: Type a day and time"),
        (b'{"hours_used": "1,5"}', "hours_used: Type a number of hours."),
        (b'{"where": ', "not valid YAML"),
        (b"[1, 2]", "holds node ids with values"),
        (b"", "the file is empty"),
        (b"where: scotland\nwhere: scotland", "given twice"),
        (b"where: &a scotland\nstage: *a", "aliases"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_broken_file_of_answers_is_told_in_one_line(
    library: Library, tmp_path: Path, written: bytes, words: str
) -> None:
    path = tmp_path / "answers.json"
    path.write_bytes(written)
    said = run("walk", "pace-clock", "--answers", str(path), "--json")
    assert said.returncode == 1
    assert words in said.stderr
    assert str(path) in said.stderr
    assert len(said.stderr.splitlines()) == 1
    assert said.stdout == ""


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (b"", "is not a saved walk"),
        (b"{}", "is not a saved walk"),
        (b"\xff\xfe", "is not a saved walk"),
        (b'{"dialogue": "pace-clock", "started": "soon"}', "is not a saved walk"),
        (b'{"dialogue": "gone", "started": "2026-11-21T12:00:00"}', "no dialogue 'gone'"),
    ],
)
def test_a_broken_saved_walk_is_told_in_one_line(
    library: Library, tmp_path: Path, written: bytes, words: str
) -> None:
    path = tmp_path / "walk.json"
    path.write_bytes(written)
    said = run("walk", "--resume", str(path))
    assert said.returncode == 1
    assert words in said.stderr
    assert len(said.stderr.splitlines()) == 1
    assert path.read_bytes() == written


def test_a_record_that_cannot_be_written_is_told_in_one_line(
    library: Library, tmp_path: Path
) -> None:
    given = answers(tmp_path, PACE)
    said = run("walk", "pace-clock", "--answers", given, "--record", str(tmp_path / "no" / "r.md"))
    assert said.returncode == 1
    assert "cannot be written" in said.stderr
    assert len(said.stderr.splitlines()) == 1


def spawned(tmp_path: Path, *arguments: str) -> "pexpect.spawn[str]":
    """``assistant walk`` line by line in a terminal of its own, in the folder ``tmp_path``."""
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80", "PYTHONPATH": str(ROOT)}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    child = pexpect.spawn(
        sys.executable,
        ["-m", "assistant", "walk", "--plain", *arguments],
        cwd=str(tmp_path),
        env=environment,
        encoding="utf-8",
        timeout=60,
        dimensions=(24, 80),
    )
    child.expect("You: ")
    return child


def typed(child: "pexpect.spawn[str]", line: str, *shown: str) -> None:
    """Type a line, and wait for what it brings and for the next turn."""
    child.sendline(line)
    for words in shown:
        child.expect(words)
    child.expect("You: ")


def test_a_walk_line_by_line_to_its_end(library: Library, tmp_path: Path) -> None:
    child = spawned(tmp_path, "pace-clock")
    typed(child, "7", "Choose by number, 1 to 3.", "Where is the person detained")
    typed(child, "help", "/back +undo the last answer")
    typed(child, "back", "Nothing has been answered yet.")
    typed(child, "why", "PACE here means")
    typed(child, "3\x7f2", "Where does the case stand")
    typed(child, "back", "Where is the person detained")
    typed(child, "1", "Where does the case stand")
    typed(child, "1", "What is the relevant time")
    typed(child, "source", "Police and criminal evidence", "What is the relevant time")
    typed(child, "? who signs off a section 44 search", "An inspector or above", "relevant time")
    typed(child, "soon", "Type a day and time", "What is the relevant time")
    typed(child, "20/11/2026 14:30", "Note: 24 hours")
    typed(child, "", "little or no time left")
    typed(child, "route", "1. Where is the person", "3. What is the relevant time")
    typed(child, "change 9", "no answered question 9")
    typed(child, "change 3", "What is the relevant time")
    typed(child, "20/11/2026 15:30", "little or no time left")
    typed(child, "change 2", "Where does the case stand")
    typed(child, "2", "No longer asked: relevant_time", "How many of the 24 hours")
    typed(child, "back", "little or no time left")
    typed(child, "no", "still held for")
    typed(child, "1", "more than the 24 hours")
    child.sendline("no")
    child.expect("Outcome: Decide before the clock runs out")
    child.expect("Deadline: The PACE clock runs out: Saturday 21 November 2026, 15:30")
    child.expect("The walk is at its end")
    child.sendline("")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


@pytest.mark.parametrize(
    "name", ["pace-clock", "victim-or-witness-status", "overseas-conviction-check"]
)
@pytest.mark.parametrize("line", ["\x1b[2J\x1b[31mred", "\x07\x9b31m", "\u202etxt.exe", "x\x00y"])
def test_nothing_typed_in_a_walk_comes_back_raw(library: Library, name: str, line: str) -> None:
    said = run("walk", name, "--plain", text_in=f"{line}\nroute\n? {line}\nwhy\n")
    assert said.returncode == 0
    assert "Traceback" not in said.stderr
    assert all(character.isprintable() or character == "\n" for character in said.stdout)


def test_a_text_of_control_characters_is_kept_without_them(
    library: Library, tmp_path: Path
) -> None:
    saved, record = tmp_path / "walk.json", tmp_path / "record.txt"
    lines = ["1", "", "no", "2", "", "7", "\x1b[31mred\x07", "route", f"record {record}"]
    said = run(
        "walk", "victim-or-witness-status", "--save", str(saved), text_in="\n".join(lines) + "\n"
    )
    assert "[31mred" in said.stdout
    assert "\x1b" not in said.stdout + saved.read_text() + record.read_text()
    kept = json.loads(saved.read_text())
    assert kept["answers"]["other_purpose"] == "[31mred"
    kept["answers"]["other_purpose"] = "\x1b[31mred"
    saved.write_text(json.dumps(kept))
    again = run("walk", "--resume", str(saved), text_in="route\n")
    assert again.returncode == 0
    assert "red" in again.stdout
    assert all(character.isprintable() or character == "\n" for character in again.stdout)


def files_below(*folders: Path) -> dict[Path, tuple[int, int]]:
    return {
        path: (path.stat().st_size, path.stat().st_mtime_ns)
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }


def killed(child: "pexpect.spawn[str]") -> None:
    child.kill(signal.SIGKILL)
    child.expect(pexpect.EOF)
    child.close()
    assert child.signalstatus == signal.SIGKILL


def test_a_killed_walk_leaves_nothing_on_the_disk(library: Library, tmp_path: Path) -> None:
    home = Path(os.environ["ASSISTANT_HOME"])
    before = files_below(home, tmp_path)
    child = spawned(tmp_path, "pace-clock")
    typed(child, "1", "Where does the case stand")
    typed(child, "1", "What is the relevant time")
    killed(child)
    assert files_below(home, tmp_path) == before


def test_a_killed_walk_that_is_saved_goes_on_with_every_answer(
    library: Library, tmp_path: Path
) -> None:
    saved = tmp_path / "walk.json"
    child = spawned(tmp_path, "pace-clock", "--save", str(saved))
    typed(child, "1", "Where does the case stand")
    typed(child, "1", "What is the relevant time")
    killed(child)
    assert list(files_below(tmp_path)) == [saved]
    assert json.loads(saved.read_text())["answers"] == {"where": "england_wales", "stage": "held"}
    again = spawned(tmp_path, "--resume", str(saved))
    typed(again, "route", "England or Wales", "Detained, and not bailed so far", "relevant time")
    typed(again, "20/11/2026 14:30", "Note: 24 hours")
    killed(again)
    assert json.loads(saved.read_text())["answers"]["relevant_time"] == "2026-11-20T14:30"
    assert list(files_below(tmp_path)) == [saved]
