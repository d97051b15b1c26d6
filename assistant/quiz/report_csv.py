"""Reports as CSV, for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

from assistant.quiz.report import AttemptReport, ClassReport, Line, doubt

Cell = str | int | float | None

_FORMULA = "=+-@\t\r\n＝＋－＠"  # noqa: RUF001 - spreadsheets take the wide signs for the narrow ones
"""What a spreadsheet may take for the beginning of a formula (OWASP, CSV injection)."""


def attempt_csv(report: AttemptReport) -> str:
    """A row for every question that feedback may be shown to."""
    header = ("number", "item", "topic", "question", "given", "right", "share", "read", "note")
    return as_csv(header, (_row(line) for line in report.lines))


def _row(line: Line) -> Sequence[Cell]:
    return (
        line.number,
        line.item,
        line.topic,
        line.stem,
        line.given,
        line.right,
        line.share,
        " ".join(line.cites),
        line.note,
    )


def items_csv(report: ClassReport) -> str:
    """A row for every item, the hardest first."""
    header = ("item", "topic", "answers", "facility", "discrimination", "correlation", "note")
    return as_csv(header, ((*one, doubt(one)) for one in report.items))


def topics_csv(report: ClassReport) -> str:
    """A row for every topic, the weakest first."""
    return as_csv(("topic", "items", "answers", "facility"), report.topics)


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as CSV (RFC 4180). Text that a spreadsheet might run as a formula gets an apostrophe
    before it, numbers stay numbers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def _safe(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    # What no file can hold: spreadsheets end a cell at a zero, UTF-8 has no halves of characters.
    text = cell.replace("\0", "").encode("utf-8", "replace").decode()
    return f"'{text}" if text.lstrip(" ").startswith(tuple(_FORMULA)) else text
