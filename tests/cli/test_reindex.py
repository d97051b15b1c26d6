"""``assistant reindex``: gold questions before and after, and what --strict refuses."""

import json
from pathlib import Path

import pytest

from assistant.library.content import Content
from assistant.library.store import folder_of
from tests.helpers import run
from tests.library.published import MANUAL, put

OIL = "where is the lamp oil kept"
GOLD = [
    {"id": "oil", "kind": "answer", "q": OIL, "doc": ["lighthouse-manual"], "must": [["cellar"]]},
    {"id": "bell", "kind": "answer", "q": "fog bell rate", "intent": "fog-bell"},
    {"id": "soup", "kind": "abstain", "q": "best soup recipe"},
]


@pytest.fixture
def gold(small: Content, tmp_path: Path) -> str:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in GOLD))
    assert run("reindex").returncode == 0
    return str(path)


def move_the_oil(small: Content, before: str, after: str) -> None:
    """Keep the oil somewhere else, in the guidance and in the answer."""
    for path in (
        small.corpus / "lighthouse-manual.md",
        small.questions / "lighthouse-manual" / "the-lamp.yaml",
    ):
        text = path.read_text()
        path.write_text(text.replace(before, after).replace(before.title(), after.title()))


def test_what_is_lost_is_shown_and_refused_only_when_strict(small: Content, gold: str) -> None:
    old = folder_of(small)
    move_the_oil(small, "the cellar", "the attic")
    said = run("reindex", "--gold", gold, "--strict")
    assert said.returncode == 1
    assert f"lost: oil: {OIL}" in said.stdout
    assert "before: answer (lighthouse-manual#the-lamp/1.2): In the cellar." in said.stdout
    assert "after: answer (lighthouse-manual#the-lamp/1.2): In the attic." in said.stdout
    assert said.stdout.endswith("3 asked: 1 lost, 0 gained, 0 changed\n")
    assert "Refused" in said.stderr
    assert old.exists()
    assert not folder_of(small).exists()
    asked = run("ask", OIL)
    assert "In the cellar" in asked.stdout
    assert "the library before it serves" in asked.stderr
    said = run("reindex", "--gold", gold)
    assert said.returncode == 0
    assert "1 lost" in said.stdout
    assert "In the attic" in run("ask", OIL).stdout


def test_a_refusal_ends_when_the_content_changes_again(small: Content, gold: str) -> None:
    move_the_oil(small, "the cellar", "the attic")
    assert run("reindex", "--gold", gold, "--strict").returncode == 1
    move_the_oil(small, "the attic", "the deep cellar")
    asked = run("ask", OIL)
    assert "In the deep cellar" in asked.stdout
    assert "refused" not in asked.stderr


def test_what_is_gained_and_what_is_changed_is_shown(small: Content, gold: str) -> None:
    move_the_oil(small, "the cellar", "the attic")
    assert run("reindex").returncode == 0
    move_the_oil(small, "the attic", "the deep cellar")
    said = run("reindex", "--gold", gold, "--strict")
    assert said.returncode == 0
    assert said.stdout.endswith("3 asked: 0 lost, 1 gained, 0 changed\n")
    put("lighthouse-manual", MANUAL)
    said = run("reindex", "--gold", gold, "--strict")
    assert said.returncode == 0
    assert said.stdout.endswith("3 asked: 0 lost, 0 gained, 2 changed\n")
    assert "1 of its publications in the published wording" in said.stderr


def test_what_is_as_it_was_is_not_shown(small: Content, gold: str) -> None:
    manual = small.corpus / "lighthouse-manual.md"
    manual.write_text(manual.read_text().replace("Take a lantern", "Carry a lantern"))
    said = run("reindex", "--gold", gold, "--strict")
    assert said.stdout == "3 asked: 0 lost, 0 gained, 0 changed\n"


def test_with_no_library_from_before_there_is_nothing_to_compare(
    small: Content, tmp_path: Path
) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD[0]))
    said = run("reindex", "--gold", str(path), "--strict")
    assert said.returncode == 0
    assert "no library from before" in said.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--strict"], 2, "--gold FILE"),
        (["--gold", "no-such-file"], 1, "cannot be read"),
        (["--gold", "{gold}"], 1, "there is no intent 'oil-tank'"),
    ],
)
def test_what_cannot_be_done_is_said(
    small: Content, tmp_path: Path, arguments: list[str], status: int, words: str
) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"kind": "answer", "q": OIL, "intent": "oil-tank"}))
    said = run("reindex", *(one.format(gold=path) for one in arguments))
    assert said.returncode == status
    assert words in said.stderr
    assert "Traceback" not in said.stderr
