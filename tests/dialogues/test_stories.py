"""Stories written from the guidance by people who had not seen the dialogues: the walk of each ends
where the guidance says."""

import random
import re
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct, convert

from assistant.dialogues.model import Call, Dialogue, Node, Outcome, Value
from assistant.dialogues.typed import read_value
from assistant.dialogues.walk import Book, Walk, walk
from assistant.guidance.citations import Citation
from assistant.guidance.content_files import read_yaml
from assistant.guidance.model import Guidance
from tests.helpers import NOW

FOLDER = Path(__file__).parent.parent / "fixtures" / "stories"
FEWEST = 300
CITED = re.compile(r"([a-z0-9-]*)#([a-z0-9][a-z0-9-]*(?:/[a-z0-9.-]*[a-z0-9])?)")
"""A citation; further ones of the same publication may leave its name out."""


class Story(Struct, frozen=True, forbid_unknown_fields=True):
    """A case, the answers in it, and what the guidance asks for, with the reason."""

    story: str
    dialogue: str
    answers: dict[str, Any]
    outcome: str
    why: str
    steps: tuple[str, ...] = ()
    not_steps: tuple[str, ...] = ()
    deadlines: dict[str, Any] = {}


@cache
def stories() -> list[Story]:
    return [
        convert(story, Story, strict=False)
        for path in sorted(FOLDER.glob("*.yaml"))
        for story in read_yaml(path).value
    ]


def node_of(book: Book, dialogue: Dialogue, key: str) -> Node:
    """The node that ``key`` names, through the calls that lead to it."""
    *calls, name = key.split(".")
    for call in calls:
        found = next(node for node in dialogue.nodes if node.id == call)
        assert isinstance(found, Call)
        dialogue = book.dialogues[found.dialogue]
    return next(node for node in dialogue.nodes if node.id == name)


def walked(book: Book, story: Story) -> Walk:
    dialogue = book.dialogues[story.dialogue]
    answers: dict[str, Value] = {
        key: read_value(node_of(book, dialogue, key), given, NOW)
        for key, given in story.answers.items()
    }
    found = walk(book, story.dialogue, answers, passing=True)
    keys = list(answers)
    random.Random(story.story).shuffle(keys)
    again = walk(book, story.dialogue, {key: answers[key] for key in keys}, passing=True)
    assert again._replace(unused=()) == found._replace(unused=())
    assert sorted(again.unused) == sorted(found.unused)
    return found


def by_the_minute(when: date | datetime) -> str:
    return when.isoformat(timespec="minutes") if isinstance(when, datetime) else when.isoformat()


@pytest.mark.parametrize("story", stories(), ids=lambda story: f"{story.dialogue}-{story.outcome}")
def test_a_story_ends_where_the_guidance_says(book: Book, story: Story) -> None:
    found = walked(book, story)
    assert found.waiting is None, f"{story.story}: it waits at {found.waiting.key}"
    assert found.outcome is not None
    assert found.outcome.key == story.outcome, f"{story.story}: {story.why}"
    keys = {stop.key for stop in found.stops}
    assert set(story.steps) <= keys, story.story
    assert not keys & set(story.not_steps), story.story
    due = {one.key: by_the_minute(one.when) for one in found.deadlines}
    for key, when in story.deadlines.items():
        assert due.get(key) == str(when), story.story


@pytest.mark.parametrize("story", stories(), ids=lambda story: f"{story.dialogue}-{story.outcome}")
def test_a_story_names_nodes_that_are_there(book: Book, story: Story) -> None:
    dialogue = book.dialogues[story.dialogue]
    for key in (*story.steps, *story.not_steps):
        assert not isinstance(node_of(book, dialogue, key), Outcome | Call)
    assert isinstance(node_of(book, dialogue, story.outcome), Outcome)


def test_there_are_enough_stories_for_every_dialogue(book: Book) -> None:
    assert len(stories()) >= FEWEST
    told = [story.dialogue for story in stories()]
    assert {name: told.count(name) for name in book.dialogues if told.count(name) < 4} == {}
    assert len({story.story for story in stories()}) == len(stories())


def test_no_story_takes_its_words_from_the_guidance(guidance: Guidance) -> None:
    run = 10
    printed: set[tuple[str, ...]] = set()
    for publication in guidance.publications:
        for section in publication.sections:
            for passage in section.passages:
                words = passage.text.lower().split()
                printed.update(tuple(words[n : n + run]) for n in range(len(words) - run + 1))
    for story in stories():
        words = story.story.lower().split()
        runs = {tuple(words[n : n + run]) for n in range(len(words) - run + 1)}
        assert not runs & printed, story.story


def test_the_reason_of_a_story_leads_to_the_guidance(guidance: Guidance) -> None:
    for story in stories():
        publication, named = "", 0
        for before, place in CITED.findall(story.why):
            publication, named = before or publication, named + 1
            guidance.resolve(Citation.parse(f"{publication}#{place}"))
        assert named, story.story
