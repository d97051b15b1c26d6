"""A paper being sat: its questions joined with the attempt at them, every answer stored at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Self

import msgspec

from assistant.errors import AssistantError, UsageError
from assistant.quiz import attempt as attempts
from assistant.quiz.attempt import Asked, Attempt, Mode, Rules, Step
from assistant.quiz.candidate import Candidate
from assistant.quiz.fingerprint import fingerprint
from assistant.quiz.marking import mark
from assistant.quiz.model import Bank, Given, Item, Marked
from assistant.quiz.paper import SCENARIOS, Paper, Question, questions
from assistant.quiz.results.kept import Kept
from assistant.quiz.schedule import Card, review

if TYPE_CHECKING:  # the library behind it is loaded only where results are kept
    from assistant.quiz.results.store import Store

LEARNT_IN = (Mode.PRACTICE, Mode.REVISE)
"""The modes in which an answer says when its item is due again: the candidate's own answer, that
stays as it was given."""


def as_asked(asked: tuple[Question, ...]) -> tuple[Asked, ...]:
    """The questions of a paper as an attempt holds them."""
    return tuple(Asked(q.item.id, q.topic, fingerprint(q.item), q.order) for q in asked)


def paper_of(kept: Kept) -> Paper:
    """The paper of a stored attempt."""
    return msgspec.json.decode(kept.paper, type=Paper)


def items_by_id(bank: Bank, paper: Paper | None = None) -> dict[str, Item]:
    """The items of ``bank`` and the scenarios of ``paper``."""
    found: dict[str, Item] = {item.id: item for topic in bank.topics for item in topic.items}
    return found | {item.id: item for item in (paper.scenarios if paper is not None else ())}


def titles_by_id(bank: Bank) -> dict[str, str]:
    """The titles of the topics, and of the scenarios."""
    return {topic.id: topic.title for topic in bank.topics} | {SCENARIOS: "Scenarios"}


class Sitting:
    """One attempt at one paper, as it stands now. Without a ``store`` nothing of it is kept."""

    def __init__(
        self,
        paper: Paper,
        asked: tuple[Question, ...],
        attempt: Attempt,
        candidate: Candidate | None = None,
        store: "Store | None" = None,
        number: int | None = None,
    ) -> None:
        """``number`` is that of the attempt in the ``store``; see ``begin`` and ``resume``."""
        self.paper = paper
        self.questions = asked
        self.attempt = attempt
        self.candidate = candidate
        self.store = store
        self.number = number
        self._cards: dict[str, Card] | None = None

    @classmethod
    def begin(
        cls,
        paper: Paper,
        bank: Bank,
        rules: Rules,
        now: datetime,
        candidate: Candidate | None = None,
        store: "Store | None" = None,
        program: str = "",
    ) -> Self:
        """A new attempt at ``paper``, which was drawn from ``bank``; kept in the ``store``, by the
        version ``program``.

        Raises UsageError where a rule cannot be kept or no attempt is left.
        """
        asked = questions(paper, bank)
        begun = attempts.begin(as_asked(asked), rules, now, candidate)
        if store is None:
            if rules.attempts is not None:
                raise UsageError("attempts are counted only where results are stored")
            return cls(paper, asked, begun, candidate)
        text = msgspec.json.encode(paper).decode()
        number = store.begin(begun, text, paper.seed, candidate, program)
        return cls(paper, asked, begun, candidate, store, number)

    @classmethod
    def resume(cls, kept: Kept, bank: Bank, store: "Store") -> Self:
        """A stored attempt gone on with: made of its paper and its answers alone.

        Raises AssistantError where an item is not as it was asked: an answer to one wording is none
        to another.
        """
        paper = paper_of(kept)
        asked = questions(paper, bank)
        for then, now in zip(kept.attempt.questions, as_asked(asked), strict=True):
            if then.fingerprint != now.fingerprint:
                raise AssistantError(
                    f"the item {then.item!r} of attempt {kept.number} has been reworded since; the "
                    f"attempt cannot be gone on with (assistant quiz report {kept.number} shows it)"
                )
        return cls(paper, asked, kept.attempt, kept.candidate, store, kept.number)

    def look(self, now: datetime) -> None:
        """Let the time pass until ``now``: an attempt whose time is up has ended, and that is
        stored."""
        self._take(Step(attempts.at(self.attempt, now)))

    def answer(self, position: int, given: Given, now: datetime) -> Marked:
        """Take, mark and store the answer to the question at ``position``. Raises UsageError where
        the mode or the time does not allow it; AssistantError, with nothing changed, where it
        cannot be stored."""
        question = self.questions[position]
        marked = mark(question.item, given)
        step = attempts.give(self.attempt, position, given, marked.share, now)
        self._take(step, position, self._card(question, marked.share, now))
        return marked

    def reveal(self, position: int, now: datetime) -> None:
        """Show the answer to the question at ``position``, nobody having given one. Raises as
        ``answer`` does."""
        self._take(attempts.reveal(self.attempt, position, now), position)

    def skip(self, position: int, now: datetime) -> None:
        """Go past the question at ``position``. Raises UsageError where the mode does not allow
        it."""
        self._take(attempts.skip(self.attempt, position, now))

    def finish(self, now: datetime) -> None:
        """Hand the paper in."""
        self._take(Step(attempts.finish(self.attempt, now)))

    def marked(self, position: int) -> Marked | None:
        """What the answer to the question at ``position`` came to; None without one."""
        answer = self.attempt.answers.get(position)
        if answer is None or answer.given is None:
            return None
        return mark(self.questions[position].item, answer.given)

    def as_kept(self) -> Kept:
        """The attempt as it would be stored; its number is 0 where it is not."""
        return Kept(
            self.number or 0,
            self.attempt,
            msgspec.json.encode(self.paper).decode(),
            self.paper.seed,
            self.candidate,
            "",
        )

    def _take(self, step: Step, position: int | None = None, card: Card | None = None) -> None:
        """Store what a move brought, then hold to it."""
        after = step.attempt
        if step.refused is not None:
            card, position = None, None
        if self.store is not None and self.number is not None:
            if position is not None:
                self.store.answer(self.number, after, after.answers[position], card)
            elif after.ended is not None and self.attempt.ended is None:
                self.store.end(self.number, after)
        if card is not None and self._cards is not None:
            self._cards[card.item] = card
        self.attempt = after
        if step.refused is not None:
            raise UsageError(step.refused)

    def _card(self, question: Question, share: float, now: datetime) -> Card | None:
        """The card that an answer leads to; scenarios are drawn anew and never due again."""
        if (
            self.store is None
            or self.attempt.rules.mode not in LEARNT_IN
            or question.topic == SCENARIOS
        ):
            return None
        before = self._learnt().get(question.item.id)
        return review(before, question.item.id, fingerprint(question.item), share, now)

    def _learnt(self) -> Mapping[str, Card]:
        if self._cards is None:
            assert self.store is not None
            self._cards = {card.item: card for card in self.store.cards(self.candidate)}
        return self._cards
