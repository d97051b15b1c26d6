"""The assistant: a question in a conversation becomes one Answer."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cached_property

from msgspec.structs import replace

from assistant.answers import personal_data, refusals
from assistant.answers.calls import desks, in_words
from assistant.answers.compose import (
    cited,
    cited_place,
    compose,
    passage_text,
    warnings,
    with_calls,
)
from assistant.answers.follow_up import favoured, leans
from assistant.answers.model import Alternative, Answer, Kind
from assistant.answers.past import may_speak_of_the_past, speaks_of_the_past
from assistant.answers.premises import false_premise
from assistant.answers.transcript import Transcript
from assistant.answers.walkthroughs import fitting, offered
from assistant.guidance.citations import Citation
from assistant.guidance.model import Status
from assistant.library.model import Library
from assistant.matching.intents import Intent, Reason
from assistant.matching.matcher import Reading
from assistant.matching.normalise import telling, words
from assistant.matching.spelling import repaired

# Below this likelihood an authored answer is not given; fixed on utterances and outside questions
# left out of training, never on a file of labelled questions.
ANSWER_FROM = 0.66
# From this likelihood on of standing outside the guidance, no passage is offered either.
SURELY_OUTSIDE = 0.6
# Only from this likelihood on a question is said to be off topic, or not to be understood.
SURELY_OFF_TOPIC = 0.6
# A current intent goes before a historical one if it is at least this likely beside it.
CURRENT_ENOUGH = 0.05
# A passage is given instead where it holds nearly all that the question asks about.
PASSAGE_COVERAGE = 0.85
PASSAGE_CONFIDENCE = 0.3
# One or two words stand in many passages.
FEWEST_WORDS = 3
MOST_ALTERNATIVES = 4
# With a refusal, what is answered nearby is named from this likelihood on.
LIKELY_NEARBY = 0.03
# Where it is nearly sure that the guidance answers, but not which of two sections is meant, the
# two are offered: the second at least this likely beside the first, both together this likely.
SURELY_INSIDE = 0.8
CLOSE = 0.5
BOTH = 0.6
MOST_NEARBY = 3
CHANGED = "The passage under this answer has changed since it was reviewed; read the source."


class Assistant:
    """Answers questions from one library. Keeps nothing: the conversation is in the transcript it
    is given."""

    def __init__(self, library: Library, now: datetime | None = None) -> None:
        """``now`` fixes the time for whoever must have the same answer again; otherwise it is the
        clock's."""
        self.library = library
        self._now = now

    def now(self) -> datetime:
        """The local time by which desks are open and reviews have passed."""
        return self._now or datetime.now()

    @property
    def today(self) -> date:
        """The day of ``now``."""
        return self.now().date()

    def ask(self, question: str, transcript: Transcript) -> Answer:
        """The answer to ``question`` as the next turn of ``transcript``, to which it is added."""
        question = question.encode("utf-8", "replace").decode()
        answer = self._answer(question, transcript.last)
        careful = personal_data.warning(question)
        if careful is not None:
            if answer.kind is Kind.REFUSE:
                # Perhaps it is the person that is asked about, of whom nothing is known here.
                text = f"{refusals.PERSONAL_DATA} {answer.text}"
                answer = replace(answer, reason=Reason.PERSONAL_DATA, text=text)
            answer = replace(answer, warnings=(careful, *answer.warnings))
        transcript.answers.append(answer)
        return answer

    def read(self, question: str, last: Answer | None = None) -> Reading:
        """What the matcher makes of ``question`` after the answer ``last``."""
        found = repaired(words(question), self.library.matcher)
        gains = favoured(question, last, self.library)
        alone = self._of_its_time(question, found, gains)
        if (
            last is None
            or alone.confidence >= ANSWER_FROM
            or alone.outside >= SURELY_OFF_TOPIC
            or not gains
            or not leans(question)
        ):
            return alone
        # What is left out of a follow-up was said before: read it with the question that it
        # follows.
        before = repaired(words(last.question), self.library.matcher)
        joined = self._of_its_time(question, [*before, *found], gains)
        return joined if self._section(joined) == self._section(alone) else alone

    def _of_its_time(self, question: str, found: list[str], gains: dict[str, float]) -> Reading:
        """A reading by the publications that may answer: a question that names the past by all, any
        other by the current ones alone, if one of their intents is likely at all."""
        scored = self.library.matcher.scored(found, gains)
        reading = self.library.matcher.reading(scored)
        if not reading.matches or speaks_of_the_past(question):
            return reading
        historical = self._historical
        current = [m.likelihood for m in reading.matches if m.intent not in historical]
        if reading.matches[0].intent not in historical or not current:
            return reading
        if current[0] < reading.matches[0].likelihood * CURRENT_ENOUGH:
            return reading
        return self.library.matcher.reading(scored, historical)

    @cached_property
    def _historical(self) -> frozenset[str]:
        """The intents of historical publications."""
        historical = tuple(
            f"{publication.id}#"
            for publication in self.library.guidance.publications
            if publication.status(self.today) is Status.HISTORICAL
        )
        return frozenset(
            intent.id
            for intent in self.library.intents.values()
            if intent.citations[0].startswith(historical)
        )

    def why(self, question: str) -> list[str]:
        """What decided the reading of ``question`` that stands alone, in lines for a maintainer."""
        found = repaired(words(question), self.library.matcher)
        reading = self.library.matcher.read(found)
        lines = [
            f"read as: {' '.join(found)}",
            f"likelihood that the answer is right: {reading.confidence:.2f} "
            f"(answered from {ANSWER_FROM})",
            f"likelihood that the guidance does not answer: {reading.outside:.2f}"
            + (f", nearest to {reading.nearest_outside}" if reading.nearest_outside else ""),
            f"words known: {reading.known:.2f}",
        ]
        for match in reading.matches[:3]:
            reasons = self.library.matcher.reasons(found, match.intent)
            spoke = ", ".join(f"{feature.lstrip('~')} {value:+.1f}" for feature, value in reasons)
            lines.append(f"{match.intent}: {match.likelihood:.3f}; spoke for it: {spoke}")
        return lines

    def _section(self, reading: Reading) -> str | None:
        """The section of the best intent, None where nothing matches."""
        return self.library.intents[reading.matches[0].intent].section if reading.matches else None

    def _answer(self, question: str, last: Answer | None) -> Answer:
        if len(question) > refusals.LONGEST_QUESTION:
            return refusals.refusal(question, Reason.NOT_UNDERSTOOD, refusals.TOO_LONG)
        found = words(question)
        if not found or (last is None and not telling(found)):
            return refusals.refusal(question, Reason.NOT_UNDERSTOOD, refusals.NO_QUESTION)
        reading = self.read(question, last)
        ranked = [(self.library.intents[m.intent], m.likelihood) for m in reading.matches]
        if ranked and reading.confidence >= ANSWER_FROM:
            if self._is_historical(ranked[0][0]) and not may_speak_of_the_past(question):
                return self._only_history(question, ranked, reading)
            return self._authored(question, found, ranked, reading.confidence)
        if self._is_between_two(reading, ranked):
            return self._which(question, ranked, reading.confidence)
        told = telling(found)
        covered = self.library.share_in_one_section(told) >= PASSAGE_COVERAGE
        if len(set(told)) >= FEWEST_WORDS and covered and reading.outside < SURELY_OUTSIDE:
            passage = self._passage(question)
            if passage is not None:
                return passage
        return self._refused(question, found, reading, ranked)

    def _is_historical(self, intent: Intent) -> bool:
        return intent.id in self._historical

    def _authored(
        self,
        question: str,
        found: list[str],
        ranked: list[tuple[Intent, float]],
        confidence: float,
    ) -> Answer:
        guidance = self.library.guidance
        best = ranked[0][0]
        grounds = [
            passage.text
            for citation in best.citations
            for passage in guidance.resolve(Citation.parse(citation)).section.passages
        ]
        premise = false_premise(question, best.answer, grounds)
        lead = best.answer.strip()
        if premise is not None:
            said = f"The question says {premise.stated}; the guidance says {premise.guidance}."
            lead = f"**{said}** {lead}"
        calls = [in_words(c, self.now()) for c in desks(guidance, best.citations, best.answer)]
        near = self._near(best, ranked)
        text, added = compose(with_calls(lead, calls), best, near, self._section_title)
        citations = [*best.citations, *(c for intent in added for c in intent.citations)]
        # What another publication says is a reading of its own, even where it has been named.
        publication = citations[0].partition("#")[0]
        left = [
            (intent, likelihood)
            for intent, likelihood in ranked[1:]
            if intent not in added or not intent.section.startswith(f"{publication}#")
        ]
        return Answer(
            question=question,
            kind=Kind.ANSWER,
            text=text,
            intent=best.id,
            confidence=round(confidence, 4),
            citations=cited(self.library, citations, best.answer, self.today),
            alternatives=tuple(
                self._alternative(intent, likelihood * (1 - confidence), ranked)
                for intent, likelihood in left[:MOST_ALTERNATIVES]
            ),
            warnings=(
                *self._changed_since_review([best, *added]),
                *warnings(self.library, citations, self.today),
            ),
            premise=premise,
            walkthrough=best.dialogue or offered(self.library, found, best.section),
        )

    def _changed_since_review(self, intents: Iterable[Intent]) -> Iterator[str]:
        """The warning that belongs beside an answer made of ``intents``, where one of them has not
        been read again since its passage changed."""
        if any(intent.id in self.library.changed_since_review for intent in intents):
            yield CHANGED

    def _near(self, best: Intent, ranked: list[tuple[Intent, float]]) -> list[tuple[Intent, float]]:
        """What may stand beside the answer of ``best``: the other readings, then the rest of its
        section; nothing historical beside what is current, nor the other way round."""
        time = self._is_historical(best)
        near = [
            entry
            for entry in ranked
            if entry[0] is not best and self._is_historical(entry[0]) == time
        ]
        seen = {intent.id for intent, _ in ranked}
        beside = self.library.intents_by_section[best.section]
        return near + [(intent, 0.0) for intent in beside if intent.id not in seen]

    def _is_between_two(self, reading: Reading, ranked: list[tuple[Intent, float]]) -> bool:
        """Whether the guidance surely answers, but two sections are about as likely to be meant."""
        if len(ranked) < 2 or reading.outside > 1 - SURELY_INSIDE:
            return False
        (first, likely), (second, less) = ranked[:2]
        return (
            first.section != second.section
            and self._is_historical(first) == self._is_historical(second)
            and less >= CLOSE * likely
            and likely + less >= BOTH
        )

    def _which(
        self, question: str, ranked: list[tuple[Intent, float]], confidence: float
    ) -> Answer:
        """The question back: which of two readings is meant."""
        choices = ranked[:2]
        lines = [
            f"{number}. {intent.title} ({self._section_title(intent)})"
            for number, (intent, _) in enumerate(choices, 1)
        ]
        text = "\n".join(["Which of these do you mean? Type its number.", "", *lines])
        return Answer(
            question=question,
            kind=Kind.CLARIFY,
            text=text,
            confidence=round(confidence, 4),
            alternatives=tuple(self._alternative(i, chance, ranked) for i, chance in choices),
        )

    def choose(self, number: int, transcript: Transcript) -> Answer | None:
        """The answer to choice ``number`` (from 1) of the question back that was asked last; None
        where there is no such choice."""
        last = transcript.last
        if last is None or last.kind is not Kind.CLARIFY:
            return None
        if not 1 <= number <= len(last.alternatives):
            return None
        chosen = self.library.intents[last.alternatives[number - 1].intent or ""]
        others = [self.library.intents[a.intent or ""] for a in last.alternatives]
        ranked = [(chosen, 1.0), *((other, 0.0) for other in others if other is not chosen)]
        answer = self._authored(last.question, words(last.question), ranked, 1.0)
        transcript.answers.append(answer)
        return answer

    def answer_of(self, intent: str, transcript: Transcript) -> Answer:
        """The answer of ``intent``, asked for by its title, as the next turn of ``transcript``."""
        chosen = self.library.intents[intent]
        answer = self._authored(chosen.title, words(chosen.title), [(chosen, 1.0)], 1.0)
        transcript.answers.append(answer)
        return answer

    def _section_title(self, intent: Intent) -> str:
        return self.library.guidance.places[intent.section].section.title

    def _only_history(
        self, question: str, ranked: list[tuple[Intent, float]], reading: Reading
    ) -> Answer:
        """A question about today that only a historical publication speaks of: what it said is
        named beside the refusal, as history."""
        intent = ranked[0][0]
        publication = self.library.guidance.places[intent.section].publication
        old = [(i, chance) for i, chance in ranked if self._is_historical(i)]
        nearby = [old[0], *(entry for entry in old[1:MOST_NEARBY] if entry[1] >= LIKELY_NEARBY)]
        titles = [intent.title for intent, _ in nearby]
        text = refusals.only_history(publication.last_changed.year, titles)
        return refusals.refusal(
            question,
            Reason.NOT_COVERED,
            text,
            cited(self.library, intent.citations[:1], intent.answer, self.today),
            reading.confidence,
            tuple(self._alternative(intent, chance, ranked) for intent, chance in nearby),
        )

    def _alternative(
        self, intent: Intent, confidence: float, ranked: list[tuple[Intent, float]]
    ) -> Alternative:
        """``intent`` as the answer that it would be, with the other facts of its section."""
        beside = [
            entry for entry in self._near(intent, ranked) if entry[0].section == intent.section
        ]
        text, added = compose(intent.answer.strip(), intent, beside, self._section_title)
        citations = [*intent.citations, *(c for other in added for c in other.citations)]
        return Alternative(
            intent=intent.id,
            text=text,
            confidence=round(confidence, 4),
            citations=cited(self.library, citations, intent.answer, self.today),
        )

    def _passage(self, question: str) -> Answer | None:
        """The best passage of a publication that is not historical, where it covers the
        question."""
        index = self.library.passages
        for hit in index.search(question).best:
            place = self.library.texts.places[hit.section]
            if place.publication.status(self.today) is Status.HISTORICAL:
                continue
            if index.coverage(question, hit) < PASSAGE_COVERAGE:
                return None
            text, shown = passage_text(place, hit.position)
            numbers = [
                f"{hit.section}/{passage.paragraph}" for passage in shown if passage.paragraph
            ] or [hit.section]
            return Answer(
                question=question,
                kind=Kind.ANSWER,
                text=text,
                confidence=PASSAGE_CONFIDENCE,
                citations=cited(self.library, numbers, shown[0].text, self.today),
                warnings=(
                    "No written answer fits this question; this is the passage that comes nearest.",
                    *warnings(self.library, numbers, self.today),
                ),
            )
        return None

    def _refused(
        self,
        question: str,
        found: list[str],
        reading: Reading,
        ranked: list[tuple[Intent, float]],
    ) -> Answer:
        """A refusal of the kind of questions that comes nearest, with the nearest section, whom to
        ask, what is answered nearby, and what may be walked."""
        sure = reading.outside >= SURELY_OFF_TOPIC
        if sure and reading.nearest_outside == Reason.OFF_TOPIC:
            return refusals.refusal(question, Reason.OFF_TOPIC, refusals.OFF_TOPIC)
        if not ranked or (sure and reading.nearest_outside == Reason.NOT_UNDERSTOOD):
            return refusals.refusal(question, Reason.NOT_UNDERSTOOD, refusals.NOT_UNDERSTOOD)
        places = self.library.guidance.places
        place = places.get(reading.nearest_outside)
        if place is None or not place.section.passages:
            place = places[ranked[0][0].section]
        nearby = [entry for entry in ranked[:MOST_NEARBY] if entry[1] >= LIKELY_NEARBY]
        text = refusals.not_covered(place.section.title, [intent.title for intent, _ in nearby])
        refused = refusals.refusal(
            question,
            Reason.NOT_COVERED,
            text,
            (cited_place(self.library, place.section.citation, question, self.today),),
            reading.confidence,
            tuple(self._alternative(intent, chance, ranked) for intent, chance in nearby),
        )
        sections = [str(place.section.citation), *(intent.section for intent, _ in nearby)]
        return replace(refused, walkthrough=fitting(self.library, found, sections))
