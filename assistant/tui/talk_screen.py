"""What the screens have in common: words typed or keys pressed, what they bring shown, a source
opened beside it or in its place; a fault becomes a message."""

from abc import abstractmethod
from collections.abc import Iterable
from datetime import date

from textual.app import SystemCommand
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from assistant.guidance.wording import without_controls
from assistant.interface.actions import Where, actions
from assistant.interface.blocks import Opened, Reaction
from assistant.interface.clipboard import copy
from assistant.tui.faults import GoesOn, in_words
from assistant.tui.question_input import QuestionInput
from assistant.tui.source_pane import SourcePane


class TalkScreen(GoesOn, Screen[None]):
    """A screen with one line to type in. What is typed and what a key's action types go the same
    way."""

    WHERE = Where.CONVERSATION

    @abstractmethod
    def typed(self, typed: str) -> Reaction:
        """What comes of ``typed``. Raises AssistantError."""

    @abstractmethod
    async def show(self, reaction: Reaction) -> None:
        """Show what came of something."""

    @property
    @abstractmethod
    def today(self) -> date:
        """The day by which reviews have passed."""

    @abstractmethod
    def make_room(self, reading: bool) -> None:
        """Hide what the source takes the place of, or show it again."""

    def say(self, text: str) -> None:
        """Show one line that is no part of the conversation, above the line to type in."""
        line = self.query_one(".status", Static)
        line.update(plain(text))
        line.display = bool(text)

    @property
    def line(self) -> Input:
        """The line to type in."""
        return self.query_one(Input)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Do what was typed."""
        event.stop()
        if not self.stays(event.value):
            typed = event.value
            event.input.clear()
            await self.entered(typed)

    def stays(self, typed: str) -> bool:
        """Whether what was typed is left in its line."""
        return False

    async def entered(self, typed: str) -> None:
        """Do what was typed, and remember it for the Up key."""
        self.query_one(QuestionInput).remember(typed)
        await self.do(typed)

    async def do(self, typed: str) -> None:
        """Do what ``typed`` says, and show what comes of it; a fault becomes a message and the
        program goes on."""
        self.say("")
        try:
            await self.show(self.typed(typed))
        except Exception as error:  # whatever it is, the officer's next question must be answered
            self.say(in_words(error))

    async def open_source(self, opened: Opened) -> None:
        """Show a section."""
        pane = self.query_one(SourcePane)
        pane.display = True
        self.make_room(True)
        await pane.show(opened, self.today)

    def close_source(self) -> None:
        """Give the room back, where a section is shown."""
        pane = self.query_one(SourcePane)
        if pane.display:
            pane.display = False
            self.make_room(False)
            self.line.focus()

    def on_source_pane_closed(self, event: SourcePane.Closed) -> None:
        """The reader is done with the source."""
        event.stop()
        self.close_source()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action of the table can be done here: in a section that is read within a walk
        the keys of the conversation do nothing."""
        if action != "do":
            return True
        return any(one.id == parameters[0] for one in actions(self.WHERE))

    async def action_do(self, name: str) -> None:
        """Do the action with the id ``name``, as if its word had been typed; where it needs more
        words, begin to type it."""
        action = next(a for a in actions(self.WHERE) if a.id == name)
        if action.word == "help":
            self.show_help()
        elif action.word == "commands":
            self.app.action_command_palette()
        elif action.word == "quit":
            self.app.exit()
        elif action.needs_argument:
            self.line.value = f"/{action.word} "
            self.line.focus()
            self.line.cursor_position = len(self.line.value)
        else:
            await self.do(f"/{action.word}")

    def show_help(self) -> None:
        """Explain the keys, and the widget that has the focus."""
        from assistant.tui.help_screen import HelpScreen

        self.app.push_screen(HelpScreen(self.WHERE, self.focused))

    def commands(self) -> Iterable[SystemCommand]:
        """The actions of this screen, for the list of commands."""
        for action in actions(self.WHERE):
            if action.word != "commands":
                yield SystemCommand(
                    f"{action.label} /{action.word}",
                    action.what,
                    lambda name=action.id: self.run_worker(self.action_do(name)),
                )

    def put_on_clipboard(self, text: str) -> str:
        """Send ``text`` to the clipboard: the terminal's, which works over a network too, and the
        system's where there is one; what to say."""
        self.app.copy_to_clipboard(text)
        if self.app.is_web:
            return "Sent to the clipboard of the browser."  # the system's is the server's
        return copy(text) or "Sent to the clipboard of the terminal; /save FILE writes a file."


def plain(text: str) -> Content:
    """``text`` as it is: nothing in it is markup, no control character is left."""
    return Content(without_controls(text))
