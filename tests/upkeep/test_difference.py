"""The difference of two versions of a publication."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from assistant.guidance.citations import anchor_of
from assistant.guidance.model import Difference, Publication
from assistant.guidance.publication_file import read_publication
from assistant.upkeep.difference import Change, ChangeKind, difference
from tests.helpers import ROOT

MANUAL = ROOT / "tests/fixtures/content/corpus/lighthouse-manual.md"
CASES = ROOT / "tests/fixtures/differences"
MIRRORED = {
    ChangeKind.SECTION_ADDED: ChangeKind.SECTION_REMOVED,
    ChangeKind.PASSAGE_ADDED: ChangeKind.PASSAGE_REMOVED,
    ChangeKind.PASSAGE_SPLIT: ChangeKind.PASSAGE_JOINED,
}
MIRRORED |= {other: one for one, other in MIRRORED.items()}


def read(tmp_path: Path, text: str) -> Publication:
    path = tmp_path / "version.md"
    path.write_text(text, encoding="utf-8")
    return read_publication(path, any_name=True)[0]


def cases() -> list[tuple[str, str, str, str]]:
    """Title, the text before, the text after and what is said of it, of every case in the files."""
    found = []
    for path in sorted(CASES.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n=====\n"):
            title, before, after, expected = block.split("\n.....\n")
            found.append((title.strip(), before, after, expected.strip("\n")))
    return found


def lines(changes: tuple[Change, ...]) -> str:
    """Changes a line each: kind, section with paragraphs, before, after."""
    return "\n".join(
        " | ".join(
            [
                change.kind.value,
                "/".join((change.section.partition("#")[2], *change.paragraphs)),
                " ".join((change.before or "-").split()),
                " ".join((change.after or "-").split()),
                *([change.to.partition("#")[2]] if change.to else []),
            ]
        )
        for change in changes
    )


@pytest.mark.parametrize(
    ("title", "before", "after", "expected"), cases(), ids=[case[0] for case in cases()]
)
def test_each_change_is_named(
    tmp_path: Path, title: str, before: str, after: str, expected: str
) -> None:
    front = f"---\n{MANUAL.read_text(encoding='utf-8').split('---')[1].strip()}\n---\n"
    old, new = (read(tmp_path, f"{front}\n{text}") for text in (before, after))
    assert lines(difference(old, new)) == expected


def test_front_matter_is_compared_field_by_field(tmp_path: Path) -> None:
    old = read(tmp_path, MANUAL.read_text(encoding="utf-8"))
    about = replace(
        old.about,
        version="2.0",
        updated=None,
        historical=True,
        title="Keeping  a lighthouse",
        differs=(Difference(("a#b", "a#c"), "They do not agree."),),
    )
    found = difference(old, replace(old, about=about))
    assert [(change.kind.value, change.before, change.after) for change in found] == [
        ("status", "current", "historical"),
        ("front-matter", None, "version: 2.0"),
        ("front-matter", "updated: 2021-03-04", None),
        ("front-matter", None, "differs: They do not agree. (a#b, a#c)"),
    ]


@pytest.mark.parametrize(
    ("plain", "styled"),
    [
        ("'", "\N{RIGHT SINGLE QUOTATION MARK}"),
        (" - ", " \N{EN DASH} "),
        (" ", "\n"),
        (" ", "  "),
        (" ", "\N{NO-BREAK SPACE}"),
    ],
)
def test_the_style_of_a_text_is_no_change(
    everything: tuple[Publication, ...], plain: str, styled: str
) -> None:
    for publication in everything:
        sections = [
            replace(
                section,
                passages=tuple(
                    replace(passage, text=passage.text.replace(plain, styled))
                    for passage in section.passages
                ),
            )
            for section in publication.sections
        ]
        assert difference(publication, replace(publication, sections=tuple(sections))) == ()


VOCABULARY = ("the", "keeper", "must", "ring", "lamp", "24", "hours", "inspector", "oil", "may")
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=12).map(" ".join)


@st.composite
def edited(draw: st.DrawFn, publication: Publication) -> Publication:
    """The publication after some edits, each of which may be anything."""
    sections = list(publication.sections)
    for _ in range(draw(st.integers(1, 6))):
        if not sections:
            break
        at = draw(st.integers(0, len(sections) - 1))
        section, passages = sections[at], list(sections[at].passages)
        place = draw(st.integers(0, max(0, len(passages) - 1)))
        match draw(st.sampled_from(["out", "in", "swap", "word", "cut", "title", "drop", "move"])):
            case "out" if passages:
                del passages[place]
            case "in" if passages:
                passages.insert(place, replace(passages[place], text=draw(WORDS), paragraph=None))
            case "swap" if len(passages) > 1:
                passages[place], passages[0] = passages[0], passages[place]
            case "word" if passages:
                text = passages[place].text
                cut = draw(st.integers(0, len(text)))
                new = f"{text[:cut]} {draw(WORDS)} {text[cut:]}"
                passages[place] = replace(passages[place], text=new)
            case "cut" if passages:
                text = passages[place].text
                cut = draw(st.integers(0, len(text)))
                pieces = [replace(passages[place], text=text[:cut])]
                pieces.append(replace(passages[place], text=text[cut:], paragraph=None))
                passages[place : place + 1] = pieces
            case "title":
                title = draw(WORDS)
                anchor = anchor_of(title)
                if anchor not in {other.anchor for other in sections}:
                    path = (*section.path[:-1], title)
                    section = replace(section, title=title, anchor=anchor, path=path)
            case "drop":
                del sections[at]
                continue
            case "move":
                sections.insert(draw(st.integers(0, len(sections) - 1)), sections.pop(at))
                continue
        sections[at] = replace(section, passages=tuple(passages))
    return replace(publication, sections=tuple(sections))


@pytest.fixture(scope="session")
def everything() -> tuple[Publication, ...]:
    """Every publication of the corpus."""
    return tuple(read_publication(path)[0] for path in sorted((ROOT / "corpus").glob("*.md")))


@pytest.mark.parametrize("number", [2, 4])
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_is_undone_is_the_reverse(
    everything: tuple[Publication, ...], number: int, data: st.DataObject
) -> None:
    before = everything[number]
    after = data.draw(edited(before))
    there, back = difference(before, after), difference(after, before)
    kinds = Counter(
        (MIRRORED.get(change.kind, change.kind), change.after, change.before) for change in there
    )
    assert Counter((change.kind, change.before, change.after) for change in back) == kinds


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_version_does_not_differ_from_itself_and_does_from_another(
    everything: tuple[Publication, ...], data: st.DataObject
) -> None:
    before = everything[4]
    after = data.draw(edited(before))
    assert difference(after, after) == ()
    found = difference(before, after)
    assert found == difference(before, after)
    facts = [change.kind.is_fact for change in found]
    assert facts == sorted(facts, reverse=True)
