"""The corpus as it is, and a small one with faults."""

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import CitationError, ContentError
from assistant.guidance.citations import Citation
from assistant.guidance.corpus import read_corpus
from assistant.guidance.model import Status
from assistant.library.content import Content
from assistant.library.model import Library
from tests.helpers import ROOT, TODAY

PUBLICATIONS = {
    "app-international": Status.CURRENT,
    "ie-partnership-working": Status.CURRENT,
    "npcc-information-sharing": Status.REVIEW_PASSED,
    "icibi-status-checks-2016": Status.HISTORICAL,
    "joint-protocol-2001": Status.HISTORICAL,
}
NOT_FACTS = {
    # A capital at the beginning of a sentence makes the pattern take "Under" for a part of the
    # name.
    "Under Operation Nexus",
    "Under the Immigration (EEA) Regulations 2006",
    "Under the PACE Act 1984",
    "Under the Immigration Act 2014",
    "Under Schedule",
    # Page numbers of a table of contents.
    *(f"{number}" for number in range(11, 19)),
}


def test_the_five_publications_are_there_with_their_status(library: Library) -> None:
    found = {
        publication.id: publication.status(TODAY) for publication in library.guidance.publications
    }
    assert found == PUBLICATIONS


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        ("app-international#section-44-searches", "chief immigration officer"),
        ("app-international#custody-procedures/6", "over 17"),
        ("ie-partnership-working#police-and-criminal-evidence-pace-clock", "24 hours"),
        ("npcc-information-sharing#what-information-to-share/6.1", "date of birth"),
        ("npcc-information-sharing#police-approaches/5.3.3", "does not change"),
        ("icibi-status-checks-2016#organisational-models/4.16", "rota"),
        (
            "joint-protocol-2001#action-by-immigration-service-and-police-service/6.1.1(4)",
            "review group",
        ),
    ],
)
def test_citations_lead_to_the_passage(library: Library, citation: str, words: str) -> None:
    place = library.guidance.resolve(Citation.parse(citation))
    passages = [place.passage] if place.passage else place.section.passages
    assert words in " ".join(" ".join(passage.text.split()) for passage in passages)


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        ("nothing#x", "no publication 'nothing'"),
        ("app-international#nothing", "no section 'nothing'"),
        ("npcc-information-sharing#what-information-to-share/6.9", "it has: 6.1, 6.2"),
    ],
)
def test_a_citation_that_leads_nowhere_says_what_is_missing(
    library: Library, citation: str, words: str
) -> None:
    with pytest.raises(CitationError, match=words):
        library.guidance.resolve(Citation.parse(citation))


def test_no_words_are_taken_over_from_the_published_texts(shared: Path) -> None:
    tool = [sys.executable, str(shared / "tools/overlap.py")]
    run = subprocess.run(
        [*tool, "corpus", "intents", "docs", "README.md"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.stdout.startswith("0 shared runs")


@pytest.mark.parametrize("name", PUBLICATIONS)
def test_no_fact_of_a_published_text_is_missing(shared: Path, name: str) -> None:
    tool = [sys.executable, str(shared / "tools/facts.py")]
    files = [str(shared / f"sources/{name}.txt"), f"corpus/{name}.md"]
    run = subprocess.run([*tool, *files], cwd=ROOT, capture_output=True, text=True, check=True)
    missing = [line.split(": ", 1)[1] for line in run.stdout.splitlines() if line.startswith("- ")]
    assert set(missing) <= NOT_FACTS


def faults(content: Content) -> list[tuple[str, str, int]]:
    with pytest.raises(ContentError) as caught:
        read_corpus(content.corpus)
    return [(p.code, p.file.name, p.line) for p in caught.value.problems]


def test_every_fault_of_every_file_is_named_at_once(small: Content) -> None:
    manual = small.corpus / "lighthouse-manual.md"
    manual.write_text(manual.read_text().replace("publisher:", "publishers:"))
    glossary = small.corpus / "glossary.yaml"
    glossary.write_text(glossary.read_text() + "  - {id: keeper, term: 3}\n  - {id: x, [}\n")
    found = faults(small)
    assert {name for _, name, _ in found} == {"lighthouse-manual.md", "glossary.yaml"}


def test_a_link_to_a_section_that_is_not_there_is_a_fault(small: Content) -> None:
    manual = small.corpus / "lighthouse-manual.md"
    manual.write_text(manual.read_text().replace("(#steps-at-dusk)", "(#steps-at-dawn)"))
    line = (
        manual.read_text()
        .splitlines()
        .index("1.2 Oil is drawn from the cellar. See [Steps at dusk](#steps-at-dawn).")
    )
    assert faults(small) == [("broken-citation", "lighthouse-manual.md", line + 1)]


def test_a_glossary_entry_given_twice_is_a_fault(small: Content) -> None:
    glossary = small.corpus / "glossary.yaml"
    text = glossary.read_text()
    glossary.write_text(text + text.removeprefix("terms:\n"))
    assert [code for code, _, _ in faults(small)] == ["duplicate-id"]


def test_aliases_that_could_explode_are_refused(small: Content) -> None:
    (small.corpus / "glossary.yaml").write_text("a: &a [x]\nb: [*a, *a]\nterms: []\n")
    assert [code for code, _, _ in faults(small)] == ["yaml-alias"]
