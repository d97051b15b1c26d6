"""The keys that work now, in one line at the bottom."""

from collections.abc import Iterator
from typing import Any

from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Static

from assistant.interface.actions import key_name

_HELP = "app.help"


class KeyLine(Static):
    """The keys that work where the focus is, as far as there is room; a click presses one.

    One text in one widget: Textual's own footer makes a widget a key whenever the focus changes,
    which takes longer than everything else on the screen.
    """

    ALLOW_SELECT = False

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def on_unmount(self) -> None:
        """Follow it no longer."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _follow(self, screen: Screen[Any]) -> None:
        if self.is_attached and screen is self.screen and screen.app.app_focus:
            self.update(Content("  ").join(self._keys()))

    def _keys(self) -> Iterator[Content]:
        shown = set()
        # What explains all the others is never cut off.
        keys = sorted(self.screen.active_bindings.values(), key=lambda one: one.binding.id != _HELP)
        for _, binding, enabled, _ in keys:
            if binding.show and enabled and binding.action not in shown:
                shown.add(binding.action)
                pressed = Style.from_meta({"@click": f"app.simulate_key({binding.key!r})"})
                key = (key_name(binding.key), "bold $footer-key-foreground")
                yield Content.assemble(key, f" {binding.description}").stylize(pressed)
