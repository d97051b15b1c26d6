"""``assistant reindex``: the library compiled anew and swapped in."""

import argparse

from assistant.cli.session import note, the_library


def run(options: argparse.Namespace) -> int:
    """Compile the library; content faults leave the old one in place."""
    library = the_library(anew=True)
    note(
        f"The library holds {len(library.guidance.places)} sections "
        f"and {len(library.intents)} answers."
    )
    return 0
