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
        passages = self._passages(section.passages, opened.cited, looked_for)
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
    def _passages(
        passages: tuple[Passage, ...], cited: Passage | None, looked_for: frozenset[str]
    ) -> list[Static]:
        """The passages as three texts at most: before the cited one, that one, and after it. One
        widget a passage takes several times as long where a section has many."""
        if not passages:
            return [Static(Content("The publication prints nothing under this heading."))]
        at = next((n for n, one in enumerate(passages) if one is cited), len(passages))
        texts = [_text(passage, looked_for) for passage in passages]
        found = []
        if texts[:at]:
            found.append(Static(Content("\n\n").join(texts[:at]), classes="passage"))
        if at < len(texts):
            head = ("Cited passage\n", "bold reverse")
            found.append(Static(Content.assemble(head, texts[at]), classes="passage cited"))
        if texts[at + 1 :]:
            found.append(Static(Content("\n\n").join(texts[at + 1 :]), classes="passage"))
        return found

    def action_close(self) -> None:
        """Give the room back."""
        self.post_message(self.Closed())


def _text(passage: Passage, looked_for: frozenset[str]) -> Content:
    step = f"{passage.paragraph}. " if passage.paragraph and passage.paragraph.isdigit() else ""
    return Content.assemble(step, marked(markdown_content(passage.text), looked_for))
