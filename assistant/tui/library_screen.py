"""The library: publications as a tree, a section beside it, desks and terms as tables that are
searched while one types."""

from datetime import date

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import DataTable, Input, Static, Tree
from textual.widgets.data_table import RowKey
from textual.widgets.tree import TreeNode

from assistant.guidance.model import Section
from assistant.interface import pages
from assistant.interface.actions import Where
from assistant.interface.blocks import Opened, Reaction, Said, SectionOf
from assistant.interface.conversation import Conversation
from assistant.tui.key_line import KeyLine
from assistant.tui.keys import screen_bindings
from assistant.tui.source_pane import SourcePane
from assistant.tui.talk_screen import TalkScreen, plain

WIDE = 100
"""From this many columns the tree stands beside what is read."""
CONTACTS, GLOSSARY = "Contacts", "Glossary"
_TALLEST_ROW = 8


class LibraryScreen(TalkScreen):
    """Reads the publications; Esc goes from what is read to the tree, and from the tree to the
    conversation."""

    BINDINGS = [
        Binding("escape", "close", "Back", id="library.close"),
        *screen_bindings(Where.EVERYWHERE, Where.CONVERSATION),
    ]
    HELP = (
        "The library. Arrows and Enter open a publication, a section, the desks or the terms; "
        "words typed below search the text, or the table that is open."
    )

    def __init__(self, talk: Conversation) -> None:
        super().__init__()
        self.talk = talk
        self._table: str | None = None
        self._rows: dict[RowKey, SectionOf] = {}

    def compose(self) -> ComposeResult:
        """The tree, what is read, the line to search with."""
        with Horizontal(id="library-main"):
            yield self._tree()
            yield SourcePane(id="library-section")
            yield DataTable[Content](id="table", cursor_type="row")
        yield Static("", id="library-status", classes="status")
        search = Input(placeholder="Words to search for", id="search", classes="line")
        search.cursor_blink = False
        yield search
        yield KeyLine()

    def _tree(self) -> Tree[object]:
        tree: Tree[object] = Tree("Library", id="tree")
        tree.show_root = False
        for publication in self.talk.library.guidance.publications:
            status = publication.status(self.talk.today).in_words
            dated = f"{publication.about.title} ({status}, {publication.last_changed:%d %B %Y})"
            self._add(tree.root.add(str(plain(dated))), publication.sections)
        for name in (CONTACTS, GLOSSARY):
            tree.root.add_leaf(name, data=name)
        return tree

    @staticmethod
    def _add(branch: TreeNode[object], sections: tuple[Section, ...]) -> None:
        above = [(0, branch)]
        for section, after in zip(sections, (*sections[1:], None), strict=True):
            depth = len(section.path)
            while above[-1][0] >= depth:
                above.pop()
            target = SectionOf(str(section.citation))
            title = str(plain(section.heading))
            if after is not None and len(after.path) > depth:
                above.append((depth, above[-1][1].add(title, data=target, expand=True)))
            else:
                above[-1][1].add_leaf(title, data=target)

    def on_mount(self) -> None:
        """Begin in the tree."""
        self._reading(None)
        tree = self.query_one(Tree)
        tree.focus()
        tree.call_after_refresh(tree.move_cursor_to_line, 0)

    def on_resize(self) -> None:
        """The tree beside what is read, or in its place."""
        self._fit()

    def _fit(self) -> None:
        reading = self.query_one(SourcePane).display or self.query_one(DataTable).display
        self.query_one(Tree).display = self.size.width >= WIDE or not reading

    def _reading(self, what: str | None) -> None:
        self.query_one(SourcePane).display = what == "section"
        self.query_one(DataTable).display = what == "table"
        if what != "table":
            self._table = None
        self._fit()

    async def on_tree_node_selected(self, event: Tree.NodeSelected[object]) -> None:
        """Open what was chosen."""
        match event.node.data:
            case SectionOf() as target:
                await self.show(self.talk.open(target))
            case str() as name:
                self._reading("table")
                self._fill(name, "")
                self.query_one(DataTable).focus()

    def _fill(self, name: str, words: str) -> None:
        self._table = name
        talk = self.talk
        listed = (
            pages.contacts(talk.library, words, talk.assistant.now())
            if name == CONTACTS
            else pages.glossary(talk.library, words)
        )
        table = self.query_one(DataTable)
        table.clear(columns=True)
        wide = max(30, (table.size.width or self.size.width) - 34)
        table.add_column(name, width=26)
        table.add_column("What is known of it", width=wide)
        self._rows = {}
        for row in listed.rows:
            height = min(_TALLEST_ROW, 1 + len(row.detail) // wide)
            key = table.add_row(plain(row.text), plain(row.detail), height=height)
            if isinstance(row.target, SectionOf):
                self._rows[key] = row.target
        self.say(f"{len(listed.rows)} entries; type words to narrow them, Enter opens the source.")

    async def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Open the section that an entry comes from."""
        target = self._rows.get(event.row_key)
        if target is not None:
            await self.show(self.talk.open(target))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the table that is open."""
        event.stop()
        if self._table is not None and not event.value.startswith("/"):
            self._fill(self._table, event.value)

    def stays(self, typed: str) -> bool:
        """What narrows a table stays; Enter goes to the table."""
        if self._table is None or typed.startswith("/"):
            return False
        self.query_one(DataTable).focus()
        return True

    async def entered(self, typed: str) -> None:
        """Search the text."""
        if typed.strip():
            await self.do(typed.strip())

    async def do(self, typed: str) -> None:
        """Do what ``typed`` says; the tree of publications is here."""
        if typed.lower() == "/library":
            self._to_the_tree()
            return
        await super().do(typed)

    def typed(self, typed: str) -> Reaction:
        """Search the text for ``typed``, or do what the conversation does with it."""
        plain_words = not typed.startswith("/") and not typed.isdecimal()
        return self.talk.typed(f"/find {typed}" if plain_words else typed)

    async def show(self, reaction: Reaction) -> None:
        """A section here; everything else in the conversation."""
        opened = [block for block in reaction.blocks if isinstance(block, Opened)]
        if not opened:
            self.app.pop_screen()
            screen = self.app.screen
            assert isinstance(screen, TalkScreen)
            await screen.show(reaction)
            return
        await self.open_source(opened[-1])
        said = [block.text for block in reaction.blocks if isinstance(block, Said)]
        self.say(" ".join(said))

    def make_room(self, reading: bool) -> None:
        """The source takes the place of a table, and of the tree where it is narrow."""
        self._reading("section" if reading else None)

    @property
    def today(self) -> date:
        """The day of the conversation."""
        return self.talk.today

    def close_source(self) -> None:
        """Give the room back to the tree."""
        self.action_close()

    def action_close(self) -> None:
        """From what is read to the tree, from the tree to the conversation."""
        reading = self.query_one(SourcePane).display or self.query_one(DataTable).display
        if reading:
            self._to_the_tree()
        else:
            self.app.pop_screen()

    def _to_the_tree(self) -> None:
        self._reading(None)
        self.say("")
        self.query_one(Tree).focus()
