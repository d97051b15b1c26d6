"""Answers over the real library: composed, cited, warned about, refused."""

from datetime import date

import pytest
import yaml

from assistant.answers.assistant import Assistant
from assistant.answers.compose import cited, compose, cut, passage_text, warnings, word_count
from assistant.answers.model import Answer, Kind
from assistant.answers.refusals import LONGEST_QUESTION
from assistant.answers.transcript import Transcript
from assistant.guidance.model import Status
from assistant.library.model import Library
from assistant.matching.intents import LONGEST_TEXT, Reason
from tests.helpers import ROOT, TODAY


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(question, Transcript())


def test_the_fact_comes_first_and_its_neighbours_after_it(assistant: Assistant) -> None:
    answer = ask(assistant, "who signs off a section 44 search")
    assert answer.text.startswith("**An inspector or above, in writing.**")
    assert "Also in this section" in answer.text
    assert answer.citations[0].anchor == "app-international#section-44-searches"


def test_no_composed_answer_is_longer_than_can_be_read(library: Library) -> None:
    for section, intents in library.intents_by_section.items():
        for intent in intents:
            near = [(other, 0.5) for other in intents if other is not intent]
            text, _ = compose(intent.answer, intent, near, lambda other: other.title)
            assert word_count(text) <= LONGEST_TEXT, section


def test_no_passage_is_longer_than_can_be_read(library: Library) -> None:
    for place in library.guidance.places.values():
        for position in range(len(place.section.passages)):
            text, shown = passage_text(place, position)
            assert word_count(text) <= LONGEST_TEXT + 3
            assert shown[0] is place.section.passages[position]


def test_a_long_text_is_cut_with_a_mark() -> None:
    assert cut("a b") == "a b"
    assert cut("word " * 400).endswith("(goes on)")
    assert word_count(cut("word " * 400)) <= LONGEST_TEXT + 1


def test_every_answer_cites_passages_that_stand_in_the_corpus(library: Library) -> None:
    for intent in library.intents.values():
        for citation in cited(library, intent.citations, intent.answer, TODAY):
            assert citation.text
            assert citation.anchor in library.guidance.places


def warned(library: Library, citation: str, today: date = TODAY) -> str:
    return " ".join(warnings(library, [citation], today))


def test_sources_are_warned_about(library: Library) -> None:
    assert "passed on 01 April 2022" in warned(
        library, "npcc-information-sharing#record-keeping/10.1"
    )
    assert "passed" not in warned(
        library, "npcc-information-sharing#record-keeping/10.1", date(2022, 3, 1)
    )
    assert "historical document of 2001" in warned(library, "joint-protocol-2001#aims")
    assert "Sources differ" in warned(library, "app-international#denial-of-financial-services")
    assert warned(library, "app-international#section-44-searches") == ""


def test_a_source_past_its_review_carries_its_status(assistant: Assistant) -> None:
    answer = ask(assistant, "does being an overstayer change whether she is treated as a victim")
    assert answer.citations[0].document == "npcc-information-sharing"
    assert answer.citations[0].status is Status.REVIEW_PASSED


@pytest.mark.parametrize("question", ["", "   ", "?!", "and the of", "x " * LONGEST_QUESTION])
def test_what_is_no_question_is_not_understood(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question)
    assert (answer.kind, answer.reason) == (Kind.REFUSE, Reason.NOT_UNDERSTOOD)


@pytest.mark.parametrize("question", ["", "?!", "ζητω", "and", "it", "\n"])
def test_what_says_nothing_after_an_answer_is_lived_with(
    assistant: Assistant, question: str
) -> None:
    transcript = Transcript()
    assistant.ask("who signs off a section 44 search", transcript)
    assert assistant.ask(question, transcript).kind is Kind.REFUSE


def test_a_refusal_says_whom_to_ask_and_points_to_the_nearest_section(assistant: Assistant) -> None:
    answer = ask(assistant, "what is the maximum sentence for burglary")
    assert answer.kind is Kind.REFUSE
    assert "ILO" in answer.text


def test_turns_are_added_to_the_transcript(assistant: Assistant) -> None:
    transcript = Transcript()
    first = assistant.ask("who signs off a section 44 search", transcript)
    second = assistant.ask("what is a red notice", transcript)
    assert transcript.answers == [first, second]
    assert transcript.source(1) == second.citations[0]
    assert transcript.source(99) is None


CASES = yaml.safe_load((ROOT / "tests" / "fixtures" / "answers.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["premises"], ids=lambda case: str(case["question"]))
def test_false_premises_are_said_first_and_true_ones_are_not_mentioned(
    assistant: Assistant, case: dict[str, str]
) -> None:
    answer = ask(assistant, case["question"])
    assert answer.kind is Kind.ANSWER
    if "stated" not in case:
        assert answer.premise is None
        return
    assert answer.premise is not None
    assert (answer.premise.stated, answer.premise.guidance) == (case["stated"], case["guidance"])
    assert answer.text.startswith(f"**The question says {case['stated']}")
    assert word_count(answer.text) <= LONGEST_TEXT


@pytest.mark.parametrize("case", CASES["conversations"], ids=lambda case: str(case["turns"][0]))
def test_a_follow_up_is_read_with_the_answer_before_it(
    assistant: Assistant, case: dict[str, list[str]]
) -> None:
    transcript = Transcript()
    answers = [assistant.ask(question, transcript) for question in case["turns"]]
    for answer, expected in zip(answers, case["sections"], strict=True):
        assert answer.kind is Kind.ANSWER, answer.question
        assert answer.citations[0].anchor == expected


@pytest.mark.parametrize("question", CASES["today"])
def test_a_question_about_today_is_never_answered_from_history(
    assistant: Assistant, question: str
) -> None:
    answer = ask(assistant, question)
    if answer.kind is Kind.ANSWER:
        assert answer.citations[0].status is not Status.HISTORICAL


def test_the_likelihood_is_that_of_the_answer_that_is_given(assistant: Assistant) -> None:
    """A current answer that goes before a historical one does not borrow its likelihood."""
    library = assistant.library
    for intent in library.intents.values():
        if intent.id.startswith(("icibi-", "protocol-")):
            question = intent.title.replace("2016", "").replace("2001", "")
            answer = ask(assistant, question)
            if answer.kind is Kind.ANSWER and answer.citations[0].status is Status.CURRENT:
                likely = {m.intent: m.likelihood for m in assistant.read(question).matches}
                assert likely[answer.intent or ""] == max(likely.values()), question


@pytest.mark.parametrize("question", CASES["history"])
def test_a_question_about_the_past_is_answered_and_says_so(
    assistant: Assistant, question: str
) -> None:
    answer = ask(assistant, question)
    assert answer.kind is Kind.ANSWER
    assert answer.citations[0].status is Status.HISTORICAL
    assert any("historical" in warning for warning in answer.warnings)


@pytest.mark.parametrize("question", CASES["outside"])
def test_what_the_guidance_does_not_answer_is_refused(assistant: Assistant, question: str) -> None:
    assert ask(assistant, question).kind is Kind.REFUSE
