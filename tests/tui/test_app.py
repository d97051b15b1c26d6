"""The terminal interface, driven by its keys and read as text."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from assistant.library.content import Content
from assistant.tui.app import AssistantApp, Conversation
from assistant.tui.source_pane import SourcePane
from tests.helpers import NOW

QUESTION = "who signs off a section 44 search"
SIZES = [(80, 24), (120, 40)]


def screen_text(app: AssistantApp) -> str:
    """What stands on the screen, row by row."""
    return "\n".join(
        "".join(part.text for part in row) for row in app.screen._compositor.render_strips()
    )


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Let the app work until ``condition`` holds."""
    for _ in range(2_000):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError(screen_text(pilot.app))  # type: ignore[arg-type]


async def ask(app: AssistantApp, pilot: Pilot[None], question: str) -> None:
    before = len(app.transcript.answers)
    app.query_one(Input).value = question
    await pilot.press("enter")
    await until(pilot, lambda: len(app.transcript.answers) > before)
    await until(pilot, lambda: len(app.query(".turn")) > before)
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_is_answered_with_its_source_status_and_date(
    library: object, size: tuple[int, int]
) -> None:
    app = AssistantApp(NOW)
    async with app.run_test(size=size) as pilot:
        await ask(app, pilot, QUESTION)
        shown = screen_text(app)
        assert QUESTION in shown
        assert "An inspector or above, in writing." in shown
        assert "College of Policing" in shown
        assert "current, 17 April 2026" in " ".join(shown.replace("▌", " ").split())


@pytest.mark.parametrize("size", SIZES)
async def test_a_number_opens_the_source_with_the_passage_marked_and_escape_closes_it(
    library: object, size: tuple[int, int]
) -> None:
    app = AssistantApp(NOW)
    async with app.run_test(size=size) as pilot:
        await ask(app, pilot, QUESTION)
        await pilot.press("1", "enter")
        pane = app.query_one(SourcePane)
        await until(pilot, lambda: bool(pane.display and pane.query(".cited")))
        await until(pilot, lambda: "Cited passage" in screen_text(app))
        head = str(pane.query_one("#source-head", Static).content)
        assert "Status: current. Last changed: 17 April 2026." in head
        assert "restatement" in head
        assert "inspector or above" in " ".join(
            str(pane.query_one(".cited", Static).content).split()
        )
        await pilot.press("escape")
        await until(pilot, lambda: not pane.display)
        assert isinstance(app.focused, Input)


async def test_f2_opens_the_first_source_and_f1_explains(library: object) -> None:
    app = AssistantApp(NOW)
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, QUESTION)
        await pilot.press("f2")
        await until(pilot, lambda: bool(app.query_one(SourcePane).display))
        await pilot.press("f1")
        await until(pilot, lambda: "Keys" in screen_text(app))
        await pilot.press("f1")
        await until(pilot, lambda: "Keys" not in screen_text(app))


async def test_f10_leaves(library: object) -> None:
    app = AssistantApp(NOW)
    async with app.run_test() as pilot:
        await pilot.press("f10")
        await until(pilot, lambda: not app.is_running)


async def test_markup_and_control_characters_are_shown_as_text_or_not_at_all(
    library: object,
) -> None:
    app = AssistantApp(NOW)
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, "who authorises [red]section 44[/x] [1] \x1b[31msearches\x07")
        shown = screen_text(app)
        assert "[red]section 44[/x] [1]" in shown
        assert "\x1b" not in shown
        assert "\x07" not in shown


async def test_questions_asked_before_the_library_is_open_are_answered(small: Content) -> None:
    app = AssistantApp(NOW)
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(Input).value = "where is the lamp oil kept"
        await pilot.press("enter")
        await until(pilot, lambda: "In the cellar" in screen_text(app))


async def test_faulty_content_becomes_a_message_and_the_app_goes_on(small: Content) -> None:
    (small.corpus / "glossary.yaml").write_text("terms: [\n")
    app = AssistantApp(NOW)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "glossary.yaml:2" in screen_text(app))
        await pilot.press("f1")
        await until(pilot, lambda: "Keys" in screen_text(app))


async def test_a_source_that_is_not_there_is_said(library: object) -> None:
    app = AssistantApp(NOW)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2")
        await until(pilot, lambda: "Ask something first." in screen_text(app))
        await ask(app, pilot, QUESTION)
        await pilot.press("9", "9", "enter")
        await until(pilot, lambda: "has no source 99" in screen_text(app))


@pytest.mark.parametrize("size", [(20, 10), (200, 60)])
async def test_any_size_is_lived_with(library: object, size: tuple[int, int]) -> None:
    app = AssistantApp(NOW)
    async with app.run_test(size=size) as pilot:
        await ask(app, pilot, QUESTION)
        await pilot.resize_terminal(40, 12)
        await pilot.press("f2")
        await until(pilot, lambda: bool(app.query_one(SourcePane).display))
        await pilot.resize_terminal(*size)
        assert app.query_one(Conversation)
