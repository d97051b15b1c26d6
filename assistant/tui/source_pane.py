"""The source pane: a section with the cited passage marked, its status and its date."""

from datetime import date

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from assistant.guidance.editions import wording_of
from assistant.guidance.model import Passage
from assistant.interface.blocks import Opened
from assistant.matching.normalise import words
from assistant.tui.content import markdown_content, marked
from assistant.tui.keys import reading_bindings


class SourcePane(VerticalScroll):
    """Shows one section at a time; Esc closes it."""

    BINDINGS = [Binding("escape", "close", "Close", id="section.close"), *reading_bindings()]
    HELP = (
        "A section of a publication. Up, Down, PgUp and PgDn scroll; n and p turn to the next and "
        "the previous section or hit, [ and ] go back and forward, u lists what uses the section, "
        "y and Y copy it, Esc closes it."
    )

    class Closed(Message):
        """The reader is done with the source."""

    def compose(self) -> ComposeResult:
        """Nothing until a section is shown."""
        yield from ()

    async def show(self, opened: Opened, today: date) -> None:
        """Show a section; the cited passage and the words looked for are marked, and the first of
        them is scrolled to."""
        place = opened.place
        publication, section = place.publication, place.section
        head = Content.assemble(
            (" > ".join(section.path), "bold"),
            f"\n{publication.about.publisher}, {publication.about.title}. Status: "
            f"{publication.status(today).in_words}. "
            f"Last changed: {publication.last_changed:%d %B %Y}. {section.citation}",
            (f"\n{wording_of(publication)}", "italic"),
        )
        looked_for = frozenset(words(opened.marked))
        passages = [self._passage(p, p is opened.cited, looked_for) for p in section.passages]
        if not passages:
            passages = [Static(Content("The publication prints nothing under this heading."))]
        async with self.batch():
            await self.remove_children()
            await self.mount(Static(head, id="source-head"), *passages)
        self.focus()
        # Where things are is known once the passages have been laid out.
        cited = self.query(".cited")
        if cited:
            self.call_after_refresh(self.scroll_to_widget, cited.first(), animate=False, top=True)
        else:
            self.call_after_refresh(self.scroll_home, animate=False)

    @staticmethod
    def _passage(passage: Passage, cited: bool, looked_for: frozenset[str]) -> Static:
        step = f"{passage.paragraph}. " if passage.paragraph and passage.paragraph.isdigit() else ""
        text = marked(markdown_content(passage.text), looked_for)
        if not cited:
            return Static(Content.assemble(step, text), classes="passage")
        return Static(
            Content.assemble(("Cited passage\n", "bold reverse"), step, text),
            classes="passage cited",
        )

    def action_close(self) -> None:
        """Give the room back."""
        self.post_message(self.Closed())
