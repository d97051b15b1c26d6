"""Facts held against the published wording."""

import json
from pathlib import Path

import pytest

from assistant.guidance.corpus import read_corpus
from assistant.guidance.published import read_published
from assistant.library.content import Content, find_content
from assistant.library.read import CheckedContent
from assistant.upkeep.importing.drafts import import_files
from assistant.upkeep.importing.sources import files_of
from assistant.upkeep.published_facts import problems_with_published
from tests.helpers import ROOT, TODAY, run
from tests.library.published import MANUAL, put

LAMP = "intents/questions/lighthouse-manual/the-lamp.yaml"
BELL = "intents/questions/lighthouse-manual/the-fog-bell.yaml"
CORPUS = "corpus/lighthouse-manual.md"


def found(small: Content) -> list[tuple[str, str, str]]:
    said = json.loads(run("check", "--json").stdout)
    return [(one["code"], one["file"], one["message"]) for one in said["errors"]]


def test_without_published_texts_nothing_is_held_against_them(small: Content) -> None:
    assert found(small) == []
    assert "published text" not in run("check").stdout


def test_what_the_published_text_bears_out_is_no_fault(small: Content) -> None:
    put("lighthouse-manual", MANUAL)
    assert found(small) == []
    assert "held against 1 published text" in run("check").stdout


def test_a_fact_that_only_the_restatement_has_is_named_with_file_and_line(small: Content) -> None:
    put("lighthouse-manual", MANUAL.replace("every four hours", "every six hours"))
    said = run("check", "--json")
    assert said.returncode == 1
    errors = json.loads(said.stdout)["errors"]
    assert {(one["code"], one["file"]) for one in errors} == {
        ("fact-not-published", LAMP),
        ("fact-not-published", CORPUS),
    }
    assert all("four hours" in one["message"].lower() for one in errors)
    lines = (small.root / CORPUS).read_text().splitlines()
    passage = next(one for one in errors if one["file"] == CORPUS)
    assert lines[passage["line"] - 1].startswith("1.1 ")
    lines = (small.root / LAMP).read_text().splitlines()
    answer = next(one for one in errors if one["file"] == LAMP)
    assert lines[answer["line"] - 1].strip().startswith("answer:")


def test_a_place_that_the_published_edition_lacks_is_named(small: Content) -> None:
    put("lighthouse-manual", MANUAL.replace("## The fog bell", "## The fog horn"))
    assert ("not-published", BELL) in [(code, file) for code, file, _ in found(small)]


def test_a_written_reason_settles_a_fact_and_an_idle_one_is_a_fault(small: Content) -> None:
    put("lighthouse-manual", MANUAL.replace("every four hours", "every six hours"))
    reason = "  - {{of: '{}', fact: \"{}\", why: The table on the cover says so.}}\n"
    of = ["passage:lighthouse-manual#the-lamp/1.1", "intent:wick-trimming"]
    facts = [message.split("'")[1] for _, _, message in found(small)]
    path = small.root / "intents" / "elsewhere.yaml"
    written = "".join(map(reason.format, of, facts))
    path.write_text(f"reasons:\n{written}")
    assert found(small) == []
    path.write_text(path.read_text() + reason.format("item:none", "36"))
    assert [(code, file) for code, file, _ in found(small)] == [
        ("idle-reason", "intents/elsewhere.yaml")
    ]


@pytest.fixture(scope="module")
def sources(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    restated = read_corpus(ROOT / "corpus").publications
    import_files(files_of([shared / "sources"]), folder, restated, TODAY)
    return folder


def test_the_real_content_holds_against_the_published_texts(
    sources: Path, content: CheckedContent
) -> None:
    published = read_published(sources).publications
    assert len(published) == 5
    assert problems_with_published(find_content(), content, published) == []


@pytest.mark.parametrize(
    ("name", "before", "after", "dependant"),
    [
        ("app-international", "from an inspector or above", "from a sergeant or above",
         "section-44"),
        ("npcc-information-sharing", "6.1 ", "6.9 ", "what-information-to-share/6.1"),
        ("ie-partnership-working", "24 hour", "36 hour", "24"),
    ],
)  # fmt: skip
def test_a_changed_fact_of_the_published_text_is_found(
    sources: Path, content: CheckedContent, tmp_path: Path, name: str, before: str, after: str,
    dependant: str,
) -> None:  # fmt: skip
    text = (sources / f"{name}.md").read_text(encoding="utf-8")
    assert before in text
    (tmp_path / f"{name}.md").write_text(text.replace(before, after), encoding="utf-8")
    published = read_published(tmp_path).publications
    said = [str(one) for one in problems_with_published(find_content(), content, published)]
    assert any(dependant in one for one in said), said
