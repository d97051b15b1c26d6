"""A DOCX read by way of HTML: its own headings, lists, tables, footnotes; nothing that it links
to."""

import io
import re
import zipfile
import zlib

from assistant.upkeep.importing.elements import Reading
from assistant.upkeep.importing.limits import ZIP_BYTES, ZIP_ENTRIES, ZIP_RATIO, Refused
from assistant.upkeep.importing.readers.html_page import read_markup

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => p:fresh
"""
_MAIN = "word/document.xml"
_XML = (".xml", ".rels")
_SMALL = 100_000
_CHUNK = 1 << 16


def read_docx(data: bytes) -> Reading:
    """The text of a DOCX. Raises Refused where it is none, or holds what no guidance needs: parts
    that unpack without measure, declarations of entities."""
    # Imported here: only who imports published texts has this library.
    import mammoth

    safe = _unpacked_within_limits(data)
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(safe),
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=mammoth.images.img_element(lambda image: {}),
        )
    except RecursionError as error:
        raise Refused("it is nested too deeply to be a document") from error
    except Exception as error:  # the library lets through whatever its XML and ZIP readers raise
        raise Refused(f"it cannot be read as a DOCX: {_one_line(error)}") from error
    reading = read_markup(f"<main>{result.value}</main>", "docx")
    return reading


def _unpacked_within_limits(data: bytes) -> bytes:
    """A DOCX with the XML parts of ``data`` alone, every one of them measured while it is unpacked
    and free of declarations."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
            if len(entries) > ZIP_ENTRIES:
                raise Refused(f"it has more than {ZIP_ENTRIES:,} parts")
            if _MAIN not in packed.namelist():
                raise Refused(f"it is a ZIP, but no DOCX: {_MAIN} is missing")
            names = [entry.filename for entry in entries]
            if len(names) != len(set(names)):
                raise Refused("it holds two parts of one name")
            safe = io.BytesIO()
            total = 0
            with zipfile.ZipFile(safe, "w") as clean:
                for entry in entries:
                    if not entry.filename.endswith(_XML):
                        continue
                    content = _part(packed, entry, ZIP_BYTES - total)
                    total += len(content)
                    clean.writestr(entry.filename, content)
            return safe.getvalue()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError) as error:
        raise Refused(f"it cannot be unpacked: {_one_line(error)}") from error
    except (NotImplementedError, RuntimeError) as error:
        raise Refused(f"it is packed in a way that is not read: {_one_line(error)}") from error


def _part(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    most = max(_SMALL, entry.compress_size * ZIP_RATIO)
    with packed.open(entry) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > room or size > most:
                raise Refused("a part of it unpacks to more than a document needs")
            pieces.append(piece)
    content = b"".join(pieces)
    bare = content.replace(b"\0", b"")
    if re.search(rb"<!\s*(?:DOCTYPE|ENTITY)", bare, re.IGNORECASE):
        raise Refused("its XML declares entities, which no document needs")
    return content


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
