"""``assistant`` alone: the conversation, in the terminal interface or line by line."""

import argparse

from assistant.cli.session import can_show_screens
from assistant.interface.settings import read_settings
from assistant.library.home import settings_file


def run(options: argparse.Namespace) -> int:
    """Open the terminal interface, or the line mode where it is asked for or the terminal cannot
    show more."""
    settings = read_settings(settings_file())
    if options.plain or settings.plain or not can_show_screens():
        from assistant.cli.line_mode import converse

        return converse(settings)
    from assistant.tui.app import AssistantApp

    app = AssistantApp(settings=settings)
    app.run(mouse=settings.mouse and not options.no_mouse)
    return app.return_code or 0
