"""Citations: how a place in the guidance is named, ``publication#section/paragraph``."""

import re
from typing import Self

from msgspec import Struct

from assistant.errors import CitationError

_FORM = re.compile(
    r"(?P<publication>[a-z0-9-]+)#(?P<section>[a-z0-9-]+)(?:/(?P<paragraph>[a-z0-9.()-]+))?"
)


class Citation(Struct, frozen=True, order=True):
    """A place in the guidance: a section, or one numbered paragraph or step of it."""

    publication: str
    section: str
    paragraph: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``app-international#section-44-searches`` or ``...#custody-procedures/3``.

        Raises CitationError where the text has another form.
        """
        match = _FORM.fullmatch(text.strip())
        if match is None:
            raise CitationError(
                f"{printable(text)!r} is not a citation; "
                "the form is publication#section or publication#section/paragraph"
            )
        return cls(**match.groupdict())

    @property
    def whole_section(self) -> str:
        """The citation of the section that this place stands in, as text."""
        return f"{self.publication}#{self.section}"

    def __str__(self) -> str:
        return self.whole_section + (f"/{self.paragraph}" if self.paragraph else "")


def anchor_of(heading: str) -> str:
    """The anchor of a heading (without its number): ``Section 44 searches`` ->
    ``section-44-searches``."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def printable(text: str, longest: int = 80) -> str:
    """``text`` fit to be shown in a message: no control characters, no more than ``longest``
    characters."""
    clean = "".join(
        character if character.isprintable() else " " for character in text[: longest + 1]
    )
    return clean if len(clean) <= longest else clean[:longest] + "..."
