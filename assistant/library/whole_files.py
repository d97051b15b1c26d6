"""Files written whole or not at all."""

import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write ``data`` as the file ``path``: under another name beside it, then renamed, so that no
    reader and no killed run ever leaves half of it. Raises OSError where that is not possible."""
    new = path.with_name(f".new-{os.getpid()}-{path.name}")
    try:
        new.write_bytes(data)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
