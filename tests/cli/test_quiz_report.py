"""``assistant quiz report``: one attempt and many, as text, CSV and HTML."""

import csv
import io
import shutil
from pathlib import Path

import pytest

from assistant.library.content import Content
from tests.helpers import ROOT, run

FIXTURES = ROOT / "tests" / "fixtures" / "quiz"


@pytest.fixture
def taken(small: Content, tmp_path: Path) -> str:
    """Results of two candidates at the same paper."""
    shutil.copytree(FIXTURES / "bank", small.quiz)
    place = str(tmp_path / "results.sqlite3")
    for code, interval, loft in (("K-1", 1, "true"), ("K-2", "Every four hours", "false")):
        path = tmp_path / f"{code}.yaml"
        path.write_text(
            f"oil-from-loft: {loft}\ntrim-wick-interval: {interval}\nwick-times: [At dawn]\n"
        )
        said = run(
            "quiz", "run", "--answers", str(path), "--candidate", code, "--mode", "assessed",
            "--pass-mark", "60", "--database", place,
        )  # fmt: skip
        assert said.returncode == 0, said.stderr
    return place


def reported(place: str, *arguments: str) -> str:
    said = run("quiz", "report", *arguments, "--database", place)
    assert said.returncode == 0, said.stderr
    return said.stdout


def test_the_newest_attempt_is_reported_with_what_to_read(taken: str) -> None:
    text = reported(taken)
    assert text.startswith("Attempt 2 (assessed, candidate K-2)")
    assert "Score: 66.6 % (2 of 3); pass mark 60 %; passed." in text
    assert "read:  lighthouse-manual#the-lamp/1.1" in text
    assert "candidate K-1" in reported(taken, "--candidate", "K-1")
    assert reported(taken, "1") == reported(taken, "--candidate", "K-1")


def test_one_attempt_as_csv_and_html(taken: str, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(reported(taken, "2", "--format", "csv"))))
    assert [row["share"] for row in rows] == ["1.0", "1.0", "0.0"]
    page = tmp_path / "page.html"
    assert reported(taken, "2", "--format", "html", "--out", str(page)) == ""
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_many_attempts_are_reported_by_topic_and_item(taken: str) -> None:
    text = reported(taken, "--class")
    assert text.startswith("2 attempts, 2 ended, by 2 candidate codes; 1 passed, 1 not passed")
    items = list(csv.DictReader(io.StringIO(reported(taken, "--class", "--format", "csv"))))
    assert {row["item"] for row in items} == {"oil-from-loft", "trim-wick-interval", "wick-times"}
    topics = reported(taken, "--class", "--format", "csv", "--topics")
    assert [row["topic"] for row in csv.DictReader(io.StringIO(topics))] == ["The lamp"]
    assert "<svg" in reported(taken, "--class", "--format", "html")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["99"], 1, "hold no attempt 99"),
        (["--candidate", "K-3"], 2, "hold no attempt of K-3"),
        (["1", "--candidate", "K-2"], 2, "attempt 1 is not one of K-2"),
        (["1", "--class"], 2, "--class is about all attempts"),
        (["--topics"], 2, "--topics says which rows"),
        (["x"], 2, "invalid int value"),
    ],
)
def test_a_report_that_cannot_be_made_is_told(
    taken: str, arguments: list[str], status: int, words: str
) -> None:
    said = run("quiz", "report", *arguments, "--database", taken)
    assert (said.returncode, said.stdout) == (status, "")
    assert words in said.stderr
