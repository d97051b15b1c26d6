"""The assistant: a question in a conversation becomes one Answer."""

from datetime import date

from assistant.answers.compose import cited, passage_text, warnings, with_neighbours
from assistant.answers.model import Alternative, Answer, CitedPassage, Kind
from assistant.answers.transcript import Transcript
from assistant.guidance.model import Status
from assistant.library.model import Library
from assistant.matching.intents import Intent, Reason
from assistant.matching.matcher import Reading
from assistant.matching.normalise import telling, words

LONGEST_QUESTION = 2_000
"""Characters; nobody with two minutes types more, and a longer text is not a question."""

# Below this likelihood an authored answer is not given; fixed on utterances and outside questions
# left out of training, never on a file of labelled questions.
ANSWER_FROM = 0.3
# A passage is given instead where it holds nearly all that the question asks about.
PASSAGE_COVERAGE = 0.85
PASSAGE_CONFIDENCE = 0.3
MOST_ALTERNATIVES = 4

_ASK_NEXT = (
    "Ask your international liaison officer (ILO), "
    "or IE NCCU where it is about a person's immigration status."
)


class Assistant:
    """Answers questions from one library. Keeps nothing: the conversation is in the transcript it
    is given."""

    def __init__(self, library: Library, today: date | None = None) -> None:
        self.library = library
        self.today = today or date.today()

    def ask(self, question: str, transcript: Transcript) -> Answer:
        """The answer to ``question`` as the next turn of ``transcript``, to which it is added."""
        question = question.encode("utf-8", "replace").decode()
        answer = self._answer(question)
        transcript.answers.append(answer)
        return answer

    def _answer(self, question: str) -> Answer:
        if len(question) > LONGEST_QUESTION:
            text = (
                f"The question is longer than {LONGEST_QUESTION:,} characters. "
                "Put it in one or two sentences."
            )
            return _refusal(question, Reason.NOT_UNDERSTOOD, text)
        if not telling(words(question)):
            return _refusal(
                question,
                Reason.NOT_UNDERSTOOD,
                "There is no question in this that can be answered. Say what you want to know.",
            )
        reading = self.library.matcher.read(question)
        if reading.matches and reading.confidence >= ANSWER_FROM:
            return self._authored(question, reading)
        return self._passage(question) or self._refused(question, reading)

    def _authored(self, question: str, reading: Reading) -> Answer:
        intents = [self.library.intents[match.intent] for match in reading.matches]
        intents = self._current_first(intents)
        best, others = intents[0], intents[1:]
        same = [intent for intent in others if intent.section == best.section]
        seen = {intent.id for intent in (best, *same)}
        rest = [i for i in self.library.intents_by_section[best.section] if i.id not in seen]
        text, added = with_neighbours(best, [*same, *rest])
        citations = [
            *best.citations,
            *(citation for intent in added for citation in intent.citations),
        ]
        return Answer(
            question=question,
            kind=Kind.ANSWER,
            text=text,
            intent=best.id,
            confidence=round(reading.confidence, 4),
            citations=cited(self.library.guidance, citations, best.answer, self.today),
            alternatives=tuple(
                self._alternative(intent, (1 - reading.confidence) / 2**n)
                for n, intent in enumerate((i for i in others if i not in added), 1)
                if n <= MOST_ALTERNATIVES
            ),
            warnings=tuple(warnings(self.library.guidance, citations, self.today)),
            walkthrough=best.dialogue,
        )

    def _current_first(self, intents: list[Intent]) -> list[Intent]:
        return intents

    def _alternative(self, intent: Intent, confidence: float) -> Alternative:
        return Alternative(
            intent=intent.id,
            text=intent.answer.strip(),
            confidence=round(confidence, 4),
            citations=cited(self.library.guidance, intent.citations, intent.answer, self.today),
        )

    def _passage(self, question: str) -> Answer | None:
        """The best passage of a publication that is not historical, where it covers the
        question."""
        index = self.library.passages
        for hit in index.search(question):
            place = self.library.guidance.places[hit.section]
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
                citations=cited(self.library.guidance, numbers, shown[0].text, self.today),
                warnings=(
                    "No written answer fits this question; this is the passage that comes nearest.",
                    *warnings(self.library.guidance, numbers, self.today),
                ),
            )
        return None

    def _refused(self, question: str, reading: Reading) -> Answer:
        nearest: tuple[CitedPassage, ...] = ()
        if reading.matches:
            intent = self.library.intents[reading.matches[0].intent]
            nearest = cited(self.library.guidance, intent.citations[:1], intent.answer, self.today)
        text = f"The guidance in this library does not answer this. {_ASK_NEXT}"
        return _refusal(question, Reason.NOT_COVERED, text, nearest, round(reading.confidence, 4))


def _refusal(
    question: str,
    reason: Reason,
    text: str,
    nearest: tuple[CitedPassage, ...] = (),
    confidence: float = 0.0,
) -> Answer:
    return Answer(
        question=question,
        kind=Kind.REFUSE,
        reason=reason,
        text=text,
        citations=nearest,
        confidence=confidence,
    )
