"""Published texts read from the user's folder: accepted ones, and the faults of the others."""

from pathlib import Path

import pytest

from assistant.errors import ContentError
from assistant.guidance.published import read_published, read_published_text
from tests.helpers import ROOT

MANUAL = (ROOT / "tests" / "fixtures" / "importing" / "manual.md").read_text(encoding="utf-8")
RESTATED = ROOT / "tests" / "fixtures" / "content" / "corpus" / "lighthouse-manual.md"


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert read_published(tmp_path / "none") == ((), ())


def test_drafts_are_passed_over_and_faults_are_named(tmp_path: Path) -> None:
    (tmp_path / "lighthouse-manual.md").write_text(MANUAL, encoding="utf-8")
    (tmp_path / "lighthouse-manual.draft.md").write_text("not read")
    (tmp_path / "broken.md").write_text("# No front matter\n")
    found = read_published(tmp_path)
    assert [publication.id for publication in found.publications] == ["lighthouse-manual"]
    assert [(p.code, p.file.name) for p in found.problems] == [("no-front-matter", "broken.md")]


def test_a_restatement_is_no_published_text(tmp_path: Path) -> None:
    path = tmp_path / RESTATED.name
    path.write_bytes(RESTATED.read_bytes())
    with pytest.raises(ContentError, match="this is a restatement"):
        read_published_text(path)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("ab" * 32, "ab" * 31, "`edition` must give a SHA-256"),
        ("kind: manual", "kind: manual\nrestates: " + "ab" * 32, "restates nothing"),
        ("id: lighthouse-manual", "id: other", "differs from the file"),
        ("  imported: 2026-11-22\n", "", "imported"),
    ],
)
def test_front_matter_with_a_fault_is_refused(
    tmp_path: Path, before: str, after: str, words: str
) -> None:
    path = tmp_path / "lighthouse-manual.md"
    path.write_text(MANUAL.replace(before, after), encoding="utf-8")
    with pytest.raises(ContentError, match=words):
        read_published_text(path)
