"""The conversation line by line, in a real terminal and through pipes."""

import os
import signal
import sys

import pexpect
import pytest

from tests.helpers import ROOT, run

QUESTION = "who signs off a section 44 search"


def test_a_conversation_in_a_terminal(library: object) -> None:
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "assistant", "--plain"],
        cwd=str(ROOT),
        env=environment,
        encoding="utf-8",
        timeout=60,
        dimensions=(24, 80),
    )
    child.expect("You: ")
    child.sendline(QUESTION)
    child.expect("Assistant:")
    child.expect("An inspector or above, in writing")
    child.expect("Sources")
    child.expect("You: ")
    child.sendline("1")
    child.expect("Source:")
    child.expect("Section 44 searches")
    child.expect("You: ")
    child.sendline("quit")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def interrupts_as_in_a_terminal() -> None:
    """Whoever runs the tests in the background may have interrupts ignored; a terminal has not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_an_interrupt_ends_it_without_a_traceback(library: object) -> None:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "assistant", "--plain"],
        cwd=str(ROOT),
        encoding="utf-8",
        timeout=60,
        preexec_fn=interrupts_as_in_a_terminal,
    )
    child.expect("You: ")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert "Traceback" not in (child.before or "")
    assert child.exitstatus == 130


def test_pipes_get_the_line_mode_without_asking_for_it(library: object) -> None:
    said = run(text_in=f"{QUESTION}\nhelp\n1\n99\n\n")
    assert said.returncode == 0
    assert said.stderr == ""
    for words in ("Assistant:", "Source:", "There is no number 99", "Type a question"):
        assert words in said.stdout


@pytest.mark.parametrize("typed", ["\x1b[2J\x1b[31m", "[red]", "x" * 100_000])
def test_nothing_typed_reaches_the_terminal_raw(library: object, typed: str) -> None:
    said = run("--plain", text_in=typed + "\n")
    assert said.returncode == 0
    assert all(character.isprintable() or character == "\n" for character in said.stdout)


def test_a_dialogue_is_walked_in_the_conversation_and_left_for_it(library: object) -> None:
    said = run(
        "--plain",
        text_in="walk\nwalk pace-clock\n3\n\n/walk wanna search his flat for a passport\nleave\n"
        "who signs off a section 44 search\nquit\n",
    )
    assert said.returncode == 0
    assert "Custody checks on a foreign national" in said.stdout
    assert "Outcome: PACE does not apply in Scotland" in said.stdout
    assert "inspector or above" in said.stdout
    assert "To walk it step by step: assistant walk section-44-search" in said.stdout
