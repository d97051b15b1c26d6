"""Every part of every dialogue can be walked."""

from itertools import islice

import pytest

from assistant.dialogues.explore import Found, all_ways, walks
from assistant.dialogues.model import Value
from assistant.dialogues.walk import Book, walk
from assistant.library.content import find_content

MOST = 5000
"""Walks tried before a way counts as one that cannot be walked."""

NAMES = sorted(path.stem for path in find_content().dialogues.glob("*.yaml"))


def tried(book: Book, name: str) -> list[Found]:
    """Walks of the dialogue ``name``, until they have gone every way of it."""
    missing = all_ways(book.dialogues[name])
    found = []
    for one in islice(walks(book, name), MOST):
        found.append(one)
        missing.difference_update(one.ways)
        if not missing:
            break
    return found


def test_there_are_dialogues_to_walk(book: Book) -> None:
    assert NAMES
    assert set(NAMES) == set(book.dialogues)


@pytest.mark.parametrize("name", NAMES)
def test_every_node_way_and_outcome_is_walked(book: Book, name: str) -> None:
    dialogue = book.dialogues[name]
    found = tried(book, name)
    went = {way for one in found for way in one.ways}
    assert sorted(all_ways(dialogue) - went) == []
    reached = {dialogue.nodes[0].id, *(to for owner, _, _, to in went if owner == name)}
    assert sorted({node.id for node in dialogue.nodes} - reached) == []
    assert {one.outcome for one in found} == {outcome.id for outcome in dialogue.outcomes}


@pytest.mark.parametrize("name", NAMES)
def test_the_answers_of_every_walk_give_it_again(book: Book, name: str) -> None:
    for one in tried(book, name):
        again = walk(book, name, one.answers)
        assert again.waiting is None
        assert again.outcome is not None
        assert again.outcome.node.id == one.outcome
        assert again.stops == one.stops
        assert again.unused == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_walk_waits_wherever_an_answer_is_missing(book: Book, name: str) -> None:
    for one in islice(walks(book, name), 20):
        answers: dict[str, Value] = {}
        for key, value in one.answers.items():
            so_far = walk(book, name, answers)
            assert so_far.outcome is None
            assert so_far.waiting is not None
            assert so_far.waiting.key == key
            answers[key] = value
