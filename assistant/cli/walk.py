"""``assistant walk``: a structured dialogue, walked by a person or by a file of answers."""

import argparse
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from assistant.answers.assistant import Assistant
from assistant.answers.compose import cited
from assistant.answers.model import CitedPassage
from assistant.answers.walkthroughs import find
from assistant.cli.session import can_show_screens, note, the_library
from assistant.cli.walk_lines import walk_by_lines
from assistant.dialogues import outline, record
from assistant.dialogues.model import SITUATIONS, Asking, Dialogue, Value
from assistant.dialogues.session import Session
from assistant.dialogues.typed import TypedError, read_value, said
from assistant.dialogues.walk import Stop, Walk, questions, steps, walk
from assistant.errors import AssistantError, ContentError, UsageError
from assistant.guidance.wording import without_markup
from assistant.interface.kept_walks import read_session, write_record
from assistant.interface.walker import Walker
from assistant.library.model import Library


def run(options: argparse.Namespace) -> int:
    """List the dialogues, draw one, walk one; the exit status."""
    library = the_library()
    if not options.name and options.resume is None:
        print("\n".join(listed(library)))
        return 0
    if options.resume is not None:
        session = read_session(Path(options.resume), library)
        return _walk_by_lines(library, session, Path(options.save or options.resume))
    dialogue = _named(library, " ".join(options.name))
    if options.map is not None:
        draw = {"outline": outline.outline, "mermaid": outline.mermaid, "dot": outline.graphviz}
        print("\n".join(draw[options.map](dialogue)))
        return 0
    if options.screens:
        print("\n".join(outline.screens(dialogue)))
        return 0
    if options.answers is not None:
        return _walk_by_file(library, dialogue, options)
    if options.json:
        raise UsageError("--json prints a walk that a file of answers makes: give --answers FILE")
    session = Session(dialogue.id, datetime.now())
    if not (options.plain or options.save or options.record) and can_show_screens():
        from assistant.tui.app import AssistantApp

        AssistantApp(walk=dialogue.id).run()
        return 0
    return _walk_by_lines(
        library, session, Path(options.save) if options.save else None, options.record
    )


def listed(library: Library) -> Iterator[str]:
    for situation in SITUATIONS:
        here = [d for d in library.dialogues if d.situation == situation]
        if here:
            yield situation
            yield from (f"  {dialogue.id:32} {dialogue.title}" for dialogue in here)
    yield "assistant walk NAME walks one; a few words of the situation do as well."


def _named(library: Library, typed: str) -> Dialogue:
    """The dialogue that is meant. Raises UsageError where none is, or several may be."""
    found = find(library, typed)
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(f"no dialogue fits {typed!r}; `assistant walk` lists them")
    names = ", ".join(dialogue.id for dialogue in found)
    raise UsageError(f"{typed!r} may mean {names}; give one of these names")


def _walk_by_lines(
    library: Library, session: Session, save: Path | None, kept: str | None = None
) -> int:
    walk_by_lines(Walker(Assistant(library), session, save))
    if kept is not None:
        _write_record(kept, library, session)
    return 0


def _write_record(name: str, library: Library, session: Session, passing: bool = False) -> None:
    write_record(Path(name), library, session, passing)
    note(f"The record is in {name}.")


def _walk_by_file(library: Library, dialogue: Dialogue, options: argparse.Namespace) -> int:
    now = datetime.now()
    answers = read_answers(Path(options.answers), library, dialogue, now)
    found = walk(library.book, dialogue.id, answers, passing=True)
    if options.record is not None:
        session = Session(dialogue.id, now, dict(answers))
        _write_record(options.record, library, session, passing=True)
    if options.json:
        print(msgspec.json.encode(as_contract(found, library, answers, now)).decode())
    else:
        kept = record.record(found, library.guidance, answers, {}, None, now)
        print(record.as_text(kept), end="")
        if found.waiting is not None:
            note(f"assistant: the answers end at {found.waiting.key!r}: {_ask(found.waiting)}")
    return 0


def _ask(stop: Stop) -> str:
    return stop.node.ask if isinstance(stop.node, Asking) else stop.key


def read_answers(
    path: Path, library: Library, dialogue: Dialogue, now: datetime
) -> dict[str, Value]:
    """The answers in a file of JSON or YAML, by key. Raises AssistantError where one does not fit
    its node, with its name."""
    from assistant.guidance.content_files import read_yaml

    try:
        given = read_yaml(path).value
    except ContentError as error:
        raise AssistantError(str(error)) from error
    if not isinstance(given, dict):
        raise AssistantError(f"{path}: a file of answers holds node ids with values")
    answers: dict[str, Value] = {}
    for key, value in given.items():
        node = _node(library, dialogue, str(key))
        if node is None:
            answers[str(key)] = str(value)  # not of this dialogue: reported as unused
            continue
        try:
            answers[str(key)] = read_value(node, value, now)
        except TypedError as error:
            raise AssistantError(f"{path}: {key}: {error}") from error
    return answers


def _node(library: Library, dialogue: Dialogue, key: str) -> Any:
    """The node that ``key`` names, through the calls that lead to it; None where there is none."""
    *calls, name = key.split(".")
    for call in calls:
        found = next((n for n in dialogue.nodes if n.id == call), None)
        called = getattr(found, "dialogue", None)
        if called is None:
            return None
        dialogue = library.book.dialogues[called]
    return next((node for node in dialogue.nodes if node.id == name), None)


def as_contract(
    found: Walk, library: Library, answers: dict[str, Value], now: datetime
) -> dict[str, Any]:
    """A walk as ``--json`` prints it."""

    def sources(stop: Stop, text: str) -> tuple[CitedPassage, ...]:
        return cited(library, stop.node.cites, text, now.date())

    outcome = found.outcome
    ended = None
    if outcome is not None:
        end = outcome.node
        text = getattr(end, "text", "")
        ended = {
            "id": end.id,
            "title": getattr(end, "title", ""),
            "text": without_markup(text),
            "citations": sources(outcome, text),
        }
    return {
        "dialogue": found.dialogue.id,
        "complete": outcome is not None,
        "outcome": ended,
        "steps": [
            {
                "id": stop.key,
                "text": without_markup(getattr(stop.node, "text", "")),
                "citations": sources(stop, getattr(stop.node, "text", "")),
            }
            for stop in steps(found)
        ],
        "asked": [
            {
                "id": stop.key,
                "question": _ask(stop),
                "answer": said(stop.node, stop.value) if stop.value is not None else None,
            }
            for stop in questions(found)
        ],
        "deadlines": [
            {"id": one.key, "what": one.what, "due": one.when.isoformat()}
            for one in found.deadlines
        ],
        "next": found.waiting.key if found.waiting is not None else None,
        "unused": list(found.unused),
    }
