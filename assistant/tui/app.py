"""The application: a conversation, a line to type in, and the pane that shows a source."""

from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, Static

from assistant.answers.assistant import Assistant
from assistant.answers.model import CitedPassage
from assistant.answers.transcript import Transcript
from assistant.errors import AssistantError
from assistant.guidance.citations import Citation
from assistant.guidance.model import Passage, Place
from assistant.guidance.wording import RESTATED, without_markup
from assistant.library.content import find_content
from assistant.library.model import Library
from assistant.library.store import open_library
from assistant.tui.content import answer_content
from assistant.tui.source_pane import SourcePane

if TYPE_CHECKING:
    from assistant.answers.walker import Walker

WIDE = 110
"""From this many columns the source stands beside the conversation; below, in its place."""

_WELCOME = f"""Ask a question as you would ask a colleague, and press Enter.
A number opens that source of the last answer. F1 explains the rest.
{RESTATED}
Do not enter names or dates of birth. Nothing that you type is stored or sent."""

_HELP = """Keys

Enter       ask what you typed
1, 2 ...    typed alone and Enter: open that source of the last answer
F1          this page
F2          open the first source of the last answer
F6          walk the procedure that the last answer offers, or list them all
            (walk and a name, or a situation, typed: walk that one)
F10         leave (Ctrl+Q too)
Esc         close this page or the source
Tab         move between the conversation, the source and the line you type in
Up, Down, PgUp, PgDn   scroll what has the focus

Text can be selected with the mouse; Ctrl+C copies it.

Every answer names its source, the source's date and whether it is current,
past its review date or historical. What no source answers is refused.
"""


class HelpScreen(ModalScreen[None]):
    """What the keys do."""

    BINDINGS = [Binding("escape,f1,enter", "dismiss", "Close", id="help.close")]

    def compose(self) -> ComposeResult:
        """One page of text."""
        with VerticalScroll(id="help"):
            yield Static(Content(_HELP))
        yield Footer()


class Conversation(VerticalScroll):
    """The turns so far, one selectable text each."""

    def compose(self) -> ComposeResult:
        """What to do first."""
        yield Static(Content(_WELCOME), id="welcome")

    async def add(self, content: Content, *classes: str) -> None:
        """Add a turn, and bring its beginning into view."""
        turn = Static(content, classes=" ".join(("turn", *classes)))
        await self.mount(turn)
        self.call_after_refresh(self.scroll_to_widget, turn, animate=False, top=True)


