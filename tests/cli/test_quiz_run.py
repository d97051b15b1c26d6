"""``assistant quiz run``: taken line by line, killed and gone on with, and marked from a file."""

import json
import os
import random
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest

from assistant.guidance.fingerprints import LENGTH
from assistant.library.content import Content
from assistant.library.model import Library
from assistant.quiz.results.store import Store
from tests.faces import folded
from tests.helpers import ROOT, run

FIXTURES = ROOT / "tests" / "fixtures" / "quiz"
SINGLES = ("--topic", "custody", "--kind", "single", "--n", "10", "--seed", "7")
CITATION = {
    "document", "title", "publisher", "section", "anchor", "paragraph", "updated", "status", "text"
}  # fmt: skip


@pytest.fixture
def quizzed(small: Content) -> Content:
    """The small content with a bank."""
    shutil.copytree(FIXTURES / "bank", small.quiz)
    return small


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Path]:
    """An empty file of results."""
    yield tmp_path / "results.sqlite3"


def written(path: Path, value: object) -> str:
    path.write_text(json.dumps(value), encoding="utf-8")
    return str(path)


def marked(path: str, *arguments: str) -> dict[str, Any]:
    """The attempt that a file of answers makes; nothing of it is stored."""
    said = run("quiz", "run", "--answers", path, "--json", "--no-store", *arguments)
    assert said.returncode == 0, said.stderr
    found: dict[str, Any] = json.loads(said.stdout)
    return found


def asked(lines: str, *arguments: str) -> str:
    """What is printed while ``lines`` are typed."""
    said = run("quiz", "run", "--plain", *arguments, text_in=lines)
    assert said.returncode == 0, said.stderr
    return folded(said.stdout + said.stderr)


# From a file


def test_an_attempt_from_a_file_prints_exactly_what_was_agreed(
    library: Library, tmp_path: Path
) -> None:
    found = marked(written(tmp_path / "a.json", {}), *SINGLES)
    assert set(found) == {
        "attempt", "mode", "seed", "candidate", "started", "ended", "complete", "score", "points",
        "out_of", "pass_mark", "passed", "topics", "items", "unused",
    }  # fmt: skip
    assert (found["attempt"], found["mode"], found["seed"]) == (None, "practice", 7)
    assert found["complete"] is False
    assert len(found["items"]) == 10
    for item in found["items"]:
        assert set(item) == {
            "id", "kind", "topic", "difficulty", "question", "options", "key", "answer", "mark",
            "feedback", "why", "citations",
        }  # fmt: skip
        assert item["key"] in item["options"]
        assert item["answer"] is None and item["mark"] is None
        assert item["citations"] and all(set(one) == CITATION for one in item["citations"])


def test_every_key_of_the_bank_given_back_is_wholly_right(library: Library, tmp_path: Path) -> None:
    names = [item.id for topic in library.bank.topics for item in topic.items]
    blank = marked(written(tmp_path / "blank.json", dict.fromkeys(names)))
    assert [item["id"] for item in blank["items"]] == names
    keys = {item["id"]: item["key"] for item in blank["items"]}
    found = marked(written(tmp_path / "keys.json", keys), "--pass-mark", "100")
    wrong = [item["id"] for item in found["items"] if item["mark"] != 1]
    assert wrong == []
    assert (found["score"], found["passed"], found["complete"]) == (1, True, True)
    assert {item["id"]: item["answer"] for item in found["items"]} == keys


def test_scenarios_are_drawn_and_their_keys_are_right(library: Library, tmp_path: Path) -> None:
    arguments = ("--scenarios", "--n", "5", "--seed", "3")
    blank = marked(written(tmp_path / "blank.json", {}), *arguments)
    assert [item["kind"] for item in blank["items"]] == ["scenario"] * 5
    keys = {item["id"]: item["key"] for item in blank["items"]}
    found = marked(written(tmp_path / "keys.json", keys), *arguments)
    assert found["score"] == 1
    assert [one["topic"] for one in found["topics"]] == ["scenarios"]


