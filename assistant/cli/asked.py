"""``assistant asked``: what was asked in vain, by likeness, for those who write the answers."""

import argparse

from assistant.cli.session import note
from assistant.interface.asked import forget, grouped, kept
from assistant.interface.settings import read_settings
from assistant.library.home import asked, settings_file


def run(options: argparse.Namespace) -> int:
    """Print the questions, grouped, or delete them."""
    if options.forget:
        forget(asked())
        note("What was asked in vain is forgotten.")
        return 0
    for group in grouped(kept(asked())):
        first, *others = group.questions
        print(f"{group.times:>4}  {first}")
        for other in others:
            print(f"      {other}")
    if not read_settings(settings_file()).log_refused:
        note(f"Nothing is kept: log_refused = true in {settings_file()} turns it on.")
    return 0
