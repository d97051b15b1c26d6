"""The walk on the screen: one node at a time, the route beside it where there is room."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Input, Static

from assistant.answers.walker import Reaction, Walker, node_lines, outcome_lines, route_lines
from assistant.dialogues.model import Asking, Telling
from assistant.dialogues.walk import Stop
from assistant.errors import AssistantError
from assistant.guidance.model import Place
from assistant.guidance.wording import without_controls
from assistant.tui.content import answer_content
from assistant.tui.source_pane import SourcePane

WIDE = 100
"""From this many columns the route stands beside the node."""


class WalkScreen(Screen[None]):
    """Walks one dialogue; Esc goes back to the conversation, and the walk can be gone on with."""

    BINDINGS = [
        Binding("escape", "leave", "Conversation", id="walk.leave"),
        Binding("f2", "say('source')", "Source", id="walk.source"),
        Binding("f3", "say('back')", "Undo", id="walk.back"),
        Binding("f4", "say('route')", "Route", id="walk.route"),
        Binding("f5", "say('why')", "Why", id="walk.why"),
    ]

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
        yield Input(placeholder="Number or answer; Enter goes on; help", id="answer")
        yield Footer()

    def on_mount(self) -> None:
        """Show where the walk stands."""
        self.query_one("#walk-source").display = False
        self._fit()
        self._show_node()
        self.query_one(Input).focus()

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
            node.update(Content("\n\n".join(map(without_controls, outcome_lines(walker.found)))))
        else:
            node.update(Content(_paragraphs(stop)))
        self.query_one("#route", Static).update(
            Content.assemble(("Route\n", "bold"), "\n".join(route_lines(walker.found)))
        )
        self.query_one("#walk-node").scroll_home(animate=False)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Do what was typed; the conversation below must not take it for a question."""
        event.stop()
        event.input.clear()
        await self.action_say(event.value)

    async def action_say(self, typed: str) -> None:
        """Do what ``typed`` says, as if it had been typed."""
        try:
            reaction = self.walker.typed(typed)
        except AssistantError as error:
            reaction = Reaction((str(error),))
        if reaction.left:
            self.action_leave()
            return
        self._show_node()
        shown: list[Content | str] = [Content(without_controls(text)) for text in reaction.said]
        if reaction.answer is not None:
            shown.append(answer_content(reaction.answer))
        self.query_one("#reaction", Static).update(
            Content.assemble(*(part for one in shown for part in ("\n", one)))
        )
        if shown:
            self.call_after_refresh(self.query_one("#walk-node").scroll_end, animate=False)
        if reaction.places:
            await self._show_source(reaction.places[0])

    async def _show_source(self, place: Place) -> None:
        pane = self.query_one(SourcePane)
        pane.display = True
        self.query_one("#walk-node").display = False
        await pane.show(place, place.passage, self.walker.assistant.today)

    def on_source_pane_closed(self) -> None:
        """Give the room back to the node."""
        self.query_one(SourcePane).display = False
        self.query_one("#walk-node").display = True
        self.query_one(Input).focus()

    def action_leave(self) -> None:
        """Go back to the conversation; the walk stays as it is."""
        self.dismiss(None)


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
