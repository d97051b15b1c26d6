"""Published texts for the small content, and homes that hold them."""

from pathlib import Path

from assistant.guidance.model import Publication
from assistant.library.content import Content
from assistant.library.home import published
from assistant.library.model import Library
from assistant.library.store import open_library
from tests.helpers import ROOT

MANUAL = (ROOT / "tests" / "fixtures" / "importing" / "manual.md").read_text(encoding="utf-8")
"""The lighthouse manual as it was published, of which the small content holds a restatement."""

BUOYS = """\
---
id: laying-buoys
title: Laying buoys
publisher: Board of Lights
kind: manual
published: 2022-05-06
applies_to: boatmen
licence: made up for the tests
attribution: Made up for the tests.
edition:
  sha256: cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd
  imported: 2026-11-22
  file: buoys.txt
---

# Laying buoys

## The chain

A chain of forged links holds the red buoy against the spring tide.
"""
"""A publication that nobody has restated."""


def put(name: str, text: str) -> Path:
    """Put a published text into the home, as if it had been accepted."""
    path = published() / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def opened(content: Content, notes: list[str] | None = None) -> Library:
    """The library of ``content``, with the published texts that are in the home."""
    said: list[str] = [] if notes is None else notes
    return open_library(content, lambda what, done, of: None, said.append)


def passages(publication: Publication) -> set[str]:
    """The texts of all passages of a publication."""
    return {passage.text for section in publication.sections for passage in section.passages}
