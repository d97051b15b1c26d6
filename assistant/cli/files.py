"""Files that the user named, written whole or not at all."""

import os
from pathlib import Path

from assistant.errors import AssistantError

STANDARD_OUTPUT = "-"


def write_text(name: str | Path, text: str) -> None:
    """Write ``text`` as the file ``name``, or to standard output for ``-``. Raises AssistantError
    where it cannot be written."""
    if name == STANDARD_OUTPUT:
        print(text, end="")
        return
    path = Path(name)
    new = path.with_name(f".new-{os.getpid()}-{path.name}")
    try:
        new.write_text(text, encoding="utf-8", newline="\n")
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise AssistantError(f"{path} cannot be written: {error.strerror}") from error
