"""YAML files as they were parsed before: read again, content is checked in a third of the time."""

import contextlib
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from assistant.guidance.content_files import Parsed, remembering
from assistant.library.home import libraries
from assistant.library.whole_files import write_whole

FORM = "1"
"""Raised when YAML is parsed in another way."""

_CHECKSUM = 4


def parsed_file() -> Path:
    """The file that holds what was parsed."""
    return libraries() / f"parsed-{FORM}.msgpack"


@contextlib.contextmanager
def parsed_before() -> Iterator[None]:
    """While it lasts, YAML files are parsed once, now or in an earlier run; what is new is kept at
    the end, where that is possible, and what was not asked for is not kept any longer."""
    path = parsed_file()
    parsed = _Asked(_read(path))
    with remembering(parsed):
        yield
    if parsed.asked == parsed.kept.keys():
        return
    kept = {key: one for key in sorted(parsed.asked) if _survives(one := parsed[key])}
    if kept.keys() == parsed.kept.keys():
        return
    data = msgspec.msgpack.encode(kept)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, zlib.crc32(data).to_bytes(_CHECKSUM, "big") + data)


class _Asked(dict[str, Parsed]):
    """What was parsed, with the keys that were asked for."""

    def __init__(self, kept: dict[str, Parsed]) -> None:
        super().__init__(kept)
        self.kept = kept
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> Parsed:
        self.asked.add(key)
        return super().__getitem__(key)


def _survives(one: Parsed) -> bool:
    """Whether ``one`` is read again as it was: a date would not be."""
    return bool(msgspec.msgpack.decode(msgspec.msgpack.encode(one.value)) == one.value)


def _read(path: Path) -> dict[str, Parsed]:
    try:
        data = path.read_bytes()
        if zlib.crc32(data[_CHECKSUM:]) == int.from_bytes(data[:_CHECKSUM], "big"):
            return msgspec.msgpack.decode(data[_CHECKSUM:], type=dict[str, Parsed])
    except (OSError, msgspec.DecodeError):
        return {}
    return {}