def test_answers_of_every_kind_are_read_and_marked(quizzed: Content, tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(
        "trim-wick-interval: Once a night\nwick-times: [At dusk, At dawn]\noil-from-loft: false\n"
        "steps-at-dusk: [Take a lantern, Light the lamp, Climb the stair]\nno-such-item: 4\n"
    )
    found = marked(str(path), "--mode", "assessed")
    assert [(item["id"], item["mark"]) for item in found["items"]] == [
        ("trim-wick-interval", 0), ("wick-times", 0), ("oil-from-loft", 1), ("steps-at-dusk", 0.5)
    ]  # fmt: skip
    assert found["unused"] == ["no-such-item"]
    assert found["items"][0]["feedback"] == ["The wick would smoke by then."]
    assert (found["points"], found["out_of"]) == (1.5, 4)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"oil-from-loft": "perhaps"}, "oil-from-loft: Answer true or false."),
        ({"trim-wick-interval": 9}, "trim-wick-interval: Choose one by its number, 1 to 3."),
        ({"trim-wick-interval": [1]}, "trim-wick-interval: list is no answer"),
        ({"wick-times": ["At tea"]}, "wick-times: Give options or steps by their text"),
        ({"wick-times": [True]}, "wick-times: Give options or steps by their text"),
        ({"steps-at-dusk": [1, 1, 2]}, "steps-at-dusk: Give each step once"),
        ([1], "holds item ids with answers"),
    ],
)
def test_a_wrong_file_of_answers_is_named_and_nothing_is_stored(
    quizzed: Content, tmp_path: Path, kept: Path, value: object, words: str
) -> None:
    path = written(tmp_path / "answers.json", value)
    said = run("quiz", "run", "--answers", path, "--database", str(kept))
    assert said.returncode == 1
    assert words in said.stderr
    assert said.stdout == ""
    with Store(kept) as store:
        assert store.newest(None) is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--json"], "give --answers"),
        (["--no-store", "--resume"], "--no-store keeps nothing"),
        (["--resume"], "there is no attempt without a code to go on with"),
        (["--resume", "x"], "'x' is not the number of an attempt"),
        (["--topic", "tides"], "no topic 'tides'"),
        (["--n", "99"], "99 items are wanted"),
        (["--candidate", "Ann Other"], "is not a candidate code"),
        (["--pass-mark", "0"], "the pass mark must be more than 0 %"),
        (["--pass-mark", "101"], "no more than 100 %"),
        (["--minutes", "nan"], "the time limit is a number of minutes"),
        (["--minutes", "0"], "the time limit is a number of minutes"),
        (["--seed", "1" * 30], "a seed is a whole number of at most"),
        (["--attempts", "2", "--n", "1"], "give a code"),
        (["--attempts", "2", "--n", "1", "--candidate", "K-1", "--no-store"], "are stored"),
        (["--mode", "revise", "--no-store"], "leave out --no-store"),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_line(
    quizzed: Content, arguments: list[str], words: str
) -> None:
    number = () if "--n" in arguments else ("--n", "2")
    said = run("quiz", "run", "--plain", *number, *arguments)
    assert said.returncode == 2, said.stdout
    assert words in said.stderr
    assert said.stderr.splitlines()[-1].startswith("assistant: ")
    assert said.stdout == ""


# By a person


@pytest.mark.parametrize("more", [(), ("--scenarios", "3")], ids=["written", "scenarios"])
def test_the_same_seed_asks_the_same_in_every_process(
    library: Library, tmp_path: Path, more: tuple[str, ...]
) -> None:
    path = written(tmp_path / "blank.json", {})
    arguments = ("quiz", "run", "--answers", path, "--json", "--no-store", "--seed", "11", *more)
    papers = []
    for hashes in ("0", "1", "4242"):
        said = run(*arguments, environment={"PYTHONHASHSEED": hashes})
        papers.append([(i["id"], i["options"]) for i in json.loads(said.stdout)["items"]])
    assert papers[0] == papers[1] == papers[2]


def test_practice_tells_at_once_and_reports_at_the_end(quizzed: Content, kept: Path) -> None:
    said = asked("1\n\nleave\n", "--kind", "single", "--n", "2", "--database", str(kept))
    assert "stored with no code or name in" in said and "(attempt 1)" in said
    assert "Why: " in said and "Board of Lights" in said
    assert "Question 2 of 2" in said
    assert "assistant quiz run --resume 1 goes on with it" in said
    said = asked("1\n\n\n", "--resume", "--database", str(kept))
    assert "Question 2 of 2" in said and "Question 1 of 2" not in said
    assert "Attempt 1 (practice)" in said and "Score:" in said


def test_without_a_store_nothing_is_kept(quizzed: Content, tmp_path: Path) -> None:
    said = asked("1\n", "--kind", "single", "--n", "2", "--no-store")
    assert "Nothing of this quiz is stored." in said
    assert "nothing of it is kept" in said
    assert not list(tmp_path.rglob("*.sqlite3*"))


def test_to_be_assessed_tells_nothing_before_the_end(quizzed: Content, kept: Path) -> None:
    arguments = ("--mode", "assessed", "--kind", "single", "--n", "2", "--database", str(kept))
    said = asked("1\n2\nback\n1\n", *arguments, "--candidate", "K-7", "--pass-mark", "50")
    assert "Pass mark: 50 %." in said
    for told in ("Right.", "Wrong.", "Why:", "core"):
        assert told not in said
    said = asked("finish\n\n", "--resume", "--candidate", "K-7", "--database", str(kept))
    assert "2 of 2 questions answered" in said
    assert "pass mark 50 %" in said and "By topic" in said


