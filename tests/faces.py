"""The two faces of the assistant, driven by the same words."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pexpect
import pytest
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Input, Static

from assistant.tui.app import AssistantApp
from assistant.tui.help_screen import HelpScreen
from assistant.tui.talk_screen import TalkScreen
from tests.helpers import NOW

_PROMPT = "\r\nYou: "


def folded(text: str) -> str:
    """``text`` with every run of spaces and line ends as one space."""
    return re.sub(r"\s+", " ", text)


class LineFace:
    """The line mode in a terminal of its own; closed at the end of a ``with``."""

    def __init__(self, *arguments: str) -> None:
        import sys

        command = [sys.executable, "-m", "assistant", "--plain", *arguments]
        self.process = pexpect.spawn(
            command[0], command[1:], encoding="utf-8", dimensions=(24, 400), timeout=120, echo=False
        )
        self.process.delaybeforesend = None
        self.process.expect_exact(_PROMPT)

    def __enter__(self) -> "LineFace":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.close(force=True)

    def type(self, typed: str) -> str:
        """Type a line; what is printed until the next prompt, or the end."""
        self.process.sendline(typed)
        self.process.expect_exact([_PROMPT, pexpect.EOF])
        return folded(self.process.before or "")


@asynccontextmanager
async def on_screen(
    size: tuple[int, int] = (80, 24), app: AssistantApp | None = None
) -> AsyncIterator["ScreenFace"]:
    """The screen in a terminal of ``size`` (columns, lines), its library open."""
    app = app or AssistantApp(NOW)
    async with app.run_test(size=size) as pilot:
        face = ScreenFace(app, pilot)
        await face.ready()
        yield face


class ScreenFace:
    """The screen, through its keys; ``await`` what it does."""

    def __init__(self, app: AssistantApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def until(self, condition: Callable[[], bool]) -> None:
        """Let the app work until ``condition`` holds."""
        for _ in range(2_000):
            if condition():
                return
            await self.pilot.pause(0.01)
        pytest.fail(self.rows())

    async def ready(self) -> None:
        """Wait until the library is open."""
        await self.until(lambda: self.app.assistant is not None)
        await self.until(lambda: self.app.conversation.talk is not None)

    async def type(self, typed: str) -> None:
        """Type a line and press Enter."""
        await self.until(lambda: bool(self.app.screen.query(Input)))
        line = self.app.screen.query_one(Input)
        line.value = typed
        line.focus()
        await self.pilot.press("enter")
        await self.settled()

    async def settled(self) -> None:
        """Wait until all that was asked for is done."""
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    def text(self) -> str:
        """All that the screen holds, scrolled out of sight or not, without what is hidden."""
        found = []
        for widget in self.app.screen.query(Static):
            if all(one.display for one in widget.ancestors_with_self if hasattr(one, "display")):
                content: Any = widget.content
                found.append(content.plain if isinstance(content, Content) else str(content))
        return folded("\n".join(found))

    def rows(self) -> str:
        """What stands on the screen, row by row."""
        return "\n".join(
            "".join(part.text for part in row)
            for row in self.app.screen._compositor.render_strips()
        )

    async def close(self) -> None:
        """Close what stands over or beside the conversation or the walk."""
        if isinstance(self.app.screen, HelpScreen | TalkScreen):
            await self.pilot.press("escape")
            await self.settled()
