"""The screen in a real terminal: how it leaves it, and what it sends to it."""

import os
import re
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager

import pexpect
import pytest

from tests.helpers import ROOT

QUESTION = "who signs off a section 44 search"
WELCOME = "Ask a question"
ALTERNATE, CURSOR, MOUSE, PASTE = "?1049", "?25", "?1000", "?2004"
COLOURS = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")
_CONTROLS = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07|\x1b.")


def without_size() -> dict[str, str]:
    """The environment, in which the terminal alone says how large it is."""
    return {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}


class Terminal:
    """``assistant`` in a terminal of its own, with all that it has sent."""

    def __init__(self, *arguments: str, size: tuple[int, int], **environment: str) -> None:
        self.sent = ""
        self.process = pexpect.spawn(
            sys.executable,
            ["-m", "assistant", *arguments],
            cwd=str(ROOT),
            env={**without_size(), "TERM": "xterm-256color", **environment},
            encoding="utf-8",
            codec_errors="replace",
            dimensions=(size[1], size[0]),
            timeout=60,
        )
        self.process.delaybeforesend = None
        self.before = termios.tcgetattr(self.process.child_fd)

    def expect(self, words: str) -> None:
        """Wait until ``words`` have been sent."""
        self.process.expect(words)
        self._keep()

    def _keep(self) -> None:
        after = self.process.after
        self.sent += (self.process.before or "") + (after if isinstance(after, str) else "")

    def end(self) -> int | None:
        """Wait for the end; the exit status."""
        self.process.expect(pexpect.EOF)
        self._keep()
        self.process.close()
        return self.process.exitstatus

    def text(self) -> str:
        """What was sent, without what moves and colours it."""
        return re.sub(r"\s+", " ", _CONTROLS.sub(" ", self.sent))


@contextmanager
def terminal(
    *arguments: str, size: tuple[int, int] = (80, 24), **environment: str
) -> Iterator[Terminal]:
    """A terminal, taken away at the end."""
    one = Terminal(*arguments, size=size, **environment)
    try:
        yield one
    finally:
        one.process.close(force=True)


def left_as_found(sent: str) -> bool:
    """Whether the last word on every mode that was changed takes it back."""
    last = {mode: sent.rfind(f"\x1b[{mode}h") - sent.rfind(f"\x1b[{mode}l") for mode in MODES}
    return all((last[mode] > 0) == (mode == CURSOR) for mode in MODES)


MODES = (ALTERNATE, CURSOR, MOUSE, PASTE)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=["TERM", "HUP"])
def test_the_terminal_is_left_as_it_was_found(library: object, number: signal.Signals) -> None:
    with terminal() as one:
        one.expect(WELCOME)
        one.expect("Contact")  # the footer: all modes are set
        one.process.kill(number)
        assert one.end() == 128 + number
        assert left_as_found(one.sent)
        assert "Traceback" not in one.sent


def test_a_program_that_is_killed_after_it_was_asked_to_end_has_left_the_terminal(
    library: object,
) -> None:
    with terminal() as one:
        one.expect(WELCOME)
        one.process.kill(signal.SIGTERM)
        one.expect(r"\x1b\[\?1049l")
        one.process.kill(signal.SIGKILL)
        one.end()
        assert left_as_found(one.sent)


def test_f10_leaves_the_terminal_as_it_was_found_and_says_nothing(library: object) -> None:
    with terminal() as one:
        one.expect(WELCOME)
        one.process.send("\x1b[21~")
        assert one.end() == 0
        assert left_as_found(one.sent)


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_GB.ISO-8859-1"])
@pytest.mark.parametrize("arguments", [[], ["--plain"]], ids=["screen", "lines"])
def test_a_locale_without_utf_8_is_lived_with(
    library: object, locale: str, arguments: list[str]
) -> None:
    with terminal(
        *arguments, LANG=locale, LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    ) as one:
        one.expect(r"Ask a question|You: ")
        one.process.send(f"{QUESTION}\r")
        one.expect("An inspector or above")
        one.process.send("\x1b[21~" if not arguments else "quit\r")
        assert one.end() == 0
        assert "Traceback" not in one.sent and "unexpected fault" not in one.sent


@pytest.mark.parametrize(("value", "coloured"), [("1", False), ("", True)])
def test_no_color_sends_no_colours(library: object, value: str, coloured: bool) -> None:
    with terminal(NO_COLOR=value) as one:
        one.expect(WELCOME)
        one.process.send(f"{QUESTION}\r")
        one.expect("inspector")
        one.process.send("\x1b[21~")
        one.end()
        assert bool(COLOURS.search(one.sent)) is coloured


@pytest.mark.parametrize(("arguments", "mouse"), [([], True), (["--no-mouse"], False)])
def test_without_the_mouse_it_is_not_asked_for(
    library: object, arguments: list[str], mouse: bool
) -> None:
    with terminal(*arguments) as one:
        one.expect(WELCOME)
        one.process.send("\x1b[21~")
        one.end()
        asked = re.search(r"\x1b\[\?(1000|1002|1003|1006|1015)h", one.sent)
        assert bool(asked) is mouse


@pytest.mark.parametrize("name", ["dumb", ""])
def test_a_terminal_that_can_do_nothing_gets_lines(library: object, name: str) -> None:
    with terminal(TERM=name) as one:
        one.expect("You: ")
        one.process.send("quit\r")
        assert one.end() == 0
        assert "\x1b" not in one.sent


def test_pasted_text_is_one_line_without_its_controls(library: object) -> None:
    with terminal() as one:
        one.expect(WELCOME)
        one.expect("Contact")
        one.process.send("\x1b[200~who signs\x07\r\noff a \x08section 44 search\x1b[201~\r")
        one.expect("You: ")
        one.expect("inspector")
        one.process.send("\x1b[21~")
        one.end()
        assert QUESTION in one.text()
        assert "\x07" not in one.text() and "\x08" not in one.text()


def test_a_tiny_terminal_and_a_walk_that_is_resized(library: object) -> None:
    with terminal(size=(20, 5)) as one:
        one.expect("question")
        one.process.send("/walk pace-clock\r")
        one.process.setwinsize(40, 120)
        one.expect("Where is the person")
        for rows, columns in ((5, 20), (24, 80), (1, 1), (40, 120)):
            one.process.setwinsize(rows, columns)
        one.process.send("1\r")
        one.expect("Route")
        one.process.send("\x1b[21~")
        assert one.end() == 0
        assert "unexpected fault" not in one.sent


@pytest.mark.parametrize("closed", ["<&-", ">&-", "<&- >&- 2>&-"])
def test_closed_streams_end_it_without_a_traceback(library: object, closed: str) -> None:
    ended = subprocess.run(
        ["sh", "-c", f'"$0" -m assistant {closed}', sys.executable],
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    assert "Traceback" not in ended.stderr
    assert ended.returncode in (0, 1)
