"""What is typed at a node: read as its answer, or refused in one line that says what is one."""

from datetime import date, datetime

import pytest

from assistant.dialogues.countries import code_of, is_code, name_of, nearest
from assistant.dialogues.model import (
    Choice,
    CountryAsked,
    Day,
    Moment,
    Node,
    Note,
    Number,
    Option,
    Outcome,
    Several,
    ShortText,
    Step,
    Value,
    YesNo,
)
from assistant.dialogues.typed import LONGEST_TEXT, TypedError, read_typed, read_value, said
from assistant.dialogues.walk import fits
from tests.helpers import NOW

OPTIONS = (Option("bell", "A bell"), Option("horn", "A horn"), Option("gong", "Gong, or drum"))
YES_NO = YesNo(id="fog", ask="Is there fog?")
OPEN = YesNo(id="fog", ask="Is there fog?", unknown="find_out")
CHOICE = Choice(id="sound", ask="Which one?", options=OPTIONS)
SEVERAL = Several(id="sounds", ask="Which ones?", options=OPTIONS)
HOURS = Number(id="hours", ask="How long?", unit="hours", max=5000, whole=False)
YEARS = Number(id="age", ask="How old?", unit="years", min=10, max=120)
METRES = Number(id="depth", ask="How deep?", unit="metres")
DAY = Day(id="sent", ask="When?")
MOMENT = Moment(id="at", ask="When?")
FLAG = CountryAsked(id="flag", ask="Which flag?")
NAME = ShortText(id="name", ask="What is she called?")
STEP = Step(id="climb", text="Climb.")
HARD_STEP = Step(id="climb", text="Climb.", cannot="help")
NOTE = Note(id="lit", text="It is lit.")

GOOD: list[tuple[Node, str, Value]] = [
    *((YES_NO, typed, "yes") for typed in ("yes", "Y", " yeah ", "yep", "true", "1", "YES")),
    *((YES_NO, typed, "no") for typed in ("no", "N", "nope", "false", "2")),
    *(
        (OPEN, typed, "unknown")
        for typed in ("?", "unknown", "don't know", "Don’t know", "DK", "not  sure")
    ),
    (CHOICE, "1", "bell"),
    (CHOICE, "horn", "horn"),
    (CHOICE, "A HORN", "horn"),
    (CHOICE, " gong ", "gong"),
    (SEVERAL, "", ()),
    (SEVERAL, "0", ()),
    (SEVERAL, "none", ()),
    (SEVERAL, "2", ("horn",)),
    (SEVERAL, "3,1", ("bell", "gong")),
    (SEVERAL, "1, 1, horn", ("bell", "horn")),
    (HOURS, "3", 3),
    (HOURS, "3.5", 3.5),
    (HOURS, "3 hours", 3),
    (HOURS, "1 hour", 1),
    (HOURS, "1,500", 1500),
    (YEARS, "10", 10),
    (YEARS, "120 years", 120),
    (YEARS, "18.0", 18),
    (METRES, "0", 0),
    (DAY, "2026-11-20", "2026-11-20"),
    (DAY, "20/11/2026", "2026-11-20"),
    (DAY, "20.11.2026", "2026-11-20"),
    (DAY, "20-11-2026", "2026-11-20"),
    (DAY, "20 November 2026", "2026-11-20"),
    (DAY, "20 nov 2026", "2026-11-20"),
    (DAY, "20/11/26", "2026-11-20"),
    (DAY, "3/4/2026", "2026-04-03"),
    (DAY, "today", "2026-11-21"),
    (DAY, "Yesterday", "2026-11-20"),
    (DAY, "tomorrow", "2026-11-22"),
    (MOMENT, "2026-11-20T14:30", "2026-11-20T14:30"),
    (MOMENT, "2026-11-20 14:30:59", "2026-11-20T14:30"),
    (MOMENT, "20/11/2026 14:30", "2026-11-20T14:30"),
    (MOMENT, "20/11/2026 1430", "2026-11-20T14:30"),
    (MOMENT, "20 November 2026 2.30pm", "2026-11-20T14:30"),
    (MOMENT, "20 November 2026 2:30 PM", "2026-11-20T14:30"),
    (MOMENT, "today 9am", "2026-11-21T09:00"),
    (MOMENT, "yesterday 12am", "2026-11-20T00:00"),
    (MOMENT, "today 12pm", "2026-11-21T12:00"),
    (MOMENT, "14:30", "2026-11-21T14:30"),
    (MOMENT, "now", "2026-11-21T12:00"),
    (FLAG, "France", "FR"),
    (FLAG, "fr", "FR"),
    (FLAG, "U.S.A.", "US"),
    (FLAG, "holland", "NL"),
    (FLAG, "the  Netherlands", "NL"),
    (FLAG, "England", "GB"),
    (FLAG, "south korea", "KR"),
    (FLAG, "DRC", "CD"),
    (NAME, " the  Mary\tRose ", "the Mary Rose"),
    (NAME, "x" * LONGEST_TEXT, "x" * LONGEST_TEXT),
    (STEP, "", "done"),
    (STEP, "done", "done"),
    (STEP, "y", "done"),
    (HARD_STEP, "cannot", "cannot"),
    (HARD_STEP, "no", "cannot"),
    (NOTE, "", "read"),
    (NOTE, "ok", "read"),
]

