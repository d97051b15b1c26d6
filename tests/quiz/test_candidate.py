"""Codes of candidates: no names."""

import pytest

from assistant.errors import UsageError
from assistant.quiz.candidate import candidate_code


@pytest.mark.parametrize("text", ["K-17", "a", "2026_course.3", "x" * 40, "  K-17 "])
def test_a_code_is_taken(text: str) -> None:
    assert candidate_code(text) == text.strip()


@pytest.mark.parametrize(
    "text", ["", "Jane Doe", "x" * 41, "Zoë", "a/b", "=1", "K-17\n\x1b[31m", "user@example.org"]
)
def test_a_name_is_refused_and_why_is_said(text: str) -> None:
    with pytest.raises(UsageError, match="Results are kept without names") as said:
        candidate_code(text)
    line = str(said.value)
    assert "\n" not in line and "\x1b" not in line and "x" * 41 not in line
