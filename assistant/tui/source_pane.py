"""The source pane: a cited section with the cited passage marked, its status and its date."""

from datetime import date

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from assistant.guidance.model import Passage, Place
from assistant.guidance.wording import RESTATED
from assistant.tui.content import markdown_content


class SourcePane(VerticalScroll):
    """Shows one section at a time; Esc closes it."""

    BINDINGS = [Binding("escape", "close", "Close source", id="source.close")]

    class Closed(Message):
        """The reader is done with the source."""

    def compose(self) -> ComposeResult:
        """Nothing until a section is shown."""
        yield from ()

    async def show(self, place: Place, cited: Passage | None, today: date) -> None:
        """Show the section of ``place``; ``cited`` is marked and scrolled to."""
        await self.remove_children()
        publication, section = place.publication, place.section
        head = Content.assemble(
            (" > ".join(section.path), "bold"),
            f"\n{publication.about.publisher}, {publication.about.title}. Status: "
            f"{publication.status(today).in_words}. "
            f"Last changed: {publication.last_changed:%d %B %Y}. {section.citation}",
            (f"\n{RESTATED}", "italic"),
        )
        await self.mount(Static(head, id="source-head"))
        if not section.passages:
            await self.mount(Static(Content("The publication prints nothing under this heading.")))
        marked: Static | None = None
        for passage in section.passages:
            widget = self._passage(passage, passage is cited)
            await self.mount(widget)
            if passage is cited:
                marked = widget
        self.focus()
        # Where things are is known once the passages have been laid out.
        if marked is not None:
            self.call_after_refresh(self.scroll_to_widget, marked, animate=False, top=True)
        else:
            self.call_after_refresh(self.scroll_home, animate=False)

    @staticmethod
    def _passage(passage: Passage, cited: bool) -> Static:
        step = f"{passage.paragraph}. " if passage.paragraph and passage.paragraph.isdigit() else ""
        text = markdown_content(passage.text)
        if not cited:
            return Static(Content.assemble(step, text), classes="passage")
        return Static(
            Content.assemble(("Cited passage\n", "bold reverse"), step, text),
            classes="passage cited",
        )

    def action_close(self) -> None:
        """Give the room back to the conversation."""
        self.post_message(self.Closed())
