"""Published editions in the library: what is read, searched and quoted is the published wording,
what answers is as before."""

import json
import re
import shutil
from pathlib import Path

import pytest

from assistant.answers.assistant import CHANGED, Assistant
from assistant.answers.model import Answer
from assistant.answers.transcript import Transcript
from assistant.guidance.citations import Citation
from assistant.guidance.wording import RESTATED, without_markup
from assistant.interface.conversation import Conversation
from assistant.interface.settings import Settings
from assistant.library.content import Content, find_content
from assistant.library.home import libraries, published
from assistant.library.model import Library
from assistant.library.store import folder_of
from tests.helpers import NOW, run
from tests.library.published import BUOYS, MANUAL, opened, put

OIL = "where is the lamp oil kept"


def ask(library: Library, question: str) -> Answer:
    return Assistant(library, NOW).ask(question, Transcript())


def without_texts(answer: Answer) -> dict[str, object]:
    """An answer without what its sources quote, their dates and the warnings about them."""
    plain = json.loads(json.dumps(answer, default=lambda one: one.__struct_fields__ and {
        name: getattr(one, name) for name in one.__struct_fields__
        if name not in ("text", "edition", "updated", "status", "warnings")
    } if hasattr(one, "__struct_fields__") else str(one)))  # fmt: skip
    return {"text": answer.text, **plain}


def test_an_answer_quotes_the_published_wording_and_stays_as_it_was(small: Content) -> None:
    before = ask(opened(small), OIL)
    put("lighthouse-manual", MANUAL)
    after = ask(opened(small), OIL)
    assert without_texts(after) == without_texts(before)
    assert before.citations[0].edition is None
    assert after.citations[0].edition == "02 January 2020"
    assert "See Steps at dusk" in before.citations[0].text
    assert after.citations[0].text == (
        "1.2 Oil is drawn from the cellar. The cellar is locked, and the key of it is kept by the "
        "door."
    )


def test_another_edition_than_that_of_the_answer_is_said(small: Content) -> None:
    put("lighthouse-manual", MANUAL)
    assert not any("another edition" in one for one in ask(opened(small), OIL).warnings)
    put("lighthouse-manual", MANUAL.replace("sha256: abab", "sha256: cdcd"))
    (warning,) = ask(opened(small), OIL).warnings
    assert "another edition of Keeping a lighthouse (04 March 2021)" in warning
    assert "(02 January 2020)" in warning


def test_the_index_holds_the_published_passages_and_no_restated_ones(small: Content) -> None:
    assert opened(small).passages.search("taper").best == []
    put("lighthouse-manual", MANUAL)
    library = opened(small)
    (hit,) = library.passages.search("taper").best
    place = library.texts.places[hit.section]
    assert "with a taper" in place.section.passages[hit.position].text
    first = library.passages.search("lamp oil cellar").best[0]
    assert first.section == "lighthouse-manual#the-lamp"


def test_a_passage_answer_is_the_published_passage_to_the_letter(small: Content) -> None:
    put("lighthouse-manual", MANUAL)
    said = ask(opened(small), "climb the stair, take a lantern along?")
    assert said.intent is None
    assert said.text.startswith("Climb the stair.\n\nTake a lantern along, and mind the third")
    assert said.citations[0].edition is not None
    for paragraph in said.text.split("\n\n"):
        assert paragraph.strip() in re.sub(r"(?m)^ {3}", "", MANUAL)


def test_a_place_that_the_published_edition_lacks_is_shown_as_restated(small: Content) -> None:
    put("lighthouse-manual", MANUAL.replace("## The fog bell", "## The fog horn"))
    library = opened(small)
    place = library.shown(Citation.parse("lighthouse-manual#the-fog-bell"))
    assert place.publication.about.edition is None
    assert ask(library, "fog bell rate").citations[0].edition is None


def test_a_new_publication_is_read_and_searched_and_is_the_ground_of_no_answer(
    small: Content,
) -> None:
    put("laying-buoys", BUOYS)
    library = opened(small)
    assert [one.id for one in library.guidance.publications] == ["lighthouse-manual"]
    assert [one.id for one in library.texts.publications] == ["lighthouse-manual", "laying-buoys"]
    talk = Conversation(Assistant(library, NOW), Settings(), keys=False)
    assert "forged" in str(talk.typed("/find forged chain"))
    assert "holds the red buoy" in str(talk.typed("/open laying-buoys#the-chain"))
    assert "Laying buoys" in str(talk.typed("/library"))
    assert all(not one.section.startswith("laying-buoys") for one in library.intents.values())


def test_the_conversation_opens_finds_and_turns_in_the_published_wording(small: Content) -> None:
    put("lighthouse-manual", MANUAL)
    talk = Conversation(Assistant(opened(small), NOW), Settings(), keys=False)
    assert "the key of it is kept" in str(talk.typed("/open lighthouse-manual#the-lamp/1.2"))
    assert "Where the oil is" in str(talk.typed("/uses"))
    assert "told by the glass" in str(talk.typed("/open The fog bell"))
    assert "with a match" in str(talk.typed("/previous"))
    talk.typed(OIL)
    opened_ = talk.typed("1").blocks[0]
    assert "the key of it" in str(opened_)
    copied = talk.typed("/cite").copied
    assert copied is not None
    assert RESTATED not in copied
    assert "This is the published wording" in copied


