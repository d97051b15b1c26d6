"""``assistant show``: the section that a citation names."""

import argparse
from datetime import date

from assistant.cli.lines import section_lines
from assistant.cli.session import the_library
from assistant.guidance.citations import Citation


def run(options: argparse.Namespace) -> int:
    """Print the section; 1 where the citation leads nowhere."""
    citation = Citation.parse(options.citation)
    place = the_library().shown(citation)
    print("\n".join(section_lines(place, date.today())).rstrip())
    return 0
