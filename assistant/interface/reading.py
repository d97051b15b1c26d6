"""What has been read in a conversation: the sections opened, the way back and forward, the hits of
the last search."""

from typing import NamedTuple

from assistant.errors import UsageError
from assistant.guidance.citations import Citation
from assistant.guidance.model import Place
from assistant.interface.blocks import Opened, SectionOf
from assistant.library.model import Library


class Turned(NamedTuple):
    """The section that one turned to, and which hit it is (from 1) if hits are gone through."""

    opened: Opened
    hit: int | None


class Reading:
    """The sections that were opened, oldest first, and where in them one is."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._opened: list[Opened] = []
        self._at = -1
        self._hits: tuple[SectionOf, ...] = ()
        self._hit: int | None = None

    @property
    def place(self) -> Place | None:
        """Where one is, if anything has been opened."""
        return self._opened[self._at].place if self._opened else None

    @property
    def here(self) -> Place:
        """Where one is. Raises UsageError where nothing has been opened."""
        if self.place is None:
            raise UsageError("Open a section first: /library lists the publications.")
        return self.place

    @property
    def hits(self) -> int:
        """How many hits there are to go through."""
        return len(self._hits)

    def found(self, hits: tuple[SectionOf, ...]) -> None:
        """Let ``turn`` go through ``hits``, once one of them is open."""
        self._hits = hits

    def open(self, target: SectionOf) -> Opened:
        """Open what ``target`` names. Raises CitationError where it leads nowhere."""
        place = self._library.shown(Citation.parse(target.citation))
        cited = place.passage
        if target.position is not None:
            cited = place.section.passages[target.position]
        opened = self.add(Opened(place, cited, target.marked))
        self._hit = self._hits.index(target) if target in self._hits else None
        return opened

    def add(self, opened: Opened) -> Opened:
        """Take note of what was opened; what lay before it on the way forward is forgotten."""
        del self._opened[self._at + 1 :]
        self._opened.append(opened)
        self._hit = None
        return self.go(1)

    def go(self, step: int) -> Opened:
        """Back (-1) or forward (1). Raises UsageError at the ends."""
        if not 0 <= self._at + step < len(self._opened):
            raise UsageError(
                "No section was opened before." if step < 0 else "No section was opened after."
            )
        self._at += step
        return self._opened[self._at]

    def turn(self, step: int) -> Turned:
        """The next (1) or previous (-1) hit, or section of the publication. Raises UsageError at
        the ends."""
        here = self.here
        if self._hit is not None:
            at = self._hit + step
            if not 0 <= at < len(self._hits):
                raise UsageError("There is no further hit." if step > 0 else "This is the first.")
            return Turned(self.open(self._hits[at]), at + 1)
        sections = here.publication.sections
        at = sections.index(here.section) + step
        if not 0 <= at < len(sections):
            last = "This is the last section." if step > 0 else "This is the first section."
            raise UsageError(last)
        return Turned(self.open(SectionOf(str(sections[at].citation))), None)
