"""The conversation: what has been said, a source beside it, suggestions and the line to type in."""

from datetime import date
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from assistant.interface.actions import Where
from assistant.interface.blocks import Opened, Reaction, Said
from assistant.interface.settings import Settings, privacy
from assistant.interface.suggestions import Suggestion, suggestions
from assistant.tui.content import block_content
from assistant.tui.key_line import KeyLine
from assistant.tui.keys import screen_bindings
from assistant.tui.question_input import QuestionInput
from assistant.tui.source_pane import SourcePane
from assistant.tui.talk_screen import TalkScreen, plain
from assistant.tui.turns import Turns

if TYPE_CHECKING:
    from assistant.answers.assistant import Assistant
    from assistant.interface.conversation import Conversation

WIDE = 110
"""From this many columns the source stands beside the conversation; below, in its place."""


class ConversationScreen(TalkScreen):
    """Asks and reads. Everything else is a key away, and Esc comes back here."""

    BINDINGS = screen_bindings(Where.EVERYWHERE, Where.CONVERSATION)
    HELP = (
        "The line to type in. Enter asks; Up and Down bring back what was typed before; Down on a "
        "fresh line goes to what is suggested; Tab goes to the conversation."
    )

    class Wants(Message):
        """Another screen is wanted: a walk, a quiz, the library, or other colours."""

        def __init__(self, reaction: Reaction, library: bool = False) -> None:
            self.reaction = reaction
            self.library = library
            super().__init__()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.talk: Conversation | None = None
        self._waiting: list[str] = []
        self._suggested: list[Suggestion] = []

    def compose(self) -> ComposeResult:
        """The conversation with the source beside it, the line to type in, the keys that work
        now."""
        with Horizontal(id="main"):
            yield Turns(privacy(self.settings))
            yield SourcePane(id="source")
        yield Static("", id="status", classes="status")
        yield OptionList(id="suggestions")
        yield QuestionInput("Your question", "question")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin where something can be typed."""
        self.query_one(SourcePane).display = False
        self.query_one(OptionList).display = False
        self.line.focus()
        self._fit()

    def on_resize(self) -> None:
        """Put the source beside the conversation or in its place."""
        self._fit()

    def _fit(self) -> None:
        pane = self.query_one(SourcePane)
        pane.set_class(self.size.width < WIDE, "narrow")
        self.make_room(pane.display)

    async def begin(self, assistant: "Assistant") -> None:
        """The library is open: answer what was typed meanwhile."""
        from assistant.interface.conversation import Conversation  # loaded with the library

        self.talk = Conversation(assistant, self.settings, keys=True, files=not self.app.is_web)
        self.say("")
        waiting, self._waiting = self._waiting, []
        for typed in waiting:
            await self.do(typed)

    async def entered(self, typed: str) -> None:
        """Do what was typed; nothing is suggested any more."""
        self._suggest([])
        if typed.strip():
            await super().entered(typed.strip())

    async def do(self, typed: str) -> None:
        """Do what ``typed`` says; before the library is open, keep it for later."""
        if self.talk is None:
            self._waiting.append(typed)
            self.say("The library is being opened; the answer follows.")
            return
        if self._is_library(typed):
            self.post_message(self.Wants(Reaction(), library=True))
            return
        await super().do(typed)

    @staticmethod
    def _is_library(typed: str) -> bool:
        """The tree of publications is a screen of its own here."""
        return typed.lower() in ("library", "/library")

    def typed(self, typed: str) -> Reaction:
        """What the conversation makes of ``typed``."""
        assert self.talk is not None
        return self.talk.typed(typed)

    async def show(self, reaction: Reaction) -> None:
        """Show what came of something typed or chosen."""
        if reaction.forget:
            await self.query_one(Turns).clear()
            self.close_source()
        opened = [block for block in reaction.blocks if isinstance(block, Opened)]
        others = [block for block in reaction.blocks if not isinstance(block, Opened)]
        if opened:
            await self.open_source(opened[-1])
            self.say(" ".join(block.text for block in others if isinstance(block, Said)))
        elif others:
            # One turn, so that its beginning is what comes into view.
            self.close_source()
            await self.query_one(Turns).add(Content("\n\n").join(map(block_content, others)))
        if reaction.copied is not None:
            self.say(self.put_on_clipboard(reaction.copied))
        if reaction.left:
            self.app.exit()
        if reaction.walk is not None or reaction.quiz is not None or reaction.theme is not None:
            self.post_message(self.Wants(reaction))

    def make_room(self, reading: bool) -> None:
        """Where it is narrow, the source takes the place of the conversation."""
        self.query_one(Turns).display = self.size.width >= WIDE or not reading

    @property
    def today(self) -> date:
        """The day of the conversation."""
        assert self.talk is not None
        return self.talk.today

    async def fault(self, text: str) -> None:
        """Show what went wrong where it is not overlooked."""
        self.say("")
        await self.query_one(Turns).add(plain(text), "fault")

    # What is suggested while one types

    def on_input_changed(self, event: Input.Changed) -> None:
        """Suggest what may be meant by what stands there."""
        event.stop()
        found = suggestions(self.talk.library, event.value) if self.talk is not None else []
        self._suggest(found)

    def _suggest(self, found: list[Suggestion]) -> None:
        self._suggested = found
        shown = self.query_one(OptionList)
        shown.clear_options()
        shown.add_options(
            [Option(Content.assemble((f"{one.kind}: ", "dim"), one.text)) for one in found]
        )
        shown.display = bool(found) and self.size.height >= 16

    def on_question_input_wants_suggestions(self) -> None:
        """Go to what is suggested."""
        if self.query_one(OptionList).display:
            self.query_one(OptionList).focus()
            self.query_one(OptionList).highlighted = 0

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open what was suggested."""
        event.stop()
        chosen = self._suggested[event.option_index]
        self.line.clear()
        self._suggest([])
        self.line.focus()
        assert self.talk is not None
        await self.show(self.talk.open(chosen.target))

    def key_escape(self) -> None:
        """Away with what is suggested and with the source; back to the line to type in."""
        self._suggest([])
        self.close_source()
        self.line.focus()