BAD: list[tuple[Node, str, str]] = [
    (YES_NO, "", "yes or no"),
    (YES_NO, "maybe", "yes or no"),
    (YES_NO, "3", "yes or no"),
    (YES_NO, "?", "has to be answered"),
    (YES_NO, "unknown", "has to be answered"),
    (CHOICE, "", "1 to 3"),
    (CHOICE, "0", "1 to 3"),
    (CHOICE, "4", "1 to 3"),
    (CHOICE, "-1", "1 to 3"),
    (CHOICE, "whistle", "1 to 3"),
    (CHOICE, "1,2", "1 to 3"),
    (SEVERAL, "1,4", "1 to 3"),
    (SEVERAL, "1 2", "1 to 3"),
    (SEVERAL, "1,,2", "1 to 3"),
    (HOURS, "", "number of hours"),
    (HOURS, "three", "number of hours"),
    (HOURS, "nan", "number of hours"),
    (HOURS, "1,5", "number of hours"),
    (HOURS, "1_5", "number of hours"),
    (HOURS, "-1", "from 0 to 5000"),
    (HOURS, "5001", "from 0 to 5000"),
    (YEARS, "17.5", "whole number of years"),
    (YEARS, "9", "from 10 to 120"),
    (YEARS, "121", "from 10 to 120"),
    (YEARS, "10 weeks", "whole number of years"),
    (METRES, "inf", "whole number of metres"),
    (METRES, "1e999", "whole number of metres"),
    (METRES, "-3", "from 0 or more"),
    (Number(id="n", ask="?", unit="hours", whole=False), "inf", "number of hours"),
    (DAY, "", "Type a day"),
    (DAY, "soon", "Type a day"),
    (DAY, "31/02/2026", "Type a day"),
    (DAY, "11/20/2026", "Type a day"),
    (DAY, "2026-13-01", "Type a day"),
    (MOMENT, "", "day and time"),
    (MOMENT, "20/11/2026", "day and time"),
    (MOMENT, "2026-11-20", "day and time"),
    (MOMENT, "20261120", "day and time"),
    (MOMENT, "today", "day and time"),
    (MOMENT, "2026-11-31T12:00", "day and time"),
    (MOMENT, "2026-11-20T14:30+01:00", "day and time"),
    (MOMENT, "2026-11-20T14:30Z", "day and time"),
    (MOMENT, "today 25:00", "day and time"),
    (MOMENT, "today 12:60", "day and time"),
    (MOMENT, "today 14am", "day and time"),
    (MOMENT, "today 30pm", "day and time"),
    (MOMENT, "someday 12:00", "Type a day"),
    (FLAG, "", "There is no country"),
    (FLAG, "Narnia", "There is no country"),
    (FLAG, "Korea", "North Korea, or South Korea"),
    (FLAG, "Congo", "DR Congo"),
    (NAME, "", "a few words"),
    (NAME, "\x1b\x07", "a few words"),
    (NAME, "x" * (LONGEST_TEXT + 1), "longer than 500"),
    (STEP, "cannot", "Press Enter when it is done."),
    (HARD_STEP, "perhaps", "or cannot"),
    (NOTE, "why not", "Press Enter"),
    (Outcome(id="end", title="End", text="The end."), "yes", "nothing to answer"),
]


@pytest.mark.parametrize(("node", "typed", "value"), GOOD)
def test_what_is_typed_is_read(node: Node, typed: str, value: Value) -> None:
    found = read_typed(node, typed, NOW)
    assert found == value
    assert type(found) is type(value)
    assert fits(node, found)


@pytest.mark.parametrize(("node", "typed", "words"), BAD)
def test_what_is_no_answer_is_told_in_one_line(node: Node, typed: str, words: str) -> None:
    with pytest.raises(TypedError) as caught:
        read_typed(node, typed, NOW)
    message = str(caught.value)
    assert words in message
    assert message.isprintable()
    assert caught.value.exit_status == 2


