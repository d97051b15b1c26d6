"""Libraries on disk: built once, rebuilt when they must be, never half there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.answers.assistant import Assistant
from assistant.answers.transcript import Transcript
from assistant.errors import ContentError
from assistant.library.content import Content
from assistant.library.home import libraries
from assistant.library.model import Library
from assistant.library.store import folder_of, open_library, rebuild_library
from tests.helpers import NOW, ROOT, run


class Watch:
    """Opens libraries and keeps what was said and whether anything was compiled."""

    def __init__(self) -> None:
        self.steps = 0
        self.notes: list[str] = []

    def step(self, what: str, done: int, of: int) -> None:
        assert 0 < done <= of
        self.steps += 1

    def open(self, content: Content) -> Library:
        return open_library(content, self.step, self.notes.append)


def answer(library: Library) -> str:
    return Assistant(library, NOW).ask("where is the lamp oil kept", Transcript()).text


def kept() -> list[Path]:
    """The compiled libraries, without the trained matchers beside them."""
    return [path for path in libraries().iterdir() if path.is_dir()]


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_first_question_builds_and_the_next_one_only_reads(small: Content) -> None:
    first, second = Watch(), Watch()
    text = answer(first.open(small))
    before = [files(folder) for folder in kept()]
    assert answer(second.open(small)) == text
    assert "In the cellar" in text
    assert first.steps > 0
    assert second.steps == 0
    assert first.notes == second.notes == []
    assert [files(folder) for folder in kept()] == before


def test_a_passage_answers_where_no_intent_does(small: Content) -> None:
    assistant = Assistant(Watch().open(small), NOW)
    said = assistant.ask("climb the stair, take a lantern along?", Transcript())
    assert said.citations[0].anchor == "lighthouse-manual#steps-at-dusk"
    assert said.citations[0].paragraph == "1"
    assert said.intent is None
    assert said.text.startswith("Climb the stair.")
    assert "No written answer fits" in said.warnings[0]


def test_changed_content_is_compiled_again(small: Content) -> None:
    Watch().open(small)
    path = small.questions / "lighthouse-manual" / "the-lamp.yaml"
    path.write_text(path.read_text().replace("In the cellar.", "In the loft."))
    watch = Watch()
    assert "In the loft" in answer(watch.open(small))
    assert watch.steps > 0


def test_only_the_newest_libraries_are_kept(small: Content) -> None:
    path = small.corpus / "lighthouse-manual.md"
    for number in range(6):
        path.write_text(path.read_text() + f"\nLine {number}.\n")
        Watch().open(small)
    assert len(kept()) == 3


@pytest.mark.parametrize("share", [0, 0.5, 0.99])
def test_a_library_cut_off_anywhere_is_built_again(small: Content, share: float) -> None:
    text = answer(Watch().open(small))
    folder = folder_of(small)
    for number in range(len(files(folder))):
        name, data = sorted(files(folder).items())[number]  # Whoosh names its files anew each time
        (folder / name).write_bytes(data[: int(len(data) * share)])
        watch = Watch()
        assert answer(watch.open(small)) == text
        assert watch.steps > 0, name
        assert "damaged" in watch.notes[0]


def test_a_library_with_a_file_missing_or_changed_is_built_again(small: Content) -> None:
    text = answer(Watch().open(small))
    folder = folder_of(small)
    for name in files(folder):
        path = folder / name
        if not path.exists():
            continue  # Whoosh names its files anew each time
        path.unlink()
        assert answer(Watch().open(small)) == text
    path = folder / "library.msgpack"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    assert answer(Watch().open(small)) == text


@pytest.mark.parametrize("place", ["file", "missing"])
def test_where_nothing_can_be_written_the_answer_comes_from_memory(
    small: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    if place == "file":
        (tmp_path / "occupied").write_text("not a folder")
        home = tmp_path / "occupied" / "home"
    else:
        home = Path("/proc/nowhere/home")
    monkeypatch.setenv("ASSISTANT_HOME", str(home))
    watch = Watch()
    assert "In the cellar" in answer(watch.open(small))
    assert "from memory" in watch.notes[0]
    assert not home.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser writes into read-only folders")
def test_a_read_only_home_is_answered_from_memory(small: Content) -> None:
    libraries().mkdir(parents=True)
    libraries().chmod(0o500)
    watch = Watch()
    assert "In the cellar" in answer(watch.open(small))
    assert "from memory" in watch.notes[0]


def test_a_changed_publication_needs_no_new_training(small: Content) -> None:
    Watch().open(small)
    (trained,) = libraries().glob("questions-*.msgpack")
    before = trained.stat().st_mtime_ns
    manual = small.corpus / "lighthouse-manual.md"
    manual.write_text(manual.read_text().replace("in fog, twice", "in thick fog, twice"))
    Watch().open(small)
    assert [path.stat().st_mtime_ns for path in libraries().glob("questions-*.msgpack")] == [before]


def test_a_damaged_matcher_is_trained_again(small: Content) -> None:
    text = answer(Watch().open(small))
    (trained,) = libraries().glob("questions-*.msgpack")
    whole = trained.read_bytes()
    trained.write_bytes(whole[:-10])
    shutil.rmtree(folder_of(small))
    assert answer(Watch().open(small)) == text
    assert trained.read_bytes() == whole


def test_without_numpy_changed_intents_are_told_what_to_do(small: Content) -> None:
    code = """
