"""One table of actions: keys, list of commands, words, help, footer and documentation say the
same."""

import re
import runpy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import pytest
from textual.binding import Binding
from textual.widgets import Input

from assistant.answers.assistant import Assistant
from assistant.dialogues.session import Session
from assistant.errors import AssistantError
from assistant.interface.actions import ACTIONS, Action, Where, actions, help_lines, key_name
from assistant.interface.conversation import Conversation
from assistant.interface.settings import Settings
from assistant.interface.walker import Walker
from assistant.tui.help_screen import HelpScreen
from assistant.tui.key_line import KeyLine
from assistant.tui.talk_screen import TalkScreen
from assistant.tui.turns import Turns
from tests.faces import ScreenFace, on_screen
from tests.helpers import ROOT, run

SCREENS = ("conversation", "library", "walk")
QUESTION = "who signs off a section 44 search"


@asynccontextmanager
async def opened(name: str) -> AsyncIterator[tuple[TalkScreen, ScreenFace]]:
    """The screen ``name``, wide enough for every key in its footer."""
    async with on_screen((400, 40)) as face:
        if name == "library":
            await face.type("/library")
        if name == "walk":
            await face.type("/walk pace-clock")
        app = face.app
        await face.until(lambda: (app.screen is app.conversation) == (name == "conversation"))
        assert isinstance(app.screen, TalkScreen)
        await face.settled()
        yield app.screen, face


def keyed(where: Where) -> dict[str, str]:
    """The keys by id of the actions that can be done ``where``."""
    return {one.id: one.key for one in actions(where) if one.key is not None}


def typed(key: str) -> bool:
    """Whether ``key`` is typed in a text too."""
    return len(key) == 1 or key.endswith("bracket")


def bound(bindings: list[Binding]) -> dict[str, str]:
    """The keys by id of those bindings that do actions of the table."""
    return {one.id: one.key for one in bindings if one.id and "do(" in one.action}


def test_words_and_ids_are_not_given_twice() -> None:
    assert len({one.id for one in ACTIONS}) == len(ACTIONS)
    for where in Where:
        words = [one.word for one in actions(where)]
        assert len(set(words)) == len(words)
        keys = list(keyed(where).values())
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", SCREENS)
async def test_the_keys_of_a_screen_are_those_of_the_table(library: object, name: str) -> None:
    async with opened(name) as (screen, face):
        wanted = keyed(screen.WHERE)
        screen.query_one(Input).focus()
        await face.settled()
        active = bound([one.binding for one in screen.active_bindings.values()])
        # Esc in the library closes what is open there.
        typable = {name: key for name, key in wanted.items() if not typed(key)}
        assert active == typable
        if name == "conversation":
            screen.query_one(Turns).focus()
            await face.settled()
            assert bound([one.binding for one in screen.active_bindings.values()]) == wanted


@pytest.mark.parametrize("name", SCREENS)
async def test_the_footer_shows_the_keys_that_work_now(library: object, name: str) -> None:
    async with opened(name) as (screen, face):
        screen.query_one(Input).focus()
        await face.settled()
        shown = set(face.rows().splitlines()[-1].strip().split("  "))
        table = {
            f"{key_name(one.key)} {one.label}"
            for one in actions(screen.WHERE)
            if one.key is not None and not typed(one.key)
        }
        assert table <= shown
        assert shown - table <= {"Esc Back"}


async def test_a_key_in_the_footer_can_be_clicked(library: object) -> None:
    async with opened("conversation") as (_, face):
        assert face.rows().splitlines()[-1].startswith(" F1 Help")
        await face.pilot.click(KeyLine, offset=(3, 0))
        await face.until(lambda: isinstance(face.app.screen, HelpScreen))


@pytest.mark.parametrize("name", SCREENS)
async def test_the_list_of_commands_holds_every_action(library: object, name: str) -> None:
    async with opened(name) as (screen, face):
        listed = {one.title: one.help for one in face.app.get_system_commands(screen)}
        assert listed == {
            f"{one.label} /{one.word}": one.what
            for one in actions(screen.WHERE)
            if one.word != "commands"
        }


@pytest.mark.parametrize("name", SCREENS)
async def test_the_help_explains_every_action(library: object, name: str) -> None:
    async with opened(name) as (screen, face):
        where = screen.WHERE
        await face.pilot.press("f1")
        await face.until(lambda: isinstance(face.app.screen, HelpScreen))
        shown = face.text()
        for one in actions(where):
            assert one.usage in shown and one.what in shown
            assert one.key is None or re.search(
                rf"(?<!\S){re.escape(key_name(one.key))} +{re.escape(one.usage)}", shown
            )


@pytest.mark.parametrize("where", [Where.CONVERSATION, Where.WALK])
def test_the_help_of_the_line_mode_has_the_words_without_the_keys(where: Where) -> None:
    lines = help_lines(where, keys=False)
    assert [line.split("  ")[0] for line in lines] == [one.usage[:24] for one in actions(where)]


def sample(action: Action) -> str:
    """``action`` as it is typed."""
    words = {"FILE": "no/such/folder/file.md", "NUMBER": "1", "[NUMBER]": "1"}
    return f"/{action.word} {words.get(action.argument, action.argument.strip('[]'))}".strip()


@pytest.mark.parametrize("action", actions(Where.CONVERSATION), ids=lambda one: one.id)
def test_every_word_of_the_conversation_is_done(assistant: Assistant, action: Action) -> None:
    talk = Conversation(assistant, Settings(), keys=True)
    talk.typed(QUESTION)
    talk.typed("1")
    try:
        talk.typed(sample(action))
    except AssistantError as error:
        assert "There is no /" not in str(error)


@pytest.mark.parametrize("action", actions(Where.WALK), ids=lambda one: one.id)
def test_every_word_of_a_walk_is_done(assistant: Assistant, action: Action) -> None:
    walker = Walker(assistant, Session("pace-clock", datetime(2026, 11, 21, 12)), keys=True)
    walker.typed("1")
    try:
        walker.typed(sample(action))
    except AssistantError as error:
        assert "There is no /" not in str(error)


def test_the_documented_table_is_current() -> None:
    tables = runpy.run_path(str(ROOT / "docs" / "tables.py"))
    page = tables["PAGE"].read_text(encoding="utf-8")
    assert tables["with_table"](page) == page
    for one in ACTIONS:
        assert f"| `{one.usage}` | {one.what} |" in page


def test_the_options_of_the_program_are_listed() -> None:
    said = run("--help").stdout
    assert "--no-mouse" in said and "--plain" in said and "serve" in said
