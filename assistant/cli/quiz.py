"""``assistant quiz``: the bank checked, papers drawn, items out and in."""

import argparse
import importlib
import secrets
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from assistant.cli.files import STANDARD_OUTPUT, write_text
from assistant.cli.session import note, the_library
from assistant.errors import AssistantError, ContentError, UsageError
from assistant.interface.quiz_papers import SEEDS, USUAL_NUMBER, draw_paper
from assistant.library.content import find_content
from assistant.library.model import Library
from assistant.quiz.attempt import Mode
from assistant.quiz.model import Bank, Difficulty
from assistant.quiz.paper import Paper, Wanted, questions

LARGEST_SEED = 2**63 - 1
NOTHING_ELSE = -1
"""Stands for a number of scenarios where the whole paper is to be of them."""


def run(options: argparse.Namespace) -> int:
    """Do what the part asks for; the exit status."""
    parts = {"check": _check, "paper": _paper, "export": _export, "import": _import}
    if options.part in parts:
        return parts[options.part](options)
    return int(importlib.import_module(f"assistant.cli.quiz_{options.part}").run(options))


def _check(options: argparse.Namespace) -> int:
    from assistant.guidance.corpus import read_corpus
    from assistant.quiz.item_files import read_bank

    content = find_content()
    try:
        bank = read_bank(content.quiz, read_corpus(content.corpus))
    except ContentError as error:
        faults = error.problems
        print("\n".join(map(str, faults)))
        print(f"{len(faults)} fault{'s' if len(faults) != 1 else ''}")
        return 1
    for topic in bank.topics:
        kinds = Counter(str(item.__struct_config__.tag) for item in topic.items)
        counted = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
        history = "; historical" if topic.historical else ""
        print(f"{topic.id:28} {len(topic.items):4}  {counted}{history}")
    print(f"{sum(len(topic.items) for topic in bank.topics)} quiz items: no faults")
    return 0


def _paper(options: argparse.Namespace) -> int:
    from assistant.quiz.printable import key_lines, paper_lines

    library = the_library()
    paper = drawn_paper(options, library)
    asked = questions(paper, library.bank)
    write_text(options.out or STANDARD_OUTPUT, _joined(paper_lines(paper, asked)))
    if options.key is not None:
        lines = key_lines(paper, asked, library.guidance, date.today())
        write_text(options.key, _joined(lines))
    note(f"{len(asked)} questions; the same choice with --seed {paper.seed} draws them again.")
    return 0


def drawn_paper(options: argparse.Namespace, library: Library) -> Paper:
    """The paper that the options of a command ask for. Raises UsageError where it cannot be
    drawn."""
    now = datetime.now(UTC)
    return draw_paper(library, wanted_by(options), seed_of(options), Mode.PRACTICE, now)


def wanted_by(options: argparse.Namespace) -> Wanted:
    """What the options of a command say that a paper holds."""
    number = options.n if options.n is not None or options.each is not None else USUAL_NUMBER
    scenarios = options.scenarios
    if scenarios == NOTHING_ELSE:
        number, scenarios = 0, number or 0
    return Wanted(
        number=number,
        each=options.each,
        topics=tuple(dict.fromkeys(options.topic)),
        kinds=tuple(dict.fromkeys(options.kind)),
        difficulties=tuple(Difficulty(one) for one in dict.fromkeys(options.difficulty)),
        historical=options.historical,
        scenarios=scenarios,
    )


def seed_of(options: argparse.Namespace) -> int:
    """The seed that was given, or one by chance. Raises UsageError where it is too large to be
    kept."""
    if options.seed is None:
        return secrets.randbelow(SEEDS)
    if abs(options.seed) > LARGEST_SEED:
        raise UsageError(f"a seed is a whole number of at most {LARGEST_SEED}")
    return int(options.seed)


def _export(options: argparse.Namespace) -> int:
    bank = _chosen(the_library().bank, options.topic)
    losses: tuple[str, ...] = ()
    if options.format == "gift":
        from assistant.quiz.exchange.gift import write_gift

        text, losses = write_gift(bank)
    elif options.format == "moodle-xml":
        from assistant.quiz.exchange.moodle_xml import write_moodle_xml

        text, losses = write_moodle_xml(bank)
    else:
        from assistant.quiz.exchange.anki import write_anki

        text = write_anki(bank)
    write_text(options.file, text)
    for loss in losses:
        note(loss)
    return 0


def _chosen(bank: Bank, names: list[str]) -> Bank:
    """The topics of these names, all where none is given."""
    known = {topic.id: topic for topic in bank.topics}
    for name in names:
        if name not in known:
            raise UsageError(f"no topic {name!r}; the topics are {', '.join(known) or 'none'}")
    topics = tuple(topic for topic in bank.topics if not names or topic.id in names)
    if not topics:
        raise UsageError("the bank has no items (intents/quiz/ holds them)")
    return Bank(topics)


def _import(options: argparse.Namespace) -> int:
    from assistant.quiz.exchange.drafts import as_yaml
    from assistant.quiz.exchange.incoming import NOT_TAKEN, import_file

    found = import_file(Path(options.file))
    drafts = {topic.id: as_yaml(topic) for topic in found.topics}
    if options.out is None:
        print("---\n".join(drafts.values()), end="")
    else:
        _write_drafts(Path(options.out), drafts)
    for problem in found.problems:
        note(str(problem))
    items = sum(len(topic.items) for topic in found.topics)
    lost = sum(problem.code == NOT_TAKEN for problem in found.problems)
    note(f"{items} items as drafts in {len(drafts)} topics, {lost} questions not taken.")
    return 1 if lost else 0


def _write_drafts(folder: Path, drafts: dict[str, str]) -> None:
    """Write each draft as a file of its topic. Raises AssistantError where one is there already,
    before anything is written."""
    for name in drafts:
        if (folder / f"{name}.yaml").exists():
            raise AssistantError(
                f"{folder / name}.yaml is there already; give another folder with --out"
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AssistantError(f"{folder} cannot be made: {error.strerror}") from error
    for name, text in drafts.items():
        write_text(folder / f"{name}.yaml", text)


def _joined(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"
