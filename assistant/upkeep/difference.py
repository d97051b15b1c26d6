"""What differs between two versions of a publication: first the facts, then the wording, the
paragraphs and the sections."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import fields

from assistant.guidance.model import FrontMatter, Publication, Section
from assistant.guidance.wording import without_style
from assistant.upkeep.alignment import Alignment, Line, Match, align, out_of_order
from assistant.upkeep.changed_facts import FactKind, changed_facts


class ChangeKind(StrEnum):
    """What was changed. The first ones are facts of a passage that was reworded."""

    FORCE = FactKind.FORCE.value
    TIME_LIMIT = FactKind.TIME_LIMIT.value
    NUMBER = FactKind.NUMBER.value
    SUM = FactKind.SUM.value
    RANK = FactKind.RANK.value
    FORM = FactKind.FORM.value
    STATUTE = FactKind.STATUTE.value
    BODY = FactKind.BODY.value
    TELEPHONE = FactKind.TELEPHONE.value
    ADDRESS = FactKind.ADDRESS.value
    DATE = FactKind.DATE.value
    STATUS = "status"
    FRONT_MATTER = "front-matter"
    SECTION_ADDED = "section-added"
    SECTION_REMOVED = "section-removed"
    SECTION_RENAMED = "section-renamed"
    SECTION_RENUMBERED = "section-renumbered"
    SECTION_MOVED = "section-moved"
    PASSAGE_ADDED = "passage-added"
    PASSAGE_REMOVED = "passage-removed"
    PASSAGE_MOVED = "passage-moved"
    PASSAGE_SPLIT = "passage-split"
    PASSAGE_JOINED = "passage-joined"
    PASSAGE_REWORDED = "passage-reworded"
    PASSAGE_RENUMBERED = "passage-renumbered"

    @property
    def is_fact(self) -> bool:
        """Whether a fact was changed."""
        return self.value in _FACTS

    @property
    def of_section(self) -> bool:
        """Whether a whole section is concerned, with everything that cites a place in it."""
        return self.value.startswith("section-")


_FACTS = frozenset(kind.value for kind in FactKind)


class Change(Struct, frozen=True, kw_only=True):
    """One change.

    ``section`` is the citation of the section as the version before has it, or the one after where
    the section is new; for front matter the id of the publication. ``before`` and ``after`` are the
    fact, the text, the heading or the printed number; None on the side where there is none.
    ``paragraphs`` are the numbers, before, of the passages concerned, none where they have no
    number. ``to`` is the citation of the section that a passage was moved to, named as before.
    """

    kind: ChangeKind
    section: str
    before: str | None = None
    after: str | None = None
    paragraphs: tuple[str, ...] = ()
    to: str | None = None


def difference(before: Publication, after: Publication) -> tuple[Change, ...]:
    """Every change from ``before`` to ``after``, changed facts first, then in the order of the
    text. The style of spaces, quotation marks and dashes is no change."""
    compared = _Compared(before, after)
    placed = [*compared.of_sections(), *compared.of_passages()]
    placed.sort(key=lambda one: (not one[1].kind.is_fact, one[0]))
    changes = [change for _, change in placed]
    facts = [change for change in changes if change.kind.is_fact]
    return (*facts, *_front_matter(before.about, after.about), *changes[len(facts) :])


def _front_matter(before: FrontMatter, after: FrontMatter) -> Iterator[Change]:
    if before.historical != after.historical:
        yield Change(
            kind=ChangeKind.STATUS,
            section=before.id,
            before=_standing(before.historical),
            after=_standing(after.historical),
        )
    for field in fields(FrontMatter):
        if field.name in ("id", "historical", "differs"):
            continue
        old, new = (_said(getattr(about, field.name)) for about in (before, after))
        if old != new:
            yield Change(
                kind=ChangeKind.FRONT_MATTER,
                section=before.id,
                before=old and f"{field.name}: {old}",
                after=new and f"{field.name}: {new}",
            )
    olds, news = (
        [f"differs: {without_style(one.what)} ({', '.join(one.between)})" for one in about.differs]
        for about in (before, after)
    )
    for gone in (one for one in olds if one not in news):
        yield Change(kind=ChangeKind.FRONT_MATTER, section=before.id, before=gone)
    for come in (one for one in news if one not in olds):
        yield Change(kind=ChangeKind.FRONT_MATTER, section=before.id, after=come)


def _standing(historical: bool) -> str:
    return "historical" if historical else "current"


def _said(value: object) -> str | None:
    return None if value is None else without_style(str(value))


_Placed = tuple[tuple[int, ...], Change]
"""A change with what orders it: the position of its section, and of its passage in it."""


class _Compared:
    """Two versions of a publication, and how their sections and passages belong together."""

    def __init__(self, before: Publication, after: Publication) -> None:
        self.before, self.after = before.sections, after.sections
        self.found: Alignment = align(before, after)
        self.back = {new: old for old, new in self.found.sections.items()}

    def of_sections(self) -> Iterator[_Placed]:
        """Sections removed, added, renamed, renumbered and moved."""
        pairs = sorted(self.found.sections.items())
        out = out_of_order(pairs, lambda n, m: (_text(self.before[n]), _text(self.after[m])))
        parents = (_parents(self.before), _parents(self.after))
        for position, (n, m) in enumerate(pairs):
            old, new = self.before[n], self.after[m]
            cited = str(old.citation)
            if without_style(old.title) != without_style(new.title):
                kind = ChangeKind.SECTION_RENAMED
                yield (n,), Change(kind=kind, section=cited, before=old.heading, after=new.heading)
            elif old.anchor != new.anchor:
                kind = ChangeKind.SECTION_RENAMED
                yield (n,), Change(kind=kind, section=cited, before=old.anchor, after=new.anchor)
            elif old.number != new.number:
                kind = ChangeKind.SECTION_RENUMBERED
                yield (n,), Change(kind=kind, section=cited, before=old.number, after=new.number)
            above, below = parents[0][n], parents[1][m]
            adopted = below != (None if above is None else self.found.sections.get(above, -1))
            if position in out or adopted:
                yield (
                    (n,),
                    Change(
                        kind=ChangeKind.SECTION_MOVED,
                        section=cited,
                        before=_stands(self.before, n),
                        after=_stands(self.after, m),
                    ),
                )
        gone = {n for match in self.found.matches if not match.after for n in match.before}
        for n, section in enumerate(self.before):
            if n not in self.found.sections:
                text = _with_heading(section, self.found.before, gone, n)
                kind = ChangeKind.SECTION_REMOVED
                yield (n,), Change(kind=kind, section=str(section.citation), before=text)
        come = {m for match in self.found.matches if not match.before for m in match.after}
        for m, section in enumerate(self.after):
            if m not in self.back:
                text = _with_heading(section, self.found.after, come, m)
                kind, place = ChangeKind.SECTION_ADDED, (self._place_of_new(m),)
                yield place, Change(kind=kind, section=str(section.citation), after=text)

    def of_passages(self) -> Iterator[_Placed]:
        """Passages removed, added, moved, renumbered, split, joined and reworded, with the facts
        that changed."""
        out = self._moved()
        for match in self.found.matches:
            old = [self.found.before[n] for n in match.before]
            new = [self.found.after[m] for m in match.after]
            if not new:
                if old[0].section in self.found.sections:
                    yield self._placed(match, ChangeKind.PASSAGE_REMOVED, before=_joined(old))
            elif not old:
                if new[0].section in self.back:
                    yield self._placed(match, ChangeKind.PASSAGE_ADDED, after=_joined(new))
            else:
                yield from self._of_pair(match, old, new, match in out)

    def _of_pair(
        self, match: Match, old: list[Line], new: list[Line], out: bool
    ) -> Iterator[_Placed]:
        words, others = (" ".join(line.words for line in side) for side in (old, new))
        texts = {"before": _joined(old), "after": _joined(new)}
        if words != others:
            for fact in changed_facts(words, others):
                kind = ChangeKind(fact.kind.value)
                yield self._placed(match, kind, before=fact.before, after=fact.after)
        if out or self.found.sections.get(old[0].section) != new[0].section:
            yield self._placed(match, ChangeKind.PASSAGE_MOVED, **texts, to=self._to(new[0]))
        if len(new) > 1:
            yield self._placed(match, ChangeKind.PASSAGE_SPLIT, **texts)
        elif len(old) > 1:
            yield self._placed(match, ChangeKind.PASSAGE_JOINED, **texts)
        elif words != others:
            yield self._placed(match, ChangeKind.PASSAGE_REWORDED, **texts)
        number, another = old[0].passage.paragraph, new[0].passage.paragraph
        if number != another:
            kind = ChangeKind.PASSAGE_RENUMBERED
            yield self._placed(match, kind, before=number, after=another)

    def _placed(
        self,
        match: Match,
        kind: ChangeKind,
        before: str | None = None,
        after: str | None = None,
        to: str | None = None,
    ) -> _Placed:
        if match.before:
            lines = [self.found.before[n] for n in match.before]
            section = str(self.before[lines[0].section].citation)
            place: tuple[int, ...] = (lines[0].section, 1, lines[0].place)
        else:
            lines = []
            first = self.found.after[match.after[0]]
            section = self._to(first)
            place = (self.back[first.section], 2, first.place)
        numbers = tuple(line.passage.paragraph for line in lines if line.passage.paragraph)
        return place, Change(
            kind=kind, section=section, before=before, after=after, paragraphs=numbers, to=to
        )

    def _to(self, line: Line) -> str:
        """The section of a passage of the version after, named as before where it was there."""
        old = self.back.get(line.section)
        section = self.after[line.section] if old is None else self.before[old]
        return str(section.citation)

    def _moved(self) -> set[Match]:
        """The passages that another order has been given within their section."""
        sections: dict[int, list[Match]] = {}
        for match in self.found.matches:
            if match.before and match.after:
                old, new = self.found.before[match.before[0]], self.found.after[match.after[0]]
                if self.found.sections.get(old.section) == new.section:
                    sections.setdefault(old.section, []).append(match)
        moved: set[Match] = set()
        for matches in sections.values():
            matches.sort()
            pairs = [(match.before[0], match.after[0]) for match in matches]
            moved.update(matches[position] for position in out_of_order(pairs, self._words))
        return moved

    def _words(self, n: int, m: int) -> tuple[str, str]:
        return self.found.before[n].words, self.found.after[m].words

    def _place_of_new(self, m: int) -> int:
        """The position, before, of what stands above a new section."""
        return next((self.back[n] for n in range(m, -1, -1) if n in self.back), -1)


def _joined(lines: list[Line]) -> str:
    return "\n\n".join(line.passage.text for line in lines)


def _text(section: Section) -> str:
    return without_style(" ".join((section.title, *(p.text for p in section.passages))))


def _with_heading(section: Section, lines: list[Line], kept: set[int], position: int) -> str:
    """The heading of a section and those of its passages that are nowhere else."""
    texts = [line.passage.text for line in lines if line.section == position and line.place in kept]
    return "\n\n".join([section.heading, *texts])


def _parents(sections: Sequence[Section]) -> list[int | None]:
    """Of every section the position of the one that it stands under; None at the top."""
    parents: list[int | None] = []
    latest: dict[tuple[str, ...], int] = {}
    for position, section in enumerate(sections):
        parents.append(latest.get(section.path[:-1]))
        latest[section.path] = position
    return parents


def _stands(sections: Sequence[Section], position: int) -> str:
    """Where a section stands, in words."""
    path = " > ".join(sections[position].path)
    return f"{path} (after {sections[position - 1].title})" if position else f"{path} (first)"
