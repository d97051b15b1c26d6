"""The dialogue offered with an answer or a refusal."""

import pytest

from assistant.answers.assistant import Assistant
from assistant.answers.model import Kind
from assistant.answers.transcript import Transcript
from assistant.answers.walkthroughs import find


@pytest.mark.parametrize(
    ("typed", "dialogue"),
    [
        ("just nicked a foreign national", "custody-foreign-national"),
        ("hit on interpol", "interpol-check-hit"),
        ("found 6 people in back of lorry", "clandestine-entry"),
        ("dodgy passport", "examine-identity-document"),
        ("need to check convictions in romania", "overseas-conviction-check"),
    ],
)
def test_the_situation_decides_among_the_walks_of_a_section(
    assistant: Assistant, typed: str, dialogue: str
) -> None:
    """A section is cited by several dialogues; the words say which of them is wanted."""
    answer = assistant.ask(typed, Transcript())
    assert (answer.kind, answer.walkthrough) == (Kind.ANSWER, dialogue)


def test_a_refusal_offers_the_walk_that_the_situation_is_surely_about(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("council want us on a visit to a HMO", Transcript())
    assert (answer.kind, answer.walkthrough) == (Kind.REFUSE, "multi-agency-visit")


@pytest.mark.parametrize("typed", ["the weather today", "what time is kick off at arsenal"])
def test_what_is_off_topic_offers_no_walk(assistant: Assistant, typed: str) -> None:
    answer = assistant.ask(typed, Transcript())
    assert (answer.kind, answer.walkthrough) == (Kind.REFUSE, None)


def test_a_misspelt_situation_finds_its_dialogue(assistant: Assistant) -> None:
    found = find(assistant.library, "intrepol hit")
    assert [dialogue.id for dialogue in found] == ["interpol-check-hit"]
