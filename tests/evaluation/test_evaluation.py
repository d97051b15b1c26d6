"""Labels read, answers marked, and the figures of known marks."""

from pathlib import Path

import pytest

from assistant.answers.assistant import Assistant
from assistant.answers.model import Kind
from assistant.answers.transcript import Transcript
from assistant.errors import ContentError
from assistant.evaluation.labels import Label, read_labels
from assistant.evaluation.marks import Mark, figures, mark
from tests.helpers import ROOT, run

LABELS = ROOT / "tests/fixtures/labels.jsonl"


def test_a_file_of_labels_is_read_question_by_question() -> None:
    cases = read_labels(LABELS)
    assert [case.id for case in cases] == ["held", "intent", "outside", "4"]
    assert [len(case.turns) for case in cases] == [1, 1, 1, 2]
    assert cases[0].turns[0].must == (("sergeant", "inspector"), ("in writing",))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "not a labelled question"),
        (b"\xff", "not a labelled question"),
        (b'{"q": " "}', "no question"),
        (b'{"q": "who?"}', "`must` or `intent`"),
        (b'{"q": "who?", "must": [[]]}', "empty"),
        (b'{"turns": [{"q": "who?"}]}', "`must` or `intent`"),
    ],
)
def test_each_fault_of_a_label_names_its_line(tmp_path: Path, line: bytes, said: str) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_bytes(b'{"q": "fine", "kind": "abstain"}\n\n' + line + b"\n")
    with pytest.raises(ContentError) as caught:
        read_labels(file)
    (problem,) = caught.value.problems
    assert (problem.line, problem.code) == (3, "bad-label")
    assert said in problem.message


@pytest.mark.parametrize(
    ("label", "right", "grounded"),
    [
        (Label(q="", intent="section-44-authority"), True, True),
        (Label(q="", intent="red-notice-meaning"), False, False),
        (Label(q="", doc=("app-international",), must=(("INSPECTOR",),)), True, False),
        (Label(q="", doc=("npcc-information-sharing",), must=(("inspector",),)), False, False),
        (Label(q="", doc=("app-international",), must=(("spector",),)), False, False),
        (
            Label(
                q="",
                doc=("app-international",),
                sections=("Section 44 searches",),
                must=(("inspector",), ("nobody", "written", "writing")),
            ),
            True,
            True,
        ),
    ],
)
def test_an_answer_is_right_when_it_holds_what_the_label_asks_for(
    assistant: Assistant, label: Label, right: bool, grounded: bool
) -> None:
    answer = assistant.ask("who signs off a section 44 search", Transcript())
    known = dict(assistant.library.intents)
    known.setdefault("red-notice-meaning", next(i for i in known.values() if "icibi" in i.section))
    found = mark(label, answer, known)
    assert (found.right, found.grounded) == (right, grounded)


def test_the_figures_of_a_few_marks() -> None:
    def one(inside: bool, kind: Kind, right: bool, confidence: float) -> Mark:
        return Mark(inside, kind, right, None, right, right, confidence)

    found = figures(
        [
            one(True, Kind.ANSWER, True, 0.95),
            one(True, Kind.ANSWER, False, 0.85),
            one(True, Kind.REFUSE, False, 0.2),
            one(True, Kind.ANSWER, True, 0.95),
            one(False, Kind.REFUSE, False, 0.1),
            one(False, Kind.ANSWER, False, 0.9),
        ]
    )
    assert found.right == found.in_three == found.grounded == 0.5
    assert found.own is None
    assert found.refused == 0.5
    assert found.confidently_wrong == pytest.approx(2 / 6)
    # Of 8 pairs the refused question (0.1) loses all 4, the answered one (0.9) beats two.
    assert found.separation == pytest.approx(6 / 8)
    # 2 at 0.95, both right; 1 at 0.85, wrong; 1 at 0.9, wrong and in the same tenth as 0.95.
    assert found.calibration_error == pytest.approx((abs(2.8 - 2) + 0.85) / 4)


def test_eval_prints_the_figures_and_lists_what_was_not_right(
    library: object, tmp_path: Path
) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text(
        '{"q": "who signs off a section 44 search", "intent": "section-44-authority"}\n'
        '{"id": "soup", "q": "how do i make soup", "intent": "section-44-authority"}\n'
    )
    said = run("eval", str(file), "--wrong")
    assert said.returncode == 0
    assert "0.500  answered right first" in said.stdout
    assert said.stderr.startswith("soup: how do i make soup (refuse")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"q": "who?", "intent": "no-such-intent"}', ":1: there is no intent 'no-such-intent'"),
        ("", "the file holds no question"),
    ],
)
def test_eval_says_what_is_wrong_with_a_file(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text(text)
    refused = run("eval", str(file))
    assert refused.returncode == 1
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
