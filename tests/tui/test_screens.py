"""Whole screens, compared row by row with what was looked at and found good."""

import pytest

from tests.tui.screens import FOLDER, TYPED, screen


@pytest.mark.parametrize("name", TYPED)
async def test_the_screen_is_as_it_was(library: object, name: str) -> None:
    assert await screen(name) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8"), (
        "if it should look so now: python -m tests.tui.screens"
    )
