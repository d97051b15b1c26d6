"""``assistant`` alone: the conversation, in the terminal interface or line by line."""

import argparse

from assistant.cli.session import can_show_screens


def run(options: argparse.Namespace) -> int:
    """Open the terminal interface, or the line mode where it is asked for or the terminal cannot
    show more."""
    if options.plain or not can_show_screens():
        from assistant.cli.line_mode import converse

        return converse()
    from assistant.tui.app import AssistantApp

    AssistantApp().run()
    return 0
