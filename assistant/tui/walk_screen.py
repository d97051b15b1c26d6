"""The walk on the screen: one node at a time, the route beside it where there is room."""

from datetime import date

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.dialogues.model import Asking, Telling
from assistant.dialogues.walk import Stop
from assistant.guidance.wording import without_controls
from assistant.interface.actions import Where
from assistant.interface.blocks import Opened, Reaction
from assistant.interface.walker import AT_THE_END, Walker, node_lines, outcome_lines, route_lines
from assistant.tui.content import block_content
from assistant.tui.key_line import KeyLine
from assistant.tui.keys import screen_bindings
from assistant.tui.question_input import QuestionInput
from assistant.tui.source_pane import SourcePane
from assistant.tui.talk_screen import TalkScreen

WIDE = 100
"""From this many columns the route stands beside the node."""


class WalkScreen(TalkScreen):
    """Walks one dialogue; Esc goes back to the conversation, and the walk can be gone on with."""

    WHERE = Where.WALK
    BINDINGS = screen_bindings(Where.EVERYWHERE, Where.WALK)
    HELP = "A procedure, a step a screen. Type the number of an option, or press Enter to go on."

    def __init__(self, walker: Walker) -> None:
        super().__init__()
        self.walker = walker

    def compose(self) -> ComposeResult:
        """The node, the route beside it, the source in its place when it is asked for."""
        dialogue = self.walker.library.book.dialogues[self.walker.session.dialogue]
        yield Static(Content.assemble((dialogue.title, "bold")), id="walk-title")
        with Horizontal(id="walk-main"):
            with VerticalScroll(id="walk-node"):
                yield Static("", id="node")
                yield Static("", id="reaction")
            with VerticalScroll(id="walk-route"):
                yield Static("", id="route")
            yield SourcePane(id="walk-source")
        yield Static("", id="walk-status", classes="status")
        yield QuestionInput("Number or answer; Enter goes on; F1 help", "answer")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show where the walk stands."""
        self.query_one(SourcePane).display = False
        self._fit()
        self._show_node()
        self.line.focus()

    def on_resize(self) -> None:
        """Show the route beside the node where there is room."""
        self._fit()

    def _fit(self) -> None:
        self.query_one("#walk-route").display = self.size.width >= WIDE

    def _show_node(self) -> None:
        walker = self.walker
        stop = walker.stop
        node = self.query_one("#node", Static)
        if stop is None:
            lines = [*outcome_lines(walker.found), AT_THE_END]
            node.update(Content("\n\n".join(map(without_controls, lines))))
        else:
            node.update(Content(_paragraphs(stop)))
        self.query_one("#route", Static).update(
            Content.assemble(("Route\n", "bold"), "\n".join(route_lines(walker.found)))
        )
        self.query_one("#walk-node").scroll_home(animate=False)

    def typed(self, typed: str) -> Reaction:
        """What the walk makes of ``typed``."""
        return self.walker.typed(typed)

    async def show(self, reaction: Reaction) -> None:
        """Show the node that the walk stands at, and what was asked for beside it."""
        if reaction.left:
            self.app.pop_screen()
            return
        self._show_node()
        shown = [block_content(one) for one in reaction.blocks if not isinstance(one, Opened)]
        self.query_one("#reaction", Static).update(Content("\n\n").join(shown))
        if shown:
            self.call_after_refresh(self.query_one("#walk-node").scroll_end, animate=False)
        opened = [block for block in reaction.blocks if isinstance(block, Opened)]
        if opened:
            await self.open_source(opened[0])

    def make_room(self, reading: bool) -> None:
        """The source takes the place of the node."""
        self.query_one("#walk-node").display = not reading

    @property
    def today(self) -> date:
        """The day of the walk."""
        return self.walker.assistant.today


def _paragraphs(stop: Stop) -> str:
    texts = [without_controls(text) for text in node_lines(stop.node)]
    if isinstance(stop.node, Asking | Telling) and stop.node.help:
        texts.append(f"Why: {without_controls(stop.node.help)}")
    # Options stand close together, everything else a line apart.
    lines: list[str] = []
    for text in texts:
        close = text[:1].isdigit() and lines and lines[-1][:1].isdigit()
        lines += [text] if close or not lines else ["", text]
    return "\n".join([*lines, "", f"Source: {', '.join(stop.node.cites)}"])
