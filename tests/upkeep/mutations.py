"""Small changes of a publication, one at a time, each with what the upkeep has to say of it."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from assistant.guidance.citations import anchor_of
from assistant.guidance.model import Passage, Publication, Section

_STEP = re.compile(r"(?P<list>list-\d+-|[\d.]+\()?(?P<number>\d+)\)?")
WHOLE = "*"


class Mutation(NamedTuple):
    """A changed publication; the kinds of change to be named, ``fact`` for any fact; words that the
    named fact holds before and after; the places touched, by section: the numbers of its passages,
    ``WHOLE`` for every place in it, none where only a passage without number is."""

    name: str
    after: Publication
    kinds: frozenset[str]
    places: dict[str, set[str]]
    before_words: str | None = None
    after_words: str | None = None


def with_sections(publication: Publication, sections: list[Section]) -> Publication:
    """The publication made of other sections."""
    return replace(publication, sections=tuple(sections))


def with_passages(publication: Publication, changed: dict[int, list[Passage]]) -> Publication:
    """The publication with other passages in the sections at some positions; the steps of its lists
    are numbered anew."""
    return with_sections(
        publication,
        [
            replace(section, passages=tuple(numbered(changed[n]))) if n in changed else section
            for n, section in enumerate(publication.sections)
        ],
    )


def is_step(passage: Passage) -> bool:
    """Whether the passage is a step of a numbered list, whose number comes from its place."""
    return passage.paragraph is not None and _STEP.fullmatch(passage.paragraph) is not None


def numbered(passages: list[Passage]) -> Iterator[Passage]:
    """Passages with the steps of each run of a list numbered from its least number on."""
    position = 0
    while position < len(passages):
        run = [passages[position]]
        while is_step(run[0]) and position + len(run) < len(passages):
            following = passages[position + len(run)]
            if not is_step(following) or _list(following) != _list(run[0]):
                break
            run.append(following)
        if is_step(run[0]):
            least = min(_number(passage) for passage in run)
            for place, passage in enumerate(run):
                opening = _list(passage)
                closing = ")" if opening.endswith("(") else ""
                yield replace(passage, paragraph=f"{opening}{least + place}{closing}")
        else:
            yield run[0]
        position += len(run)


def _list(passage: Passage) -> str:
    match = _STEP.fullmatch(passage.paragraph or "")
    return (match["list"] or "") if match else ""


def _number(passage: Passage) -> int:
    match = _STEP.fullmatch(passage.paragraph or "")
    return int(match["number"]) if match else 0


def _swapped(name: str, pattern: str, other: Callable[[str], str]) -> "_Maker":
    """For every passage: the first of what ``pattern`` finds in its words replaced by ``other``."""

    def make(publication: Publication, position: int) -> Iterator[Mutation]:
        section = publication.sections[position]
        for place, passage in enumerate(section.passages):
            printed = passage.paragraph or ""
            start = len(printed) if passage.text.startswith(printed) else 0
            if printed.startswith("note-"):
                start = passage.text.index(":")
            match = re.compile(pattern).search(passage.text, start)
            if match is None:
                continue
            old, new = match[0], other(match[0])
            text = passage.text[: match.start()] + new + passage.text[match.end() :]
            passages = list(section.passages)
            passages[place] = replace(passage, text=text)
            yield Mutation(
                f"{name} {old} > {new}",
                with_passages(publication, {position: passages}),
                frozenset({"fact", "passage-reworded"}),
                {str(section.citation): {printed} - {""}},
                old,
                new,
            )

    return make


_Maker = Callable[[Publication, int], Iterator[Mutation]]


def _passages(name: str, *kinds: str) -> Callable[[Callable[..., list[Passage] | None]], _Maker]:
    """Makes a mutation of a function from the passages of a section to others (with the position of
    the one concerned), or None where the section does not allow it."""

    def wrap(change: Callable[..., list[Passage] | None]) -> _Maker:
        def make(publication: Publication, position: int) -> Iterator[Mutation]:
            section = publication.sections[position]
            for place in range(len(section.passages)):
                old = list(section.passages)
                changed = change(list(old), place)
                if changed is None:
                    continue
                new = list(numbered(changed))
                after = with_passages(publication, {position: new})
                touched, renumbered = _touched(old, changed, new)
                yield Mutation(
                    f"{name} at {place}",
                    after,
                    frozenset({*kinds, *(["passage-renumbered"] if renumbered else [])}),
                    {str(section.citation): touched},
                )
                return

        return make

    return wrap


def _touched(
    old: list[Passage], changed: list[Passage], new: list[Passage]
) -> tuple[set[str], bool]:
    """The numbers, before, of passages that are not what or where they were, and whether numbers
    have changed."""
    became = {passage.text: after.paragraph for passage, after in zip(changed, new, strict=True)}
    gone = {p.paragraph for p in old if p.text not in became}
    moved = {p.paragraph for p in old if became.get(p.text, p.paragraph) != p.paragraph}
    return {number for number in gone | moved if number}, bool(moved)


@_passages("passage removed", "passage-removed")
def removed(passages: list[Passage], place: int) -> list[Passage] | None:
    """One passage taken out."""
    return passages[:place] + passages[place + 1 :]


@_passages("passage added", "passage-added")
def added(passages: list[Passage], place: int) -> list[Passage] | None:
    """A passage put in."""
    return [
        *passages[: place + 1],
        Passage("Quarterly lighthouse statistics go to whoever keeps the harbour's ledger.", 0),
        *passages[place + 1 :],
    ]


@_passages("passage split", "passage-split")
def split(passages: list[Passage], place: int) -> list[Passage] | None:
    """One passage cut in two at the end of a sentence; a step becomes two steps."""
    passage = passages[place]
    cuts = [match.end() for match in re.finditer(r"\w\w\.\s(?=[A-Z])", passage.text)]
    cuts = [cut for cut in cuts if 25 < cut < len(passage.text) - 25]
    if not cuts:
        return None
    cut = cuts[len(cuts) // 2]
    number = passage.paragraph if is_step(passage) else None
    pieces = [
        replace(passage, text=passage.text[:cut].rstrip()),
        Passage(passage.text[cut:], 0, number),
    ]
    return passages[:place] + pieces + passages[place + 1 :]


@_passages("passages joined", "passage-joined")
def joined(passages: list[Passage], place: int) -> list[Passage] | None:
    """A passage without number joined to the one before it."""
    pair = passages[place : place + 2]
    if len(pair) < 2 or pair[1].paragraph is not None or min(len(p.text) for p in pair) < 20:
        return None
    whole = replace(pair[0], text=f"{pair[0].text} {pair[1].text}")
    return [*passages[:place], whole, *passages[place + 2 :]]


@_passages("wording", "passage-reworded")
def reworded(passages: list[Passage], place: int) -> list[Passage] | None:
    """One word put in that is no fact."""
    text, count = re.subn(r" the ", " the aforesaid ", passages[place].text, count=1)
    if not count or len(passages[place].text) < 40:
        return None
    return [*passages[:place], replace(passages[place], text=text), *passages[place + 1 :]]


def moved_within(publication: Publication, position: int) -> Iterator[Mutation]:
    """The first passage put last; the shorter one of two."""
    section = publication.sections[position]
    old = list(section.passages)
    if len({passage.text for passage in old}) < 2 or len(old) < 2:
        return
    if len(old) == 2 and len(old[0].text) > len(old[1].text):
        changed = [old[1], old[0]]
        one = old[1]
    else:
        one = old[0]
        changed = [*old[1:], one]
    new = list(numbered(changed))
    touched, renumbered = _touched(old, changed, new)
    yield Mutation(
        "passage moved",
        with_passages(publication, {position: new}),
        frozenset({"passage-moved", *(["passage-renumbered"] if renumbered else [])}),
        {str(section.citation): touched | ({one.paragraph} if one.paragraph else set())},
    )


def moved_elsewhere(publication: Publication, position: int) -> Iterator[Mutation]:
    """The last passage put at the end of the next section that has any."""
    section = publication.sections[position]
    others = range(position + 1, len(publication.sections))
    target = next((n for n in others if publication.sections[n].passages), None)
    if target is None or not section.passages or is_step(section.passages[-1]):
        return
    there, passage = publication.sections[target], section.passages[-1]
    if passage.text in {other.text for other in (*there.passages, *section.passages[:-1])}:
        return
    yield Mutation(
        "passage moved to another section",
        with_passages(
            publication,
            {position: list(section.passages[:-1]), target: [*there.passages, passage]},
        ),
        frozenset({"passage-moved"}),
        {
            str(section.citation): {passage.paragraph} if passage.paragraph else set(),
            str(there.citation): set(),
        },
    )


def renamed(publication: Publication, position: int) -> Iterator[Mutation]:
    """The heading in other words, and in nearly the same words; what stands under it follows."""
    section = publication.sections[position]
    for title in ("Quarterly zebra ledgers", f"{section.title} today"):
        depth = len(section.path) - 1
        sections = [
            replace(one, path=(*one.path[:depth], title, *one.path[depth + 1 :]))
            if one.path[: depth + 1] == section.path and len(one.path) > len(section.path)
            else one
            for one in publication.sections
        ]
        path = (*section.path[:-1], title)
        sections[position] = replace(section, title=title, anchor=anchor_of(title), path=path)
        yield Mutation(
            f"renamed {title}",
            with_sections(publication, sections),
            frozenset({"section-renamed"}),
            {str(section.citation): {WHOLE}},
            section.title,
            title,
        )


def section_removed(publication: Publication, position: int) -> Iterator[Mutation]:
    """A section without sections under it taken out."""
    section = publication.sections[position]
    following = publication.sections[position + 1 : position + 2]
    if any(len(one.path) > len(section.path) for one in following) or not section.passages:
        return
    sections = [one for n, one in enumerate(publication.sections) if n != position]
    yield Mutation(
        "section removed",
        with_sections(publication, sections),
        frozenset({"section-removed"}),
        {str(section.citation): {WHOLE}},
    )


def section_added(publication: Publication, position: int) -> Iterator[Mutation]:
    """A new section beside an old one."""
    section = publication.sections[position]
    title = "Quarterly zebra ledgers"
    new = replace(
        section,
        title=title,
        anchor=anchor_of(title),
        number=None,
        path=(*section.path[:-1], title),
        passages=(Passage("Stripes are counted at the harbour, and nowhere else, in May.", 0),),
    )
    sections = list(publication.sections)
    sections.insert(position, new)
    yield Mutation(
        "section added", with_sections(publication, sections), frozenset({"section-added"}), {}
    )


RANKS = {"inspector": "constable", "superintendent": "sergeant", "sergeant": "superintendent"}
MUTATIONS: dict[str, _Maker] = {
    "number": _swapped(
        "number",
        r"(?<![\w£.,/#-])\d+(?![\w.-])",
        lambda found: found[:-1] + str(9 - int(found[-1])),
    ),
    "sum": _swapped("sum", r"£\d+", lambda found: f"{found}9"),
    "rank": _swapped("rank", rf"\b(?:{'|'.join(RANKS)})\b", lambda found: RANKS[found]),
    "form": _swapped("form", r"\b(?:IS|IM|BAIL)\d+\b", lambda found: f"{found}7"),
    "statute": _swapped(
        "statute",
        r"(?:Act|Regulations|Convention) (?:19|20)\d\d",
        lambda found: f"{found[:-4]}1789",
    ),
    "force": _swapped(
        "force", r"\b(?:must|should)\b", lambda found: "should" if found == "must" else "may"
    ),
    "not": _swapped("force", r"\b(?:must|should|may|can)\b(?! not)", "{} not".format),
    "address": _swapped("address", r"[\w.]+@\w[\w.]*\w", lambda found: f"new.{found}"),
    "removed": removed,
    "added": added,
    "split": split,
    "joined": joined,
    "reworded": reworded,
    "moved": moved_within,
    "moved-elsewhere": moved_elsewhere,
    "renamed": renamed,
    "section-removed": section_removed,
    "section-added": section_added,
}
