"""``assistant import``: published texts taken into the user's own library."""

import argparse
import sys
from datetime import date
from pathlib import Path

import msgspec

from assistant.cli.session import the_library
from assistant.errors import UsageError
from assistant.guidance.corpus import read_corpus
from assistant.guidance.published import read_published
from assistant.library.content import find_content
from assistant.library.home import published
from assistant.upkeep.importing.drafts import Failure, accept, import_files
from assistant.upkeep.importing.report import Report, report_lines
from assistant.upkeep.importing.sources import files_of


def run(options: argparse.Namespace) -> int:
    """Import the files, or accept a draft; 1 where a file was refused."""
    if options.accept:
        if options.files:
            raise UsageError("--accept takes the id of a draft, and no files")
        print(f"accepted: {accept(options.accept, published())}")
        the_library()
        return 0
    if not options.files:
        raise UsageError("name the files or the folder to import")
    files = files_of([Path(name) for name in options.files])
    if options.as_id and len(files) != 1:
        raise UsageError(f"--as gives one file its id; there are {len(files)}")
    restated = read_corpus(find_content().corpus).publications
    known = {publication.id for publication in restated}
    own = (p for p in read_published(published()).publications if p.id not in known)
    reports, failures = import_files(
        files, published(), [*restated, *own], date.today(), options.as_id, options.yes
    )
    if options.json:
        _print_json(reports, failures)
    else:
        print("\n".join(line for report in reports for line in report_lines(report)))
        for failure in failures:
            print(f"assistant: {failure.file}: {failure.reason}", file=sys.stderr)
    if any(report.state == "accepted" for report in reports):
        the_library()  # answers show the published wording from now on
    return 1 if failures else 0


def _print_json(reports: list[Report], failures: list[Failure]) -> None:
    refused = [{"file": str(failure.file), "reason": failure.reason} for failure in failures]
    print(msgspec.json.encode({"imported": reports, "refused": refused}).decode())
