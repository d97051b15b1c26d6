"""Draw the pictures of the documents: the app does what an officer does, and exports its screen.

usage: python docs/picture.py
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, Tree

from assistant.tui.app import AssistantApp
from assistant.tui.source_pane import SourcePane

FOLDER = Path(__file__).parent
# The export names fonts on a public server; the pictures do without.
FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
QUESTION = "who signs off a section 44 search"

Scene = Callable[[AssistantApp, Pilot[None]], Awaitable[None]]


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Let the app work until ``condition`` holds."""
    for _ in range(2_000):
        if condition():
            return
        await pilot.pause(0.01)
    raise SystemExit("the screen never came to that")


async def typed(app: AssistantApp, pilot: Pilot[None], text: str) -> None:
    """Type ``text`` and press Enter."""
    app.screen.query_one(Input).value = text
    await pilot.press("enter")


async def conversation(app: AssistantApp, pilot: Pilot[None]) -> None:
    """A question with its source open."""
    await typed(app, pilot, QUESTION)
    await until(pilot, lambda: app.screen.query(".turn"))
    await typed(app, pilot, "1")
    await until(pilot, lambda: app.screen.query_one(SourcePane).query(".cited"))


async def library(app: AssistantApp, pilot: Pilot[None]) -> None:
    """The tree of publications, and a section beside it."""
    await typed(app, pilot, "/library")
    await until(pilot, lambda: app.screen.query(Tree))
    await until(pilot, lambda: app.screen.query_one(Tree).has_focus)
    await pilot.press("enter", *["down"] * 4, "enter")
    await until(pilot, lambda: app.screen.query_one(SourcePane).query(".passage"))


async def walk(app: AssistantApp, pilot: Pilot[None]) -> None:
    """A procedure after two answers, with the route beside it."""
    await typed(app, pilot, "/walk pace-clock")
    await until(pilot, lambda: app.screen.query("#answer"))
    for answer in ("1", "1"):
        await typed(app, pilot, answer)
        await pilot.pause(0.1)


SCENES: dict[str, Scene] = {"conversation": conversation, "library": library, "walk": walk}


async def drawn(scene: Scene) -> str:
    """The screen after ``scene``, as SVG."""
    app = AssistantApp(datetime(2026, 11, 21, 12, 0))
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: app.assistant is not None and app.conversation.talk is not None)
        await scene(app, pilot)
        await app.workers.wait_for_complete()
        await pilot.pause(0.2)
        return FONTS.sub("", app.export_screenshot(title="assistant"))


def words(picture: str) -> str:
    """What can be read in a picture, without its ids and its drawing."""
    shown = re.sub(r"<style>.*?</style>|<[^>]+>", " ", picture, flags=re.DOTALL)
    return re.sub(r"(&#160;|\s)+", " ", shown).strip()


if __name__ == "__main__":
    for name, scene in SCENES.items():
        file = FOLDER / f"{name}.svg"
        file.write_text(asyncio.run(drawn(scene)), encoding="utf-8")
