"""Markdown and answers as Textual ``Content``: one widget an answer, its text selectable, nothing
parsed as markup."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from textual.content import Content

from assistant.answers.model import Answer, CitedPassage, Kind
from assistant.guidance.wording import without_controls
from assistant.interface.blocks import MARK, UNMARK, Answered, Block, Listed, Said
from assistant.matching.normalise import EMPTY

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_STYLES = {"strong": "bold", "em": "italic"}


@cache
def _markdown() -> "MarkdownIt":
    # Loaded here: the first paint holds no Markdown.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


def markdown_content(markdown: str) -> Content:
    """``markdown`` as styled text: paragraphs apart by an empty line, list items with their mark
    and indent."""
    return Content.assemble(*_blocks(_markdown().parse(without_controls(markdown))))


def _blocks(tokens: "list[Token]") -> Iterator[Content | tuple[str, str]]:
    marks: list[str] = []
    waiting = ""  # what stands between the last block and the next
    mark = ""
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                marks.append("-" if token.type.startswith("bullet") else "1.")
            case "bullet_list_close" | "ordered_list_close":
                marks.pop()
                waiting = "\n\n" if not marks else waiting
            case "list_item_open":
                mark = f"{token.info}." if marks[-1] != "-" else "-"
            case "inline":
                indent = "  " * (len(marks) - 1) if marks else ""
                lead = f"{indent}{mark} " if mark else (f"{indent}   " if marks else "")
                yield (waiting + lead, "")
                yield from _inline(token.children or [])
                waiting, mark = "\n", ""
            case "paragraph_close" if not token.hidden:
                waiting = "\n\n"


def _inline(children: "list[Token]") -> Iterator[tuple[str, str]]:
    styles: list[str] = []
    for child in children:
        if child.type.endswith("_open"):
            styles.append(_STYLES.get(child.type.removesuffix("_open"), ""))
        elif child.type.endswith("_close"):
            styles.pop()
        elif child.type in ("softbreak", "hardbreak"):
            yield (" ", "")
        else:
            yield (child.content, " ".join(filter(None, styles)))


def marked(text: Content, looked_for: frozenset[str]) -> Content:
    """``text`` with the words ``looked_for``, endings aside, marked."""
    stems = {word[: max(4, len(word) - 3)] for word in looked_for if word not in EMPTY}
    if not stems:
        return text
    pattern = "|".join(re.escape(stem) + r"\w*" for stem in sorted(stems))
    for found in re.finditer(rf"(?i)\b(?:{pattern})", text.plain):
        text = text.stylize("reverse", found.start(), found.end())
    return text


def block_content(block: Block) -> Content:
    """What is said, answered or listed, as text; a section is shown in its pane."""
    match block:
        case Answered(answer):
            return answer_content(answer)
        case Listed():
            return Content("\n").join(_rows(block))
        case Said(text):
            return Content(without_controls(text))
    return Content("")


def _rows(listed: Listed) -> Iterator[Content]:
    yield Content.assemble((_clean(listed.heading), "bold"))
    number = listed.first
    for row in listed.rows:
        indent = "  " * row.depth
        text = _with_marks(_clean(row.text))
        detail = (f". {_clean(row.detail)}", "dim") if row.detail else ""
        if row.target is None:
            yield Content.assemble(indent, text, detail)
            continue
        yield Content.assemble(indent, (f"{number}. ", "bold"), text, detail)
        number += 1


def _with_marks(text: str) -> Content:
    parts: list[tuple[str, str]] = []
    for piece in text.split(MARK):
        inside, mark, after = piece.rpartition(UNMARK)
        parts += [(inside, "reverse"), (after, "")] if mark else [(piece, "")]
    return Content.assemble(*parts)


def answer_content(answer: Answer) -> Content:
    """A turn: the question, where the answer comes from, the answer, its warnings, the other
    sources.

    The first source stands above the text, so that its status and date are seen in the smallest
    terminal.
    """
    sources = [_source(number, passage) for number, passage in enumerate(answer.citations, 1)]
    parts: list[Content | str | tuple[str, str]] = [
        ("You: ", "bold"),
        _clean(answer.question),
        "\n",
    ]
    if answer.kind is Kind.REFUSE and answer.reason is not None:
        parts += [(f"\nNo answer ({answer.reason.value}). ", "bold"), markdown_content(answer.text)]
        if sources:
            parts.append("\n\nNearest section:")
    else:
        parts += [*sources[:1], "\n\n", markdown_content(answer.text)]
        sources = sources[1:]
    for warning in answer.warnings:
        parts += [("\n\nWarning: ", "bold"), _clean(warning)]
    if sources and answer.kind is not Kind.REFUSE:
        parts.append("\n")
    for source in sources:
        parts += ["\n", source]
    if answer.walkthrough is not None:
        what = "it" if answer.kind is Kind.ANSWER else "what may fit"
        parts.append(f"\n\nF6 walks {what} step by step: {answer.walkthrough}")
    return Content.assemble(*parts)


def _source(number: int, passage: CitedPassage) -> Content:
    return Content.assemble((f"({number}) ", "bold"), (_clean(source_text(passage)), "dim"))


def _clean(text: str) -> str:
    return without_controls(" ".join(text.split()))


def source_text(passage: CitedPassage) -> str:
    """A source in one line: whose, which section, how far it may be relied on, and its date."""
    paragraph = f" {passage.paragraph}" if passage.paragraph else ""
    return (
        f"{passage.publisher}, {passage.title}: {passage.section[-1]}{paragraph} "
        f"({passage.status.in_words}, {passage.updated:%d %B %Y})"
    )
