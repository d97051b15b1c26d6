"""The terminal interface, driven by its keys and read row by row."""

import os
from pathlib import Path

import pytest
from textual.widgets import DataTable, Input, OptionList, Static, Tree

from assistant.interface.actions import Where, actions
from assistant.interface.settings import Settings
from assistant.library.content import Content
from assistant.tui.app import AssistantApp
from assistant.tui.help_screen import HelpScreen
from assistant.tui.library_screen import LibraryScreen
from assistant.tui.source_pane import SourcePane
from assistant.tui.turns import MOST_SHOWN, Turns
from assistant.tui.walk_screen import WalkScreen
from tests.faces import ScreenFace, folded, on_screen
from tests.helpers import NOW

QUESTION = "who signs off a section 44 search"
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


@SIZES
async def test_an_answer_begins_in_view_with_its_source_status_and_date(
    library: object, size: tuple[int, int]
) -> None:
    async with on_screen(size) as face:
        await face.pilot.press(*QUESTION, "enter")
        await face.settled()
        await face.until(lambda: QUESTION in face.rows())
        rows = face.rows()
        assert "An inspector or above, in writing." in rows
        assert "current, 17 April 2026" in folded(rows.replace("▌", " "))


@SIZES
async def test_every_function_key_does_what_its_word_does(
    library: object, size: tuple[int, int]
) -> None:
    async with on_screen(size) as face:
        await face.type(QUESTION)
        await face.pilot.press("f2")
        await face.until(lambda: "Cited passage" in face.rows())
        await face.pilot.press("escape")
        await face.until(lambda: not face.app.screen.query_one(SourcePane).display)
        assert isinstance(face.app.focused, Input)
        await face.pilot.press("f3")
        await face.until(lambda: isinstance(face.app.screen, LibraryScreen))
        await face.pilot.press("escape")
        await face.until(lambda: face.app.screen is face.app.conversation)
        await face.pilot.press("f4")
        await face.until(lambda: face.app.screen.query_one(Input).value == "/find ")
        face.app.screen.query_one(Input).clear()
        await face.pilot.press("f5")
        await face.until(lambda: "likelihood" in face.rows())
        await face.pilot.press("f8")
        await face.until(lambda: "Contacts" in face.text())
        await face.pilot.press("f6")
        await face.until(lambda: isinstance(face.app.screen, WalkScreen))
        await face.pilot.press("escape")
        await face.until(lambda: face.app.screen is face.app.conversation)
        await face.pilot.press("f1")
        await face.until(lambda: isinstance(face.app.screen, HelpScreen))
        await face.pilot.press("f1")
        await face.until(lambda: face.app.screen is face.app.conversation)
        await face.pilot.press("f9")
        await face.until(lambda: "Search for commands" in face.rows())
        await face.pilot.press("escape")
        await face.until(lambda: face.app.screen is face.app.conversation)
        await face.pilot.press("f10")
        await face.until(lambda: not face.app.is_running)


async def test_letters_work_where_something_is_read(library: object) -> None:
    async with on_screen() as face:
        await face.type("/open section 44 searches")
        assert isinstance(face.app.focused, SourcePane)
        await face.pilot.press("n")
        await face.until(lambda: "voluntary-attenders" in face.text())
        await face.pilot.press("p")
        await face.until(lambda: "#section-44-searches" in face.text())
        await face.pilot.press("left_square_bracket")
        await face.until(lambda: "voluntary-attenders" in face.text())
        await face.pilot.press("right_square_bracket")
        await face.until(lambda: "#section-44-searches" in face.text())
        await face.pilot.press("Y")
        await face.until(lambda: "lipboard" in face.text())
        assert "Source: College of Policing, International" in face.app.clipboard
        await face.pilot.press("u")
        await face.until(lambda: "What uses Section 44 searches" in face.text())


async def test_what_was_typed_comes_back_on_the_arrow_keys(library: object) -> None:
    async with on_screen() as face:
        await face.type(QUESTION)
        await face.type("and for how long")
        line = face.app.screen.query_one(Input)
        await face.pilot.press("up", "up")
        assert line.value == QUESTION
        await face.pilot.press("down")
        assert line.value == "and for how long"
        await face.pilot.press("down")
        assert line.value == ""


async def test_suggestions_by_lay_words_are_chosen_with_the_keys(library: object) -> None:
    async with on_screen() as face:
        await face.pilot.press(*"dodgy passport")
        suggested = face.app.screen.query_one(OptionList)
        await face.until(lambda: bool(suggested.display and suggested.option_count))
        assert "Walk: " in str(suggested.get_option_at_index(0).prompt)
        await face.pilot.press("down")
        await face.until(lambda: suggested.has_focus)
        await face.pilot.press("enter")
        await face.until(lambda: isinstance(face.app.screen, WalkScreen))


