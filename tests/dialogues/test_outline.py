"""Dialogues drawn: every node and every way is there."""

import pytest

from assistant.dialogues.model import Asking, Dialogue, Outcome, Telling, ways
from assistant.dialogues.outline import graphviz, headline, mermaid, outline, screens
from assistant.dialogues.walk import Book
from tests.dialogues.test_coverage import NAMES


@pytest.fixture(params=NAMES)
def dialogue(request: pytest.FixtureRequest, book: Book) -> Dialogue:
    return book.dialogues[request.param]


def test_an_outline_draws_every_node_once_and_every_way(dialogue: Dialogue) -> None:
    lines = list(outline(dialogue))
    drawn = [line for line in lines if "-> " not in line]
    for node in dialogue.nodes:
        kind = node.__struct_config__.tag
        there = f" {node.id} ({kind}): {headline(node)}"
        assert sum(there in f" {line}" for line in drawn) == 1
    assert len(lines) == 1 + sum(len(list(ways(node))) for node in dialogue.nodes)


def test_mermaid_holds_every_node_and_every_way(dialogue: Dialogue) -> None:
    first, *lines = mermaid(dialogue)
    assert first == "flowchart TD"
    arrows = [line for line in lines if "-->" in line]
    for node in dialogue.nodes:
        assert any(
            line.startswith((f"    {node.id}[", f"    {node.id}{{", f"    {node.id}(["))
            for line in lines
        )
        for answer, to in ways(node):
            label = answer.replace('"', "'")
            arrow = f'-->|"{label}"| {to}' if label else f"--> {to}"
            assert f"    {node.id} {arrow}" in arrows
    assert len(lines) - len(arrows) == len(dialogue.nodes)
    assert all(line.count('"') in (0, 2) for line in lines)


def test_graphviz_holds_every_node_and_every_way(dialogue: Dialogue) -> None:
    first, *lines, last = graphviz(dialogue)
    assert (first, last) == ("digraph {", "}")
    for node in dialogue.nodes:
        assert sum(line.startswith(f"    {node.id} [shape=") for line in lines) == 1
        for _, to in ways(node):
            assert any(
                line.startswith((f"    {node.id} -> {to} ", f"    {node.id} -> {to};"))
                for line in lines
            )
    assert all(line.replace('\\"', "").count('"') in (0, 2) for line in lines)


def test_the_screens_hold_everything_that_a_walk_can_show(dialogue: Dialogue) -> None:
    text = "\n".join(screens(dialogue))
    assert dialogue.title in text
    assert dialogue.about in text
    for node in dialogue.nodes:
        assert f"[{node.id}] " in text
        if isinstance(node, Asking):
            assert node.ask in text
            assert all(option.text in text for option in getattr(node, "options", ()))
        if isinstance(node, Telling):
            assert node.text in text
            assert all(deadline.due in text for deadline in node.deadlines)
        if isinstance(node, Outcome):
            assert node.title in text
        assert all(cite in text for cite in node.cites)
        assert (getattr(node, "help", None) or "") in text
        assert all(f"  {answer or 'then'} -> {to}" in text for answer, to in ways(node))


def test_a_headline_is_cut_to_its_length(dialogue: Dialogue) -> None:
    for node in dialogue.nodes:
        assert 0 < len(headline(node, 30)) <= 30
        assert "\n" not in headline(node)
