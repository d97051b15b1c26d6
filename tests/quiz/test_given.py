"""What is typed at an item."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct, convert

from assistant.guidance.content_files import read_yaml
from assistant.quiz.given import LONGEST_TEXT, GivenError, read_given
from assistant.quiz.marking import mark
from assistant.quiz.model import Bank, Difficulty, Number
from tests.quiz.conftest import FIXTURES
from tests.quiz.test_marking import item


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """What is typed, and what it is read as or what is said to it."""

    item: str
    typed: str
    given: list[int] | bool | float | str | None = None
    says: str | None = None


CASES = [convert(one, Case) for one in read_yaml(FIXTURES / "typed.yaml").value]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.item}: {case.typed!r}")
def test_what_is_typed_is_read(bank: Bank, case: Case) -> None:
    asked = item(bank, case.item)
    if case.says is None:
        wanted = tuple(case.given) if isinstance(case.given, list) else case.given
        found = read_given(asked, case.typed)
        assert found == wanted
        assert type(found) is type(wanted)
        mark(asked, found)
    else:
        with pytest.raises(GivenError) as caught:
            read_given(asked, case.typed)
        assert str(caught.value).startswith(case.says)


def test_numbers_and_letters_are_those_of_the_paper(bank: Bank) -> None:
    assert read_given(item(bank, "trim-wick-interval"), "1", (2, 0, 1)) == (2,)
    assert read_given(item(bank, "trim-wick-interval"), "Once a night", (2, 0, 1)) == (2,)
    assert read_given(item(bank, "wick-times"), "1 b", (3, 2, 1, 0)) == (2, 3)
    assert read_given(item(bank, "steps-at-dusk"), "2 3 1", (2, 0, 1)) == (0, 1, 2)


@pytest.mark.parametrize(
    ("unit", "typed"),
    [
        ("working days", "20 working days"),
        ("working days", "20 days"),
        ("working days", "20 working day"),
        ("working days", "20days"),
        ("per cent", "20%"),
        ("pounds", "£20"),
        ("pounds", "£20.00"),
    ],
)
def test_a_number_may_bring_its_unit(unit: str, typed: str) -> None:
    asked = Number(
        id="n", difficulty=Difficulty.EASY, stem="?", why=".", cites=(), key=20, unit=unit
    )
    assert read_given(asked, typed) == 20
    for other in ("20 weeks", "20 working weeks", "$20", "20 %%"):
        with pytest.raises(GivenError):
            read_given(asked, other)


def test_a_long_text_is_told_to_be_shortened(bank: Bank) -> None:
    with pytest.raises(GivenError, match="shorten"):
        read_given(item(bank, "oil-place"), "x" * (LONGEST_TEXT + 1))


@given(st.data())
def test_whatever_is_typed_is_an_answer_or_one_line_that_says_what_is(
    bank: Bank, data: st.DataObject
) -> None:
    asked = data.draw(st.sampled_from([item for topic in bank.topics for item in topic.items]))
    typed = data.draw(st.text(max_size=30) | st.text("0123456789abcdef ,.-£%", max_size=12))
    try:
        found = read_given(asked, typed)
    except GivenError as error:
        assert str(error).isprintable()
    else:
        assert 0 <= mark(asked, found).share <= 1
