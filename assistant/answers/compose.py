"""Answers composed for a reader: the fact first, its neighbours after it, within the length that
can be read."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from msgspec.structs import replace

from assistant.answers.model import CitedPassage
from assistant.guidance.citations import Citation
from assistant.guidance.editions import edition_of
from assistant.guidance.model import Passage, Place, Publication, Status
from assistant.guidance.wording import without_markup
from assistant.library.model import Library
from assistant.matching.intents import LONGEST_TEXT, Intent

# The words of an answer's first sentence count this much beside those of the rest.
_FACT_WEIGHT = 3.0
# An intent of another section is shown beside the answer from this likelihood on.
LIKELY_ELSEWHERE = 0.01
MOST_BESIDE = 5
_NEIGHBOURS = "**Also in this section**"
_WORD = re.compile(r"[a-z0-9£]+")


def word_count(text: str) -> int:
    """How many words ``text`` has, as the limit on answers counts them."""
    return len(text.split())


def compose(
    lead: str,
    best: Intent,
    near: Sequence[tuple[Intent, float]],
    section_title: Callable[[Intent], str],
) -> tuple[str, list[Intent]]:
    """The text of an answer: ``lead`` (the fact of ``best``), then what else may be meant; and
    which intents that is.

    ``near`` holds other intents with their likelihood, best first. Those of the same section follow
    the lead; those of other sections follow them under the title of their section, if they are
    likely enough to be what was
    meant.
    """
    room = LONGEST_TEXT - word_count(lead) - word_count(_NEIGHBOURS)
    same: list[Intent] = []
    other: list[Intent] = []
    for intent, likelihood in near:
        beside = intent.section == best.section
        if len(same) + len(other) == MOST_BESIDE or (not beside and likelihood < LIKELY_ELSEWHERE):
            continue
        needed = word_count(intent.answer) + (
            0 if beside else word_count(section_title(intent)) + 6
        )
        if needed <= room:
            (same if beside else other).append(intent)
            room -= needed
    parts = [lead]
    if same:
        parts += [_NEIGHBOURS, *(intent.answer.strip() for intent in same)]
    for intent in other:
        parts += [f"**If you mean {section_title(intent)}**", intent.answer.strip()]
    return "\n\n".join(parts), [*same, *other]


def with_calls(text: str, calls: Sequence[str]) -> str:
    """``text`` and under it whom to call, as far as there is room."""
    for call in calls:
        longer = f"{text}\n\n**To call**: {call}"
        if word_count(longer) <= LONGEST_TEXT:
            text = longer
    return text


def passage_text(place: Place, position: int) -> tuple[str, tuple[Passage, ...]]:
    """The passage at ``position`` of its section and those after and before it that fit, and which
    they are."""
    passages = place.section.passages
    chosen = [position]
    room = LONGEST_TEXT - word_count(passages[position].text)
    for other in (*range(position + 1, len(passages)), *range(position - 1, -1, -1)):
        needed = word_count(passages[other].text)
        if needed > room:
            break
        chosen.append(other)
        room -= needed
    shown = tuple(passages[n] for n in [position, *sorted(n for n in chosen if n != position)])
    text = "\n\n".join(passage.text for passage in shown)
    return cut(text), shown


def cut(text: str) -> str:
    """``text``, ended with a mark after the most words that an answer may have."""
    spans = list(re.finditer(r"\S+", text))
    if len(spans) <= LONGEST_TEXT:
        return text
    return text[: spans[LONGEST_TEXT - 3].end()] + " ... (goes on)"


def cited(
    library: Library, citations: Iterable[str], answer: str, today: date
) -> tuple[CitedPassage, ...]:
    """The passages that ``citations`` name, each once, in their order; ``answer`` says which
    passage of a section is meant."""
    return tuple(
        cited_place(library, Citation.parse(text), answer, today)
        for text in dict.fromkeys(citations)
    )


def cited_place(library: Library, citation: Citation, answer: str, today: date) -> CitedPassage:
    """One source: the named passage, or of a whole section the passage that shares most words with
    ``answer``; in the published wording where the library has it."""
    shown = library.shown(citation)
    restated = library.guidance.places.get(citation.whole_section)
    if restated is None:
        return quoted(shown, shown.passage or _carrying(shown.section.passages, answer), today)
    # What the answer was written from carries it; where that has a number, so has its like.
    passage = shown.passage or _carrying(restated.section.passages, answer)
    if shown.passage is None and shown.section is not restated.section:
        number = passage.paragraph if passage is not None else None
        like = shown.section.passage(number) if number is not None else None
        passage = like or _carrying(shown.section.passages, answer)
    # The headings are those that questions are matched with.
    return replace(quoted(shown, passage, today), section=restated.section.path)


def quoted(place: Place, passage: Passage | None, today: date) -> CitedPassage:
    """``place`` as a source that quotes ``passage`` of its section."""
    publication, section = place.publication, place.section
    return CitedPassage(
        document=publication.id,
        title=publication.about.title,
        publisher=publication.about.publisher,
        section=section.path,
        anchor=str(section.citation),
        paragraph=place.passage.paragraph if place.passage else None,
        updated=publication.last_changed,
        status=publication.status(today),
        text=without_markup(passage.text) if passage else section.title,
        edition=edition_of(publication.about),
    )


def _carrying(passages: tuple[Passage, ...], answer: str) -> Passage | None:
    """The passage that ``answer`` stands on."""
    if not passages:
        return None
    return passages[_most_shared(tuple(passage.text for passage in passages), answer)]


@lru_cache(maxsize=4096)
def _most_shared(texts: tuple[str, ...], answer: str) -> int:
    """The number of the text that holds most of the words of ``answer``, the leading fact's first,
    those that few texts have before those that all have. Kept: one section is cited by many
    answers, and one answer stands beside many."""
    words = _words(texts)
    fact, *rest = re.split(r"(?<=[.:;])\**\s", answer.strip(), maxsplit=1)
    wanted = dict.fromkeys(_WORD.findall(" ".join(rest).lower()), 1.0)
    wanted |= dict.fromkeys(_WORD.findall(fact.lower()), _FACT_WEIGHT)
    spread = {word: sum(word in own for own in words) for word in wanted}

    def shared(number: int) -> float:
        return sum(
            weight / spread[word] ** 2 for word, weight in wanted.items() if word in words[number]
        )

    return max(range(len(texts)), key=shared)


@lru_cache(maxsize=512)
def _words(texts: tuple[str, ...]) -> list[set[str]]:
    """The words of each text. Kept, because one answer looks at the same sections several times."""
    return [set(_WORD.findall(text.lower())) for text in texts]


def warnings(library: Library, citations: Iterable[str], today: date) -> Iterator[str]:
    """What a reader must know of the sources: historical, past review, of another edition than the
    answer, or at odds with another."""
    citations = list(citations)
    named = dict.fromkeys(Citation.parse(text).publication for text in citations)
    read = {publication.id: publication for publication in library.texts.publications}
    restated = {publication.id: publication for publication in library.guidance.publications}
    for name in named:
        publication = read[name]
        if name in restated:
            yield from _another_edition(restated[name], publication)
        match publication.status(today):
            case Status.HISTORICAL:
                yield (
                    f"{publication.about.title} is a historical document of "
                    f"{publication.last_changed.year}; it does not say what applies today."
                )
            case Status.REVIEW_PASSED:
                yield (
                    f"The review date of this source ({publication.about.publisher}) passed on "
                    f"{publication.about.review:%d %B %Y}; check whether it has been replaced."
                )
    cited_places = [Citation.parse(text) for text in citations]
    for publication in library.guidance.publications:
        for difference in publication.about.differs:
            between = [Citation.parse(text) for text in difference.between]
            if any(_overlap(place, other) for place in cited_places for other in between):
                yield f"Sources differ: {' '.join(difference.what.split())}"


def _another_edition(restated: Publication, read: Publication) -> Iterator[str]:
    """That the answer was written from another edition than the one that is shown beside it."""
    edition = read.about.edition
    if edition is None or edition.undated or edition.sha256 == restated.about.restates:
        return
    ours, theirs = restated.about, read.about
    if (ours.version, restated.last_changed) != (theirs.version, read.last_changed):
        yield (
            f"This answer was written from another edition of {ours.title} "
            f"({restated.last_changed:%d %B %Y}) than the one in your library "
            f"({read.last_changed:%d %B %Y}); read the source."
        )


def _overlap(first: Citation, second: Citation) -> bool:
    """Whether two citations have text in common: the same paragraph, or a section and a paragraph
    of it."""
    if first.whole_section != second.whole_section:
        return False
    return first.paragraph == second.paragraph or None in (first.paragraph, second.paragraph)
