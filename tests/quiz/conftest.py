"""A small content with two topics of quiz items, and the dialogues of the real one."""

import shutil
from pathlib import Path

import pytest

from assistant.dialogues.countries import groups
from assistant.dialogues.dialogue_files import read_dialogues
from assistant.dialogues.walk import Book
from assistant.guidance.corpus import read_corpus
from assistant.guidance.model import Guidance
from assistant.library.content import Content, find_content
from assistant.quiz.item_files import read_bank
from assistant.quiz.model import Bank
from tests.helpers import ROOT

FIXTURES = ROOT / "tests" / "fixtures" / "quiz"


@pytest.fixture
def quizzed(small: Content) -> Content:
    """The small content with a bank and a historical publication."""
    shutil.copytree(FIXTURES / "bank", small.quiz)
    shutil.copy(FIXTURES / "old-manual.md", small.corpus)
    return small


@pytest.fixture(scope="session")
def lights() -> Guidance:
    """The guidance of the small content."""
    return read_corpus(ROOT / "tests" / "fixtures" / "content" / "corpus")


@pytest.fixture(scope="session")
def bank(lights: Guidance) -> Bank:
    """The bank of the small content."""
    return read_bank(FIXTURES / "bank", lights)


@pytest.fixture(scope="session")
def guidance(session_home: Path) -> Guidance:
    """The guidance of the real content."""
    return read_corpus(find_content().corpus)


@pytest.fixture(scope="session")
def book(guidance: Guidance) -> Book:
    """Every dialogue of the real content."""
    dialogues = read_dialogues(find_content().dialogues, guidance)
    return Book({dialogue.id: dialogue for dialogue in dialogues}, groups(guidance.countries))
