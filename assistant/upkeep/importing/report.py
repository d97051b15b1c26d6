"""What an import recognised and what not, for the person who accepts it."""

from datetime import date

from msgspec import Struct

from assistant.upkeep.importing.words import WordsKept


class Report(Struct, frozen=True, kw_only=True):
    """The account of one imported file.

    ``furniture`` holds each line that was dropped as belonging to the page, with how often.
    ``look_like_headings`` were kept as text. ``state`` is ``accepted`` or ``draft``; ``reasons``
    say why it is not accepted at once, ``path`` is the file that was written.
    """

    file: str
    format: str
    id: str
    title: str
    title_printed: bool
    recognised_by: str
    published: date | None
    updated: date | None
    review: date | None
    version: str | None
    licence: str
    sections: int
    missing_headings: tuple[str, ...]
    new_headings: tuple[str, ...]
    reworded_headings: dict[str, str]
    look_like_headings: tuple[str, ...]
    furniture: dict[str, int]
    paragraphs: int
    numbered_paragraphs: int
    steps: int
    notes: int
    missing_paragraphs: tuple[str, ...]
    words: WordsKept
    reasons: tuple[str, ...]
    state: str = "draft"
    path: str = ""


_SHOWN = 12


def report_lines(report: Report) -> list[str]:
    """``report`` as lines of text, the first of them the outcome."""
    words = report.words
    dates = [f"{name} {day.isoformat()}" for name, day in _dates(report) if day]
    edition = [f"version {report.version}", *dates] if report.version else dates
    lines = [
        f"{report.id}: {report.state} ({report.path})",
        f"  title: {report.title}" + ("" if report.title_printed else " (not printed)"),
        f"  recognised by: its {report.recognised_by}" + f"; format: {report.format}",
        f"  edition: {', '.join(edition) or 'no date found'}; licence: {report.licence}",
        f"  sections: {report.sections}; paragraphs: {report.paragraphs}, of which numbered "
        f"{report.numbered_paragraphs}; steps: {report.steps}; notes: {report.notes}",
        f"  words: {words.words_in:,} in, {words.words_out:,} out",
    ]
    reworded = [f"{old} -> {new}" for old, new in report.reworded_headings.items()]
    for what, found in (
        ("headings missing", report.missing_headings),
        ("headings that are new", report.new_headings),
        ("headings reworded", reworded),
        ("kept as text, but look like headings", report.look_like_headings),
        ("numbered paragraphs and steps missing", report.missing_paragraphs),
        ("words lost", _times(words.lost)),
        ("words doubled", _times(words.doubled)),
        ("dropped as page furniture", _times(report.furniture)),
    ):
        if found:
            more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
            lines.append(f"  {what}: {' | '.join(found[:_SHOWN])}{more}")
    if report.state == "draft":
        lines += [f"  not accepted: {reason}" for reason in report.reasons]
        lines.append(f"  read it, then: assistant import --accept {report.id}")
    return lines


def _dates(report: Report) -> list[tuple[str, date | None]]:
    return [
        ("published", report.published),
        ("updated", report.updated),
        ("review by", report.review),
    ]


def _times(counts: dict[str, int]) -> list[str]:
    return [f"{what} (x{times})" if times > 1 else what for what, times in counts.items()]
