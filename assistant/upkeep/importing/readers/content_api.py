"""What the Content API of GOV.UK says of a page, saved as JSON, read as the page itself is."""

import html
from collections.abc import Iterator
from typing import Any

import msgspec

from assistant.upkeep.importing.elements import Reading
from assistant.upkeep.importing.limits import Refused
from assistant.upkeep.importing.readers.html_page import read_markup


def read_content_api(data: bytes) -> Reading:
    """The title, the body, the parts and the HTML of attachments, in this order.

    Raises Refused where it is not JSON, or holds none of them.
    """
    try:
        page = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Refused(f"it is not JSON: {error}") from error
    if not isinstance(page, dict) or not isinstance(page.get("details"), dict):
        raise Refused("this JSON is not that of a GOV.UK page (`details` is missing)")
    pieces = [piece for piece in _pieces(page["details"]) if piece.strip()]
    if not pieces:
        raise Refused("the page has no text (`details.body`, `details.parts` or an attachment's)")
    title = _text(page.get("title"))
    heading = f"<h1>{html.escape(title)}</h1>" if title else ""
    reading = read_markup(f"<main>{heading}{''.join(pieces)}</main>", "json")
    reading.title = title
    reading.published = _text(page.get("first_published_at"))
    reading.updated = _text(page.get("public_updated_at"))
    return reading


def _pieces(details: dict[str, Any]) -> Iterator[str]:
    yield _markup(details.get("body"))
    for part in _entries(details.get("parts")):
        title = _text(part.get("title"))
        body = _markup(part.get("body"))
        yield f"<h2>{html.escape(title)}</h2>{body}" if title else body
    for attachment in _entries(details.get("attachments")):
        for field in ("body", "content"):
            yield _markup(attachment.get(field))


def _markup(body: object) -> str:
    """HTML as the API gives it: a text, or a list of texts by kind of content."""
    if isinstance(body, str):
        return body
    for entry in _entries(body):
        if entry.get("content_type") == "text/html":
            return _text(entry.get("content"))
    return ""


def _entries(value: object) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
