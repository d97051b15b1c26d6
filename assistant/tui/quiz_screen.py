"""The quiz on the screen: one question at a time, what is said to the answer below it, the passage
in its place when it is asked for."""

from datetime import date

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.guidance.wording import without_controls
from assistant.interface.actions import Where
from assistant.interface.blocks import Block, Opened, Reaction, Said
from assistant.interface.quizzer import Quizzer
from assistant.quiz.attempt import Mode
from assistant.tui.content import block_content
from assistant.tui.key_line import KeyLine
from assistant.tui.keys import screen_bindings
from assistant.tui.question_input import QuestionInput
from assistant.tui.source_pane import SourcePane
from assistant.tui.talk_screen import TalkScreen


class QuizScreen(TalkScreen):
    """Takes one quiz; Esc goes back to the conversation, and the quiz can be gone on with.

    For a class the question stands alone, with wide spaces, to be seen from afar.
    """

    WHERE = Where.QUIZ
    BINDINGS = screen_bindings(Where.EVERYWHERE, Where.QUIZ)
    HELP = "A quiz, a question a screen. Type the number of an option, or press Enter to go on."

    def __init__(self, quizzer: Quizzer) -> None:
        super().__init__(classes="class-mode" if quizzer.mode is Mode.CLASS else None)
        self.quizzer = quizzer

    def compose(self) -> ComposeResult:
        """The question, what is said to the answer, the source in their place, the progress."""
        yield Static("", id="quiz-progress")
        with Container(id="quiz-main"):
            with VerticalScroll(id="quiz-question"):
                yield Static("", id="quiz-opening")
                yield Static("", id="question")
                yield Static("", id="quiz-reaction")
            yield SourcePane(id="quiz-source")
        yield Static("", id="quiz-status", classes="status")
        yield QuestionInput("Number or answer; Enter goes on; F1 help", "answer")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show where the quiz stands; with a time limit, how much is left."""
        self.query_one(SourcePane).display = False
        self.query_one("#quiz-opening", Static).update(_text(self.quizzer.opening()))
        self.query_one("#quiz-reaction", Static).update(_text(self.quizzer.remarks()))
        self._show_question()
        self.line.focus()
        if self.quizzer.sitting.attempt.limit is not None:
            self.set_interval(1, self._show_progress)

    def _show_question(self) -> None:
        self.query_one("#question", Static).update(_spaced(self.quizzer.shown()))
        self._show_progress()
        self.query_one("#quiz-question").scroll_home(animate=False)

    def _show_progress(self) -> None:
        self.query_one("#quiz-progress", Static).update(
            Content.assemble((f"Quiz: {self.quizzer.progress()}", "bold"))
        )

    def typed(self, typed: str) -> Reaction:
        """What the quiz makes of ``typed``."""
        return self.quizzer.typed(typed)

    async def show(self, reaction: Reaction) -> None:
        """Show the question that the quiz stands at, and what came of what was typed below it."""
        if reaction.left:
            self.dismiss()
            return
        opened = [block for block in reaction.blocks if isinstance(block, Opened)]
        if opened:
            await self.open_source(opened[0])
            return
        self.query_one("#quiz-opening").display = False
        self._show_question()
        self.query_one("#quiz-reaction", Static).update(_text(reaction.blocks))
        if reaction.blocks:
            self.call_after_refresh(
                self.query_one("#quiz-question").scroll_to_widget,
                self.query_one("#quiz-reaction"),
                animate=False,
                top=True,
            )

    def make_room(self, reading: bool) -> None:
        """The source takes the place of the question."""
        self.query_one("#quiz-question").display = not reading

    @property
    def today(self) -> date:
        """The day of the quiz."""
        return self.quizzer.assistant.today


def _text(blocks: tuple[Block, ...]) -> Content:
    return Content("\n\n").join([block_content(block) for block in blocks])


def _spaced(blocks: tuple[Block, ...]) -> Content:
    """The stem of a question, its second paragraph, stands out."""
    if len(blocks) < 2 or not isinstance(blocks[1], Said):
        return _text(blocks)
    stem = Content.assemble((without_controls(blocks[1].text), "bold"))
    rest = [block_content(block) for block in blocks[2:]]
    return Content("\n\n").join([block_content(blocks[0]), stem, *rest])
