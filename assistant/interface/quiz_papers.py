"""Papers for quizzes, drawn from the library: what a mode leaves out, and what it asks first."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from assistant.errors import UsageError
from assistant.library.model import Library
from assistant.quiz.attempt import Mode
from assistant.quiz.model import Scenario
from assistant.quiz.paper import Paper, Wanted, draw, sections
from assistant.quiz.revision import draw_due
from assistant.quiz.schedule import Card

USUAL_NUMBER = 10
"""Items of a paper where nobody says how many."""

SEEDS = 1_000_000
"""Seeds that are chosen by chance lie below this: short enough to be read out."""


def draw_paper(
    library: Library,
    wanted: Wanted,
    seed: int,
    mode: Mode,
    now: datetime,
    cards: Iterable[Card] = (),
) -> Paper:
    """The paper of ``seed`` for ``mode``: to revise, what of the ``cards`` is due at ``now``; to
    assess, nothing whose passage has changed since somebody reviewed it. Raises UsageError where it
    cannot be drawn."""
    held_back = library.stale_items if mode is Mode.ASSESSED else frozenset[str]()
    if mode is Mode.REVISE:
        if wanted.scenarios or wanted.each is not None:
            raise UsageError("revision asks written items, so many in all: give --n alone")
        return draw_due(library.bank, wanted, seed, cards, now, held_back)
    drawn = _scenarios(library, wanted, seed) if wanted.scenarios > 0 else ()
    return draw(library.bank, wanted, seed, drawn, held_back)


def _scenarios(library: Library, wanted: Wanted, seed: int) -> Iterator[Scenario]:
    """Scenarios, of the dialogues that share a section with the topics where any are named."""
    from assistant.quiz.scenarios import scenarios

    names = list(library.book.dialogues)
    if wanted.topics:
        cited = sections(topic for topic in library.bank.topics if topic.id in wanted.topics)
        names = [name for name in names if any(name in library.walked_by.get(s, ()) for s in cited)]
    return scenarios(library.book, names, library.guidance, seed)
