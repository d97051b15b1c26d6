"""Reports as lines of plain text, with charts of plain characters."""

from collections.abc import Iterable, Iterator, Sequence

from assistant.guidance.wording import without_controls
from assistant.quiz.report import (
    AttemptReport,
    ClassReport,
    Line,
    decimal,
    doubt,
    heading,
    left_out,
    overview,
    percent,
    timing,
    verdict,
)

BAR = 20
"""Characters that stand for 100 %."""

_TOPIC = 36
"""Characters for the longest topic in a chart; longer ones are cut."""


def attempt_lines(report: AttemptReport) -> list[str]:
    """One attempt: the score, a chart by topic, and what was wrong with the passage to read."""
    lines = [heading(report), timing(report), verdict(report)]
    if report.topics:
        bars = [(name, score.share, f"of {score.out_of}") for name, score in report.topics]
        lines += ["", "By topic", *chart(bars)]
    if report.wrong:
        lines += ["", "To read again"]
        for line in report.wrong:
            lines += _wrong(line)
    return [without_controls(line) for line in lines]


def _wrong(line: Line) -> Iterator[str]:
    yield ""
    yield f"{line.number}. {_one_line(line.stem) or f'{line.item}: {line.note}'}"
    if line.note is None:
        yield f"   given: {_one_line(line.given)}"
        yield f"   right: {_one_line(line.right)}"
        yield f"   why:   {_one_line(line.why)}"
    for cite in line.cites:
        yield f"   read:  {cite}"


def class_lines(report: ClassReport) -> list[str]:
    """Many attempts: a chart of the topics, the weakest first, and a table of the items."""
    lines = [overview(report)]
    if report.left_out:
        lines.append(left_out(report))
    if report.topics:
        bars = [(one.topic, one.facility, f"of {one.answers:,} answers") for one in report.topics]
        lines += ["", "Topics, the weakest first", *chart(bars)]
    if report.items:
        lines += ["", "Items, the hardest first"]
        rows = [
            (
                one.item,
                f"{one.answers:,}",
                decimal(one.facility),
                decimal(one.discrimination),
                decimal(one.correlation),
                doubt(one),
            )
            for one in report.items
        ]
        header = ("item", "answers", "facility", "discrimination", "correlation", "")
        lines += _columns([header, *rows])
    return [without_controls(line) for line in lines]


def chart(bars: Iterable[tuple[str, float, str]]) -> list[str]:
    """A bar a line: the name, a bar for the share from 0 to 1, the share, and what it is of."""
    shown = [(_cut(name), share, of) for name, share, of in bars]
    width = max((len(name) for name, _, _ in shown), default=0)
    return [
        f"  {name:{width}}  {'#' * round(share * BAR):.<{BAR}}  {percent(share):>7}  {of}"
        for name, share, of in shown
    ]


def _cut(name: str) -> str:
    name = _one_line(name)
    return name if len(name) <= _TOPIC else f"{name[: _TOPIC - 3]}..."


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows in columns: the first to the left, the figures to the right, the last as it comes."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]) - 1)]
    for first, *figures, last in rows:
        cells = [f"{first:{widths[0]}}"]
        cells += [f"{cell:>{width}}" for cell, width in zip(figures, widths[1:], strict=True)]
        yield f"  {'  '.join(cells)}  {last}".rstrip()
