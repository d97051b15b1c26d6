"""What depends on a change, and the command that says so."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from assistant.guidance.model import Publication
from assistant.library.citing import CitingKind
from assistant.library.content import Content
from assistant.library.read import CheckedContent
from assistant.quiz.model import Bank
from assistant.upkeep.difference import Change, ChangeKind, difference
from assistant.upkeep.impact import impact, in_words
from tests.helpers import ROOT, run

CORPUS = ROOT / "corpus"
NAME = "app-international"
STEPS = f"{NAME}#custody-procedures"


def changed(content: CheckedContent, anchor: str, before: str, after: str) -> Publication:
    """The publication with other words in one section."""
    publication = content.guidance.publications[0]
    sections = tuple(
        replace(
            section,
            passages=tuple(
                replace(passage, text=passage.text.replace(before, after))
                for passage in section.passages
            ),
        )
        if section.anchor == anchor
        else section
        for section in publication.sections
    )
    assert sections != publication.sections
    return replace(publication, sections=sections)


def test_why_tells_the_facts_first(content: CheckedContent, bank: Bank) -> None:
    before = content.guidance.publications[0]
    after = changed(content, "section-44-searches", "an inspector", "a superintendent")
    found = impact(difference(before, after), before, content, bank)
    one = next(one for one in found if one.id == "section-44-authority")
    assert one.kind is CitingKind.INTENT
    assert one.cites == (f"{NAME}#section-44-searches",)
    first, second = one.why.split("; ")[:2]
    assert first == "the rank 'inspector' is now 'superintendent' in section-44-searches"
    assert second.startswith("a passage was reworded in section-44-searches: ")


def test_what_cites_another_step_does_not_depend_on_this_one(
    content: CheckedContent, bank: Bank
) -> None:
    before = content.guidance.publications[0]
    after = changed(content, "custody-procedures", "over 17", "over 16")
    found = impact(difference(before, after), before, content, bank)
    cited = {citation for one in found for citation in one.cites}
    assert cited == {STEPS, f"{STEPS}/6"}
    assert {"asks " + STEPS, f"asks {STEPS}/6"} <= {one.id for one in found}


def test_a_node_says_which_deadline_it_reckons_from_a_changed_time(
    content: CheckedContent, bank: Bank
) -> None:
    name = "ie-partnership-working"
    before = next(one for one in content.guidance.publications if one.id == name)
    anchor = "police-and-criminal-evidence-pace-clock"
    change = Change(
        kind=ChangeKind.TIME_LIMIT, section=f"{name}#{anchor}", before="24 hours", after="36 hours"
    )
    found = impact([change], before, content, bank)
    reckoned = [one.why for one in found if "it reckons" in one.why]
    assert any("24 hours" in why.partition("it reckons")[2] for why in reckoned)


def test_the_restated_passages_depend_on_a_published_edition(
    content: CheckedContent, bank: Bank
) -> None:
    about = replace(content.guidance.publications[0].about, licence="as published")
    edition = replace(content.guidance.publications[0], about=about)
    after = replace(changed(content, "custody-procedures", "over 17", "over 16"), about=about)
    found = impact(difference(edition, after), edition, content, bank)
    passages = {one.id for one in found if one.kind is CitingKind.PASSAGE}
    assert {STEPS, f"{STEPS}/6"} <= passages
    assert f"{STEPS}/5" not in passages


def test_dates_concern_nobody_and_the_end_of_a_publication_everybody(
    content: CheckedContent, bank: Bank
) -> None:
    before = content.guidance.publications[0]
    dated = replace(before, about=replace(before.about, version="2"))
    assert impact(difference(before, dated), before, content, bank) == ()
    ended = replace(before, about=replace(before.about, historical=True))
    found = impact(difference(before, ended), before, content, bank)
    cited = {citation.partition("#")[0] for one in found for citation in one.cites}
    assert cited == {NAME}
    assert sum(one.kind is CitingKind.INTENT for one in found) > 250


def test_many_reasons_are_counted(content: CheckedContent, bank: Bank) -> None:
    before = content.guidance.publications[0]
    changes = [
        Change(kind=ChangeKind.NUMBER, section=STEPS, before=str(n), after="0", paragraphs=("6",))
        for n in range(1, 10)
    ]
    found = impact(changes, before, content, bank)
    assert {one.why.count("; ") for one in found} <= {6, 7}
    assert "and 3 more changes" in found[0].why


@pytest.mark.parametrize("kind", ChangeKind)
@pytest.mark.parametrize(("before", "after"), [("old", "new"), (None, "new"), ("old", None)])
def test_every_change_can_be_said_in_words(
    kind: ChangeKind, before: str | None, after: str | None
) -> None:
    said = in_words(
        Change(kind=kind, section="a-publication#a-section", before=before, after=after, to="a#b")
    )
    assert said.isprintable()
    assert "a-section" in said or "new" in said or "old" in said


@pytest.fixture
def another(tmp_path: Path) -> Path:
    """A version of the real publication in a file of another name."""
    path = tmp_path / "next edition.md"
    text = (CORPUS / f"{NAME}.md").read_text(encoding="utf-8")
    for old, new in (("an inspector or above", "a sergeant or above"), ("over 17", "over 16")):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_command_prints_json(another: Path) -> None:
    said = run("impact", NAME, "--against", str(another), "--json")
    assert said.returncode == 0
    found = json.loads(said.stdout)
    assert {
        "kind": "rank",
        "section": f"{NAME}#section-44-searches",
        "before": "inspector",
    }.items() <= (found["changes"][1].items())
    kinds = {one["kind"] for one in found["dependants"]}
    assert {"intent", "node", "term"} <= kinds
    assert all(set(one) == {"kind", "id", "cites", "why"} for one in found["dependants"])


def test_the_command_prints_text_and_markdown(another: Path, tmp_path: Path) -> None:
    text = run("impact", NAME, "--against", str(another)).stdout
    assert text.startswith(f"{NAME}: 4 changes\n")
    assert "cites app-international#section-44-searches" in text
    folder = tmp_path / "next" / "corpus"
    folder.mkdir(parents=True)
    another.rename(folder / f"{NAME}.md")
    markdown = run("impact", NAME, "--against", str(tmp_path / "next"), "--markdown").stdout
    rows = [line for line in markdown.splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {5}


def test_no_change_is_said(small: Content) -> None:
    said = run("impact", "lighthouse-manual", "--against", str(small.corpus))
    assert (said.returncode, said.stdout) == (0, "lighthouse-manual: nothing was changed\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing", "--against", "x"], "there is no publication 'nothing'"),
        (["lighthouse-manual", "--against", "missing.md"], "no file and no folder"),
        (["lighthouse-manual", "--against", "docs"], "holds no lighthouse-manual.md"),
        (["lighthouse-manual", "--against", "corpus/app-international.md"], "is the publication"),
        (["lighthouse-manual", "--against", "README.md"], "front matter"),
        (["lighthouse-manual"], "--against FILE"),
    ],
)
def test_what_cannot_be_compared_is_one_clear_line(
    small: Content, arguments: list[str], words: str
) -> None:
    said = run("impact", *arguments)
    assert said.returncode == 1
    assert words in said.stderr
    assert said.stderr.count("\n") == 1
