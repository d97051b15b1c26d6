"""``assistant impact``: what differs in another version of a publication, and what depends on
it."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import msgspec

from assistant.guidance.wording import without_controls
from assistant.library.citing import bank_of
from assistant.library.content import find_content
from assistant.library.home import home
from assistant.library.read import read_content
from assistant.upkeep.difference import difference
from assistant.upkeep.editions import another_version, edition_and_draft, restatement
from assistant.upkeep.impact import Dependant, Impact, impact, in_words


def run(options: argparse.Namespace) -> int:
    """Compare and print; 1 where there is nothing to compare."""
    content = read_content(find_content())
    ours = restatement(content.guidance, options.publication)
    if options.against is None:
        before, after = edition_and_draft(home(), ours.id)
    else:
        before, after = ours, another_version(Path(options.against), ours.id)
    changes = difference(before, after)
    found = Impact(changes, impact(changes, before, content, bank_of(content)))
    if options.json:
        print(msgspec.json.encode(found._asdict()).decode())
    elif options.markdown:
        print(without_controls("\n".join(_markdown(ours.about.title, found))))
    else:
        print(without_controls("\n".join(_text(ours.id, found))))
    return 0


def _text(name: str, found: Impact) -> Iterator[str]:
    if not found.changes:
        yield f"{name}: nothing was changed"
        return
    yield f"{name}: {_count(len(found.changes), 'change')}"
    for change in found.changes:
        yield f"  {change.kind:<18} {in_words(change)}"
    yield ""
    yield _count(len(found.dependants), "dependant")
    for dependant in found.dependants:
        yield f"  {dependant.kind:<18} {dependant.id}"
        yield f"  {'':<18}   cites {', '.join(dependant.cites)}"
        yield f"  {'':<18}   {dependant.why}"


def _markdown(title: str, found: Impact) -> Iterator[str]:
    yield f"# What changes in {title}"
    yield ""
    if not found.changes:
        yield "Nothing was changed."
        return
    yield f"## {_count(len(found.changes), 'change')}"
    yield ""
    yield from _table(
        ("kind", "section", "before", "after"),
        (
            (change.kind.value, change.section, change.before or "", change.after or "")
            for change in found.changes
        ),
    )
    yield ""
    yield f"## {_count(len(found.dependants), 'dependant')}"
    yield ""
    yield from _table(
        ("kind", "id", "cites", "why"), (_row(dependant) for dependant in found.dependants)
    )


def _row(dependant: Dependant) -> tuple[str, ...]:
    return dependant.kind.value, dependant.id, ", ".join(dependant.cites), dependant.why


def _table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    for row in rows:
        cells = (" ".join(cell.split()).replace("|", "\\|") for cell in row)
        yield f"| {' | '.join(cells)} |"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"
