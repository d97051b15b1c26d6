"""``assistant ask`` as its users call it: the contract, exit statuses and bad input."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.library.content import Content
from tests.helpers import run

QUESTION = "who signs off a section 44 search"
FIELDS = [
    "question",
    "kind",
    "reason",
    "text",
    "intent",
    "confidence",
    "citations",
    "alternatives",
    "warnings",
    "premise",
    "walkthrough",
]
CITATION_FIELDS = [
    "document",
    "title",
    "publisher",
    "section",
    "anchor",
    "paragraph",
    "updated",
    "status",
    "text",
]


def asked(*words: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run("ask", "--json", *words).stdout)
    return answer


def test_the_main_job(library: object) -> None:
    said = run("ask", QUESTION)
    assert said.returncode == 0
    text = " ".join(said.stdout.split())
    for words in (
        "inspector",
        "in writing",
        "chief immigration officer",
        "app-international#section-44-searches",
    ):
        assert words in text
    assert "current; 17 April 2026" in text
    assert "restatement" in text
    assert said.stderr == ""


def test_json_has_the_fields_of_the_contract_in_order(library: object) -> None:
    answer = asked(QUESTION)
    assert list(answer) == FIELDS
    assert answer["question"] == QUESTION
    assert answer["kind"] == "answer"
    assert answer["reason"] is None
    first = answer["citations"][0]
    assert list(first) == CITATION_FIELDS
    assert first["section"] == [
        "Routine policing",
        "Confirming the identity of a foreign national suspect",
        "Section 44 searches",
    ]
    assert first["anchor"] == "app-international#section-44-searches"
    assert (first["updated"], first["status"]) == ("2026-04-17", "current")
    assert 0 <= answer["confidence"] <= 1
    assert len(answer["alternatives"]) <= 4
    for alternative in answer["alternatives"]:
        assert list(alternative) == ["intent", "text", "confidence", "citations"]
        assert alternative["citations"]


def test_a_refused_question_has_a_reason_and_status_3(library: object) -> None:
    said = run("ask", "--json", "what is a good recipe for onion soup")
    answer = json.loads(said.stdout)
    assert said.returncode == 3
    assert answer["kind"] == "refuse"
    assert answer["reason"] in ("not-covered", "off-topic", "not-understood")


@pytest.mark.parametrize(
    "question",
    [
        "x" * 100_000,
        "word " * 20_000,
        "\x1b[31mred\x1b[0m \x07 \x1b]0;title\x07",
        "[red]markup[/red] [1] [/x] [link=a]b[/link]",
        "кто подписывает обыск",
        "誰が署名しますか",
        "\u202e\u200b\u0000".replace("\u0000", ""),
        "?!?",
        "\udcff\udcfe",
        "a" * 1_999,
        "%s %d {} {0} \\x \\",
    ],
    ids=[
        "long word",
        "long text",
        "escapes",
        "markup",
        "russian",
        "japanese",
        "invisible",
        "marks",
        "surrogates",
        "nearly too long",
        "formats",
    ],
)
def test_any_question_gets_an_answer_or_a_refusal_in_print(library: object, question: str) -> None:
    said = run("ask", question)
    assert said.returncode in (0, 3), said.stderr
    assert said.stderr == ""
    assert all(character.isprintable() or character == "\n" for character in said.stdout)


@pytest.mark.parametrize("words", [[], [""], ["  ", "\t"]])
def test_an_empty_question_is_wrong_usage(words: list[str]) -> None:
    said = run("ask", *words)
    assert said.returncode == 2
    assert said.stdout == ""
    assert said.stderr.startswith("assistant: the question is empty")


def test_a_question_and_a_batch_at_once_is_wrong_usage() -> None:
    assert run("ask", "--batch", "x", "words").returncode == 2


def batch(tmp_path: Path, *lines: str | bytes) -> Path:
    path = tmp_path / "questions.jsonl"
    data = (line if isinstance(line, bytes) else line.encode() for line in lines)
    path.write_bytes(b"\n".join(data) + b"\n")
    return path


def test_a_batch_prints_a_line_for_each(library: object, tmp_path: Path) -> None:
    path = batch(
        tmp_path,
        json.dumps({"id": "a", "q": QUESTION, "other": 1}),
        "",
        json.dumps({"id": 2, "turns": [{"q": QUESTION}, {"q": "and what is the weather"}]}),
        json.dumps({"id": "c", "q": ""}),
    )
    said = run("ask", "--batch", str(path))
    rows = [json.loads(line) for line in said.stdout.splitlines()]
    assert said.returncode == 0
    assert [(row["id"], len(row["turns"])) for row in rows] == [("a", 1), (2, 2), ("c", 1)]
    assert rows[0]["turns"][0] == asked(QUESTION)
    assert rows[2]["turns"][0]["reason"] == "not-understood"


def test_a_batch_is_read_from_standard_input(library: object) -> None:
    said = run("ask", "--batch", "-", text_in=json.dumps({"id": 1, "q": QUESTION}) + "\n")
    assert json.loads(said.stdout)["id"] == 1


@pytest.mark.parametrize(
    "broken",
    [
        "{not json",
        "[]",
        '{"id": 1}',
        '{"id": 1, "q": 3}',
        '{"id": 1, "turns": "x"}',
        b"\xff\xfe",
        "[" * 10_000,
    ],
    ids=["cut off", "list", "no question", "number", "turns", "bytes", "deep"],
)
def test_a_broken_line_is_named_and_the_others_are_answered(
    library: object, tmp_path: Path, broken: str | bytes
) -> None:
    good = json.dumps({"id": "good", "q": QUESTION})
    said = run("ask", "--batch", str(batch(tmp_path, good, broken, good)))
    assert said.returncode == 1
    assert [json.loads(line)["id"] for line in said.stdout.splitlines()] == ["good", "good"]
    assert "line 2" in said.stderr
    assert len(said.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_cannot_be_read_is_one_clear_line(tmp_path: Path, name: str) -> None:
    said = run("ask", "--batch", str(tmp_path / name))
    assert said.returncode == 1
    assert len(said.stderr.splitlines()) == 1
    assert "cannot be read" in said.stderr


def test_faulty_content_is_told_with_file_and_line(small: Content) -> None:
    path = small.questions / "lighthouse-manual" / "the-lamp.yaml"
    path.write_text(path.read_text().replace("  - id: oil-store", "  - id: oil-store: x"))
    said = run("ask", "where is the oil")
    assert said.returncode == 1
    assert said.stdout == ""
    assert "intents/questions/lighthouse-manual/the-lamp.yaml:13: not valid YAML" in said.stderr
    assert "Traceback" not in said.stderr


def test_content_that_is_not_there_is_told(tmp_path: Path) -> None:
    said = run("ask", "x y z", environment={"ASSISTANT_CONTENT": str(tmp_path)})
    assert said.returncode == 1
    assert "has no folder corpus/" in said.stderr


def test_why_names_what_decided_on_standard_error(library: object) -> None:
    said = run("ask", "--why", QUESTION)
    assert said.returncode == 0
    assert "likelihood that the answer is right" in said.stderr
    assert "section-44-authority" in said.stderr
    assert said.stdout == run("ask", QUESTION).stdout
