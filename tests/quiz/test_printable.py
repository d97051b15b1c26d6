"""Paper and key as they are printed."""

import re
from datetime import date

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

from assistant.guidance.model import Guidance
from assistant.quiz.model import Bank, Order, Several, Single, TrueFalse
from assistant.quiz.paper import Question, Wanted, draw, questions
from assistant.quiz.printable import LETTERS, key_lines, paper_lines, right_answer

TODAY = date(2026, 11, 21)


def printed(bank: Bank, lights: Guidance) -> tuple[tuple[Question, ...], str, str]:
    """The questions of a paper, the paper and its key."""
    paper = draw(bank, Wanted(number=9), 7)
    asked = questions(paper, bank)
    key = key_lines(paper, asked, lights, TODAY)
    return asked, "\n".join(paper_lines(paper, asked)), "\n".join(key)


def test_the_paper_asks_in_its_order_and_does_not_tell(bank: Bank, lights: Guidance) -> None:
    asked, paper, _ = printed(bank, lights)
    parts = re.split(r"(?m)^## \d+$", paper)[1:]
    assert len(parts) == 9
    for part, question in zip(parts, asked, strict=True):
        assert question.item.stem in part
        assert question.item.why not in part
        places = [part.index(text) for text in question.shown]
        assert places == sorted(places)
        if isinstance(question.item, TrueFalse):
            assert part.index("- [ ] True") < part.index("- [ ] False")
        assert ("Tick all that are right." in part) is isinstance(question.item, Several)
    assert "Paper 7. 9 questions." in paper


def test_the_key_names_what_is_right_with_its_source(bank: Bank, lights: Guidance) -> None:
    asked, _, key = printed(bank, lights)
    parts = re.split(r"(?m)^## \d+$", key)[1:]
    for part, question in zip(parts, asked, strict=True):
        assert question.item.why in part
        for cite in question.item.cites:
            assert cite in part.replace("\\", "")
        assert "Board of Lights, Keeping a lighthouse" in part
        assert "(current; 04 March 2021)" in part
        if isinstance(question.item, Single):
            letter = re.search(r"\*\*(\w)\) (.+)\*\*", part)
            assert letter is not None
            place = question.order[LETTERS.index(letter[1])]
            assert question.item.options[place].right
            assert question.item.options[place].text == letter[2]
        if isinstance(question.item, Order):
            letters = right_answer(question).split(", ")
            steps = [question.shown[LETTERS.index(letter)] for letter in letters]
            assert tuple(steps) == question.item.steps
    assert "**false**" in key
    assert "2021 (year), 0.5 more or less" in key
    assert "the cellar / cellar of the tower" in key


@pytest.mark.parametrize("stem", ["# not a *heading*", "<b>no</b> [link](x)", "> _a_ `b` | c"])
def test_marks_in_texts_are_printed_as_they_are(bank: Bank, stem: str) -> None:
    (topic,) = (topic for topic in bank.topics if topic.id == "fog")
    item = replace(topic.items[2], stem=stem)
    paper = draw(bank, Wanted(number=1), 1)
    text = "\n".join(paper_lines(paper, [Question(item, (), "fog", "Fog")]))
    tokens = MarkdownIt().parse(text)
    words = ["".join(c.content for c in t.children or []) for t in tokens if t.type == "inline"]
    assert stem in words
