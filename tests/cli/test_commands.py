"""The other commands: show, where, check, reindex, help."""

import json

import pytest

from assistant import __version__
from assistant.library.content import Content
from tests.helpers import run


def test_show_prints_the_section_with_its_status_and_marks_the_passage(library: object) -> None:
    said = run("show", "app-international#custody-procedures/3")
    assert said.returncode == 0
    assert "Routine policing > Custody procedures" in said.stdout
    assert "current; 17 April 2026" in said.stdout
    assert "restatement" in said.stdout
    marked = said.stdout.split(">> the cited passage:\n")[1]
    assert marked.startswith("3. ")
    assert "**" not in said.stdout


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        ("app-international#nothing", "leads nowhere"),
        ("nonsense", "is not a citation"),
        ("\x1b[31m", "is not a citation"),
    ],
)
def test_show_of_a_citation_that_leads_nowhere(library: object, citation: str, words: str) -> None:
    said = run("show", citation)
    assert said.returncode == 1
    assert words in said.stderr
    assert said.stderr.strip().isprintable()


def test_where_prints_every_place(small: Content) -> None:
    said = run("where")
    assert said.returncode == 0
    for place in (small.corpus, small.questions, small.root.parent / "home"):
        assert str(place) in said.stdout


def test_check_of_the_real_content_finds_nothing() -> None:
    said = run("check")
    assert said.returncode == 0
    assert "5 publications" in said.stdout


FAULTS = [
    ("utterances:", "utterance:", "wrong-field"),
    ("id: oil-store", "id: wick-trimming", "duplicate-id"),
    ("the-lamp/1.2", "the-lamp/1.7", "broken-citation"),
    ("the-lamp/1.2", "the-fog-bell", "wrong-section"),
    ("see: [oil-store]", "see: [oil-tank]", "unknown-intent"),
    ("wick schedule", "wick trimming times", "duplicate-utterance"),
    ('"wick schedule", ', "", "few-utterances"),
    ("Oil is drawn from there.", "oil " * 160, "long-answer"),
    ("Oil is drawn from there.", "A sergeant draws it.", "fact-not-cited"),
    ("      response:", "      reponse:", "wrong-field"),
    ("  - id: oil-store", "  - id: [oil-store", "broken-yaml"),
]


@pytest.mark.parametrize(("before", "after", "code"), FAULTS, ids=[fault[2] for fault in FAULTS])
def test_check_names_each_fault_with_file_and_line(
    small: Content, before: str, after: str, code: str
) -> None:
    path = small.questions / "lighthouse-manual" / "the-lamp.yaml"
    text = path.read_text()
    head, _, tail = text.rpartition(before)
    path.write_text(head + after + tail)
    said = run("check", "--json")
    assert said.returncode == 1
    errors = json.loads(said.stdout)["errors"]
    assert code in [error["code"] for error in errors]
    for error in errors:
        assert error["file"] == "intents/questions/lighthouse-manual/the-lamp.yaml"
        assert 0 < error["line"] <= len(text.splitlines())
        assert error["message"].isprintable()
    lines = run("check").stdout.splitlines()
    assert lines[0].startswith(f"{errors[0]['file']}:{errors[0]['line']}: ")


def test_check_names_the_faults_of_all_files_in_one_run(small: Content) -> None:
    for name in ("the-lamp.yaml", "the-fog-bell.yaml"):
        path = small.questions / "lighthouse-manual" / name
        path.write_text(path.read_text().replace("title:", "titel:"))
    errors = json.loads(run("check", "--json").stdout)["errors"]
    assert {error["file"].rpartition("/")[2] for error in errors} == {
        "the-lamp.yaml",
        "the-fog-bell.yaml",
    }


def test_reindex_compiles_anew(small: Content) -> None:
    said = run("reindex")
    assert said.returncode == 0
    assert "3 answers" in said.stderr


def test_the_first_question_builds_with_progress_on_standard_error(small: Content) -> None:
    first, second = (run("ask", "where is the lamp oil kept") for _ in range(2))
    assert "Building the library" in first.stderr
    assert second.stderr == ""
    assert first.stdout == second.stdout


def test_version_and_help() -> None:
    assert run("--version").stdout.strip() == f"assistant {__version__}"
    said = run("--help").stdout
    for command in ("ask", "show", "check", "reindex", "where", "--plain"):
        assert command in said


@pytest.mark.parametrize("arguments", [["nonsense"], ["show"], ["ask", "--no-such-option"]])
def test_wrong_usage_is_status_2(arguments: list[str]) -> None:
    said = run(*arguments)
    assert said.returncode == 2
    assert "Traceback" not in said.stderr
