"""The dialogues of the real content, read without compiling the library: no matcher is needed to
walk them."""

import pytest

from assistant.dialogues.countries import groups
from assistant.dialogues.dialogue_files import read_dialogues
from assistant.dialogues.walk import Book
from assistant.guidance.corpus import read_corpus
from assistant.guidance.model import Guidance
from assistant.library.content import find_content


@pytest.fixture(scope="session")
def guidance() -> Guidance:
    """The guidance of the real content."""
    return read_corpus(find_content().corpus)


@pytest.fixture(scope="session")
def book(guidance: Guidance) -> Book:
    """Every dialogue of the real content."""
    dialogues = read_dialogues(find_content().dialogues, guidance)
    return Book({dialogue.id: dialogue for dialogue in dialogues}, groups(guidance.countries))
