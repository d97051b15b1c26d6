"""Reports as one HTML file that needs nothing else: no script, nothing loaded, fit for print."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

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

_STYLE = """
body { font: 1rem/1.5 sans-serif; color: #111; background: #fff; max-width: 60rem;
       margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
caption { text-align: left; font-weight: bold; padding: .5rem 0 }
th, td { border: 1px solid #767676; padding: .25rem .5rem; text-align: left; vertical-align: top }
td.figure { text-align: right; font-variant-numeric: tabular-nums }
svg { width: 100%; height: auto }
dt { font-weight: bold } dd { margin: 0 0 .25rem 1.5rem }
@media print { body { margin: 0; max-width: none } tr, li, svg { break-inside: avoid }
               thead { display: table-header-group } }
"""

_ROW, _NAMES, _WIDTH, _AFTER = 26, 260, 400, 80
"""Of the chart, in its own units: the height of a row, the room for names, for bars, and for
figures."""

_LONGEST = 38
"""Characters of a name that fit beside a bar; the table below the chart has the whole name."""


def attempt_html(report: AttemptReport) -> str:
    """The page on one attempt."""
    parts = [_paragraph(timing(report)), _paragraph(verdict(report), strong=True)]
    if report.topics:
        bars = [(name, score.share) for name, score in report.topics]
        rows = [
            (name, percent(score.share), f"{score.points:.4g}", f"{score.out_of}")
            for name, score in report.topics
        ]
        parts += [
            chart("Score by topic", bars),
            _table("Score by topic", ("Topic", "Score", "Points", "Of"), rows),
        ]
    if report.wrong:
        listed = "\n".join(_wrong(line) for line in report.wrong)
        parts += ["<h2>To read again</h2>", f"<ol>\n{listed}\n</ol>"]
    return _page(heading(report), parts)


def _wrong(line: Line) -> str:
    pairs = [("Given", line.given), ("Right", line.right), ("Why", line.why)]
    if line.note is not None:
        pairs = [("Note", line.note)]
    pairs += [("Read", cite) for cite in line.cites]
    listed = "".join(f"<dt>{name}</dt><dd>{_text(value)}</dd>" for name, value in pairs)
    return f'<li value="{line.number}">{_text(line.stem or line.item)}<dl>{listed}</dl></li>'


def class_html(report: ClassReport) -> str:
    """The page on many attempts."""
    parts = [_paragraph(overview(report))]
    if report.left_out:
        parts.append(_paragraph(left_out(report)))
    if report.topics:
        bars = [(one.topic, one.facility) for one in report.topics]
        rows = [
            (one.topic, percent(one.facility), f"{one.items:,}", f"{one.answers:,}")
            for one in report.topics
        ]
        header = ("Topic", "Mean share of the mark", "Items", "Answers")
        parts += [
            chart("Topics, the weakest first", bars),
            _table("Topics, the weakest first", header, rows),
        ]
    if report.items:
        parts.append(
            _table(
                "Items, the hardest first",
                ("Item", "Facility", "Discrimination", "Correlation", "Answers", "Topic, note"),
                [
                    (
                        one.item,
                        decimal(one.facility),
                        decimal(one.discrimination),
                        decimal(one.correlation),
                        f"{one.answers:,}",
                        "; ".join(filter(None, (one.topic, doubt(one)))),
                    )
                    for one in report.items
                ],
                texts=(5,),
            )
        )
    return _page("Results of many attempts", parts)


def chart(title: str, bars: Sequence[tuple[str, float]]) -> str:
    """A bar chart of shares from 0 to 1. Who cannot see it is told what it shows in one text."""
    told = "; ".join(f"{name}: {percent(share)}" for name, share in bars)
    width, height = _NAMES + _WIDTH + _AFTER, _ROW * len(bars)
    drawn = "\n".join(_bar(place, name, share) for place, (name, share) in enumerate(bars))
    label = _text(f"{title}. {told}")
    return (
        f'<svg role="img" aria-label="{label}" viewBox="0 0 {width} {height}">\n'
        f"<title>{_text(title)}</title>\n{drawn}\n</svg>"
    )


def _bar(place: int, name: str, share: float) -> str:
    top, middle = place * _ROW + 4, place * _ROW + _ROW * 0.65
    short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 3]}..."
    frame = f'x="{_NAMES}" y="{top}" height="{_ROW - 8}"'
    return (
        f'<text x="{_NAMES - 8}" y="{middle:g}" text-anchor="end" font-size="13">{_text(short)}'
        "</text>"
        f'<rect {frame} width="{_WIDTH}" fill="none" stroke="#767676"/>'
        f'<rect {frame} width="{share * _WIDTH:.1f}" fill="#1d4f91"/>'
        f'<text x="{_NAMES + _WIDTH + 8}" y="{middle:g}" font-size="13">{percent(share)}</text>'
    )


def _table(
    caption: str, header: Sequence[str], rows: Iterable[Sequence[str]], texts: Sequence[int] = ()
) -> str:
    """A table whose first column names its rows; the others hold figures, but for ``texts``."""
    head = "".join(f'<th scope="col">{_text(name)}</th>' for name in header)
    body = "\n".join(f"<tr>{''.join(_cells(row, texts))}</tr>" for row in rows)
    return (
        f"<table>\n<caption>{_text(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>"
    )


def _cells(row: Sequence[str], texts: Sequence[int]) -> Iterator[str]:
    yield f'<th scope="row">{_text(row[0])}</th>'
    for place, cell in enumerate(row[1:], 1):
        kind = "" if place in texts else ' class="figure"'
        yield f"<td{kind}>{_text(cell)}</td>"


def _paragraph(text: str, strong: bool = False) -> str:
    return f"<p><strong>{_text(text)}</strong></p>" if strong else f"<p>{_text(text)}</p>"


def _page(title: str, parts: Sequence[str]) -> str:
    body = "\n".join(parts)
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_text(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>{_text(title)}</h1>
{body}
</main>
</body>
</html>
"""


def _text(text: str) -> str:
    """Safe as text and in an attribute; lone halves of characters cannot be written to a file."""
    return escape(without_controls(text).encode("utf-8", "replace").decode(), quote=True)
