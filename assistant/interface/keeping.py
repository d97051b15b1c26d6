"""The conversation kept on request: as a Markdown file, or as text for the clipboard."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from assistant.answers.model import Answer, CitedPassage, Kind
from assistant.errors import AssistantError
from assistant.guidance.editions import wording_of
from assistant.guidance.model import Place
from assistant.guidance.wording import OTHER_WORDS, without_controls, without_markup
from assistant.library.whole_files import write_whole

NO_FILES = "No file is written here: it would be the server's. Copy what is to be kept."
"""Said to the visitor of a server."""


def source_words(passage: CitedPassage) -> str:
    """A source in full: publisher, publication, headings, paragraph, status, date, citation."""
    paragraph = f", paragraph {passage.paragraph}" if passage.paragraph else ""
    tail = f"/{passage.paragraph}" if passage.paragraph else ""
    return (
        f"{passage.publisher}, {passage.title}: {' > '.join(passage.section)}{paragraph} "
        f"({passage.status.in_words}, {passage.updated:%d %B %Y}; {passage.anchor}{tail})"
    )


def answer_words(answer: Answer, cited: bool) -> str:
    """An answer as plain text, with its warnings; with its sources if ``cited``."""
    parts = [without_markup(answer.text), *(f"Warning: {text}" for text in answer.warnings)]
    if cited:
        parts += [f"Source: {source_words(passage)}" for passage in answer.citations]
    return without_controls("\n\n".join(parts)) + "\n"


def section_words(place: Place, cited: bool) -> str:
    """A section, or the passage of it that is meant, as plain text; with where it stands if
    ``cited``."""
    passages = (place.passage,) if place.passage is not None else place.section.passages
    parts = [without_markup(passage.text) for passage in passages]
    if cited:
        about = place.publication.about
        where = " > ".join(place.section.path)
        date = f"{place.publication.last_changed:%d %B %Y}"
        parts += [
            f"Source: {about.publisher}, {about.title}: {where} ({date})",
            wording_of(place.publication),
        ]
    return without_controls("\n\n".join(parts)) + "\n"


def as_markdown(answers: Sequence[Answer], now: datetime) -> str:
    """A conversation as a Markdown document: every question with its answer, warnings and
    sources."""
    parts = [
        "# Guidance assistant: a conversation",
        f"Saved {now:%d %B %Y, %H:%M}. {OTHER_WORDS}",
    ]
    for answer in answers:
        parts.append(f"## {_one_line(answer.question)}")
        if answer.kind is Kind.REFUSE and answer.reason is not None:
            parts.append(f"*No answer ({answer.reason.value}).*")
        parts.append(answer.text)
        parts += [f"**Warning:** {text}" for text in answer.warnings]
        sources = [f"{n}. {source_words(one)}" for n, one in enumerate(answer.citations, 1)]
        if sources:
            parts.append("\n".join(["Sources:", "", *sources]))
    return without_controls("\n\n".join(parts)) + "\n"


def _one_line(text: str) -> str:
    """A question as a heading: nothing in it is markup."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#" else c for c in " ".join(text.split()))


def write_conversation(path: Path, answers: Sequence[Answer], now: datetime) -> None:
    """Write the conversation to the new file ``path``. Raises AssistantError where it is there
    already, or cannot be written."""
    if path.exists():
        raise AssistantError(f"{path} is there already; give another name.")
    try:
        write_whole(path, as_markdown(answers, now).encode())
    except OSError as error:
        raise AssistantError(f"{path} cannot be written: {error.strerror}.") from error
