"""Memory freed while nobody types.

Looking through all that is on the screen for what can be freed (the oldest generation of Python's
collector) takes a third of a second after some hundred answers, and comes when it likes: in the
middle of a word, or while a section opens. So it is done when the keys have been still for a
while, once.
"""

import gc
import time

from textual import events
from textual.app import App

STILL_SECONDS = 20.0
_NEVER = 1_000_000


class FreesWhenStill(App[None]):
    """An app that frees memory when it has not been used for a moment."""

    _used = 0.0
    _freed = True
    _thresholds = gc.get_threshold()

    def on_mount(self) -> None:
        """Take the collection of what is old into our own hands."""
        self._thresholds = gc.get_threshold()
        gc.set_threshold(*self._thresholds[:2], _NEVER)
        self.set_interval(STILL_SECONDS / 4, self._free_when_still)

    def on_unmount(self) -> None:
        """Leave the collector as it was."""
        gc.set_threshold(*self._thresholds)

    async def on_event(self, event: events.Event) -> None:
        """Take note of every key, click and paste."""
        if isinstance(event, events.InputEvent | events.Paste):
            self._used, self._freed = time.monotonic(), False
        await super().on_event(event)

    def _free_when_still(self) -> None:
        if not self._freed and time.monotonic() - self._used >= STILL_SECONDS:
            self._freed = True
            gc.collect()
