"""The application: opens the library behind the first screen, and goes from screen to screen."""

import asyncio
import contextlib
import gc
import os
import secrets
import signal
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.binding import Binding
from textual.filter import NoColor
from textual.message import Message
from textual.screen import Screen

from assistant.errors import AssistantError
from assistant.interface.settings import Settings
from assistant.library.content import find_content
from assistant.library.model import Library
from assistant.library.store import open_library
from assistant.tui.conversation_screen import ConversationScreen
from assistant.tui.faults import GoesOn
from assistant.tui.freeing import FreesWhenStill
from assistant.tui.talk_screen import TalkScreen
from assistant.tui.themes import HIGH_CONTRAST, TEXTUAL_NAMES

if TYPE_CHECKING:
    from assistant.answers.assistant import Assistant
    from assistant.interface.blocks import QuizOf
    from assistant.interface.quizzer import Quizzer
    from assistant.interface.walker import Walker


class AssistantApp(GoesOn, FreesWhenStill):
    """The assistant in the terminal."""

    TITLE = "Guidance assistant"
    CSS_PATH = "app.tcss"
    BINDINGS = [Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.leave")]

    class LibraryReady(Message):
        """The library is open."""

        def __init__(self, library: Library) -> None:
            self.library = library
            super().__init__()

    def __init__(
        self,
        now: datetime | None = None,
        walk: str | None = None,
        settings: Settings | None = None,
        quiz: "Quizzer | None" = None,
    ) -> None:
        """``now`` fixes the time; ``walk`` names a dialogue to begin with, ``quiz`` is a quiz."""
        if not os.environ.get("NO_COLOR", "unset"):
            del os.environ["NO_COLOR"]  # empty, it asks for nothing
        super().__init__()
        if self.no_color:
            # Textual itself leaves shades of grey, and has no public place to take them away.
            self._filters.append(NoColor())
        self.settings = settings or Settings()
        self.register_theme(HIGH_CONTRAST)
        self.theme = TEXTUAL_NAMES[self.settings.theme]
        self.set_keymap(self.settings.keys)
        self.now = now
        self.assistant: Assistant | None = None
        self._first_walk = walk
        self._first_quiz = quiz
        self._walkers: dict[str, Walker] = {}

    def get_default_screen(self) -> Screen[Any]:
        """The conversation is below everything."""
        return ConversationScreen(self.settings)

    @property
    def conversation(self) -> ConversationScreen:
        """The screen of the conversation, whatever stands above it."""
        screen = self.screen_stack[0]
        assert isinstance(screen, ConversationScreen)
        return screen

    def say(self, text: str) -> None:
        """Show one line on the screen that is seen, or on the conversation below."""
        screen = self.screen
        (screen if isinstance(screen, TalkScreen) else self.conversation).say(text)

    def on_mount(self) -> None:
        """Open the library once the screen stands."""
        if not self.is_headless:
            self._end_in_order()
        self.call_after_refresh(
            lambda: self.run_worker(self._open_library, thread=True, name="library")
        )

    def on_unmount(self) -> None:
        """Let go of what the conversation opened."""
        if self._screen_stack and self.conversation.talk is not None:
            self.conversation.talk.close()

    def _end_in_order(self) -> None:
        """When asked to end, leave the terminal as it was found; in a browser, end with the server
        too."""
        loop = asyncio.get_running_loop()
        # Windows has neither; there the program just ends.
        with contextlib.suppress(AttributeError, NotImplementedError):
            for one in (signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(one, self.exit, None, 128 + one)
        if self.is_web:
            server = os.getppid()
            self.set_interval(1, lambda: None if os.getppid() == server else self.exit())

    def _open_library(self) -> None:
        def step(what: str, done: int, of: int) -> None:
            if done in (1, of) or done % 20 == 0:
                say(f"Building the library: {what}, {done} of {of}")

        def say(text: str) -> None:
            self.call_from_thread(self.conversation.say, text)

        try:
            # Loaded here, beside the screen: the first paint does not wait for what answers, nor
            # the first section for what reads Markdown.
            import markdown_it  # noqa: F401

            import assistant.interface.conversation  # noqa: F401

            library = open_library(find_content(), step, say)
            # It stays until the program ends: there is nothing in it to look for and free.
            gc.freeze()
            self.post_message(self.LibraryReady(library))
        except Exception as error:  # the screen must say so, whatever it is
            known = str(error) if isinstance(error, AssistantError) else type(error).__name__
            text = f"The library cannot be opened. {known}"
            self.call_from_thread(lambda: self.run_worker(self.conversation.fault(text)))

    async def on_assistant_app_library_ready(self, message: LibraryReady) -> None:
        """Answer what was typed while the library was opened."""
        from assistant.answers.assistant import Assistant

        self.assistant = Assistant(message.library, self.now)
        await self.conversation.begin(self.assistant)
        if self._first_walk is not None:
            self._walk(self._first_walk)
        if self._first_quiz is not None and self.conversation.talk is not None:
            self.conversation.talk.quizzes.adopt(self._first_quiz)
            self._show_quiz(self._first_quiz)

    async def on_conversation_screen_wants(self, message: ConversationScreen.Wants) -> None:
        """Go to another screen, or change the colours."""
        wanted = message.reaction
        if message.library and self.conversation.talk is not None:
            from assistant.tui.library_screen import LibraryScreen

            await self.push_screen(LibraryScreen(self.conversation.talk))
        if wanted.theme is not None:
            self.theme = TEXTUAL_NAMES[wanted.theme]
        if wanted.walk is not None:
            self._walk(wanted.walk)
        if wanted.quiz is not None:
            self._quiz(wanted.quiz)

    def _quiz(self, wanted: "QuizOf") -> None:
        """Begin the quiz that is ``wanted``, or go on with it where it was left."""
        from assistant.interface.quiz_papers import SEEDS

        talk = self.conversation.talk
        assert talk is not None
        try:
            self._show_quiz(talk.quizzes.open(wanted, secrets.randbelow(SEEDS)))
        except AssistantError as error:
            self.conversation.say(str(error))

    def _show_quiz(self, quizzer: "Quizzer") -> None:
        from assistant.tui.quiz_screen import QuizScreen

        def left(_: None) -> None:
            if not quizzer.ended:
                self.conversation.say("The quiz is left; F7 goes on, /quiz topics lists others.")

        self.push_screen(QuizScreen(quizzer), left)

    def _walk(self, dialogue: str) -> None:
        """Walk ``dialogue``: go on with it where it was left, unless it was at its end."""
        from assistant.dialogues.session import Session
        from assistant.interface.walker import Walker
        from assistant.tui.walk_screen import WalkScreen

        assert self.assistant is not None
        walker = self._walkers.get(dialogue)
        if walker is None or walker.stop is None:
            session = Session(dialogue, self.now or datetime.now())
            walker = self._walkers[dialogue] = Walker(
                self.assistant, session, keys=True, files=not self.is_web
            )
        self.push_screen(WalkScreen(walker))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The actions of the screen, for the list of commands."""
        if isinstance(screen, TalkScreen):
            yield from screen.commands()

    def _fatal_error(self) -> None:
        """A fault that no screen could turn into a message ends the program with one line: a
        traceback would show what was typed."""
        error = sys.exc_info()[1]
        where = "" if error is None else f" ({type(error).__name__})"
        self._exit_renderables.append(
            f"assistant: unexpected fault{where}; the program has ended. "
            "ASSISTANT_DEBUG=1 shows where."
        )
        if os.environ.get("ASSISTANT_DEBUG"):
            super()._fatal_error()
        else:
            self._close_messages_no_wait()
