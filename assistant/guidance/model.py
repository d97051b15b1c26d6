"""The guidance as data: what a publication is made of, and the tables that go with it.

All of it is plain, frozen and small enough to be stored in the library as it is.
"""

from datetime import date
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from assistant.errors import CitationError
from assistant.guidance.citations import Citation, printable


class Status(StrEnum):
    """How far a publication may be relied on today."""

    CURRENT = "current"
    REVIEW_PASSED = "review-passed"
    HISTORICAL = "historical"

    @property
    def in_words(self) -> str:
        """The status as a reader sees it."""
        return {
            "current": "current",
            "review-passed": "review date passed",
            "historical": "historical",
        }[self.value]


class Passage(Struct, frozen=True):
    """A paragraph with the list that belongs to it, or one numbered step.

    ``text`` is Markdown. ``paragraph`` is the printed number of the paragraph (``6.1``), the number
    of the step (``3``; ``6.1.1(2)`` under a numbered paragraph) or the footnote (``note-9``); None
    where nothing is printed. ``line`` is where it stands in the corpus file.
    """

    text: str
    line: int
    paragraph: str | None = None


class Section(Struct, frozen=True):
    """What stands under one heading, up to the next.

    ``path`` holds the headings from the top down to this one, without their numbers.
    """

    publication: str
    anchor: str
    title: str
    path: tuple[str, ...]
    line: int
    number: str | None = None
    passages: tuple[Passage, ...] = ()

    @property
    def citation(self) -> Citation:
        """The citation of the whole section."""
        return Citation(self.publication, self.anchor)

    @property
    def heading(self) -> str:
        """The heading as the publication prints it, with its number."""
        return f"{self.number} {self.title}" if self.number else self.title

    def passage(self, paragraph: str) -> Passage | None:
        """The passage with this paragraph or step number, if there is one."""
        return next((passage for passage in self.passages if passage.paragraph == paragraph), None)


class Difference(Struct, frozen=True, forbid_unknown_fields=True):
    """Two places that do not say the same; both are kept, and an answer from either says so."""

    between: tuple[str, ...]
    what: str


class PublishedEdition(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where an imported published text comes from.

    ``sha256`` is that of the imported ``file`` (its name only), ``imported`` the day of the import.
    ``printed_title`` is the title as printed, where that is not the title the publication is known
    by; ``undated`` says that the text prints no date, so that the restatement's stands.
    """

    sha256: str
    imported: date
    file: str
    printed_title: str | None = None
    undated: bool = False


class FrontMatter(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands above the text of a publication (dates are ISO dates).

    ``restates`` is the SHA-256 of the published text that a restatement was made from; a published
    text has ``edition`` instead.
    """

    id: str
    title: str
    publisher: str
    kind: str
    published: date
    applies_to: str
    restates: str | None = None
    edition: PublishedEdition | None = None
    licence: str
    attribution: str
    historical: bool = False
    version: str | None = None
    updated: date | None = None
    review: date | None = None
    differs: tuple[Difference, ...] = ()


class Publication(Struct, frozen=True):
    """One publication, restated or as published: what is said about it, and its sections in
    order."""

    about: FrontMatter
    sections: tuple[Section, ...]

    @property
    def id(self) -> str:
        """The stable name of the publication in citations."""
        return self.about.id

    @property
    def last_changed(self) -> date:
        """The date that answers carry: last updated, or first published."""
        return self.about.updated or self.about.published

    def status(self, today: date) -> Status:
        """Whether the publication is current, past its review date, or historical on the day
        ``today``."""
        if self.about.historical:
            return Status.HISTORICAL
        if self.about.review is not None and self.about.review < today:
            return Status.REVIEW_PASSED
        return Status.CURRENT

    def section(self, anchor: str) -> Section | None:
        """The section with this anchor, if there is one."""
        return next((section for section in self.sections if section.anchor == anchor), None)


class Term(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entry of the glossary; ``everyday`` holds the lay words that officers use for it."""

    id: str
    term: str
    meaning: str
    acronyms: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()


class Opening(Struct, frozen=True, forbid_unknown_fields=True):
    """When a desk is open: ``always``, or ``daily`` from and to as ``HH:MM`` local time."""

    always: bool = False
    daily: tuple[str, str] | None = None


class Contact(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A desk, number or address that the guidance names, with the age of what is known about it."""

    id: str
    name: str
    what_for: str
    citations: tuple[str, ...]
    as_of: date
    status: Status
    telephone: tuple[str, ...] = ()
    fax: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    web: tuple[str, ...] = ()
    hours: str | None = None
    open: Opening | None = None
    caution: str | None = None


class Country(Struct, frozen=True, forbid_unknown_fields=True):
    """A country by its English short name and ISO 3166 alpha-2 code."""

    name: str
    code: str


class CountryGroup(Struct, frozen=True, forbid_unknown_fields=True):
    """A group of countries that the guidance treats alike (EU, EEA, Schengen)."""

    id: str
    name: str
    members: tuple[Country, ...]


class Route(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What follows in the guidance from belonging to a group of countries, or not."""

    id: str
    topic: str
    group: str
    inside: str
    outside: str
    citations: tuple[str, ...]


class Countries(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The groups of countries and the routes that depend on them."""

    source_note: str
    as_of: date
    groups: tuple[CountryGroup, ...]
    routes: tuple[Route, ...]


class Place(Struct, frozen=True):
    """Where a citation leads: the publication, the section, and the passage where one is named."""

    publication: Publication
    section: Section
    passage: Passage | None = None


class Guidance(Struct, frozen=True, dict=True):
    """All publications with their glossary, contacts and countries."""

    publications: tuple[Publication, ...]
    terms: tuple[Term, ...] = ()
    contacts: tuple[Contact, ...] = ()
    countries: Countries | None = None

    @cached_property
    def places(self) -> dict[str, Place]:
        """Every section with its publication, by the citation of the section."""
        return {
            str(section.citation): Place(publication, section)
            for publication in self.publications
            for section in publication.sections
        }

    def resolve(self, citation: Citation) -> Place:
        """The place that a citation names. Raises CitationError where it leads nowhere."""
        place = self.places.get(citation.whole_section)
        if place is None:
            known = any(publication.id == citation.publication for publication in self.publications)
            what = (
                f"no section {citation.section!r} in it"
                if known
                else f"no publication {citation.publication!r}"
            )
            raise CitationError(f"{printable(str(citation), 200)} leads nowhere: there is {what}")
        if citation.paragraph is None:
            return place
        passage = place.section.passage(citation.paragraph)
        if passage is None:
            numbers = (
                ", ".join(p.paragraph for p in place.section.passages if p.paragraph) or "none"
            )
            raise CitationError(
                f"{citation} leads nowhere: the section has no paragraph "
                f"{citation.paragraph!r} (it has: {numbers})"
            )
        return Place(place.publication, place.section, passage)
