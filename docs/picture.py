"""Draw docs/conversation.svg: the app answers a question, opens the source, and exports its own
screen.

usage: python docs/picture.py
"""

import asyncio
import re
from datetime import datetime
from pathlib import Path

from textual.widgets import Input

from assistant.tui.app import AssistantApp
from assistant.tui.source_pane import SourcePane

PICTURE = Path(__file__).parent / "conversation.svg"
# The export names fonts on a public server; the picture does without.
FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
QUESTION = "who signs off a section 44 search"


async def drawn() -> str:
    """The screen after a question with its source open, as SVG."""
    app = AssistantApp(datetime(2026, 11, 21, 12, 0))
    async with app.run_test(size=(120, 36)) as pilot:
        app.screen.query_one(Input).value = QUESTION
        await pilot.press("enter")
        while not app.screen.query(".turn"):
            await pilot.pause(0.01)
        await pilot.press("1", "enter")
        while not app.screen.query_one(SourcePane).query(".cited"):
            await pilot.pause(0.01)
        await pilot.pause(0.2)
        return FONTS.sub("", app.export_screenshot(title="assistant"))


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(drawn()), encoding="utf-8")
