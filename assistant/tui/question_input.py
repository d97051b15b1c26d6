"""The line to type in, with what was typed before on the arrow keys."""

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input

from assistant.guidance.wording import without_controls

REMEMBERED = 200


class QuestionInput(Input):
    """An input with a history: Up and Down go through it; Down on a fresh line goes to what is
    suggested."""

    BINDINGS = [
        Binding("up", "older", "Earlier", show=False),
        Binding("down", "newer", "Later", show=False),
    ]

    class WantsSuggestions(Message):
        """Down was pressed where nothing newer was typed."""

    def __init__(self, placeholder: str, name: str) -> None:
        """``name`` is the id of the widget."""
        super().__init__(placeholder=placeholder, id=name)
        self.cursor_blink = False
        self._history: list[str] = []
        self._at = 0

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted as one line, without the controls in it."""
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(without_controls(" ".join(event.text.split())))

    def remember(self, typed: str) -> None:
        """Keep ``typed`` as the newest of the history, in memory."""
        if typed and self._history[-1:] != [typed]:
            self._history.append(typed)
            del self._history[:-REMEMBERED]
        self._at = len(self._history)

    def action_older(self) -> None:
        """Show what was typed before."""
        if self._at > 0:
            self._at -= 1
            self._recall(self._history[self._at])

    def action_newer(self) -> None:
        """Show what was typed after, or ask for what is suggested."""
        if self._at >= len(self._history):
            self.post_message(self.WantsSuggestions())
            return
        self._at += 1
        self._recall(self._history[self._at] if self._at < len(self._history) else "")

    def _recall(self, typed: str) -> None:
        with self.prevent(Input.Changed):
            self.value = typed
        self.cursor_position = len(typed)
