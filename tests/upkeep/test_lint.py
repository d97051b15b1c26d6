"""Warnings: what is no fault of the content and still worth a look."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from assistant.library.content import Content
from assistant.library.read import CheckedContent, read_content
from assistant.matching.intents import Intent, Voice
from assistant.quiz.model import Bank
from assistant.upkeep.lint import near_duplicates, warnings
from tests.helpers import TODAY, run
from tests.upkeep.conftest import bank_about

LAMP = Path("intents/questions/lighthouse-manual/the-lamp.yaml")
MANUAL = Path("corpus/lighthouse-manual.md")
CONTACTS = """\
contacts:
  - id: old-desk
    name: The old desk
    what_for: Oil.
    citations: [lighthouse-manual#the-lamp/1.2]
    as_of: 2001-01-01
    status: historical
    email: [oil@old.example]
  - id: new-desk
    name: The new desk
    what_for: Oil.
    citations: [lighthouse-manual#the-lamp/1.2]
    as_of: 2020-01-01
    status: current
    email: [oil@new.example]
"""


def found(small: Content, bank: Bank | None = None) -> list[tuple[str, Path, int]]:
    content = read_content(small)
    problems = warnings(small, content, bank or Bank(()), TODAY)
    return [(problem.code, problem.file, problem.line) for problem in problems]


def line_of(small: Content, path: Path, start: str) -> int:
    lines = (small.root / path).read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if line.startswith(start))


def replaced(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


UNUSED = [
    ("unused-section", MANUAL, "# Keeping a lighthouse"),
    ("unused-section", MANUAL, "### Steps at dusk"),
]


def test_sections_that_nothing_asks_walks_or_quizzes_are_named(small: Content) -> None:
    expected = [(code, path, line_of(small, path, start)) for code, path, start in UNUSED]
    assert found(small) == expected
    bank = bank_about(["lighthouse-manual#steps-at-dusk/1"])
    assert found(small, bank) == expected[:1]


def test_a_passed_review_date_is_named_on_its_line(small: Content) -> None:
    replaced(small.corpus / MANUAL.name, "updated: 2021-03-04", "review: 2021-03-04")
    place = ("review-passed", MANUAL, line_of(small, MANUAL, "review:"))
    assert found(small)[0] == place
    replaced(small.corpus / MANUAL.name, "review: 2021-03-04", f"review: {TODAY}")
    assert place not in found(small)


def test_a_contact_out_of_use_that_an_answer_names_is_named(small: Content) -> None:
    (small.corpus / "contacts.yaml").write_text(CONTACTS)
    replaced(small.root / LAMP, "Oil is drawn from there.", "Ask oil@new.example.")
    assert [code for code, _, _ in found(small)] == ["unused-section"] * 2
    replaced(small.root / LAMP, "oil@new.example", "oil@old.example")
    answers = [
        number
        for number, line in enumerate((small.root / LAMP).read_text().splitlines(), 1)
        if line.strip().startswith("answer:")
    ]
    assert found(small)[-1] == ("retired-contact", LAMP, answers[1])
    replaced(small.corpus / MANUAL.name, "kind: manual", "kind: manual\nhistorical: true")
    assert [code for code, _, _ in found(small)] == ["unused-section"] * 2


def test_an_outcome_that_names_a_contact_out_of_use_is_named(small: Content) -> None:
    (small.corpus / "contacts.yaml").write_text(CONTACTS)
    small.dialogues.mkdir()
    lay = "".join(f"  - where is the oil number {n}\n" for n in range(10))
    path = small.dialogues / "fetch-oil.yaml"
    path.write_text(
        "id: fetch-oil\ntitle: Fetch oil\nsituation: On the street\nabout: Oil.\n"
        f"lay:\n{lay}citations: [lighthouse-manual#the-lamp]\nnodes:\n"
        "  - {id: begin, kind: step, text: Go., cites: [lighthouse-manual#the-lamp], next: end}\n"
        "  - {id: end, kind: outcome, title: Done, text: Ask., contacts: [new-desk, old-desk],\n"
        "     cites: [lighthouse-manual#the-lamp]}\n"
    )
    relative = path.relative_to(small.root)
    assert found(small)[-1] == (
        "retired-contact",
        relative,
        line_of(small, relative, "  - {id: end"),
    )


def test_an_utterance_that_is_nearly_one_of_another_intent_is_named(small: Content) -> None:
    replaced(small.root / LAMP, '"oil cellar"', '"wick schedules"')
    code, path, line = found(small)[-1]
    assert (code, path) == ("near-duplicate", LAMP)
    text = (small.root / LAMP).read_text().splitlines()[line - 1]
    assert text.strip() == "utterances:"


def intents(*texts: str) -> tuple[Intent, ...]:
    """An intent for each text."""
    return tuple(
        Intent(
            id=f"intent-{number}",
            title="",
            answer="",
            citations=(),
            utterances={Voice.RESPONSE: (text,)},
        )
        for number, text in enumerate(texts)
    )


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("when is the wick trimmed", "When is the wick trimmed?", True),
        ("when is the wick trimmed", "when is the wick trimed", True),
        ("keep his passport or give it back", "keep his passport or give back?", True),
        ("measures of phase 1", "measures of phase 2", False),
        ("what does CIO stand for", "what does ILO stand for", False),
        ("must I keep his old passport", "must I keep his passport", False),
        ("when is the wick trimmed", "who may ring the fog bell", False),
    ],
)
def test_near_is_alike_in_letters_and_in_telling_words(one: str, other: str, near: bool) -> None:
    pairs = near_duplicates(intents(one, other))
    assert [(a.text, b.text) for a, b in pairs] == ([(one, other)] if near else [])


def test_an_intent_may_say_the_same_twice() -> None:
    twice = {Voice.RESPONSE: ("when is the wick trimmed", "when is the wick trimmed?")}
    [intent] = intents("")
    assert near_duplicates((replace(intent, utterances=twice),)) == []


def test_every_warning_of_the_real_content_leads_to_a_line(content: CheckedContent) -> None:
    said = run("check", "--json")
    assert said.returncode == 0
    found = json.loads(said.stdout)
    assert found["errors"] == []
    assert {one["code"] for one in found["warnings"]} <= {
        "near-duplicate",
        "review-passed",
        "retired-contact",
        "unused-section",
    }
    assert all(one["line"] > 0 and one["message"].isprintable() for one in found["warnings"])
    assert "corpus/npcc-information-sharing.md" in {one["file"] for one in found["warnings"]}
    text = run("check").stdout.splitlines()
    assert sum(line.startswith("warning: ") for line in text) == len(found["warnings"])
