"""``assistant import``: drafts, acceptance, the report, and what is refused."""

import json
from pathlib import Path

import pytest

from assistant.guidance.published import read_published
from assistant.library.content import Content
from tests.helpers import run

MANUAL = """Keeping a lighthouse

Published 2 January 2020

1 The lamp

1.1 Trim the wick.

1.2 Draw the oil.

Steps at dusk

1. Climb.

2. Light.

The fog bell

Ring it.
"""


@pytest.fixture
def home(small: Content) -> Path:
    return small.root.parent / "home"


def written(home: Path, name: str, text: str) -> str:
    path = home.parent / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def names(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "published").iterdir())


def test_a_whole_text_is_accepted_at_once(home: Path) -> None:
    said = run("import", written(home, "manual.txt", MANUAL))
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("lighthouse-manual: accepted (")
    assert "recognised by: its title" in said.stdout
    assert names(home) == ["lighthouse-manual.md"]
    (publication,) = read_published(home / "published").publications
    assert [s.heading for s in publication.sections] == [
        "Keeping a lighthouse", "1 The lamp", "Steps at dusk", "The fog bell",
    ]  # fmt: skip


def test_a_text_that_lacks_a_heading_is_a_draft_until_it_is_accepted(home: Path) -> None:
    path = written(home, "manual.txt", MANUAL.replace("The fog bell\n\n", ""))
    said = run("import", path)
    assert said.returncode == 0
    assert "lighthouse-manual: draft (" in said.stdout
    assert "headings missing: The fog bell" in said.stdout
    assert "not accepted: 1 of 3 headings were not found" in said.stdout
    assert names(home) == ["lighthouse-manual.draft.md"]
    assert read_published(home / "published").publications == ()
    assert run("import", "--accept", "lighthouse-manual").returncode == 0
    assert names(home) == ["lighthouse-manual.md"]


def test_a_draft_stands_beside_the_accepted_edition(home: Path) -> None:
    run("import", written(home, "manual.txt", MANUAL))
    before = (home / "published" / "lighthouse-manual.md").read_bytes()
    run("import", written(home, "new.txt", MANUAL.replace("1.2 Draw the oil.\n", "")))
    assert names(home) == ["lighthouse-manual.draft.md", "lighthouse-manual.md"]
    assert (home / "published" / "lighthouse-manual.md").read_bytes() == before


def test_yes_accepts_at_once(home: Path) -> None:
    path = written(home, "manual.txt", MANUAL.replace("The fog bell\n\n", ""))
    assert "accepted" in run("import", path, "--yes").stdout
    assert names(home) == ["lighthouse-manual.md"]


def test_a_new_publication_is_a_draft_that_asks_for_what_only_a_person_knows(home: Path) -> None:
    path = written(
        home, "buoys.txt", "Laying buoys\n\nThe buoy\n\nLay it.\n\nThe chain\n\nMend it.\n"
    )
    refused = run("import", path)
    assert refused.returncode == 1
    assert "--as ID" in refused.stderr
    said = run("import", path, "--as", "laying-buoys")
    assert "the publication is new" in said.stdout
    assert names(home) == ["laying-buoys.draft.md"]
    faulty = run("import", "--accept", "laying-buoys")
    assert faulty.returncode == 1
    assert "missing required field `publisher`" in faulty.stderr
    draft = home / "published" / "laying-buoys.draft.md"
    filled = "publisher: Board\nkind: manual\napplies_to: all\npublished: 2020-01-02\nlicence:"
    draft.write_text(draft.read_text().replace("licence:", filled, 1))
    assert run("import", "--accept", "laying-buoys").returncode == 0
    (publication,) = read_published(home / "published").publications
    assert [s.anchor for s in publication.sections] == ["preface", "the-buoy", "the-chain"]
    again = run("import", path)
    assert "recognised by: its title" in again.stdout


def test_the_report_as_json_and_the_files_that_were_refused(home: Path) -> None:
    folder = home.parent / "in"
    folder.mkdir()
    (folder / "manual.txt").write_text(
        "Contents\nThe lamp ... 1\nSteps at dusk ... 2\nThe fog bell ... 3\n\n" + MANUAL
    )
    (folder / "junk.pdf").write_bytes(b"%PDF-1.4\n\0\0")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    said = run("import", str(folder), "--json")
    assert said.returncode == 1
    found = json.loads(said.stdout)
    (report,) = found["imported"]
    assert report["id"] == "lighthouse-manual"
    assert report["published"] == "2020-01-02"
    assert report["furniture"] == {
        "Contents": 1, "The lamp ... 1": 1, "Steps at dusk ... 2": 1, "The fog bell ... 3": 1,
    }  # fmt: skip
    assert (report["numbered_paragraphs"], report["steps"], report["state"]) == (2, 2, "accepted")
    assert report["words"]["words_in"] == report["words"]["words_out"]
    assert [refused["file"] for refused in found["refused"]] == [str(folder / "junk.pdf")]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        ([], 2, "name the files"),
        (["--accept", "x", "y"], 2, "no files"),
        (["--accept", "../x"], 1, "an id is made of"),
        (["--accept", "x"], 1, "there is no draft of x"),
        (["no-such-file.txt"], 1, "cannot be read"),
        (["a", "b", "--as", "x"], 2, "one file"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    home: Path, arguments: list[str], status: int, words: str
) -> None:
    said = run("import", *arguments)
    assert said.returncode == status
    assert words in said.stderr
    assert len(said.stderr.strip().splitlines()) == 1
    assert not (home / "published").exists()


def test_where_prints_the_folder_of_the_published_texts(home: Path) -> None:
    assert str(home / "published") in run("where").stdout


def test_a_draft_is_left_to_be_compared_before_it_is_shown(home: Path) -> None:
    run("import", written(home, "manual.txt", MANUAL))
    new = written(home, "new.txt", MANUAL.replace("Draw the oil.", "Draw 3 pints of oil."))
    said = run("import", new, "--draft")
    assert "lighthouse-manual: draft (" in said.stdout
    assert names(home) == ["lighthouse-manual.draft.md", "lighthouse-manual.md"]
    assert "Draw the oil." in run("show", "lighthouse-manual#the-lamp/1.2").stdout
    found = json.loads(run("impact", "lighthouse-manual", "--json").stdout)
    assert "oil-store" in {one["id"] for one in found["dependants"]}
    assert run("import", "--accept", "lighthouse-manual").returncode == 0
    assert "Draw 3 pints of oil." in run("show", "lighthouse-manual#the-lamp/1.2").stdout
    assert run("import", new, "--draft", "--yes").returncode == 2
