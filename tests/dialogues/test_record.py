"""The record of a walk: everything that was asked, done and decided, when, and on what ground."""

import hashlib
import json
from datetime import datetime, timedelta

import msgspec
import pytest

from assistant.dialogues.model import Value
from assistant.dialogues.record import Record, as_markdown, as_text, record
from assistant.dialogues.session import Session
from assistant.dialogues.typed import said
from assistant.dialogues.walk import Book, Walk, questions, steps, walk
from assistant.guidance.citations import Citation
from assistant.guidance.model import Guidance
from assistant.guidance.wording import RESTATED, without_markup
from tests.dialogues.test_coverage import NAMES, tried
from tests.helpers import NOW

SHARED: dict[str, Value] = {
    "who": "victim",
    "domestic": "no",
    "suspicion": "information",
    "purposes": ("confirm", "vulnerability"),
    "delay": "protection",
    "protect": "done",
    "delay_over": "yes",
    "basic": ("name", "crime", "suspicion"),
    "additional": "yes",
    "views": "She agrees, and asks for a letter",
    "weigh": "done",
    "additional_shared": ("protection",),
    "with_whom": "nccu",
    "shared_at": "2026-11-20T16:45",
    "what_shared": "as ticked, and the name of her solicitor",
}


@pytest.fixture
def sharing(book: Book) -> Session:
    """The walk of a victim whose status was shared, an answer a minute."""
    session = Session("victim-or-witness-status", NOW)
    for count in range(60):
        waiting = session.walk(book).waiting
        if waiting is None:
            break
        told = "read" if waiting.node.__struct_config__.tag == "note" else "done"
        value = SHARED.get(waiting.key, told)
        session.give(book, waiting.key, value, NOW + timedelta(minutes=count))
    return session


def kept(session: Session, book: Book, guidance: Guidance) -> Record:
    later = NOW + timedelta(hours=2)
    return record(
        session.walk(book), guidance, session.answers, session.times, session.started, later
    )


def test_the_record_of_a_shared_status_says_what_when_with_whom_and_why(
    book: Book, guidance: Guidance, sharing: Session
) -> None:
    found = kept(sharing, book, guidance)
    assert found.complete
    assert found.outcome is not None
    assert found.outcome.id == "shared_and_told"
    answers = {one.id: one.answer for one in found.asked}
    assert answers["with_whom"].startswith("Home Office Immigration Enforcement National Command")
    assert answers["shared_at"] == "20 November 2026, 16:45"
    assert answers["what_shared"] == "as ticked, and the name of her solicitor"
    assert "Name" in answers["basic"]
    assert "What type of crime" in answers["basic"]
    assert "protective measures" in answers["additional_shared"]
    assert "confirm or negate" in answers["purposes"]
    assert "vulnerability" in answers["purposes"]
    assert "protect the person from harm" in answers["delay"]
    assert answers["views"] == "She agrees, and asks for a letter"
    cited = {cite for one in found.asked for cite in one.citations}
    assert {f"npcc-information-sharing#record-keeping/10.1.{n}" for n in (1, 2)} <= cited
    for form in (as_markdown(found), as_text(found)):
        for answer in answers.values():
            assert answer in form


def test_every_answer_and_step_has_the_time_at_which_it_was_given(
    book: Book, guidance: Guidance, sharing: Session
) -> None:
    found = kept(sharing, book, guidance)
    times = {one.id: one.at for one in found.asked} | {one.id: one.at for one in found.steps}
    assert times == {key: at for key, at in sharing.times.items() if sharing.answers[key] != "read"}
    assert (found.started, found.written) == (NOW, NOW + timedelta(hours=2))
    text = as_text(found)
    assert "Started 21 November 2026, 12:00; written 21 November 2026, 14:00." in text
    for at in sharing.times.values():
        assert f"({at:%d %B %Y, %H:%M})" in text or at in {
            sharing.times[key] for key, value in sharing.answers.items() if value == "read"
        }


def test_the_grounds_are_the_places_as_they_were_read(
    book: Book, guidance: Guidance, sharing: Session
) -> None:
    found = kept(sharing, book, guidance)
    cited = [cite for stop in sharing.walk(book).stops for cite in stop.node.cites]
    assert [ground.citation for ground in found.grounds] == list(dict.fromkeys(cited))
    text = as_markdown(found)
    for ground in found.grounds:
        place = guidance.resolve(Citation.parse(ground.citation))
        passages = [place.passage] if place.passage else place.section.passages
        read = "\n\n".join(passage.text for passage in passages)
        assert ground.sha256 == hashlib.sha256(read.encode()).hexdigest()
        assert ground.version == place.publication.about.version
        assert ground.section == place.section.path
        assert f"[{ground.citation}, sha256 {ground.sha256[:12]}]" in text
        assert ground.publication in text
        if ground.version:
            assert f"version {ground.version}" in text
    assert text.endswith(f"{RESTATED}\n")


