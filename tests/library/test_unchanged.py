"""A question finds its library without hashing the content, and never an old one."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.library import learning_code, store, unchanged
from assistant.library.content import Content
from assistant.library.home import libraries, published
from tests.library.test_store import Watch, answer

LAMP = Path("lighthouse-manual") / "the-lamp.yaml"


@pytest.fixture
def seen(small: Content, monkeypatch: pytest.MonkeyPatch) -> Content:
    """Content whose library has been found once, as if its files were old."""
    monkeypatch.setattr(unchanged, "SETTLED_SECONDS", -1)
    Watch().open(small)
    Watch().open(small)
    assert (libraries() / unchanged.SEEN).exists()
    return small


def changed(path: Path, old: bytes, new: bytes) -> None:
    """Replace ``old`` in a file that then looks a day younger."""
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))
    later = path.stat().st_mtime + 86_400
    os.utime(path, (later, later))


def same_size(content: Content) -> None:
    changed(content.questions / LAMP, b"In the cellar", b"In the pantry")


def longer(content: Content) -> None:
    changed(content.questions / LAMP, b"In the cellar", b"In the old pantry")


def another_file(content: Content) -> None:
    (content.questions / LAMP).rename(content.questions / LAMP.with_name("lamps.yaml"))


def a_file_more(content: Content) -> None:
    published().mkdir()
    (published() / "lighthouse-manual.md").write_text("not a publication\n")


def test_content_that_looks_as_before_is_not_hashed(
    seen: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hashed(*_: object) -> str:
        raise AssertionError("the content was hashed")

    monkeypatch.setattr(Content, "digest", hashed)
    assert "In the cellar" in answer(Watch().open(seen))


@pytest.mark.parametrize("change", [same_size, longer, another_file, a_file_more])
def test_any_change_is_seen(seen: Content, change: Callable[[Content], None]) -> None:
    old = store.folder_of(seen)
    change(seen)
    watch = Watch()
    text = answer(watch.open(seen))
    assert watch.steps > 0
    assert store.folder_of(seen) != old
    assert ("In the cellar" in text) == (change in (another_file, a_file_more))


def test_another_version_of_the_program_looks_for_its_own_library(
    seen: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "__version__", "99")
    watch = Watch()
    watch.open(seen)
    assert watch.steps > 0


def test_other_code_that_learns_makes_another_library(
    seen: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.folder_of(seen)
    code = tmp_path / "matching"
    shutil.copytree(learning_code.MATCHING, code)
    monkeypatch.setattr(learning_code, "MATCHING", code)
    assert store.folder_of(seen) == before
    (code / "training" / "linear.py").write_text("RATES = (1.0,)\n")
    assert store.folder_of(seen) != before
    watch = Watch()
    watch.open(seen)
    assert watch.steps > 0


def test_a_library_that_is_gone_is_built_again(seen: Content) -> None:
    store.folder_of(seen).rename(libraries() / "elsewhere")
    watch = Watch()
    assert "In the cellar" in answer(watch.open(seen))
    assert watch.steps > 0


@pytest.mark.parametrize("kept", [b"", b"\xff\xfe", b"no-library\nnothing", b"\n"])
def test_a_damaged_note_of_what_was_seen_costs_nothing_but_time(seen: Content, kept: bytes) -> None:
    (libraries() / unchanged.SEEN).write_bytes(kept)
    watch = Watch()
    assert "In the cellar" in answer(watch.open(seen))
    assert watch.steps == 0
    assert (libraries() / unchanged.SEEN).read_bytes() != kept


def test_files_that_changed_a_moment_ago_are_not_trusted(small: Content) -> None:
    later = (small.questions / LAMP).stat().st_mtime + 86_400
    os.utime(small.questions / LAMP, (later, later))
    Watch().open(small)
    Watch().open(small)
    assert not (libraries() / unchanged.SEEN).exists()