import sys
sys.modules["numpy"] = None
import assistant.cli.main
sys.exit(assistant.cli.main.main(["ask", "where is the oil"]))
"""
    command = [sys.executable, "-c", code]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert said.returncode == 1
    assert "pip install 'guidance-assistant[maintain]'" in said.stderr
    assert "Traceback" not in said.stderr


def test_faulty_content_is_told_and_leaves_what_is_stored(small: Content) -> None:
    Watch().open(small)
    before = files(libraries())
    path = small.questions / "lighthouse-manual" / "the-lamp.yaml"
    path.write_text(path.read_text().replace("citations: [lighthouse-manual#the-lamp/1.2]", ""))
    with pytest.raises(ContentError, match=r"the-lamp.yaml:\d+: .*citations"):
        Watch().open(small)
    assert files(libraries()) == before


def test_two_first_runs_at_once_both_answer(small: Content, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "assistant", "ask", "where is the lamp oil kept"]
    runs = [
        subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    said = [process.communicate(timeout=120) for process in runs]
    assert [process.returncode for process in runs] == [0] * 4
    assert len({out for out, _ in said}) == 1
    assert [path.name for path in kept()] == [folder_of(small).name]


def test_what_killed_runs_left_behind_is_removed(small: Content) -> None:
    libraries().mkdir(parents=True)
    old, fresh = libraries() / ".new-old", libraries() / ".new-fresh"
    for folder in (old, fresh):
        folder.mkdir()
    os.utime(old, (0, 0))
    Watch().open(small)
    assert not old.exists()
    assert fresh.exists()


def test_rebuilding_replaces_a_sound_library(small: Content) -> None:
    Watch().open(small)
    mark = folder_of(small) / "mark"
    mark.touch()
    assert "In the cellar" in answer(rebuild_library(small, Watch().step, print))
    assert not mark.exists()


def test_the_installed_wheel_answers_with_the_checkout_out_of_reach(tmp_path: Path) -> None:
    """The wheel is built and unpacked; the interpreter sees it and the installed libraries, not the
    checkout."""
    source = tmp_path / "source"
    ignored = shutil.ignore_patterns(".*", "__pycache__")
    shutil.copytree(ROOT, source, ignore=ignored)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=source, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    unpacked = tmp_path / "unpacked"
    shutil.unpack_archive(wheel, unpacked, "zip")
    shutil.rmtree(source)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    question = "who signs off a section 44 search"
    code = f"""
import sys
sys.path.insert(0, {str(unpacked)!r})
import assistant.cli.main
assert assistant.cli.main.__file__.startswith({str(unpacked)!r})
sys.exit(assistant.cli.main.main(["ask", "--json", {question!r}]))
"""
    environment = {k: v for k, v in os.environ.items() if k != "ASSISTANT_CONTENT"}
    installed = subprocess.run(
        [sys.executable, "-c", code], cwd=elsewhere, env=environment, capture_output=True, text=True
    )
    assert installed.returncode == 0, installed.stderr
    assert installed.stdout == run("ask", "--json", question).stdout