def test_the_record_as_json_holds_all_of_it(
    book: Book, guidance: Guidance, sharing: Session
) -> None:
    found = kept(sharing, book, guidance)
    plain = json.loads(msgspec.json.encode(found))
    assert plain["dialogue"] == "victim-or-witness-status"
    assert plain["outcome"]["title"] in as_text(found)
    assert set(plain) == set(Record.__struct_fields__)
    assert [one["answer"] for one in plain["asked"]] == [one.answer for one in found.asked]
    assert [one["at"] for one in plain["steps"]] == [
        one.at.isoformat() for one in found.steps if one.at
    ]
    assert [one["sha256"] for one in plain["grounds"]] == [one.sha256 for one in found.grounds]


def test_markdown_has_headings_and_lists_and_text_has_none(
    book: Book, guidance: Guidance, sharing: Session
) -> None:
    found = kept(sharing, book, guidance)
    marked, plain = as_markdown(found).splitlines(), as_text(found).splitlines()
    heads = [line for line in marked if line.startswith("#")]
    assert heads[0] == f"# Record: {found.title}"
    assert [head.removeprefix("## ") for head in heads[1:]] == [
        f"Outcome: {found.outcome.title if found.outcome else ''}",
        "Asked",
        "Steps",
        "Grounds",
    ]
    assert not [line for line in plain if line.startswith(("#", "- "))]
    assert len(marked) == len(plain)


def test_deadlines_are_in_the_record(book: Book, guidance: Guidance) -> None:
    answers: dict[str, Value] = {
        "where": "england_wales",
        "stage": "held",
        "relevant_time": "2026-11-20T14:30",
        "little_left": "no",
        "held_for": "offence",
        "extension": "no",
    }
    found = record(
        walk(book, "pace-clock", answers, passing=True), guidance, answers, {}, None, NOW
    )
    assert [(one.id, one.due) for one in found.deadlines] == [
        ("clock_ends", datetime(2026, 11, 21, 14, 30))
    ]
    text = as_text(found)
    assert "The PACE clock runs out: Saturday 21 November 2026, 14:30" in text
    assert "Written 21 November 2026, 12:00." in text


def test_the_record_of_a_walk_that_waits_says_so(book: Book, guidance: Guidance) -> None:
    found = record(walk(book, "pace-clock", {}), guidance, {}, {}, None, NOW)
    assert (found.outcome, found.complete, found.asked) == (None, False, ())
    assert "Not finished" in as_text(found)


@pytest.mark.parametrize("name", NAMES)
def test_the_record_of_any_walk_holds_all_of_it(book: Book, guidance: Guidance, name: str) -> None:
    for one in tried(book, name)[:10]:
        found: Walk = walk(book, name, one.answers)
        held = record(found, guidance, one.answers, {}, None, NOW)
        assert [asked.id for asked in held.asked] == [stop.key for stop in questions(found)]
        assert [step.id for step in held.steps] == [stop.key for stop in steps(found)]
        text = as_text(held)
        assert found.outcome is not None
        assert without_markup(getattr(found.outcome.node, "text", "")) in text
        for stop in questions(found):
            assert stop.value is not None
            assert said(stop.node, stop.value) in text
        for step in held.steps:
            box = "[x]" if step.done else "[could not be done]"
            assert f"{box} {step.text}" in text
            assert step.done == (one.answers[step.id] == "done")


def test_a_step_that_nobody_ticked_off_is_not_recorded_as_done(
    book: Book, guidance: Guidance
) -> None:
    answers: dict[str, Value] = {"person": "suspect", "where": "in_custody", "prints": "hit"}
    found = walk(book, "custody-foreign-national", answers, passing=True)
    kept = record(found, guidance, answers, {}, None, NOW)
    assert {step.done for step in kept.steps} == {None}
    ticked = record(found, guidance, {**answers, "livescan": "done"}, {}, None, NOW)
    assert [step.id for step in ticked.steps if step.done] == ["livescan"]
    assert "[ ]" in as_text(kept)
    assert "[x]" not in as_text(kept)
