"""Files imported into the user's folder of published texts: as drafts, or accepted at once.

A file is written under a temporary name and gets its own by one rename. A file that is refused does
not keep the others from being imported.
"""

import contextlib
import os
import tempfile
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from assistant.errors import AssistantError
from assistant.guidance.editions import DRAFT
from assistant.guidance.model import Publication
from assistant.guidance.published import read_published_text
from assistant.upkeep.importing.confined import read_confined
from assistant.upkeep.importing.imported import import_reading
from assistant.upkeep.importing.limits import Refused
from assistant.upkeep.importing.recognise import check_id
from assistant.upkeep.importing.report import Report
from assistant.upkeep.importing.sources import read_source


class Failure(NamedTuple):
    """A file that was refused, and why, in one line."""

    file: Path
    reason: str


def import_file(
    path: Path,
    folder: Path,
    publications: Sequence[Publication],
    today: date,
    named: str | None = None,
    at_once: bool = False,
    taken: Collection[str] = (),
) -> Report:
    """The file ``path`` imported into ``folder``, and the account of it.

    It is one of ``publications``, or the one that is ``named``. It is accepted where everything was
    found and kept, or where ``at_once`` says so; else it is a draft beside the accepted edition.
    Raises Refused, also where it is one of those ``taken`` already.
    """
    if named is not None:
        check_id(named)
    source = read_source(path)
    reading = read_confined(source)
    text, report = import_reading(reading, source.data, source.name, publications, named, today)
    if report.id in taken:
        raise Refused(f"it is {report.id}, which another of these files was taken for")
    accepted, draft = folder / f"{report.id}.md", folder / f"{report.id}{DRAFT}"
    _write(draft, text)
    is_new = not any(publication.id == report.id for publication in publications)
    if is_new or (report.reasons and not at_once):
        return msgspec.structs.replace(report, path=str(draft))
    _check(draft)
    draft.replace(accepted)
    return msgspec.structs.replace(report, state="accepted", path=str(accepted))


def import_files(
    paths: Sequence[Path],
    folder: Path,
    publications: Sequence[Publication],
    today: date,
    named: str | None = None,
    at_once: bool = False,
) -> tuple[list[Report], list[Failure]]:
    """Every one of the files ``paths`` imported, and those that were refused."""
    reports: list[Report] = []
    failures: list[Failure] = []
    for path in paths:
        try:
            taken = {report.id for report in reports}
            report = import_file(path, folder, publications, today, named, at_once, taken)
        except AssistantError as error:
            failures.append(Failure(path, " ".join(str(error).split())))
            continue
        reports.append(report)
    return reports, failures


def accept(name: str, folder: Path) -> Path:
    """The draft of the publication ``name`` made its accepted edition; the file.

    Raises Refused where there is no draft, ContentError where it is not fit to be read.
    """
    check_id(name)
    draft, accepted = folder / f"{name}{DRAFT}", folder / f"{name}.md"
    if not draft.exists():
        drafts = sorted(path.name.removesuffix(DRAFT) for path in folder.glob(f"*{DRAFT}"))
        there = ", ".join(drafts) or "none"
        raise Refused(f"there is no draft of {name} in {folder} (drafts: {there})")
    _check(draft)
    draft.replace(accepted)
    return accepted


def _check(draft: Path) -> None:
    """Raise ContentError where ``draft`` cannot be read as a publication."""
    read_published_text(draft)


def _write(path: Path, text: str) -> None:
    """Write ``text`` to ``path``, whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
        new = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            new.replace(path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                new.unlink()
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}") from error
