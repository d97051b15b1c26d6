"""``assistant`` alone: the conversation, in the terminal interface or line by line."""

import argparse
import os
import sys


def run(options: argparse.Namespace) -> int:
    """Open the terminal interface, or the line mode where it is asked for or the terminal cannot
    show more."""
    if options.plain or not _can_show_screens():
        from assistant.cli.line_mode import converse

        return converse()
    from assistant.tui.app import AssistantApp

    AssistantApp().run()
    return 0


def _can_show_screens() -> bool:
    return (
        sys.stdin.isatty()
        and sys.stdout.isatty()
        and os.environ.get("TERM", "") not in ("", "dumb")
    )