class AssistantApp(App[None]):
    """The assistant in the terminal."""

    TITLE = "Guidance assistant"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [
        Binding("f1", "help", "Help", id="app.help", priority=True),
        Binding("f2", "open_source(1)", "Source", id="source.open"),
        Binding("f6", "walk", "Walk", id="walk.open"),
        Binding("f10", "quit", "Quit", id="app.quit", priority=True),
    ]

    class LibraryReady(Message):
        """The library is open."""

        def __init__(self, library: Library) -> None:
            self.library = library
            super().__init__()

    def __init__(self, now: datetime | None = None, walk: str | None = None) -> None:
        """``now`` fixes the time; ``walk`` names a dialogue to begin with."""
        super().__init__()
        self._first_walk = walk
        self.now = now
        self.transcript = Transcript()
        self.assistant: Assistant | None = None
        self._waiting: list[str] = []
        self._walkers: dict[str, Walker] = {}
        self._status_is_about_library = False

    def compose(self) -> ComposeResult:
        """The conversation with the source beside it, the line to type in, the keys that work
        now."""
        with Horizontal(id="main"):
            yield Conversation(id="conversation")
            yield SourcePane(id="source")
        yield Static("", id="status")
        yield Input(placeholder="Your question", id="question")
        yield Footer()

    def on_mount(self) -> None:
        """Open the library once the screen stands."""
        self.query_one("#source").display = False
        self.query_one(Input).focus()
        self._fit()
        self.call_after_refresh(
            lambda: self.run_worker(self._open_library, thread=True, name="library")
        )

    def on_resize(self) -> None:
        """Put the source beside the conversation or in its place."""
        self._fit()

    def _fit(self) -> None:
        self.query_one("#main").set_class(self.size.width < WIDE, "narrow")

    def _open_library(self) -> None:
        def step(what: str, done: int, of: int) -> None:
            if done == of or done % 50 == 0:
                say(f"Building the library: {what}, {done} of {of}")

        def say(text: str) -> None:
            self.call_from_thread(self._status, text, about_library=True)

        try:
            self.post_message(self.LibraryReady(open_library(find_content(), step, say)))
        except AssistantError as error:
            self.call_from_thread(self._say, f"The library cannot be opened. {error}")

    async def on_assistant_app_library_ready(self, message: LibraryReady) -> None:
        """Answer what was asked while the library was opened."""
        self.assistant = Assistant(message.library, self.now)
        self._status("", about_library=True)
        waiting, self._waiting = self._waiting, []
        for question in waiting:
            await self._ask(question)
        if self._first_walk is not None:
            await self._walk(self.assistant, self._first_walk)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Ask the question, or open the source whose number was typed."""
        typed = event.value.strip()
        event.input.clear()
        if not typed:
            return
        if typed.isdecimal() and len(typed) <= 2 and self.transcript.last is not None:
            chosen = self.assistant and self.assistant.choose(int(typed), self.transcript)
            if chosen:
                await self.query_one(Conversation).add(answer_content(chosen))
            else:
                await self.action_open_source(int(typed))
        elif self.assistant is not None and (typed == "walk" or typed.startswith("walk ")):
            await self._walk(self.assistant, typed[4:].strip())
        elif self.assistant is None:
            self._waiting.append(typed)
            self._status("The library is being opened; the answer follows.", about_library=True)
        else:
            await self._ask(typed)

    async def _walk(self, assistant: Assistant, name: str) -> None:
        """Walk the dialogue that ``name`` means: go on with it where it was left."""
        from assistant.answers.walker import Walker
        from assistant.answers.walkthroughs import find
        from assistant.dialogues.session import Session
        from assistant.tui.walk_screen import WalkScreen

        offered = self.transcript.last.walkthrough if self.transcript.last else None
        found = find(assistant.library, name or offered or "")
        if len(found) == 1:
            chosen = found[0].id
            if chosen not in self._walkers:
                self._walkers[chosen] = Walker(assistant, Session(chosen, datetime.now()))
            await self.push_screen(WalkScreen(self._walkers[chosen]))
            return
        listed = found or assistant.library.dialogues
        lines = [f"walk {dialogue.id}: {dialogue.title}" for dialogue in listed]
        await self.query_one(Conversation).add(Content("\n".join(["Type one of these:", *lines])))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the walk and the sources of answers in the conversation alone."""
        return action not in ("walk", "open_source") or len(self.screen_stack) == 1

    async def action_walk(self) -> None:
        """Walk what the last answer offers, or list the dialogues."""
        if self.assistant is not None:
            await self._walk(self.assistant, "")

    async def _ask(self, question: str) -> None:
        if self.assistant is None:
            return
        try:
            answer = self.assistant.ask(question, self.transcript)
        except AssistantError as error:
            self._say(f"This could not be answered. {error}")
            return
        await self.query_one(Conversation).add(answer_content(answer))

    async def action_open_source(self, number: int) -> None:
        """Show source ``number`` of the last answer."""
        passage = self.transcript.source(number)
        if passage is None or self.assistant is None:
            self._status(
                f"The last answer has no source {number}."
                if self.transcript.last
                else "Ask something first."
            )
            return
        self._status("")
        place = self._place(passage)
        pane = self.query_one(SourcePane)
        pane.display = True
        self.query_one("#main").add_class("reading")
        await pane.show(place, _cited(place, passage), self.assistant.today)

    def _place(self, passage: CitedPassage) -> Place:
        assert self.assistant is not None
        citation = Citation.parse(
            passage.anchor + (f"/{passage.paragraph}" if passage.paragraph else "")
        )
        return self.assistant.library.guidance.resolve(citation)

    def on_source_pane_closed(self) -> None:
        """Give the room back to the conversation."""
        self.query_one(SourcePane).display = False
        self.query_one("#main").remove_class("reading")
        self.query_one(Input).focus()

    def action_help(self) -> None:
        """Explain the keys, or put the explanation away."""
        if isinstance(self.screen, HelpScreen):
            self.pop_screen()
        else:
            self.push_screen(HelpScreen())

    def _status(self, text: str, about_library: bool = False) -> None:
        """Show ``text`` above the line to type in; what is said of the library goes when it is
        open."""
        if about_library and not text and not self._status_is_about_library:
            return
        self._status_is_about_library = about_library
        line = self.query_one("#status", Static)
        line.update(Content(text))
        line.display = bool(text)

    def _say(self, text: str) -> None:
        self._status("")
        self.run_worker(self.query_one(Conversation).add(Content(text), "fault"))


def _cited(place: Place, cited: CitedPassage) -> Passage | None:
    """The passage of ``place`` that an answer stands on."""
    if place.passage is not None:
        return place.passage
    return next(
        (
            passage
            for passage in place.section.passages
            if without_markup(passage.text) == cited.text
        ),
        None,
    )
