"""The five published texts as they are: headings, numbers, citations and words."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.guidance.citations import Citation
from assistant.guidance.corpus import read_corpus
from assistant.guidance.model import Guidance, Publication
from assistant.guidance.published import read_published
from assistant.library.content import Content
from assistant.library.read import read_content
from assistant.upkeep.importing.drafts import import_files
from assistant.upkeep.importing.imported import import_reading
from assistant.upkeep.importing.report import Report
from assistant.upkeep.importing.sources import files_of, kind_of, reader_of
from assistant.upkeep.importing.words import compare_words
from tests.helpers import ROOT
from tests.upkeep.importing import made

DAY = date(2026, 11, 22)
RESTATED = read_corpus(ROOT / "corpus").publications
IDS = [publication.id for publication in RESTATED]
MAKERS = {
    "page": made.as_page,
    "api": made.as_content_api,
    "docx": made.as_docx,
    "pdf": made.as_pdf,
}


class Taken:
    """The five texts imported, with their reports, in a folder of their own."""

    def __init__(self, sources: Path, folder: Path) -> None:
        self.sources = sources
        self.folder = folder
        self.reports: list[Report]
        self.reports, self.failures = import_files(files_of([sources]), folder, RESTATED, DAY)
        found = read_published(folder)
        self.problems = found.problems
        self.publications = {publication.id: publication for publication in found.publications}

    def report(self, name: str) -> Report:
        return next(report for report in self.reports if report.id == name)


@pytest.fixture(scope="module")
def taken(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Taken:
    return Taken(shared / "sources", tmp_path_factory.mktemp("published"))


def test_all_five_are_recognised_and_accepted_at_once(taken: Taken) -> None:
    assert {report.id: report.state for report in taken.reports} == dict.fromkeys(IDS, "accepted")
    assert taken.failures == []
    assert taken.problems == ()
    assert sorted(path.name for path in taken.folder.iterdir()) == [f"{name}.md" for name in IDS]


@pytest.mark.parametrize("restated", RESTATED, ids=IDS)
def test_the_headings_are_those_of_the_restatement(taken: Taken, restated: Publication) -> None:
    published = taken.publications[restated.id]
    found = [(s.anchor, s.heading, s.path) for s in published.sections]
    assert found == [(s.anchor, s.heading, s.path) for s in restated.sections]
    report = taken.report(restated.id)
    assert report.missing_headings == report.new_headings == report.missing_paragraphs == ()
    assert report.reworded_headings == {}


@pytest.mark.parametrize("restated", RESTATED, ids=IDS)
def test_the_paragraphs_steps_and_notes_are_those_of_the_restatement(
    taken: Taken, restated: Publication
) -> None:
    for section in restated.sections:
        published = taken.publications[restated.id].section(section.anchor)
        assert published is not None
        numbers = [p.paragraph for p in published.passages if p.paragraph]
        assert numbers == [p.paragraph for p in section.passages if p.paragraph]


def citations_of_the_repository() -> Iterator[str]:
    """Every citation in every content file, those in links of a publication with them."""
    names = "|".join(IDS)
    for path in Content(ROOT).files():
        text = path.read_text(encoding="utf-8")
        yield from re.findall(rf"(?<![\w-])(?:{names})#[a-z0-9-]+(?:/[a-z0-9.()-]+)?", text)
        if path.parent.name == "corpus" and path.suffix == ".md":
            yield from (path.stem + found for found in re.findall(r"\]\((#[^)\s]+)\)", text))
    content = read_content(Content(ROOT))
    for intent in content.questions.intents:
        yield from intent.citations
    for dialogue in content.dialogues:
        yield from dialogue.citations
        for node in dialogue.nodes:
            yield from node.cites


def test_every_citation_of_the_repository_resolves_in_the_published_texts(taken: Taken) -> None:
    guidance = Guidance(tuple(taken.publications.values()))
    citations = set(citations_of_the_repository())
    assert len(citations) > 300
    for citation in citations:
        guidance.resolve(Citation.parse(citation))


# What is no word of the body: two lists of contents, page numbers, and what a web page prints.
FURNITURE = re.compile(
    r"(?m)^(?:Contents$|35 mins read$|Tags\n+Investigation\s*$"
    r"|[\d.]+\t.*\d$|\d+\. [^\t\n]*\t\d+$| 1$)"
)


@pytest.mark.parametrize("name", IDS)
def test_no_word_of_the_body_is_lost_or_doubled(taken: Taken, name: str) -> None:
    def words(text: str) -> Counter[str]:
        return Counter(re.findall(r"[a-z0-9]+", text.lower()))

    source = (taken.sources / f"{name}.txt").read_text(encoding="utf-8")
    about = taken.publications[name].about
    assert about.edition is not None
    written = (taken.folder / f"{name}.md").read_text(encoding="utf-8").split("\n---\n", 1)[1]
    body = re.sub(r" \{#[a-z-]+\}$", "", written, flags=re.MULTILINE)
    body = re.sub(r"^Note (?=\d+: )", "", body, flags=re.MULTILINE)
    if not taken.report(name).title_printed:
        body = body.split("\n", 2)[2]
    elif about.edition.printed_title:
        body = body.replace(f"# {about.title}", about.edition.printed_title, 1)
    assert words(body) == words(FURNITURE.sub("", source))
    report = taken.report(name)
    assert report.words.all_kept
    assert report.words.words_out == sum(words(body).values())


@pytest.mark.parametrize(
    ("name", "furniture"),
    [
        ("app-international", {"35 mins read", "Tags", "Investigation"}),
        ("icibi-status-checks-2016", {"1"}),
        ("ie-partnership-working", set()),
        ("npcc-information-sharing", {"Contents", "10. Record keeping\t7"}),
        ("joint-protocol-2001", {"Contents", "5.1\tLower-Tier Operations.....\t13"}),
    ],
)
def test_the_furniture_of_the_page_is_dropped(taken: Taken, name: str, furniture: set[str]) -> None:
    found = taken.report(name).furniture
    assert furniture <= set(found)
    assert len(found) == {"joint-protocol-2001": 27, "npcc-information-sharing": 12}.get(
        name, len(furniture)
    )


@pytest.mark.parametrize(
    ("name", "version", "published", "updated", "review"),
    [
        ("app-international", None, date(2019, 2, 4), date(2026, 4, 17), None),
        ("ie-partnership-working", "6.0", date(2025, 6, 13), date(2025, 6, 17), None),
        ("npcc-information-sharing", None, date(2020, 4, 23), None, date(2022, 4, 1)),
        ("joint-protocol-2001", None, date(2001, 7, 19), None, None),
        ("icibi-status-checks-2016", None, None, None, None),
    ],
)
def test_the_edition_is_read_from_the_text(
    taken: Taken,
    name: str,
    version: str | None,
    published: date | None,
    updated: date | None,
    review: date | None,
) -> None:
    report = taken.report(name)
    found = (report.version, report.published, report.updated, report.review)
    assert found == (version, published, updated, review)
    about = taken.publications[name].about
    restated = next(p.about for p in RESTATED if p.id == name)
    assert about.edition is not None
    assert about.edition.sha256 == restated.restates
    assert (about.edition.imported, about.restates) == (DAY, None)
    assert about.published == (published or restated.published)
    assert about.edition.undated == (published is None)


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("made_as", MAKERS)
def test_the_same_text_in_another_format_gives_the_same_sections(
    taken: Taken, name: str, made_as: str
) -> None:
    published = taken.publications[name]
    data = MAKERS[made_as](list(made.pieces_of(published)))
    reading = reader_of(kind_of(data))(data)
    text, report = import_reading(reading, data, "x", RESTATED, None, DAY)
    assert report.id == name
    assert report.reasons == ()
    path = taken.folder.parent / f"{name}.draft.md"
    path.write_text(text, encoding="utf-8")
    found = read_published(taken.folder.parent).publications
    assert found == ()  # a draft is not offered as a publication
    path.rename(taken.folder.parent / f"{name}.md")
    again = read_published(taken.folder.parent).publications[0]
    (taken.folder.parent / f"{name}.md").unlink()
    assert [(s.anchor, s.heading, s.path) for s in again.sections] == [
        (s.anchor, s.heading, s.path) for s in published.sections
    ]
    for section, expected in zip(again.sections, published.sections, strict=True):
        numbers = [p.paragraph for p in section.passages if p.paragraph]
        assert numbers == [p.paragraph for p in expected.passages if p.paragraph]
        given = "\n".join(p.text for p in expected.passages)
        assert compare_words(given, [], "\n".join(p.text for p in section.passages)).all_kept
