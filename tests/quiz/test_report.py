"""Reports: what they tell and when, as text, as CSV that runs nothing, as a page that loads
nothing."""

import csv
import io
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from assistant.quiz.attempt import Attempt, Mode, Rules, begin, finish, give
from assistant.quiz.candidate import candidate_code
from assistant.quiz.model import Given
from assistant.quiz.report import AttemptReport, ClassReport, attempt_report, class_report, percent
from assistant.quiz.report_csv import as_csv, attempt_csv, items_csv, topics_csv
from assistant.quiz.report_html import attempt_html, class_html
from assistant.quiz.report_text import attempt_lines, chart, class_lines
from assistant.quiz.results.kept import Kept
from assistant.quiz.statistics import AttemptFigures, Tally
from tests.quiz.bank import ITEMS, PAPER, TITLES
from tests.quiz.made import DRAWN, START, later

NASTY = '=HYPERLINK("http://x")<script>alert(1)</script>\x1b[31m\x00\ud800"\''
GIVEN: dict[int, tuple[Given, float]] = {
    0: ((0,), 1),
    1: ((0, 2), 0.5),
    2: (False, 0),
    3: ((1, 0, 2), 0.5),
    5: (NASTY, 0),
    6: ((0,), 1),
}


def answered(mode: Mode, pass_mark: float | None = 0.5) -> Attempt:
    now = begin(PAPER, Rules(mode, pass_mark), START)
    for position, (what, share) in GIVEN.items():
        step = give(now, position, what, share, later(position))
        assert step.refused is None
        now = step.attempt
    return now


def reported(now: Attempt) -> AttemptReport:
    kept = Kept(12, now, DRAWN, 7, candidate_code("K-17"), "1.2.3")
    return attempt_report(kept, ITEMS, TITLES)


@pytest.fixture
def report() -> AttemptReport:
    """An assessed attempt, handed in with one question unanswered."""
    return reported(finish(answered(Mode.ASSESSED), later(20)))


@pytest.fixture
def of_a_class() -> ClassReport:
    """Two topics; the stronger candidates fail an item whose key is wrong."""
    tallies = [
        Tally("wrong-key", "lamp", "as now", 0, 2, 3, 8),
        Tally("wrong-key", "lamp", "as now", 1, 1, 3, 8),
        Tally("=easy", "<stair>", "as now", 1, 2, 3, 8),
        Tally("=easy", "<stair>", "as now", 0, 1, 3, 8),
        Tally("old", "stair", "as before", 0, 1, 3, 5),
    ]
    figures = AttemptFigures(20, 16, 9, 7, 16, 0.6)
    return class_report(figures, tallies, {"wrong-key": "as now", "=easy": "as now"}, TITLES)


def test_an_attempt_tells_the_score_by_topic_and_whether_it_was_passed(
    report: AttemptReport,
) -> None:
    text = attempt_lines(report)
    assert text[:3] == [
        "Attempt 12 (assessed, candidate K-17)",
        "Started 21 November 2026, 09:30 UTC, ended 21 November 2026, 09:50 UTC; 6 of 7 questions "
        "answered.",
        "Score: 42.8 % (3 of 7); pass mark 50 %; not passed.",
    ]
    assert "  The lamp & its oil  ##########..........     50 %  of 4" in text
    assert "  The stair           #######.............   33.3 %  of 3" in text


def test_what_was_wrong_comes_with_what_is_right_why_and_what_to_read(
    report: AttemptReport,
) -> None:
    text = "\n".join(attempt_lines(report))
    assert (
        """
2. What is taken up the stair?
   given: A lantern; A bucket
   right: A lantern; A cloth
   why:   A lantern and a cloth are.
   read:  lighthouse-manual#the-lamp/1.3
   read:  lighthouse-manual#the-lamp/1.4
"""
        in text
    )
    assert "5. How many steps has the stair?\n   given: no answer\n   right: 99 (steps)\n" in text
    assert "Where is the lamp oil kept?" not in text
    assert "\x1b" not in text and "\x00" not in text


def test_nothing_is_told_of_an_assessed_attempt_before_its_end() -> None:
    unfinished = reported(answered(Mode.ASSESSED))
    for text in ("\n".join(attempt_lines(unfinished)), attempt_html(unfinished)):
        assert "Not finished; the score is told at the end." in text
        assert "true" not in text and "The lamp &" not in text
    assert len(attempt_csv(unfinished).splitlines()) == 1


def test_practice_tells_of_what_was_answered_so_far() -> None:
    text = "\n".join(attempt_lines(reported(answered(Mode.PRACTICE))))
    assert "Score: 50 % (3 of 6); pass mark 50 %; not finished." in text
    assert "How many steps" not in text
    assert "What is taken up the stair?" in text


def test_without_a_pass_mark_only_the_score_is_told() -> None:
    ended = finish(answered(Mode.PRACTICE, None), later(9))
    assert "Score: 50 % (3 of 6)." in attempt_lines(reported(ended))


def test_an_item_that_was_reworded_or_removed_is_named_and_not_shown() -> None:
    kept = Kept(1, finish(answered(Mode.ASSESSED), later(9)), DRAWN, 7, None, "1")
    items = {name: item for name, item in ITEMS.items() if name != "dusk"}
    items["taken"] = replace(items["taken"], stem="What is carried up?")
    text = "\n".join(attempt_lines(attempt_report(kept, items)))
    assert "2. taken: this item was worded differently when it was answered\n   read:" in text
    assert "3. dusk: this item is not in the bank any more" in text
    assert "A bucket" not in text and "What is carried up?" not in text


