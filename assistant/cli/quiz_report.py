"""``assistant quiz report``: what an attempt came to, or many."""

import argparse

from assistant.cli.files import STANDARD_OUTPUT, write_text
from assistant.cli.session import the_library
from assistant.errors import UsageError
from assistant.library.home import results
from assistant.library.model import Library
from assistant.quiz.candidate import candidate_code
from assistant.quiz.fingerprint import fingerprint
from assistant.quiz.report import attempt_report, class_report
from assistant.quiz.report_csv import attempt_csv, items_csv, topics_csv
from assistant.quiz.report_html import attempt_html, class_html
from assistant.quiz.report_text import attempt_lines, class_lines
from assistant.quiz.results.store import Store
from assistant.quiz.results.totals import attempts_in, tallies
from assistant.quiz.sitting import items_by_id, paper_of, titles_by_id


def run(options: argparse.Namespace) -> int:
    """Write the report; the exit status."""
    if options.whole_class and (options.attempt is not None or options.candidate is not None):
        raise UsageError("--class is about all attempts: leave out the attempt and --candidate")
    if options.topics and not (options.whole_class and options.format == "csv"):
        raise UsageError("--topics says which rows --class --format csv writes")
    library = the_library()
    with Store(options.database or results()) as store:
        made = _class if options.whole_class else _attempt
        write_text(options.out or STANDARD_OUTPUT, made(options, library, store))
    return 0


def _attempt(options: argparse.Namespace, library: Library, store: Store) -> str:
    number = options.attempt
    if number is None:
        candidate = candidate_code(options.candidate) if options.candidate is not None else None
        number = store.newest(candidate)
        if number is None:
            whose = f" of {candidate}" if candidate else ""
            raise UsageError(f"the results in {store.database.place} hold no attempt{whose}")
    kept = store.attempt(number)
    if options.candidate is not None and kept.candidate != options.candidate:
        raise UsageError(f"attempt {number} is not one of {candidate_code(options.candidate)}")
    items = items_by_id(library.bank, paper_of(kept))
    report = attempt_report(kept, items, titles_by_id(library.bank))
    if options.format == "csv":
        return attempt_csv(report)
    if options.format == "html":
        return attempt_html(report)
    return "\n".join(attempt_lines(report)) + "\n"


def _class(options: argparse.Namespace, library: Library, store: Store) -> str:
    items = items_by_id(library.bank)
    report = class_report(
        attempts_in(store),
        tallies(store),
        {name: fingerprint(item) for name, item in items.items()},
        titles_by_id(library.bank),
    )
    if options.format == "csv":
        return topics_csv(report) if options.topics else items_csv(report)
    if options.format == "html":
        return class_html(report)
    return "\n".join(class_lines(report)) + "\n"