@SIZES
async def test_the_library_is_read_by_keys(library: object, size: tuple[int, int]) -> None:
    async with on_screen(size) as face:
        await face.type("library")
        await face.until(lambda: isinstance(face.app.screen, LibraryScreen))
        tree = face.app.screen.query_one(Tree)
        await face.until(lambda: "International (current, 17 April 2026)" in face.rows())
        await face.pilot.press("enter", "down", "down", "enter")
        pane = face.app.screen.query_one(SourcePane)
        await face.until(lambda: bool(pane.display))
        await face.until(lambda: "app-international#" in face.text())
        assert bool(tree.display) == (size[0] >= 100)
        await face.pilot.press("escape")
        await face.until(lambda: not pane.display)
        assert tree.has_focus
        await face.pilot.press("enter")
        await face.until(lambda: bool(pane.display))
        await face.type("/library")
        assert tree.has_focus
        assert not pane.display
        await face.pilot.press("end", "enter")
        table = face.app.screen.query_one(DataTable)
        await face.until(lambda: bool(table.display and table.row_count > 200))
        face.app.screen.query_one(Input).focus()
        await face.pilot.press(*"livescan")
        await face.until(lambda: 0 < table.row_count < 10)
        await face.pilot.press("enter")
        await face.until(lambda: table.has_focus)
        await face.pilot.press("enter")
        await face.until(lambda: bool(pane.display))


async def test_the_route_stands_beside_the_node_where_there_is_room(library: object) -> None:
    async with on_screen((120, 40)) as face:
        await face.type("/walk pace-clock")
        await face.type("1")
        await face.until(lambda: "1. Where is the person" in face.rows())
        await face.pilot.resize_terminal(80, 24)
        await face.until(lambda: "1. Where is the person" not in face.rows())
        await face.pilot.press("f3")
        await face.until(lambda: "1. Where is the person" in face.rows())
        await face.pilot.press("f4")
        await face.until(lambda: "Where is the person detained?" in face.rows())
        await face.pilot.press("f2")
        await face.until(lambda: bool(face.app.screen.query_one(SourcePane).display))


async def test_a_walk_that_was_left_is_gone_on_with(library: object) -> None:
    async with on_screen() as face:
        await face.type("/walk pace-clock")
        await face.type("1")
        await face.pilot.press("escape")
        await face.until(lambda: face.app.screen is face.app.conversation)
        await face.type(QUESTION)
        await face.type("/walk pace-clock")
        await face.until(lambda: "Where does the case stand?" in face.rows())


async def test_questions_asked_before_the_library_is_open_are_answered(small: Content) -> None:
    app = AssistantApp(NOW)
    async with app.run_test(size=(80, 24)) as pilot:
        face = ScreenFace(app, pilot)
        app.screen.query_one(Input).value = "where is the lamp oil kept"
        await pilot.press("enter")
        await face.until(lambda: "In the cellar" in face.rows())


async def test_faulty_content_becomes_a_message_and_the_app_goes_on(small: Content) -> None:
    (small.corpus / "glossary.yaml").write_text("terms: [\n")
    app = AssistantApp(NOW)
    async with app.run_test(size=(80, 24)) as pilot:
        face = ScreenFace(app, pilot)
        await face.until(lambda: "glossary.yaml:2" in face.rows())
        await pilot.press("f1")
        await face.until(lambda: isinstance(app.screen, HelpScreen))


