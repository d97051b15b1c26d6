"""``assistant quiz run``: a quiz taken by a person, or marked from a file of answers."""

import argparse
import contextlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from assistant import __version__
from assistant.answers.assistant import Assistant
from assistant.answers.compose import cited
from assistant.cli.quiz import seed_of, wanted_by
from assistant.cli.session import can_show_screens, note, the_library
from assistant.errors import AssistantError, UsageError
from assistant.interface.quiz_papers import draw_paper
from assistant.interface.quizzer import Quizzer
from assistant.library.home import results, settings_file
from assistant.library.model import Library
from assistant.quiz.attempt import Mode, Rules
from assistant.quiz.candidate import candidate_code
from assistant.quiz.given import GivenError, read_value
from assistant.quiz.model import Given, Item, Number, Order, Several, Short, TrueFalse
from assistant.quiz.paper import Paper, Question, choices, of_items, questions
from assistant.quiz.report_text import attempt_lines
from assistant.quiz.results.store import Store
from assistant.quiz.sitting import Sitting

NEWEST = "newest"
"""Stands for the attempt to go on with where its number is not given."""


def run(options: argparse.Namespace) -> int:
    """Take the quiz; the exit status."""
    if options.json and options.answers is None:
        raise UsageError("--json prints the attempt that a file of answers makes: give --answers")
    if options.no_store and (options.resume is not None or options.database is not None):
        raise UsageError("--no-store keeps nothing: leave out --resume and --database")
    library = the_library()
    with contextlib.ExitStack() as stack:
        store = None
        if not options.no_store:
            store = stack.enter_context(Store(options.database or results()))
        if options.answers is not None:
            return _by_file(options, library, store)
        return _by_person(options, library, store)


def _by_person(options: argparse.Namespace, library: Library, store: Store | None) -> int:
    assistant = Assistant(library)
    if options.resume is not None and store is not None:
        sitting = _resumed(options, library, store)
    else:
        sitting = _begun(options, library, store, None)
    if options.plain or not can_show_screens():
        from assistant.cli.quiz_lines import quiz_by_lines

        quiz_by_lines(Quizzer(assistant, sitting))
    else:
        from assistant.interface.settings import read_settings
        from assistant.tui.app import AssistantApp

        settings = read_settings(settings_file())
        AssistantApp(settings=settings, quiz=Quizzer(assistant, sitting, keys=True)).run(
            mouse=settings.mouse
        )
    if sitting.attempt.ended is None:
        kept = f"assistant quiz run --resume {sitting.number} goes on with it"
        note(f"The quiz is left; {kept if store is not None else 'nothing of it is kept'}.")
    return 0


def _resumed(options: argparse.Namespace, library: Library, store: Store) -> Sitting:
    """The attempt that is to be gone on with. Raises AssistantError where there is none."""
    candidate = candidate_code(options.candidate) if options.candidate is not None else None
    if options.resume == NEWEST:
        unfinished = store.unfinished(candidate)
        if not unfinished:
            whose = f"of {candidate}" if candidate else "without a code"
            raise UsageError(f"there is no attempt {whose} to go on with")
        number = unfinished[0]
    elif options.resume.isdecimal():
        number = int(options.resume[:18])
    else:
        raise UsageError(f"{options.resume!r} is not the number of an attempt")
    return Sitting.resume(store.attempt(number), library.bank, store)


def _begun(
    options: argparse.Namespace, library: Library, store: Store | None, paper: Paper | None
) -> Sitting:
    now = datetime.now(UTC)
    candidate = candidate_code(options.candidate) if options.candidate is not None else None
    paper = paper or _paper(options, library, store)
    return Sitting.begin(paper, library.bank, rules_of(options), now, candidate, store, __version__)


def _paper(options: argparse.Namespace, library: Library, store: Store | None) -> Paper:
    mode = Mode(options.mode)
    if mode is Mode.REVISE and store is None:
        raise UsageError("what is due is known from stored results: leave out --no-store")
    candidate = candidate_code(options.candidate) if options.candidate is not None else None
    cards = store.cards(candidate) if store is not None and mode is Mode.REVISE else ()
    now = datetime.now(UTC)
    return draw_paper(library, wanted_by(options), seed_of(options), mode, now, cards)


def rules_of(options: argparse.Namespace) -> Rules:
    """The rules that the options set. A pass mark of more than 1 is in per cent."""
    mark = options.pass_mark
    minutes = options.minutes
    if minutes is not None and not 0 < minutes <= 100_000:
        raise UsageError("the time limit is a number of minutes, more than 0")
    return Rules(
        Mode(options.mode),
        mark / 100 if mark is not None and mark > 1 else mark,
        timedelta(minutes=minutes) if minutes is not None else None,
        options.attempts,
    )


# Without a person


