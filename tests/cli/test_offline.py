"""What a question may not do: reach a network, write, read content, or load the screen's
library."""

import os
import subprocess
import sys

import pytest

from tests.helpers import ROOT

WATCH = """
import sys

def watch(event, arguments):
    if event.startswith("socket."):
        raise RuntimeError(f"network: {event} {arguments}")
    if event == "open":
        path, mode, flags = arguments
        written = isinstance(mode, str) and set(mode) & set("wax+")
        if written or (isinstance(flags, int) and flags & 3):
            raise RuntimeError(f"written: {path} {mode} {flags}")
    if event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink",
    "os.truncate"):
        raise RuntimeError(f"changed: {event} {arguments}")
    if event in ("subprocess.Popen", "os.exec", "os.fork", "os.posix_spawn", "os.system"):
        raise RuntimeError(f"started: {event} {arguments}")

sys.addaudithook(watch)
import assistant.cli.main
status = assistant.cli.main.main(sys.argv[1:])
for name in ("textual", "rich", "yaml", "markdown_it"):
    if name in sys.modules:
        raise RuntimeError(f"imported: {name}")
sys.exit(status)
"""


def watched(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "ASSISTANT_DEBUG": "1"}
    command = [sys.executable, "-c", WATCH, *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["ask", "who signs off a section 44 search"], 0),
        (["ask", "--json", "can I bail him to the moon"], None),
        (["ask", "what does the sheriff of nottingham say about dragons"], 3),
        (["show", "app-international#custody-procedures/3"], 0),
    ],
)
def test_a_question_reaches_nothing_writes_nothing_and_loads_no_screen(
    library: object, arguments: list[str], status: int | None
) -> None:
    said = watched(*arguments)
    assert said.stderr == ""
    assert said.returncode in ((0, 3) if status is None else (status,))
    assert said.stdout


def test_the_watch_sees_what_it_forbids(tmp_path: object) -> None:
    """The hook above must be able to fail."""
    for line in ("import socket; socket.socket()", f"open({str(tmp_path) + '/x'!r}, 'w')"):
        code = WATCH.split("import assistant")[0] + line
        said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert "RuntimeError" in said.stderr