@pytest.mark.parametrize("typed", ["\x1b[31m", "a\nb", "\u202e", "\x00", "9" * 5000])
@pytest.mark.parametrize("node", [YES_NO, CHOICE, HOURS, YEARS, DAY, MOMENT, FLAG])
def test_nothing_typed_breaks_a_question_or_its_message(node: Node, typed: str) -> None:
    with pytest.raises(TypedError) as caught:
        read_typed(node, typed, NOW)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200


VALUES: list[tuple[Node, object, Value]] = [
    (YES_NO, True, "yes"),
    (YES_NO, False, "no"),
    (YES_NO, "no", "no"),
    (OPEN, "unknown", "unknown"),
    (SEVERAL, ["bell", "gong"], ("bell", "gong")),
    (SEVERAL, [], ()),
    (SEVERAL, "horn", ("horn",)),
    (HOURS, 21.5, 21.5),
    (YEARS, 18, 18),
    (DAY, date(2026, 11, 20), "2026-11-20"),
    (DAY, "2026-11-20", "2026-11-20"),
    (MOMENT, datetime(2026, 11, 20, 14, 30, 59), "2026-11-20T14:30"),
    (MOMENT, "2026-11-20T14:30", "2026-11-20T14:30"),
    (FLAG, "Norway", "NO"),
    (HARD_STEP, "cannot", "cannot"),
    (NAME, 4711, "4711"),
]

WRONG_VALUES: list[tuple[Node, object, str]] = [
    (YES_NO, ["yes"], "not a list"),
    (YES_NO, None, "Give a text"),
    (YES_NO, {"a": 1}, "Give a text"),
    (SEVERAL, ["whistle"], "bell, horn, gong"),
    (SEVERAL, [1], "bell, horn, gong"),
    (YEARS, 17.5, "whole number"),
    (YEARS, True, "whole number"),
    (MOMENT, date(2026, 11, 20), "day and time"),
    (DAY, datetime(2026, 11, 20, 14, 30), "Type a day"),
    (STEP, False, "Press Enter when it is done."),
]


@pytest.mark.parametrize(("node", "given", "value"), VALUES)
def test_a_value_of_a_file_is_read(node: Node, given: object, value: Value) -> None:
    assert read_value(node, given, NOW) == value


@pytest.mark.parametrize(("node", "given", "words"), WRONG_VALUES)
def test_a_wrong_value_of_a_file_is_told_in_one_line(node: Node, given: object, words: str) -> None:
    with pytest.raises(TypedError) as caught:
        read_value(node, given, NOW)
    assert words in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("node", "value", "words"),
    [
        (YES_NO, "yes", "yes"),
        (OPEN, "unknown", "don't know"),
        (CHOICE, "horn", "A horn"),
        (SEVERAL, ("bell", "gong"), "A bell; Gong, or drum"),
        (SEVERAL, (), "none of them"),
        (HOURS, 3.5, "3.5 hours"),
        (YEARS, 18, "18 years"),
        (DAY, "2026-11-20", "20 November 2026"),
        (MOMENT, "2026-11-20T14:30", "20 November 2026, 14:30"),
        (FLAG, "DE", "Germany"),
        (NAME, "Mary Rose", "Mary Rose"),
        (STEP, "done", "done"),
        (HARD_STEP, "cannot", "could not be done"),
    ],
)
def test_an_answer_in_words(node: Node, value: Value, words: str) -> None:
    assert said(node, value) == words


@pytest.mark.parametrize("typed", ["Ukrain", "Germny", "polnd", "irland", "Turkiye", "Rumania"])
def test_a_slip_in_the_name_of_a_country_offers_the_right_one(typed: str) -> None:
    meant = {"Ukrain": "Ukraine", "Germny": "Germany", "polnd": "Poland", "irland": "Ireland"}
    meant |= {"Turkiye": "Türkiye", "Rumania": "Romania"}
    assert code_of(typed) is None
    assert nearest(typed)[0] == meant[typed]
    with pytest.raises(TypedError, match=f"did you mean {meant[typed]}"):
        read_typed(FLAG, typed, NOW)


def test_every_country_is_shown_by_a_name_of_its_own_that_can_be_typed() -> None:
    from iso3166 import countries

    shown = {country.alpha2: name_of(country.alpha2) for country in countries}
    assert len(set(shown.values())) == len(shown)
    assert {code: name for code, name in shown.items() if code_of(name) != code} == {}


def test_a_country_of_no_name_is_shown_by_its_code() -> None:
    assert name_of("ZZ") == "ZZ"
    assert nearest("") == []


@pytest.mark.parametrize(
    ("text", "one"), [("FR", True), ("fr", False), ("France", False), ("ZZ", False), (4, False)]
)
def test_a_code_is_the_one_that_answers_hold(text: object, one: bool) -> None:
    assert is_code(text) is one