def _by_file(options: argparse.Namespace, library: Library, store: Store | None) -> int:
    if options.resume is not None:
        raise UsageError("a file of answers makes an attempt of its own: leave out --resume")
    path = Path(options.answers)
    values = _read(path)
    paper = _asked_by(options, library, store, values)
    asked = questions(paper, library.bank)
    given = _given(path, asked, values)
    sitting = _begun(options, library, store, paper)
    now = datetime.now(UTC)
    for position, one in given.items():
        sitting.answer(position, one, now)
    sitting.finish(now)
    if options.json:
        unused = sorted(set(values) - {question.item.id for question in asked})
        found = as_contract(sitting, library, unused)
        print(msgspec.json.encode(found).decode())
    else:
        print("\n".join(attempt_lines(Quizzer(Assistant(library), sitting).report())))
    return 0


def _asked_by(
    options: argparse.Namespace,
    library: Library,
    store: Store | None,
    values: Mapping[str, object],
) -> Paper:
    """The paper that the options draw; where they draw none, that of the items in the file."""
    said = (options.n, options.each, options.seed)
    chosen = (options.topic, options.kind, options.difficulty, options.scenarios)
    known = {item.id for topic in library.bank.topics for item in topic.items}
    named = [name for name in values if name in known]
    if named and said == (None, None, None) and not any(chosen) and not options.historical:
        held_back = library.stale_items.intersection(named)
        if held_back and options.mode == Mode.ASSESSED.value:
            raise UsageError(
                f"{', '.join(sorted(held_back))}: held back from assessment, for what is cited has "
                "changed since it was reviewed (assistant review)"
            )
        return of_items(library.bank, named, 0)
    return _paper(options, library, store)


def _read(path: Path) -> dict[str, object]:
    """The values in a file of JSON or YAML, by item id. Raises AssistantError."""
    from assistant.guidance.content_files import read_yaml

    value = read_yaml(path).value
    if not isinstance(value, dict):
        raise AssistantError(f"{path}: a file of answers holds item ids with answers")
    return {str(name): one for name, one in value.items()}


def _given(
    path: Path, asked: tuple[Question, ...], values: Mapping[str, object]
) -> dict[int, Given]:
    given = {}
    for position, question in enumerate(asked):
        value = values.get(question.item.id)
        if value is None:
            continue
        try:
            given[position] = read_value(question.item, value, question.order)
        except GivenError as error:
            raise AssistantError(f"{path}: {question.item.id}: {error}") from error
    return given


def as_contract(sitting: Sitting, library: Library, unused: list[str]) -> dict[str, Any]:
    """An attempt as ``--json`` prints it. Key and answer are in the form that a file of answers
    takes."""
    attempt = sitting.attempt
    rules = attempt.rules
    return {
        "attempt": sitting.number,
        "mode": rules.mode.value,
        "seed": sitting.paper.seed,
        "candidate": sitting.candidate,
        "started": attempt.started.isoformat(),
        "ended": attempt.ended.isoformat() if attempt.ended is not None else None,
        "complete": len(attempt.answers) == len(attempt.questions),
        "score": attempt.score.share,
        "points": attempt.score.points,
        "out_of": attempt.score.out_of,
        "pass_mark": rules.pass_mark,
        "passed": attempt.passed,
        "topics": [
            {"topic": topic, "score": score.share, "points": score.points, "out_of": score.out_of}
            for topic, score in attempt.score_by_topic.items()
        ],
        "items": [_item(sitting, position, library) for position in range(len(attempt.questions))],
        "unused": unused,
    }


def _item(sitting: Sitting, position: int, library: Library) -> dict[str, Any]:
    question = sitting.questions[position]
    item = question.item
    answer = sitting.attempt.answers.get(position)
    marked = sitting.marked(position)
    whole = sitting.attempt.allowed.whole_paper
    today = datetime.now().date()
    return {
        "id": item.id,
        "kind": item.__struct_config__.tag,
        "topic": question.topic,
        "difficulty": item.difficulty.value,
        "question": item.stem,
        "options": list(question.shown),
        "key": _value(item, _key(item)),
        "answer": _value(item, answer.given) if answer is not None else None,
        "mark": marked.share if marked is not None else 0.0 if whole else None,
        "feedback": list(marked.feedback) if marked is not None else [],
        "why": item.why,
        "citations": cited(library, item.cites, item.why, today),
    }


def _key(item: Item) -> Given:
    """The answer that is right."""
    match item:
        case TrueFalse() | Number():
            return item.key
        case Short():
            return item.accepted[0]
        case Order():
            return tuple(range(len(item.steps)))
    return tuple(place for place, option in enumerate(item.options) if option.right)


def _value(item: Item, given: Given | None) -> object:
    """An answer as a file of answers holds it: options and steps by their texts."""
    if not isinstance(given, tuple):
        return given
    texts = [choices(item)[place] for place in given]
    return texts if isinstance(item, Several | Order) else next(iter(texts), None)