def test_after_the_time_no_answer_counts(quizzed: Content, kept: Path) -> None:
    arguments = ("--mode", "assessed", "--kind", "single", "--n", "2", "--database", str(kept))
    said = asked("1\n\n", *arguments, "--minutes", "0.000001")
    assert "The time is up;" in said
    assert "0 of 2 questions answered" in said
    with Store(kept) as store:
        attempt = store.attempt(1).attempt
        assert attempt.ended == attempt.limit and not attempt.answers


def test_attempts_at_a_paper_are_limited(quizzed: Content, kept: Path) -> None:
    arguments = (
        "quiz", "run", "--plain", "--mode", "assessed", "--n", "2", "--seed", "1",
        "--attempts", "1", "--candidate", "K-7", "--database", str(kept),
    )  # fmt: skip
    assert run(*arguments).returncode == 0
    said = run(*arguments)
    assert said.returncode == 2
    assert "K-7 has had 1 of 1 attempts at this paper; none is left" in said.stderr


def test_a_class_is_led_by_the_enter_key(quizzed: Content) -> None:
    said = asked("\n\nreveal\n\n\n", "--mode", "class", "--n", "2", "--no-store", "--seed", "2")
    assert said.count("Answer: ") == 2
    assert said.index("Answer: ") < said.index("Question 2 of 2")
    assert "The quiz is at its end." in said


def test_what_is_due_is_asked_first_and_what_is_not_due_waits(quizzed: Content, kept: Path) -> None:
    # Wrong answers are due again within minutes, right ones not for days.
    place = ("--database", str(kept), "--candidate", "K-7")
    lines = "1\n\n1\n\n1\n\n"
    asked(lines, "--mode", "revise", "--kind", "single", "--n", "3", "--seed", "1", *place)
    with Store(kept) as store:
        kept_one = store.attempt(1)
        cards = store.cards(kept_one.candidate)
    assert {card.item for card in cards} == {one.item for one in kept_one.attempt.questions}
    said = run("quiz", "run", "--plain", "--mode", "revise", "--kind", "single", *place)
    if said.returncode == 2:
        assert "nothing is due, and every item has been asked; the next is due on" in said.stderr
    else:
        with Store(kept) as store:
            again = {one.item for one in store.attempt(2).attempt.questions}
        assert not again & {card.item for card in cards}


def test_a_stale_item_is_held_back_from_assessment_alone(quizzed: Content, tmp_path: Path) -> None:
    lock = quizzed.root / "intents" / "reviewed.lock"
    lock.write_text(f"item trim-wick-interval {'0' * LENGTH} 2026-01-01 reader -\n")
    path = written(tmp_path / "blank.json", {})
    lamp = ("--topic", "lamp", "--n")
    practised = marked(path, *lamp, "6", "--mode", "practice")
    assert "trim-wick-interval" in {item["id"] for item in practised["items"]}
    assessed = marked(path, *lamp, "5", "--mode", "assessed")
    assert "trim-wick-interval" not in {item["id"] for item in assessed["items"]}
    said = run("quiz", "run", "--plain", "--mode", "assessed", *lamp, "6", "--no-store")
    assert said.returncode == 2
    assert "the topics lamp has 5 (1 held back)" in said.stderr
    named = written(tmp_path / "named.json", {"trim-wick-interval": 1})
    refused = run("quiz", "run", "--answers", named, "--mode", "assessed", "--no-store")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "trim-wick-interval: held back from assessment" in refused.stderr
    said = run("quiz", "run", "--plain", *lamp, "6", "--no-store", text_in="1\n\n" * 8)
    assert said.stdout.count("has changed since this question was reviewed") <= 1


# Killed


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_killed_at_any_moment_nothing_given_is_lost(library: Library, kept: Path) -> None:
    by_chance = random.Random(5)
    place = ("--database", str(kept))
    arguments: tuple[str, ...] = (*SINGLES, *place)
    answered = 0
    for _ in range(5):
        face = pexpect.spawn(
            sys.executable,
            ["-m", "assistant", "quiz", "run", "--plain", *arguments],
            encoding="utf-8", dimensions=(24, 300), timeout=120, echo=False,
        )  # fmt: skip
        face.delaybeforesend = None
        face.expect_exact(f"Question {answered + 1} of 10")
        face.expect_exact("\r\nYou: ")
        if by_chance.random() < 0.5:
            face.sendline("1")
            face.expect_exact("Why: ")
            answered += 1
            face.sendline("")
            face.expect_exact(f"Question {answered + 1} of 10")
            face.expect_exact("\r\nYou: ")
        face.sendline("2")
        told = face.expect_exact(["Why: ", pexpect.TIMEOUT], timeout=by_chance.random() / 20) == 0
        assert face.pid is not None
        os.kill(face.pid, signal.SIGKILL)
        face.close(force=True)
        with Store(kept) as store:
            (number,) = store.unfinished(None)
            stored = len(store.attempt(number).attempt.answers)
        assert answered + told <= stored <= answered + 1
        answered = stored
        arguments = ("--resume", *place)
    assert answered >= 1
