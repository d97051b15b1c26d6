"""A reindex and an import killed at random moments, with readers asking all the while; a full disk;
a folder that cannot be written; a library that is the same wherever it is compiled."""

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.library.content import Content
from assistant.library.home import libraries
from assistant.library.loading import load
from assistant.library.store import folder_of
from tests.helpers import ROOT, run
from tests.library.published import MANUAL, put

MOMENTS = 100
OIL = "where is the lamp oil kept"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.parametrize("what", ["reindex", "import"])
def test_killed_at_any_moment_readers_are_served_one_whole_library(
    small: Content, what: str
) -> None:
    command = [sys.executable, "-m", "tests.library.killing", what, str(MOMENTS), "7"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert said.returncode == 0, said.stderr
    found = json.loads(said.stdout)
    assert found["faults"] == []
    assert found["unsound"] == []
    assert found["never_written"] == []
    assert found["killed"] > MOMENTS / 4, "the kills came too late to tell"
    assert min(found["asked"]) > 10
    assert found["seen"] > 3
    assert found["last"] == f"mark{MOMENTS + 1}"


def limited(size: int) -> Callable[[], None]:
    """What lets a process write no file longer than ``size`` bytes: to it the disk is full."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def with_full_disk(*arguments: str, size: int = 1000) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=limited(size),
    )


@pytest.mark.parametrize("size", [0, 1_000, 5_000])
def test_on_a_full_disk_the_old_library_serves_and_one_line_says_so(
    small: Content, size: int
) -> None:
    assert run("reindex").returncode == 0
    old = folder_of(small)
    before = {path: path.read_bytes() for path in old.rglob("*") if path.is_file()}
    manual = small.corpus / "lighthouse-manual.md"
    text = manual.read_text()
    manual.write_text(text.replace("the cellar", "the attic"))
    said = with_full_disk("reindex", size=size)
    assert said.returncode == 1
    assert "cannot be kept" in said.stderr
    assert "the one that is there serves on" in said.stderr
    assert "Traceback" not in said.stderr
    assert {path: path.read_bytes() for path in old.rglob("*") if path.is_file()} == before
    assert [path.name for path in libraries().iterdir() if path.name.startswith(".")] == []
    asked = with_full_disk("ask", OIL, size=size)
    assert asked.returncode == 0
    assert "In the cellar" in asked.stdout
    assert "from memory" in asked.stderr
    manual.write_text(text)
    assert "In the cellar" in with_full_disk("ask", OIL, size=size).stdout


def test_on_a_full_disk_an_import_leaves_the_accepted_edition(
    small: Content, tmp_path: Path
) -> None:
    path = put("lighthouse-manual", MANUAL)
    source = tmp_path / "manual.txt"
    source.write_text("Keeping a lighthouse\n\n1 The lamp\n\n" + "Trim the wick.\n\n" * 100)
    said = with_full_disk("import", str(source), "--yes")
    assert said.returncode == 1
    assert "cannot be written" in said.stderr
    assert path.read_text() == MANUAL
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser writes into read-only folders")
def test_in_a_read_only_folder_the_old_library_serves(small: Content) -> None:
    assert run("reindex").returncode == 0
    old = folder_of(small)
    libraries().chmod(0o500)
    try:
        manual = small.corpus / "lighthouse-manual.md"
        manual.write_text(manual.read_text().replace("the cellar", "the attic"))
        said = run("reindex")
        assert said.returncode == 1
        assert "the one that is there serves on" in said.stderr
        assert "from memory" in run("ask", OIL).stderr
        assert load(old).intents
    finally:
        libraries().chmod(0o700)


def test_the_library_is_the_same_to_the_byte_elsewhere_and_later(
    small: Content, tmp_path: Path
) -> None:
    put("lighthouse-manual", MANUAL)
    found = []
    for seed, name in (("1", "one"), ("2", "another/place")):
        root = tmp_path / name
        shutil.copytree(small.root, root / "content")
        shutil.copytree(tmp_path / "home" / "published", root / "home" / "published")
        for path in sorted((root / "content").rglob("*")):
            os.utime(path, (int(seed) * 10**8, int(seed) * 10**8))
        places = {
            "ASSISTANT_CONTENT": str(root / "content"),
            "ASSISTANT_HOME": str(root / "home"),
            "PYTHONHASHSEED": seed,
        }
        assert run("reindex", environment=places).returncode == 0
        [folder] = [path for path in (root / "home" / "library").iterdir() if path.is_dir()]
        files = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.*")}
        found.append((folder.name, files))
    assert found[0] == found[1]
    assert any(name.endswith(".seg") for name in found[0][1])


def test_what_did_not_change_is_taken_over(small: Content) -> None:
    put("lighthouse-manual", MANUAL)
    put("laying-buoys", MANUAL.replace("id: lighthouse-manual", "id: laying-buoys"))
    assert run("reindex").returncode == 0
    before = {path.name: path for path in (folder_of(small) / "index").glob("*.seg")}
    put("laying-buoys", MANUAL.replace("id: lighthouse-manual", "id: laying-buoys") + "\nMore.\n")
    said = run("reindex")
    assert said.returncode == 0
    after = {path.name for path in (folder_of(small) / "index").glob("*.seg")}
    assert len(before) == len(after) == 2
    assert len(before.keys() & after) == 1
