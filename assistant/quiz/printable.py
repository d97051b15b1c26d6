"""A paper and its key as Markdown, to be printed."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.guidance.citations import Citation
from assistant.guidance.model import Guidance
from assistant.guidance.wording import RESTATED
from assistant.quiz.in_words import key_in_words, key_places
from assistant.quiz.model import Item, Number, Order, Several, Short, TrueFalse
from assistant.quiz.paper import Paper, Question

LETTERS = "abcdefgh"
"""The names of options and steps on paper, in the order they are shown."""

_LINE = "." * 40
_MARKUP = re.compile(r"[\\`*_\[\]<|]|\A[#>+-]")


def paper_lines(paper: Paper, questions: Sequence[Question]) -> Iterator[str]:
    """The paper: what is asked, with room for the answers."""
    yield "# Quiz"
    yield ""
    yield f"Paper {paper.seed}. {len(questions)} questions."
    yield ""
    yield f"Name or code: {_LINE}"
    for number, asked in enumerate(questions, 1):
        yield ""
        yield f"## {number}"
        yield from _stem(asked.item)
        yield from _room(asked)


def key_lines(
    paper: Paper, questions: Sequence[Question], guidance: Guidance, today: date
) -> Iterator[str]:
    """The key: what is right and why, and each source with its status on the day ``today``."""
    yield "# Key"
    yield ""
    yield f"Paper {paper.seed}. {len(questions)} questions. {RESTATED}"
    for number, asked in enumerate(questions, 1):
        yield ""
        yield f"## {number}"
        yield ""
        yield f"**{right_answer(asked)}**"
        yield ""
        yield _plain(asked.item.why)
        yield ""
        for text in asked.item.cites:
            yield f"- {_plain(source(guidance, text, today))}"


def right_answer(asked: Question) -> str:
    """What is right, by the letters of the paper where it has any."""
    letters = [asked.order.index(place) for place in key_places(asked.item)]
    if isinstance(asked.item, Order):
        return ", ".join(LETTERS[n] for n in letters)
    if letters:
        return "; ".join(f"{LETTERS[n]}) {_plain(asked.shown[n])}" for n in sorted(letters))
    return _plain(key_in_words(asked.item))


def source(guidance: Guidance, citation: str, today: date) -> str:
    """Publisher, publication, headings, paragraph, status, date and the citation of a source."""
    where = Citation.parse(citation)
    place = guidance.resolve(where)
    about, changed = place.publication.about, place.publication.last_changed
    paragraph = f", paragraph {where.paragraph}" if where.paragraph else ""
    return (
        f"{about.publisher}, {about.title}: {' > '.join(place.section.path)}{paragraph} "
        f"({place.publication.status(today).in_words}; {changed:%d %B %Y}) [{citation}]"
    )


def _stem(item: Item) -> Iterator[str]:
    """The stem; the circumstances of a scenario are a list."""
    for line in item.stem.split("\n"):
        if line.startswith("- "):
            yield f"- {_plain(line[2:])}"
        else:
            yield from ("", _plain(line))


def _room(asked: Question) -> Iterator[str]:
    """What is to be ticked, or filled in."""
    yield ""
    match asked.item:
        case TrueFalse():
            yield "- [ ] True"
            yield "- [ ] False"
        case Order():
            for letter, text in zip(LETTERS, asked.shown, strict=False):
                yield f"- {letter}) {_plain(text)}"
            yield ""
            yield f"Order: {_LINE}"
        case Number():
            yield f"{_LINE} {_plain(asked.item.unit)}"
        case Short():
            yield _LINE
        case Several():
            yield from _boxes(asked)
            yield ""
            yield "Tick all that are right."
        case _:
            yield from _boxes(asked)


def _boxes(asked: Question) -> Iterator[str]:
    for letter, text in zip(LETTERS, asked.shown, strict=False):
        yield f"- [ ] {letter}) {_plain(text)}"


def _plain(text: str) -> str:
    """``text`` in one line, its marks shown as they are and not read as Markdown."""
    return _MARKUP.sub(lambda match: f"\\{match[0]}", " ".join(text.split()))
