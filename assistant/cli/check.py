"""``assistant check``: the faults of the content, all at once, each with file and line; and what is
no fault and still worth a look."""

import argparse
from collections.abc import Sequence
from datetime import date

import msgspec

from assistant.errors import ContentError, Problem
from assistant.guidance.published import read_published
from assistant.library.citing import bank_of
from assistant.library.content import find_content
from assistant.library.home import published
from assistant.library.read import CheckedContent, read_content
from assistant.upkeep.lint import warnings
from assistant.upkeep.published_facts import problems_with_published


def run(options: argparse.Namespace) -> int:
    """Print what was read, every fault and every warning; 1 where there is a fault."""
    source = find_content()
    faults: list[Problem] = []
    worth_a_look: list[Problem] = []
    summary = ""
    try:
        content = read_content(source)
        texts = read_published(published())
        faults = problems_with_published(source, content, texts.publications)
        worth_a_look = warnings(source, content, bank_of(content), date.today())
        worth_a_look += texts.problems
        summary = _summary(content) + (": no faults" if not faults else "")
        if texts.publications:
            summary += f"\nheld against {_count(len(texts.publications), 'published text')}"
    except ContentError as error:
        faults = error.problems
    if options.json:
        found = {"errors": _plain(faults), "warnings": _plain(worth_a_look)}
        print(msgspec.json.encode(found).decode())
        return 1 if faults else 0
    for problem in faults:
        print(problem)
    for problem in worth_a_look:
        print(f"warning: {problem}")
    if summary:
        print(summary)
    if faults:
        print(_count(len(faults), "fault"))
    if worth_a_look:
        print(_count(len(worth_a_look), "warning"))
    return 1 if faults else 0


def _summary(content: CheckedContent) -> str:
    utterances = sum(
        len(texts) for intent in content.questions.intents for texts in intent.utterances.values()
    )
    items = sum(len(topic.items) for topic in bank_of(content).topics)
    return (
        f"{len(content.guidance.publications)} publications, "
        f"{len(content.questions.intents)} intents with {utterances} utterances, "
        f"{len(content.questions.outside)} outside questions, "
        f"{len(content.dialogues)} dialogues, {items} quiz items"
    )


def _plain(problems: Sequence[Problem]) -> list[dict[str, str | int]]:
    return [
        {"code": one.code, "file": str(one.file), "line": one.line, "message": one.message}
        for one in problems
    ]


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"
