"""The real content, read without compiling the library, and a bank of quiz items about it."""

from collections.abc import Iterable

import pytest

from assistant.guidance.model import Guidance
from assistant.library.content import find_content
from assistant.library.read import CheckedContent, read_content
from assistant.quiz.model import Bank, Difficulty, Short, Topic


@pytest.fixture(scope="session")
def content() -> CheckedContent:
    """The real content."""
    return read_content(find_content())


@pytest.fixture(scope="session")
def bank(content: CheckedContent) -> Bank:
    """An item for every section of the real guidance and one for every numbered passage."""
    return bank_about(_places(content.guidance))


def bank_about(places: Iterable[str]) -> Bank:
    """A bank with an item for each of these citations."""
    return Bank((Topic("all", "Everything", tuple(map(_item, places))),))


def _places(guidance: Guidance) -> list[str]:
    sections = [section for one in guidance.publications for section in one.sections]
    return [
        f"{section.citation}{number}"
        for section in sections
        for number in ["", *(f"/{p.paragraph}" for p in section.passages if p.paragraph)]
    ]


def _item(place: str) -> Short:
    return Short(
        id=f"asks {place}",
        difficulty=Difficulty.EASY,
        stem="What does it say?",
        why="It says so.",
        cites=(place,),
        accepted=("so",),
    )
