"""Memory is freed while nobody types, and the collector is left as it was."""

import gc
import weakref

import pytest

from assistant.tui import freeing
from assistant.tui.freeing import FreesWhenStill


class Cycle:
    """What only the collector can free."""

    def __init__(self) -> None:
        self.itself = self


async def test_what_is_old_is_freed_when_the_keys_are_still(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = gc.get_threshold()
    monkeypatch.setattr(freeing, "STILL_SECONDS", 0.01)
    app = FreesWhenStill()
    async with app.run_test() as pilot:
        held = Cycle()
        kept = weakref.ref(held)
        gc.collect()
        del held  # old, and garbage: a collection of the young does not find it
        gc.collect(1)
        assert kept() is not None
        await pilot.press("x")
        for _ in range(500):
            if kept() is None:
                break
            await pilot.pause(0.01)
        assert kept() is None
    assert gc.get_threshold() == before
