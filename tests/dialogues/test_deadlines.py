"""Deadlines read and reckoned."""

import subprocess
import sys
from datetime import date

import pytest

from assistant.dialogues.deadlines import DueError, due, reckoned
from assistant.dialogues.model import Value
from tests.helpers import ROOT

# The text of the deadline, the answers, when it is due. In 2026 Boxing Day is kept on Monday 28
# December; Good Friday 2027 is 26 March.
CASES: list[tuple[str, dict[str, Value], str]] = [
    ("1 working day after sent", {"sent": "2026-11-20"}, "2026-11-23"),
    ("1 working day after sent", {"sent": "2026-11-21"}, "2026-11-23"),
    ("1 working day after sent", {"sent": "2026-12-24"}, "2026-12-29"),
    ("5 working days after sent", {"sent": "2026-12-21"}, "2026-12-30"),
    ("20 working days after sent", {"sent": "2026-12-04"}, "2027-01-06"),
    ("2 working days after sent", {"sent": "2027-03-25"}, "2027-03-31"),
    ("1 working day before heard", {"heard": "2027-03-30"}, "2027-03-25"),
    ("3 working days before heard", {"heard": "2027-01-04"}, "2026-12-29"),
    ("0 working days after sent", {"sent": "2026-12-25"}, "2026-12-25"),
    ("20 working days less used after sent", {"sent": "2026-11-02", "used": 15}, "2026-11-09"),
    ("3 days after sent", {"sent": "2026-12-30"}, "2027-01-02"),
    ("1 day before heard", {"heard": "2028-03-01"}, "2028-02-29"),
    ("2 days after at", {"at": "2026-11-20T23:59"}, "2026-11-22"),
    ("2 weeks after sent", {"sent": "2026-12-24"}, "2027-01-07"),
    ("1 week before heard", {"heard": "2026-03-03"}, "2026-02-24"),
    ("1 month after sent", {"sent": "2027-01-31"}, "2027-02-28"),
    ("1 month after sent", {"sent": "2028-01-31"}, "2028-02-29"),
    ("1 month before heard", {"heard": "2026-03-31"}, "2026-02-28"),
    ("13 months after sent", {"sent": "2026-12-31"}, "2028-01-31"),
    ("12 months after sent", {"sent": "2028-02-29"}, "2029-02-28"),
    ("2 months before heard", {"heard": "2027-01-15"}, "2026-11-15"),
    ("24 hours after at", {"at": "2026-11-20T14:30"}, "2026-11-21T14:30:00"),
    ("36 hours before at", {"at": "2026-11-20T14:30"}, "2026-11-19T02:30:00"),
    ("90 minutes after at", {"at": "2026-12-31T23:00"}, "2027-01-01T00:30:00"),
    ("1.5 hours after at", {"at": "2026-11-20T14:30"}, "2026-11-20T16:00:00"),
    ("24 hours less used after at", {"at": "2026-11-20T14:30", "used": 21}, "2026-11-20T17:30:00"),
    ("24 hours less used after at", {"at": "2026-11-20T14:30", "used": 1.5}, "2026-11-21T13:00:00"),
    ("24 hours less used after at", {"at": "2026-11-20T14:30", "used": 24}, "2026-11-20T14:30:00"),
    ("24 hours less used after at", {"at": "2026-11-20T14:30", "used": 30}, "2026-11-20T14:30:00"),
]

# Elapsed hours: the night in which the clocks change has one more, or one less.
CLOCKS_CHANGE: list[tuple[str, str, str]] = [
    ("24 hours after at", "2026-10-24T12:00", "2026-10-25T11:00:00"),
    ("24 hours before at", "2026-10-25T12:00", "2026-10-24T13:00:00"),
    ("90 minutes after at", "2026-10-25T00:30", "2026-10-25T01:00:00"),
    ("24 hours after at", "2026-03-28T12:00", "2026-03-29T13:00:00"),
    ("30 minutes after at", "2026-03-29T00:45", "2026-03-29T02:15:00"),
    ("24 hours after at", "2026-10-25T12:00", "2026-10-26T12:00:00"),
]


@pytest.mark.parametrize(("text", "values", "when"), CASES)
def test_a_deadline_is_reckoned(text: str, values: dict[str, Value], when: str) -> None:
    found = reckoned(due(text), values)
    assert found is not None
    assert found.isoformat() == when


@pytest.mark.parametrize(("text", "start", "when"), CLOCKS_CHANGE)
def test_hours_are_counted_as_they_pass_when_the_clocks_change(
    text: str, start: str, when: str
) -> None:
    found = reckoned(due(text), {"at": start})
    assert found is not None
    assert found.isoformat() == when


@pytest.mark.parametrize("tzpath", ["", "/usr/share/zoneinfo"])
def test_hours_go_by_the_wall_clock_where_there_are_no_time_zones(tzpath: str) -> None:
    program = (
        "import sys; sys.modules['tzdata'] = None\n"
        "from assistant.dialogues.deadlines import due, reckoned\n"
        "print(reckoned(due('24 hours after at'), {'at': '2026-10-24T12:00'}))"
    )
    said = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PYTHONTZPATH": tzpath, "PYTHONDONTWRITEBYTECODE": "1"},
        timeout=60,
    )
    assert said.stderr == ""
    assert said.stdout.strip() == ("2026-10-25 11:00:00" if tzpath else "2026-10-25 12:00:00")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2 days after sent", {}),
        ("2 days after sent", {"sent": "unknown"}),
        ("2 days after sent", {"sent": 4}),
        ("24 hours less used after at", {"at": "2026-11-20T14:30"}),
        ("24 hours less used after at", {"at": "2026-11-20T14:30", "used": "unknown"}),
        ("24 hours less used after at", {"used": 3}),
        ("24 hours after at", {"at": "9999-12-31T14:30"}),
        ("24 hours before at", {"at": "0001-01-01T14:30"}),
        ("20 working days after sent", {"sent": "9999-12-20"}),
        ("1 month after sent", {"sent": "9999-12-20"}),
        ("1 month before sent", {"sent": "0001-01-20"}),
        ("2 weeks after sent", {"sent": "9999-12-31"}),
    ],
)
def test_without_what_it_is_reckoned_from_there_is_no_deadline(
    text: str, values: dict[str, Value]
) -> None:
    assert reckoned(due(text), values) is None


def test_a_day_is_no_time() -> None:
    found = reckoned(due("2 days after at"), {"at": "2026-11-20T14:30"})
    assert type(found) is date


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "20 working days",
        "working days after sent",
        "20 fortnights after sent",
        "-2 days after sent",
        "2 days since sent",
        "2 days after Sent",
        "24 hours minus used after at",
        "2 days after sent; import os",
    ],
)
def test_what_is_no_deadline_is_told_with_an_example(text: str) -> None:
    with pytest.raises(DueError, match="for example: 20 working days after sent"):
        due(text)


def test_the_fields_of_a_deadline() -> None:
    assert due("2 days after sent").fields == ("sent",)
    assert due("24 hours  less used\nafter at").fields == ("at", "used")
