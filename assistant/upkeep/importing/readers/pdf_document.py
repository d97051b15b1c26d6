"""The text of a PDF, page by page, in lines."""

import io
import logging
import warnings

from assistant.upkeep.importing.elements import Reading
from assistant.upkeep.importing.limits import PDF_PAGES, TEXT_CHARACTERS, Refused
from assistant.upkeep.importing.readers.plain_text import lines_of


def read_pdf(data: bytes) -> Reading:
    """The lines of every page. Raises Refused where it is no PDF, is locked, or holds no text."""
    # Imported here: only who imports published texts has this library.
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise Refused("it is locked with a password")
            count = len(reader.pages)
            if count > PDF_PAGES:
                raise Refused(f"it has {count:,} pages; no more than {PDF_PAGES:,} are read")
            pages: list[str] = []
            size = 0
            for page in reader.pages:
                text = page.extract_text()
                size += len(text)
                if size > TEXT_CHARACTERS:
                    raise Refused(f"it has more than {TEXT_CHARACTERS:,} characters of text")
                pages.append(text)
            title = reader.metadata.title if reader.metadata else None
    except Refused:
        raise
    except RecursionError as error:
        raise Refused("its parts refer to one another without end") from error
    except Exception as error:  # the library lets through whatever a broken file makes it raise
        line = " ".join(str(error).split())[:120]
        raise Refused(f"it cannot be read as a PDF: {line or type(error).__name__}") from error
    printed = "\n".join(pages)
    if not printed.strip():
        raise Refused("it holds no text, only pictures of pages; find a copy with text")
    return Reading("pdf", printed, lines=lines_of(pages), title=title or "")
