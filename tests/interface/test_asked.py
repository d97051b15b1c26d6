"""What was asked in vain: kept only where the settings say so, and without identifiers."""

import pytest

from assistant.interface.asked import grouped, stripped
from assistant.library.content import Content
from assistant.library.home import asked, settings_file
from tests.faces import LineFace
from tests.helpers import run

KNOWN = {"interpol", "france", "home", "office", "section", "can", "eu", "iln"}
SOUP = "best soup recipe"


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("can section 44 be used in France", "can section 44 be used in France"),
        ("Can Mr Ivan Petrov go back", "Can [name] go back"),
        ("is a man called Ivan wanted by Interpol", "is a man [name] wanted by Interpol"),
        ("may PC Jane O'Neill-Smith search", "may [name] search"),
        ("has Ivan Petrov's brother left", "has [name] brother left"),
        ("arrived on 3 March 2021 with form 12", "arrived on [date] with form 12"),
        ("arrived March 3rd at SW1A 2AA", "arrived [date] at [postcode]"),
        ("reference AB123456 or 1234 5678", "reference [number] or [number]"),
        ("crime 42/1234567 and 20210303", "crime [number] and [number]"),
        ("it happened in 2016", "it happened in 2016"),
        ("write to x@y.example", None),
        ("passport 123456789 is it fake", None),
        ("he rang from 07700 900123", None),
        ("born 3/4/1980", None),
        ("PNC 12/345678X", None),
        ("a" * 400, None),
        ("  \x07 ", None),
    ],
)
def test_what_could_tell_who_is_meant_is_not_kept(question: str, kept: str | None) -> None:
    assert stripped(question, KNOWN) == kept


def test_likeness_makes_one_matter() -> None:
    found = grouped(
        ["who pays the keeper", "best soup", "who pays the keeper?", "who pays a keeper", "x"]
    )
    assert [(group.times, group.questions[0]) for group in found] == [
        (3, "who pays the keeper"),
        (1, "best soup"),
        (1, "x"),
    ]
    assert grouped([]) == []


def test_nothing_is_kept_unless_the_settings_say_so(small: Content) -> None:
    assert run("ask", SOUP).returncode == 3
    assert not asked().exists()
    said = run("asked")
    assert said.stdout == ""
    assert "log_refused = true" in said.stderr


def test_refused_questions_are_kept_listed_and_forgotten(small: Content) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text("log_refused = true\n")
    assert run("ask", "where is the lamp oil kept").returncode == 0
    assert not asked().exists()
    assert run("ask", SOUP).returncode == 3
    assert run("ask", "where was Ivan Petrov born 3/4/1980, best soup").returncode == 3
    with LineFace() as face:
        face.type("best soup recipe?")
        face.type("quit")
    assert asked().read_text() == f"{SOUP}\n{SOUP}?\n"
    said = run("asked")
    assert said.stdout == f"   2  {SOUP}\n      {SOUP}?\n"
    assert said.stderr == ""
    assert str(asked()) in run("where").stdout
    assert run("asked", "--forget").returncode == 0
    assert not asked().exists()
