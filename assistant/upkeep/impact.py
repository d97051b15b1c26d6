"""What depends on a change of the guidance: everything that cites what was changed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from assistant.guidance.citations import Citation
from assistant.guidance.model import Publication
from assistant.library.citing import Citing, CitingKind, citation_of, citing, place_of
from assistant.library.read import CheckedContent
from assistant.quiz.model import Bank
from assistant.upkeep.difference import Change, ChangeKind

_MOST_REASONS = 6
_LONGEST = 60
_TIMES = (ChangeKind.TIME_LIMIT, ChangeKind.NUMBER)


class Dependant(Struct, frozen=True):
    """Something that a change concerns: which of its citations lead there, and in words why."""

    kind: CitingKind
    id: str
    cites: tuple[str, ...]
    why: str


class Impact(NamedTuple):
    """What was changed, and what depends on it."""

    changes: tuple[Change, ...]
    dependants: tuple[Dependant, ...]


def impact(
    changes: Sequence[Change], before: Publication, content: CheckedContent, bank: Bank
) -> tuple[Dependant, ...]:
    """Everything in ``content`` and ``bank`` that depends on ``changes``, each thing once.

    A thing depends on the change of a passage where it cites the passage by its number, or the
    whole section; on the change of a section where it cites any place in it; on a publication
    becoming historical, or current again, where it cites the publication. Where ``before`` is a
    published edition and not the restatement itself, the restated passages depend on it as well.
    """
    table = _Changes(changes)
    restatements = (one for one in content.guidance.publications if one.id == before.id)
    restated = [one for one in restatements if one != before]
    things = sorted(
        [*_restated(restated), *citing(content, bank)],
        key=lambda thing: _ORDER.index(thing.kind),
    )
    found: dict[tuple[CitingKind, str], Dependant] = {}
    for thing in things:
        cites = tuple(text for text in thing.cites if table.at(place_of(text)))
        if not cites:
            continue
        concerned = table.in_order(change for text in cites for change in table.at(place_of(text)))
        dependant = Dependant(thing.kind, thing.id, cites, _why(concerned, thing))
        earlier = found.setdefault((thing.kind, thing.id), dependant)
        if earlier is not dependant:
            found[thing.kind, thing.id] = Dependant(
                thing.kind,
                thing.id,
                tuple(dict.fromkeys(earlier.cites + dependant.cites)),
                "; ".join(dict.fromkeys((earlier.why, dependant.why))),
            )
    return tuple(found.values())


_ORDER = tuple(CitingKind)


def _restated(publications: Iterable[Publication]) -> Iterator[Citing]:
    """The passages of a restatement, each as citing its own place."""
    for publication in publications:
        for section in publication.sections:
            names = dict.fromkeys(citation_of(section, passage) for passage in section.passages)
            for name in names or [str(section.citation)]:
                yield Citing(CitingKind.PASSAGE, name, (name,))


class _Changes:
    """Changes by the places that they concern."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.all = changes
        self.of_section: dict[str, list[int]] = {}
        self.of_publication: dict[str, list[int]] = {}
        for number, change in enumerate(changes):
            if change.kind is ChangeKind.STATUS:
                self.of_publication.setdefault(change.section, []).append(number)
            elif change.kind is not ChangeKind.FRONT_MATTER:
                for section in {change.section, change.to or change.section}:
                    self.of_section.setdefault(section, []).append(number)

    def at(self, place: Citation) -> list[int]:
        """The numbers of the changes that concern what ``place`` names."""
        found = list(self.of_publication.get(place.publication, ()))
        for number in self.of_section.get(place.whole_section, ()):
            change = self.all[number]
            if (
                place.paragraph is None
                or change.kind.of_section
                or (change.section == place.whole_section and place.paragraph in change.paragraphs)
            ):
                found.append(number)
        return found

    def in_order(self, numbers: Iterable[int]) -> list[Change]:
        """Changes in the order of the difference, each once."""
        return [self.all[number] for number in sorted(set(numbers))]


def _why(changes: list[Change], thing: Citing) -> str:
    reasons = list(dict.fromkeys(map(in_words, changes)))
    more = len(reasons) - _MOST_REASONS
    if more > 0:
        reasons[_MOST_REASONS:] = [f"and {more} more change{'s' if more > 1 else ''}"]
    if thing.deadlines and any(change.kind in _TIMES for change in changes):
        reasons.append(f"it reckons {', '.join(thing.deadlines)}")
    return "; ".join(reasons)


def in_words(change: Change) -> str:
    """What was changed and where, in a few words."""
    place = change.section.partition("#")[2] or change.section
    where = f" in {place}" + ("".join(f"/{number}" for number in change.paragraphs[:1]))
    before, after = (text and _short(text) for text in (change.before, change.after))
    kind = change.kind
    if kind.is_fact:
        name = {ChangeKind.FORCE: "the force", ChangeKind.TIME_LIMIT: "the time limit"}.get(
            kind, f"the {kind.value}"
        )
        if before is None:
            return f"{name} {after!r} is new{where}"
        if after is None:
            return f"{name} {before!r} is gone{where}"
        return f"{name} {before!r} is now {after!r}{where}"
    match kind:
        case ChangeKind.STATUS:
            return f"the publication {place} was {before} and is {after}"
        case ChangeKind.FRONT_MATTER:
            return f"{before or 'nothing'} is now {after or 'gone'}{where}"
        case ChangeKind.SECTION_RENAMED:
            return f"the section {before!r} is now called {after!r}"
        case ChangeKind.SECTION_RENUMBERED:
            return f"the section {place} was number {before or 'none'} and is {after or 'none'}"
        case ChangeKind.PASSAGE_RENUMBERED:
            return f"paragraph {before or 'without number'} is now {after or 'without'}{where}"
        case ChangeKind.PASSAGE_MOVED if change.to is not None and change.to != change.section:
            target = change.to.partition("#")[2]
            return f"a passage was moved{where} to {target}: {after!r}"
    what, done = kind.value.split("-")
    if what == "section":
        return f"the section {place} was {done}"
    return f"a passage was {done}{where}: {before if before is not None else after!r}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rsplit(" ", 1)[0] + " ..."
