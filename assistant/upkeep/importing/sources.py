"""The files that are to be imported: found, told apart by what they hold, read within limits."""

import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.upkeep.importing.elements import Reading
from assistant.upkeep.importing.limits import BYTES, FILES, Refused

ENDINGS = (".txt", ".md", ".html", ".htm", ".json", ".docx", ".pdf")
"""What the names of files in a folder end with that are taken; a file named itself may have any."""


class Source(NamedTuple):
    """The bytes of a file, with the kind that they are (``text``, ``html``, ``json``, ``docx``,
    ``pdf``)."""

    name: str
    kind: str
    data: bytes


def files_of(paths: Sequence[Path]) -> list[Path]:
    """The files that ``paths`` name, those of folders with them (not of folders within).

    Raises Refused where a folder holds none, or where there are too many.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = [
                file
                for file in sorted(path.iterdir())
                if file.suffix.lower() in ENDINGS and not file.name.startswith(".")
            ]
            if not inside:
                raise Refused(f"{path} holds no file that can be imported ({', '.join(ENDINGS)})")
            found += inside
        else:
            found.append(path)
    if len(found) > FILES:
        raise Refused(f"{len(found)} files at once are too many; the most is {FILES}")
    return found


def read_source(path: Path) -> Source:
    """The bytes of ``path``, no more than a file of its kind may have. Raises Refused."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Refused("it is not a file")
        most = max(BYTES.values())
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise Refused(f"it cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise Refused("its name cannot be that of a file") from error
    kind = kind_of(data)
    if len(data) > BYTES[kind]:
        raise Refused(f"it has more than {BYTES[kind] // 2**20} MB, the most for {kind}")
    return Source(path.name, kind, data)


def kind_of(data: bytes) -> str:
    """What ``data`` is by its own marks; text where it has none."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf\t\r\n ")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    if start.startswith((b"{", b"[{")):
        return "json"
    lower = data[:4096].lower()
    if start.startswith(b"<") and (
        b"<html" in lower or b"<!doctype html" in lower or b"<body" in lower
    ):
        return "html"
    if start.lower().startswith((b"<h1", b"<main", b"<article", b"<div", b"<p>", b"<section")):
        return "html"
    return "text"


def reader_of(kind: str) -> Callable[[bytes], Reading]:
    """What reads files of ``kind``; its libraries are loaded when it does."""
    if kind == "html":
        from assistant.upkeep.importing.readers.html_page import read_html as read
    elif kind == "json":
        from assistant.upkeep.importing.readers.content_api import read_content_api as read
    elif kind == "docx":
        from assistant.upkeep.importing.readers.word_document import read_docx as read
    elif kind == "pdf":
        from assistant.upkeep.importing.readers.pdf_document import read_pdf as read
    else:
        from assistant.upkeep.importing.readers.plain_text import read_text as read
    return read
