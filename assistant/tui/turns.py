"""What has been said so far, one selectable text a turn."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.guidance.wording import OTHER_WORDS
from assistant.tui.keys import reading_bindings

MOST_SHOWN = 150
"""So many turns stay on the screen: each costs time at every key press."""

WELCOME = f"""Ask a question as you would ask a colleague, and press Enter.
A number opens what stands beside it. F1 explains the rest.
{OTHER_WORDS}
Do not enter names or dates of birth."""


class Turns(VerticalScroll):
    """The turns of the conversation, oldest above; the oldest go when there are many."""

    BINDINGS = reading_bindings()
    HELP = "The conversation. Up, Down, PgUp and PgDn scroll; Tab goes back to the line to type in."

    def __init__(self, privacy: str) -> None:
        """``privacy`` says what becomes of what is typed."""
        super().__init__(id="turns")
        self._privacy = privacy

    def compose(self) -> ComposeResult:
        """What to do first."""
        yield Static(Content(f"{WELCOME} {self._privacy}"), id="welcome")

    async def add(self, content: Content, *classes: str) -> None:
        """Add a turn, and bring its beginning into view."""
        turn = Static(content, classes=" ".join(("turn", *classes)))
        await self.mount(turn)
        shown = self.query(".turn")
        if len(shown) > MOST_SHOWN:
            await shown.first().remove()
        self.call_after_refresh(self.scroll_to_widget, turn, animate=False, top=True)

    async def clear(self) -> None:
        """Forget every turn."""
        await self.query(".turn").remove()
