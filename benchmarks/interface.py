"""How fast the screen is, as ratios within one run.

usage: python benchmarks/interface.py [--runs 7]

First paint: the program beside an empty Textual app that imports the same widgets, taken in turns.
The processes may keep the bytecode of what they import, as an installed program does. A key press:
with 200 answers asked, beside none. Every section of every publication, opened.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import time
from datetime import datetime

from textual.widgets import Input

from assistant.cli.session import the_library
from assistant.interface.blocks import SectionOf
from assistant.tui.app import AssistantApp

PAINTED = """
import asyncio, sys, time
async def painted(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
"""
EMPTY = f"""{PAINTED}
from textual.app import App
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Input, OptionList, Static
class Empty(App):
    def compose(self):
        yield Static("")
        yield Input()
        yield Footer()
asyncio.run(painted(Empty()))
"""
OURS = f"""{PAINTED}
from assistant.tui.app import AssistantApp
AssistantApp.on_mount = lambda self: None  # the first paint does not wait for the library
asyncio.run(painted(AssistantApp()))
"""
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}
QUESTION = "who signs off a section 44 search"


def seconds(code: str) -> float:
    """The wall time of a process that runs ``code``."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, env=ENVIRONMENT)
    return time.perf_counter() - started


def first_paint(runs: int) -> None:
    """Print the time until the first paint, as a ratio."""
    ours, empty = [], []
    seconds(OURS)  # compiled before it is timed
    for _ in range(runs):
        empty.append(seconds(EMPTY))
        ours.append(seconds(OURS))
    one, other = statistics.median(ours), statistics.median(empty)
    print(f"first paint: {one * 1000:.0f} ms, {one / other:.2f} times an empty app (bar 1.3)")


async def on_the_screen() -> None:
    """Print the ratio of a key press, and the slowest section."""
    app = AssistantApp(datetime(2026, 11, 21, 12))
    async with app.run_test(size=(80, 24)) as pilot:
        while app.assistant is None or app.conversation.talk is None:
            await pilot.pause(0.01)

        async def pressed() -> float:
            times = []
            line = app.screen.query_one(Input)
            line.focus()
            for key in "passport" * 5:
                started = time.perf_counter()
                await pilot.press(key)
                times.append(time.perf_counter() - started)
            line.clear()
            await pilot.pause()
            return statistics.median(times)

        await pressed()
        none = await pressed()
        for _ in range(200):
            await app.conversation.do(QUESTION)
        await pilot.pause()
        many = await pressed()
        print(
            f"a key press with 200 answers: {many * 1000:.1f} ms, {many / none:.2f} times that "
            "with none (bar 1.5)"
        )
        talk = app.conversation.talk
        times = {}
        for name in talk.library.guidance.places:
            started = time.perf_counter()
            await app.conversation.show(talk.open(SectionOf(name)))
            await pilot.pause()
            times[name] = time.perf_counter() - started
        slowest = max(times, key=lambda name: times[name])
        print(
            f"{len(times)} sections opened: median {statistics.median(times.values()) * 1000:.0f} "
            f"ms, slowest {times[slowest] * 1000:.0f} ms (bar 150): {slowest}"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    the_library()  # built before anything is timed
    first_paint(options.runs)
    asyncio.run(on_the_screen())


if __name__ == "__main__":
    main()
