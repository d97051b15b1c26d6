"""The page that explains: the words and keys of a screen, and the widget that has the focus."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from assistant.guidance.wording import OTHER_WORDS
from assistant.interface.actions import Where, help_lines
from assistant.tui.key_line import KeyLine

_ABOUT = f"""Every answer names its source, the source's date and whether it is current, past its
review date or historical. What no source answers is refused.
{OTHER_WORDS}"""


class HelpScreen(ModalScreen[None]):
    """What can be typed and pressed, and what the widget that has the focus is for."""

    BINDINGS = [Binding("escape,f1,enter", "dismiss", "Close", id="help.close")]

    def __init__(self, where: Where, focused: Widget | None) -> None:
        super().__init__()
        self._where = where
        self._about = next(
            (one.HELP for one in (focused.ancestors_with_self if focused else ()) if one.HELP), None
        )

    def compose(self) -> ComposeResult:
        """One page of text."""
        parts = [Content.assemble(("Keys and words", "bold"))]
        if self._about:
            parts.append(Content(self._about))
        parts.append(Content("\n".join(help_lines(self._where, keys=True))))
        parts.append(Content(_ABOUT))
        with VerticalScroll(id="help"):
            yield Static(Content("\n\n").join(parts))
        yield KeyLine()
