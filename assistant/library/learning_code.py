"""The part of the program that a matcher depends on beside what it learns from."""

import zlib
from pathlib import Path

MATCHING = Path(__file__).resolve().parent.parent / "matching"


def learning_files() -> list[Path]:
    """The modules that match and train, and the word vectors, in an order that does not depend on
    the machine."""
    return [*sorted(MATCHING.rglob("*.py")), *sorted((MATCHING / "vectors").glob("*.*"))]


def learning_marks() -> list[str]:
    """A checksum of each of ``learning_files``."""
    return [str(zlib.crc32(path.read_bytes())) for path in learning_files()]