def test_a_class_is_told_its_weakest_topics_and_doubtful_items(of_a_class: ClassReport) -> None:
    text = "\n".join(class_lines(of_a_class))
    assert text.startswith(
        "20 attempts, 16 ended, by 16 candidate codes; 9 passed, 7 not passed; mean score 60 %.\n"
        "5 answers to items that have been reworded or removed since are left out.\n"
    )
    assert "##########..........     50 %  of 16 answers" in text
    rows = [line.split() for line in text.splitlines() if line.startswith(("  =easy", "  wrong"))]
    assert rows[0] == ["=easy", "16", "0.50", "1.00", "-"]
    assert "-1.00" in rows[1]
    assert "look at the key: the weaker candidates answer it better" in text


def test_a_class_without_attempts_has_a_report_too() -> None:
    empty = class_report(AttemptFigures(0, 0, 0, 0, 0, None), [])
    assert class_lines(empty) == ["0 attempts, 0 ended, by 0 candidate codes."]
    assert len(items_csv(empty).splitlines()) == len(topics_csv(empty).splitlines()) == 1
    Page(class_html(empty))


@pytest.mark.parametrize(
    "share, said", [(0, "0 %"), (1, "100 %"), (0.69999, "69.9 %"), (0.7, "70 %"), (1 / 3, "33.3 %")]
)
def test_a_share_is_never_rounded_up_to_a_pass_mark(share: float, said: str) -> None:
    assert percent(share) == said


@given(st.lists(st.tuples(st.text(), st.floats(0, 1), st.just("of 3"))))
def test_every_bar_of_a_chart_is_one_line_of_the_same_width(
    bars: list[tuple[str, float, str]],
) -> None:
    lines = chart(bars)
    assert len(lines) == len(bars)
    assert len({len(line) for line in lines}) <= 1
    for line, (_, share, of) in zip(lines, bars, strict=True):
        bar = line[-len(of) - 31 : -len(of) - 11]
        assert bar == "#" * round(share * 20) + "." * (20 - round(share * 20))


def test_csv_holds_every_question_with_numbers_as_numbers(report: AttemptReport) -> None:
    rows = list(csv.DictReader(io.StringIO(attempt_csv(report), newline="")))
    assert [row["number"] for row in rows] == [str(number) for number in range(1, 8)]
    assert [row["share"] for row in rows] == ["1", "0.5", "0", "0.5", "0.0", "0", "1"]
    assert rows[1]["read"] == "lighthouse-manual#the-lamp/1.3 lighthouse-manual#the-lamp/1.4"
    assert rows[5]["given"].startswith("'=HYPERLINK")


def test_csv_of_a_class_keeps_negative_figures_as_numbers(of_a_class: ClassReport) -> None:
    items = {row["item"]: row for row in csv.DictReader(io.StringIO(items_csv(of_a_class)))}
    assert items["wrong-key"]["discrimination"] == "-1.0"
    assert "'=easy" in items
    assert topics_csv(of_a_class).splitlines()[0] == "topic,items,answers,facility"


@given(st.lists(st.text(alphabet=st.characters(), max_size=12), min_size=1, max_size=5))
def test_no_cell_of_csv_begins_a_formula_and_every_file_can_be_written(cells: list[str]) -> None:
    text = as_csv(["name"] * len(cells), [cells, [f"={cell}" for cell in cells]])
    text.encode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == 3
    for row in rows[1:]:
        assert len(row) == len(cells)
        assert not any(
            cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row
        )


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝"])  # noqa: RUF001
def test_what_begins_like_a_formula_gets_an_apostrophe(sign: str) -> None:
    _, row = csv.reader(io.StringIO(as_csv(["name"], [[f"{sign}1"]]), newline=""))
    assert row == [f"'{sign}1"]


class Page(HTMLParser):
    """A page as a browser reads it: every tag with what it has, all closed in turn."""

    EMPTY = ("meta", "rect")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, *names: str) -> Iterator[dict[str, str | None]]:
        """What every such tag has."""
        return (has for tag, has in self.tags if tag in names)


@pytest.mark.parametrize("kind", ["attempt", "class"])
def test_a_page_stands_alone_and_is_for_everybody(
    kind: str, report: AttemptReport, of_a_class: ClassReport
) -> None:
    text = attempt_html(report) if kind == "attempt" else class_html(of_a_class)
    text.encode()
    page = Page(text)
    assert not list(page.all("script", "link", "img", "iframe", "object", "base", "form"))
    for tag, has in page.tags:
        assert not {"src", "href", "style", "xlink:href"} & set(has), tag
        assert not any(name.startswith("on") for name in has), tag
    assert "url(" not in text and "@import" not in text
    assert [has["lang"] for has in page.all("html")] == ["en-GB"]
    assert all(has.get("scope") in ("col", "row") for has in page.all("th"))
    assert len(list(page.all("caption"))) == len(list(page.all("table"))) > 0
    assert len(list(page.all("h1"))) == 1
    (drawn,) = page.all("svg")
    assert drawn["role"] == "img"
    assert "50 %" in (drawn["aria-label"] or "")
    assert len(list(page.all("rect"))) == 4


def test_a_page_tells_what_was_wrong_and_runs_nothing_that_was_given(
    report: AttemptReport,
) -> None:
    page = Page(attempt_html(report))
    told = "".join(page.texts)
    assert "Score: 42.8 % (3 of 7); pass mark 50 %; not passed." in told
    assert "<script>alert(1)</script>" in told  # as text
    assert "\x1b" not in told and "\x00" not in told
    assert [has["value"] for has in page.all("li")] == ["2", "3", "4", "5", "6"]
    assert "lighthouse-manual#the-lamp/1.4" in told
