"""A dialogue walked on the screen, by keys alone."""

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from assistant.tui.app import AssistantApp
from assistant.tui.source_pane import SourcePane
from assistant.tui.walk_screen import WalkScreen
from tests.helpers import NOW
from tests.tui.test_app import screen_text, until


async def say(app: AssistantApp, pilot: Pilot[None], typed: str) -> None:
    app.screen.query_one(Input).value = typed
    await pilot.press("enter")
    await pilot.pause()


async def opened(app: AssistantApp, pilot: Pilot[None], typed: str) -> None:
    await until(pilot, lambda: app.assistant is not None)
    await say(app, pilot, typed)
    await until(pilot, lambda: isinstance(app.screen, WalkScreen))
    await pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_dialogue_is_walked_undone_and_left_without_loss(
    library: object, size: tuple[int, int]
) -> None:
    app = AssistantApp(NOW)
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot, "walk pace-clock")
        await until(pilot, lambda: "Where is the person detained?" in screen_text(app))
        await say(app, pilot, "9")
        await until(pilot, lambda: "Choose by number, 1 to 3." in screen_text(app))
        await say(app, pilot, "3")
        await until(pilot, lambda: "PACE does not apply in Scotland" in screen_text(app))
        await pilot.press("f3")
        await until(pilot, lambda: "Where is the person detained?" in screen_text(app))
        await say(app, pilot, "1")
        await until(pilot, lambda: "Where does the case stand?" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, WalkScreen))
        await opened(app, pilot, "walk pace-clock")
        await until(pilot, lambda: "Where does the case stand?" in screen_text(app))


async def test_the_route_stands_beside_the_node_where_there_is_room(library: object) -> None:
    app = AssistantApp(NOW)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot, "walk pace-clock")
        await say(app, pilot, "1")
        await until(pilot, lambda: "1. Where is the person" in screen_text(app))
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "1. Where is the person" not in screen_text(app))
        await pilot.press("f4")
        await until(pilot, lambda: "1. Where is the person" in screen_text(app))


async def test_the_passage_and_a_question_are_a_key_away(library: object) -> None:
    app = AssistantApp(NOW)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "walk section-44-search")
        await pilot.press("f2")
        pane = app.screen.query_one(SourcePane)
        await until(pilot, lambda: pane.display and bool(pane.query(".passage")))
        await pilot.press("escape")
        await until(pilot, lambda: not pane.display)
        await say(app, pilot, "? who signs off a section 44 search")
        await until(pilot, lambda: "inspector or above" in screen_text(app))
        assert isinstance(app.screen, WalkScreen)


async def test_the_last_answer_offers_its_dialogue(library: object) -> None:
    app = AssistantApp(NOW)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.assistant is not None)
        await say(app, pilot, "who signs off a section 44 search")
        await until(pilot, lambda: app.transcript.last is not None)
        await until(pilot, lambda: bool(app.query(".turn")))
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, WalkScreen))
        assert isinstance(app.screen, WalkScreen)
        assert app.screen.walker.session.dialogue == "section-44-search"
