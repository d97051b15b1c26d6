"""How much of a file is read, and the refusal of more."""

from assistant.errors import AssistantError

MEGABYTE = 1024 * 1024
BYTES = {
    "text": 5 * MEGABYTE,
    "html": 4 * MEGABYTE,
    "json": 8 * MEGABYTE,
    "docx": 20 * MEGABYTE,
    "pdf": 40 * MEGABYTE,
}
"""The most bytes of a file of each kind. The longest guidance that is published has under 1 MB of
text."""

LINES = 100_000
LINE_CHARACTERS = 100_000
TEXT_CHARACTERS = 5_000_000
NESTING = 200
FILES = 200
"""The most files of one call."""

ZIP_ENTRIES = 2_000
ZIP_BYTES = 60 * MEGABYTE
ZIP_RATIO = 150
"""How many times its size a part of a DOCX may have unpacked (XML of Word has 10 to 40 times)."""

PDF_PAGES = 1_000
SECONDS = 40
MEMORY = 1_500 * MEGABYTE
"""What reading one file other than text may take."""


class Refused(AssistantError):
    """A file that is not imported, with the reason in one line."""