def test_show_and_ask_say_which_edition_is_shown(small: Content) -> None:
    before = run("show", "lighthouse-manual#the-lamp/1.2").stdout
    assert RESTATED in " ".join(before.split())
    put("lighthouse-manual", MANUAL)
    shown = " ".join(run("show", "lighthouse-manual#the-lamp/1.2").stdout.split())
    assert (
        "This is the published wording (edition: 02 January 2020; imported 22 November 2026)"
        in (shown)
    )
    assert "the key of it is kept by the door" in shown
    assert RESTATED not in shown
    said = " ".join(run("ask", OIL).stdout.split())
    assert "published wording, 02 January 2020" in said
    assert RESTATED not in said


def test_the_library_is_that_of_the_published_texts_too(small: Content) -> None:
    alone = folder_of(small)
    path = put("lighthouse-manual", MANUAL)
    both = folder_of(small)
    path.write_text(MANUAL.replace("by the door", "under the stair"))
    assert len({alone, both, folder_of(small)}) == 3
    path.rename(path.with_name("lighthouse-manual.draft.md"))
    assert folder_of(small) == alone


def test_a_faulty_published_text_is_named_and_the_restatement_shown(small: Content) -> None:
    put("lighthouse-manual", MANUAL.replace("kind: manual\n", ""))
    notes: list[str] = []
    assert ask(opened(small, notes), OIL).citations[0].edition is None
    (note,) = notes
    assert "kind" in note
    assert "what it restates is shown instead" in note


def test_an_import_is_shown_from_then_on(small: Content, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "manual.txt").write_text(
        "Keeping a lighthouse\n\nPublished 2 January 2020\n\n1 The lamp\n\n1.1 Trim it.\n\n"
        "1.2 Oil is in the deep cellar.\n\nSteps at dusk\n\n1. Climb.\n\n2. Light.\n\n"
        "The fog bell\n\nRing it.\n"
    )
    assert run("import", str(tmp_path / "in")).returncode == 0
    assert folder_of(small).exists()
    assert "deep cellar" in run("show", "lighthouse-manual#the-lamp").stdout


def test_an_answer_whose_passage_has_changed_since_its_review_says_so(small: Content) -> None:
    assert run("review", "--sign-off", "ab1", "lighthouse-manual").returncode == 0
    assert CHANGED not in ask(opened(small), OIL).warnings
    manual = small.corpus / "lighthouse-manual.md"
    manual.write_text(manual.read_text().replace("from the cellar", "from the deep cellar"))
    library = opened(small)
    assert ask(library, OIL).warnings == (CHANGED,)
    assert ask(library, "fog bell rate").warnings == ()
    assert run("review", "--sign-off", "cd2", "lighthouse-manual").returncode == 0
    assert ask(opened(small), OIL).warnings == ()


def test_a_half_written_file_of_reviews_is_told_and_answers_stay(small: Content) -> None:
    assert run("review", "--sign-off", "ab1", "lighthouse-manual").returncode == 0
    lock = small.root / "intents" / "reviewed.lock"
    lock.write_bytes(lock.read_bytes()[:-20])
    notes: list[str] = []
    assert "In the cellar" in ask(opened(small, notes), OIL).text
    (note,) = notes
    assert "the file ends in the middle of a line" in note


@pytest.fixture(scope="module")
def five(shared: Path, library: Library, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library of the real content with the five published texts imported as they are."""
    home = tmp_path_factory.mktemp("five")
    with pytest.MonkeyPatch.context() as patch:
        trained = sorted(libraries().glob("*.msgpack"))
        patch.setenv("ASSISTANT_HOME", str(home))
        libraries().mkdir()
        for path in trained:
            shutil.copy(path, libraries())
        said = run("import", str(shared / "sources"))
        assert said.returncode == 0, said.stderr
        assert len(list(published().iterdir())) == 5
        assert folder_of(find_content()).exists()
        return opened(find_content())


QUESTIONS = [
    "who signs off a section 44 search",
    "what happens at the deportation stage",
    "can a victim's immigration status be passed to the home office",
    "does immigration have to come to the police station",
    "what did the 2016 inspection recommend",
    "who could authorise a lower tier operation under the protocol in 2001",
    "best soup recipe",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_five_texts_change_no_answer_and_are_quoted(
    five: Library, library: Library, shared: Path, question: str
) -> None:
    before, after = ask(library, question), ask(five, question)
    assert without_texts(after) == without_texts(before)
    for cited in after.citations:
        assert cited.edition is not None
        source = (shared / "sources" / f"{cited.document}.txt").read_text(encoding="utf-8")
        printed = re.sub(r"\W+", "", source)
        for line in cited.text.split("\n"):
            assert re.sub(r"\W+", "", line.removeprefix("Note ")) in printed


def test_every_citation_of_an_answer_leads_to_the_published_wording(five: Library) -> None:
    for intent in five.intents.values():
        for text in intent.citations:
            assert five.shown(Citation.parse(text)).publication.about.edition is not None


def test_a_passage_of_the_five_texts_answers_verbatim(five: Library, shared: Path) -> None:
    place = five.texts.places["app-international#section-44-searches"]
    source = (shared / "sources" / "app-international.txt").read_text(encoding="utf-8")
    printed = re.sub(r"\s+|\\", "", source)
    question = without_markup(place.section.passages[-1].text)
    found = Assistant(five, NOW)._passage(question)
    assert found is not None
    assert found.citations[0].edition is not None
    for line in found.text.split("\n"):
        assert re.sub(r"\s+", "", line.removeprefix("- ")) in printed
