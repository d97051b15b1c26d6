"""What the tests share: a home of their own, the real library compiled once, a small content to
break."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from assistant.answers.assistant import Assistant
from assistant.library.content import Content, find_content
from assistant.library.model import Library
from assistant.library.store import open_library
from tests.helpers import NOW

# How long an example takes says nothing on a machine that others use too; limits are benchmarks.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Every test works in a home that is not the developer's; processes that tests start inherit
    it."""
    home = tmp_path_factory.mktemp("home")
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("ASSISTANT_")]:
        del os.environ[name]
    os.environ["ASSISTANT_HOME"] = str(home)
    os.environ["COLUMNS"] = "80"
    # A process whose disk is full would leave halves of compiled modules beside the sources.
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    yield home
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="session")
def library(session_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library of the real content, learnt once a run by whichever worker comes first."""
    base = tmp_path_factory.getbasetemp()
    learnt = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "learnt"
    learnt.mkdir(exist_ok=True)
    kept = session_home / "library"
    kept.mkdir(exist_ok=True)
    with (learnt / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for path in learnt.glob("*.msgpack"):
            shutil.copy(path, kept)
        opened = open_library(find_content(), lambda what, done, of: None, lambda text: None)
        for path in kept.glob("*.msgpack"):
            shutil.copy(path, learnt)
    return opened


@pytest.fixture(scope="session")
def assistant(library: Library) -> Assistant:
    """An assistant over the real library, on a fixed day."""
    return Assistant(library, NOW)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the published texts and labelled questions, which a user's clone does not
    have."""
    folder = ROOT.parent / "shared"
    if not (folder / "CONTRACT.md").exists():
        pytest.skip("the published texts and labelled questions are not beside this checkout")
    return folder


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Content:
    """A small content in a folder of its own, with a home of its own: free to be broken."""
    root = tmp_path / "content"
    shutil.copytree(ROOT / "tests" / "fixtures" / "content", root)
    monkeypatch.setenv("ASSISTANT_CONTENT", str(root))
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    return Content(root)
