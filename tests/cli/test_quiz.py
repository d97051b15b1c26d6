"""``assistant quiz`` as trainers call it."""

import shutil
from pathlib import Path

import pytest
import yaml

from assistant.library.content import Content
from tests.helpers import ROOT, run

FIXTURES = ROOT / "tests" / "fixtures" / "quiz"


@pytest.fixture
def quizzed(small: Content) -> Content:
    """The small content with a bank."""
    shutil.copytree(FIXTURES / "bank", small.quiz)
    return small


def test_check_counts_by_topic_and_kind(quizzed: Content) -> None:
    said = run("quiz", "check")
    assert said.returncode == 0
    fog, lamp, last = said.stdout.splitlines()
    assert fog.split(maxsplit=2) == ["fog", "3", "2 single, 1 true-false"]
    assert lamp.startswith("lamp")
    assert last == "9 quiz items: no faults"


def test_check_names_faults(quizzed: Content) -> None:
    path = quizzed.quiz / "fog.yaml"
    path.write_text(path.read_text().replace("#the-fog-bell", "#the-horn"))
    said = run("quiz", "check")
    assert said.returncode == 1
    assert said.stdout.count("[broken-citation]") == 3
    assert said.stdout.splitlines()[-1] == "3 faults"


def test_a_paper_is_the_same_for_the_same_seed(quizzed: Content, tmp_path: Path) -> None:
    paper, key = tmp_path / "paper.md", tmp_path / "key.md"
    first = run("quiz", "paper", "--n", "4", "--seed", "7")
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("# Quiz\n")
    again = run("quiz", "paper", "--n", "4", "--seed", "7", "--out", str(paper), "--key", str(key))
    assert again.stdout == ""
    assert paper.read_text(encoding="utf-8") == first.stdout
    assert key.read_text(encoding="utf-8").count("\n## ") == 4
    assert "4 questions; the same choice with --seed 7 draws them again." in again.stderr
    other = run("quiz", "paper", "--n", "4", "--seed", "8")
    assert other.stdout != first.stdout


def test_a_paper_without_a_seed_says_its_own(quizzed: Content) -> None:
    said = run("quiz", "paper", "--each", "1", "--kind", "true-false")
    seed = said.stderr.split("--seed ")[1].split()[0]
    again = run("quiz", "paper", "--each", "1", "--kind", "true-false", "--seed", seed)
    assert again.stdout == said.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["paper"], 2, "10 items are wanted, and the bank has 9; ask for fewer"),
        (["paper", "--topic", "horn"], 2, "no topic 'horn'; the topics are fog, lamp"),
        (["paper", "--kind", "essay"], 2, "no kind 'essay'"),
        (["paper", "--n", "1", "--each", "1"], 2, "in all, or a number of each topic"),
        (["paper", "--n", "1", "--scenarios", "1"], 2, "1 scenarios are wanted, and there are 0"),
        (["paper", "--n", "1", "--out", "/nowhere/paper.md"], 1, "cannot be written"),
        (["paper", "--n", "many"], 2, "invalid int value"),
        (["export", "-", "--format", "gift", "--topic", "horn"], 2, "no topic 'horn'"),
        (["export", "-"], 2, "--format"),
        (["import", "/nowhere/questions.gift"], 1, "cannot be read"),
        ([], 2, "COMMAND"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    quizzed: Content, arguments: list[str], status: int, says: str
) -> None:
    said = run("quiz", *arguments)
    assert said.returncode == status
    assert says in said.stderr
    assert said.stdout == ""
    assert "Traceback" not in said.stderr


def test_without_a_bank_it_is_said(small: Content) -> None:
    assert run("quiz", "check").stdout.splitlines()[-1] == "0 quiz items: no faults"
    said = run("quiz", "export", "-", "--format", "anki")
    assert said.returncode == 2
    assert "the bank has no items" in said.stderr


@pytest.mark.parametrize(("form", "name"), [("gift", "out.gift"), ("moodle-xml", "out.xml")])
def test_items_go_out_and_come_in_as_they_were(
    quizzed: Content, tmp_path: Path, form: str, name: str
) -> None:
    out, drafts = tmp_path / name, tmp_path / "drafts"
    said = run("quiz", "export", str(out), "--format", form)
    assert said.returncode == 0
    assert said.stdout == ""
    assert ("steps-at-dusk is left out" in said.stderr) is (form == "gift")
    back = run("quiz", "import", str(out), "--out", str(drafts))
    assert back.returncode == 0, back.stderr
    for topic in ("fog", "lamp"):
        before = yaml.safe_load((quizzed.quiz / f"{topic}.yaml").read_text())
        after = yaml.safe_load((drafts / f"{topic}.yaml").read_text())
        if form == "gift":
            before["items"] = [one for one in before["items"] if one["kind"] != "order"]
        assert after == before
    again = run("quiz", "import", str(out), "--out", str(drafts))
    assert again.returncode == 1
    assert "is there already" in again.stderr


def test_one_topic_goes_to_standard_output(quizzed: Content) -> None:
    said = run("quiz", "export", "-", "--format", "anki", "--topic", "fog")
    assert said.returncode == 0
    assert said.stdout.startswith("#separator:tab\n")
    assert "bell-rate\t" in said.stdout
    assert "oil-place" not in said.stdout


def test_strangers_questions_become_drafts_that_need_a_source(small: Content) -> None:
    said = run("quiz", "import", str(FIXTURES / "exchange" / "examples.gift"))
    assert said.returncode == 1
    draft = yaml.safe_load(said.stdout)
    assert draft["topic"] == "night-watch"
    assert draft["items"][0]["cites"] == []
    assert "examples.gift:6: Q1: it names no source" in said.stderr
    assert "there is no kind of item for questions of the type essay" in said.stderr
    assert said.stderr.splitlines()[-1] == (
        "16 items as drafts in 1 topics, 2 questions not taken."
    )
