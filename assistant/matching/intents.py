"""Intents: what people ask, with the answer, the places that prove it and the ways it is put."""

from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from assistant.guidance.citations import Citation

LONGEST_TEXT = 220
"""The most words that the text of an answer may have."""


class Voice(StrEnum):
    """Who is asking. Voices differ in words, so matching is judged on voices left out of
    training."""

    RESPONSE = "response"
    CUSTODY = "custody"
    DETECTIVE = "detective"
    LIAISON = "liaison"
    IMMIGRATION = "immigration"
    SAFEGUARDING = "safeguarding"
    TRAINER = "trainer"
    STUDENT = "student"


class Reason(StrEnum):
    """Why a question is refused."""

    NOT_COVERED = "not-covered"
    OFF_TOPIC = "off-topic"
    NOT_UNDERSTOOD = "not-understood"
    PERSONAL_DATA = "personal-data"


class Intent(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """One askable fact or short procedure.

    ``answer`` is Markdown: the fact first, its conditions and exceptions always with it. The first
    of
    ``citations`` carries the answer. ``see`` names neighbouring intents; ``dialogue`` the one to
    walk.
    """

    id: str
    title: str
    answer: str
    citations: tuple[str, ...]
    utterances: dict[Voice, tuple[str, ...]]
    see: tuple[str, ...] = ()
    dialogue: str | None = None

    @cached_property
    def section(self) -> str:
        """The citation of the section that carries the answer."""
        return Citation.parse(self.citations[0]).whole_section


class OutsideQuestion(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question that the guidance does not answer, with the section that comes nearest, if any."""

    text: str
    reason: Reason
    voice: Voice
    near: str | None = None


class Questions(NamedTuple):
    """All that people ask: the intents in the order of their files, and the questions to refuse."""

    intents: tuple[Intent, ...]
    outside: tuple[OutsideQuestion, ...]