async def test_a_fault_inside_a_screen_becomes_a_message_and_the_app_goes_on(
    library: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_screen() as face:
        assert face.app.assistant is not None
        with monkeypatch.context() as broken:
            broken.setattr(face.app.assistant, "_now", "not a time")
            await face.type("/contacts")
            await face.until(lambda: "This could not be done" in face.rows())
        await face.type(QUESTION)
        assert "An inspector or above" in face.text()


async def test_a_long_day_is_pruned_and_nothing_is_lost_of_the_last_answer(
    library: object,
) -> None:
    async with on_screen() as face:
        talk = face.app.conversation.talk
        assert talk is not None
        for _ in range(500):
            await face.app.conversation.do("who signs off a section 44 search")
        assert len(face.app.screen.query(".turn")) == MOST_SHOWN
        assert len(talk.transcript.answers) <= 200
        await face.type("1")
        assert "#section-44-searches" in face.text()


@pytest.mark.parametrize("size", [(20, 10), (20, 24), (200, 60)])
async def test_any_size_is_lived_with(library: object, size: tuple[int, int]) -> None:
    async with on_screen(size) as face:
        await face.type(QUESTION)
        await face.pilot.resize_terminal(40, 12)
        await face.type("library")
        await face.pilot.press("enter", "down", "enter")
        await face.pilot.resize_terminal(*size)
        await face.pilot.press("escape", "escape")
        await face.until(lambda: face.app.screen is face.app.conversation)
        await face.type("/walk pace-clock")
        await face.pilot.resize_terminal(200, 60)
        await face.pilot.resize_terminal(*size)
        await face.pilot.press("escape")
        await face.until(lambda: face.app.screen is face.app.conversation)
        assert face.app.screen.query_one(Turns)


async def test_ten_thousand_characters_are_refused_in_one_line(library: object) -> None:
    async with on_screen() as face:
        await face.type("passport " * 1_111)
        assert "longer than 2,000 characters" in face.text()


async def test_keys_are_changed_by_the_settings(library: object) -> None:
    settings = Settings(keys={"app.help": "f12"})
    async with on_screen(app=AssistantApp(NOW, settings=settings)) as face:
        await face.pilot.press("f1")
        await face.settled()
        assert face.app.screen is face.app.conversation
        await face.pilot.press("f12")
        await face.until(lambda: isinstance(face.app.screen, HelpScreen))


@pytest.mark.parametrize("theme", ["dark", "light", "high-contrast", "ansi"])
async def test_the_colours_change_on_request(library: object, theme: str) -> None:
    async with on_screen() as face:
        await face.type(f"/theme {theme}")
        await face.type(QUESTION)
        assert theme.partition("-")[0] in face.app.theme or face.app.theme == "ansi-dark"


@pytest.mark.parametrize(("value", "colourless"), [("1", True), ("", False)])
async def test_no_color_is_obeyed_unless_it_is_empty(
    library: object, monkeypatch: pytest.MonkeyPatch, value: str, colourless: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", value)
    app = AssistantApp(NOW)
    async with app.run_test(size=(80, 24)):
        assert app.no_color is colourless


async def test_the_conversation_is_saved_where_it_is_asked_to_be(
    library: object, tmp_path: Path
) -> None:
    app = AssistantApp(NOW)
    file = tmp_path / "conversation.md"
    async with app.run_test(size=(80, 24)) as pilot:
        face = ScreenFace(app, pilot)
        await face.ready()
        await face.type(QUESTION)
        await face.type(f"/save {file}")
        assert "The conversation is in" in face.text()
        text = file.read_text()
        assert f"## {QUESTION}" in text
        assert "app-international#section-44-searches" in text
        await face.type(f"/save {file}")
        assert "is there already" in face.text()
        assert file.read_text() == text
        assert os.listdir(tmp_path) == [file.name]


async def test_the_footer_shows_the_keys_that_work_now(library: object) -> None:
    async with on_screen((200, 40)) as face:
        shown = face.rows().rsplit("\n", 2)[-1] + face.rows()
        for action in actions(Where.CONVERSATION):
            if action.key in ("f1", "f2", "f3", "f6", "f8", "f10"):
                assert action.label in shown
        assert face.app.screen.query_one("#status", Static) is not None


async def test_the_number_of_a_source_marks_the_cited_passage(library: object) -> None:
    async with on_screen((120, 40)) as face:
        await face.type(QUESTION)
        await face.type("1")
        assert "Cited passage" in face.text()


async def test_keys_of_the_conversation_do_nothing_in_the_source_of_a_walk(library: object) -> None:
    async with on_screen() as face:
        await face.type("/walk pace-clock")
        await face.type("1")
        walk = face.app.screen
        assert isinstance(walk, WalkScreen)
        await face.pilot.press("f2")
        await face.until(lambda: isinstance(face.app.focused, SourcePane))
        before = walk.walker.found
        await face.pilot.press("n", "p", "u", "y", "Y", "left_square_bracket")
        await face.settled()
        assert walk.walker.found == before
        assert face.app.screen is walk


async def test_letters_work_in_the_conversation_too(library: object) -> None:
    async with on_screen() as face:
        await face.type(QUESTION)
        face.app.screen.query_one(Turns).focus()
        await face.pilot.press("y")
        await face.until(lambda: "An inspector or above" in face.app.clipboard)


BROKEN = {
    "suggestions": ("assistant.tui.conversation_screen.suggestions", ["f"]),
    "resizing": ("assistant.tui.conversation_screen.ConversationScreen._fit", []),
    "a row of the tree": (
        "assistant.interface.conversation.Conversation.open",
        ["f3", "enter", "down", "enter"],
    ),
    "a table": ("assistant.interface.pages.glossary", ["f3", "end", "enter"]),
    "a walk": ("assistant.tui.walk_screen.node_lines", ["f6"]),
    "another screen": ("assistant.interface.walker.Walker.__init__", ["f6"]),
    "the clipboard": ("assistant.interface.keeping.answer_words", ["tab", "y"]),
}


@pytest.mark.parametrize("name", BROKEN)
async def test_whatever_fails_becomes_a_message_without_what_was_typed(
    library: object,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    name: str,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a secret that was typed")

    where, keys = BROKEN[name]
    async with on_screen() as face:
        await face.type("just nicked a foreign national")
        with monkeypatch.context() as patched:
            patched.setattr(where, broken)
            if name == "resizing":
                await face.pilot.resize_terminal(100, 30)
            for key in keys:
                await face.pilot.press(key)
                await face.settled()
            await face.until(lambda: "RuntimeError" in face.text())
            assert "secret" not in face.text()
        for _ in range(2):
            await face.pilot.press("escape")
            await face.settled()
        await face.until(lambda: face.app.screen is face.app.conversation)
        await face.type(QUESTION)
        assert "An inspector or above" in face.text()
    assert capfd.readouterr() == ("", "")
