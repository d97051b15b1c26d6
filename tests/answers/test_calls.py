"""Whom to call, and what is plainly personal data."""

from datetime import datetime

import pytest

from assistant.answers.assistant import Assistant
from assistant.answers.calls import desks, in_words, is_open
from assistant.answers.personal_data import personal_data
from assistant.answers.transcript import Transcript
from assistant.guidance.model import Opening
from assistant.library.model import Library
from tests.helpers import NOW


@pytest.mark.parametrize(
    ("opening", "hour", "minute", "expected"),
    [
        (Opening(always=True), 3, 0, True),
        (Opening(daily=("07:00", "20:00")), 7, 0, True),
        (Opening(daily=("07:00", "20:00")), 19, 59, True),
        (Opening(daily=("07:00", "20:00")), 20, 0, False),
        (Opening(daily=("07:00", "20:00")), 6, 59, False),
    ],
)
def test_a_desk_is_open_within_its_hours(
    opening: Opening, hour: int, minute: int, expected: bool
) -> None:
    assert is_open(opening, datetime(2026, 11, 21, hour, minute)) is expected


def test_an_answer_with_a_number_says_whether_the_desk_is_open(library: Library) -> None:
    question = "telephone number of the national extradition unit"
    text = Assistant(library, NOW).ask(question, Transcript()).text
    assert "0300 790 0000" in text
    assert (
        "**To call**: National Extradition Unit (NEU); 24 hours a day, 7 days a week; open now."
        in text
    )


def test_old_addresses_are_warned_about(library: Library) -> None:
    contact = next(c for c in library.guidance.contacts if c.id == "national-documents-fraud-unit")
    assert "closed now" in in_words(contact, datetime(2026, 11, 21, 21, 0))
    assert "check the address" in in_words(contact, NOW)


def test_no_desk_of_a_historical_source_is_offered(library: Library) -> None:
    intent = library.intents["protocol-point-of-contact"]
    assert list(desks(library.guidance, intent.citations, intent.answer)) == []


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("he says dob 12/03/1990, polish", ["a date of birth"]),
        ("born 3 March 1990 in Gdansk, what checks", ["a date of birth"]),
        ("her number is 07700 900123 who do i tell", ["a telephone number"]),
        ("passport no 123456789 looks iffy", ["a passport number"]),
        ("pnc 01/123456Z", ["a PNC number"]),
        ("who signs a section 44 search of the UK Borders Act 2007", []),
        ("joint protocol of 19 July 2001", []),
        ("is the pace clock 24/7", []),
        ("20 working days and 24 hours", []),
    ],
)
def test_personal_data_is_recognised_by_its_form(question: str, expected: list[str]) -> None:
    assert personal_data(question) == expected


def test_a_clear_question_with_personal_data_is_answered_with_a_warning(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("who signs off a section 44 search for dob 12/03/1990", Transcript())
    assert answer.kind == "answer"
    assert "personal data (a date of birth)" in answer.warnings[0]
