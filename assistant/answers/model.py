"""What the assistant says: the Answer that every face shows and ``--json`` prints."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from assistant.guidance.model import Status
from assistant.matching.intents import Reason


class Kind(StrEnum):
    """What an answer is: an answer, a question back to the user, or a refusal."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    REFUSE = "refuse"


class CitedPassage(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A source of an answer: where it stands, how old it is, and what it says there.

    ``section`` is the path of headings; ``anchor`` the citation as text; ``updated`` the date of
    the publication's last change. ``edition`` names the published edition that ``text`` quotes;
    None, and left out of what is printed, where it is the restatement.
    """

    document: str
    title: str
    publisher: str
    section: tuple[str, ...]
    anchor: str
    paragraph: str | None
    updated: date
    status: Status
    text: str
    edition: str | None = None


class Alternative(Struct, frozen=True, kw_only=True):
    """A next-best answer, complete in itself."""

    intent: str | None
    text: str
    confidence: float
    citations: tuple[CitedPassage, ...]


class Premise(Struct, frozen=True):
    """What the question takes as given, and what the guidance says instead."""

    stated: str
    guidance: str


class Answer(Struct, frozen=True, kw_only=True):
    """The answer to one question; the fields are those of the command line's contract."""

    question: str
    kind: Kind
    reason: Reason | None = None
    text: str
    intent: str | None = None
    confidence: float = 0.0
    citations: tuple[CitedPassage, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    warnings: tuple[str, ...] = ()
    premise: Premise | None = None
    walkthrough: str | None = None
