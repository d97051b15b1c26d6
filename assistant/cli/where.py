"""``assistant where``: every folder and file that is read or written."""

import argparse

from assistant.library.content import find_content
from assistant.library.home import asked, home, published, results, settings_file
from assistant.library.store import folder_of


def run(options: argparse.Namespace) -> int:
    """Print what each place is for and where it is, one a line."""
    content = find_content()
    for what, path in (
        ("publications (read)", content.corpus),
        ("questions and answers (read)", content.questions),
        ("settings (read, TOML)", settings_file()),
        ("everything written (ASSISTANT_HOME)", home()),
        ("published texts (written by import)", published()),
        ("compiled library (written when the content changed)", folder_of(content)),
        ("refused questions (written only with log_refused = true in the settings)", asked()),
        ("quiz results (written when a quiz is taken)", results()),
    ):
        print(f"{what}: {path}")
    return 0
