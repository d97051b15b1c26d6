"""What is no fault and still worth a look: questions that two intents share, sections that nobody
asks about, reviews that are due, addresses that are out of use.

The faults themselves are found where content is read; these are warnings.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from rapidfuzz import fuzz

from assistant.dialogues.model import Outcome
from assistant.errors import Problem
from assistant.guidance.model import Contact, Status
from assistant.library.citing import CitingKind, citing, place_of
from assistant.library.content import Content
from assistant.library.read import CheckedContent
from assistant.matching.intents import Intent
from assistant.matching.normalise import telling, words
from assistant.quiz.model import Bank
from assistant.upkeep.places import Places

NEAR = 90.0
"""From how much likeness (0 to 100) two utterances with the same telling words are nearly one."""

_SLIP = 80.0
_SHORTEST_SLIP = 5
_RAREST = 2
_TOPICAL = frozenset([CitingKind.INTENT, CitingKind.NODE, CitingKind.DIALOGUE, CitingKind.ITEM])


def warnings(source: Content, content: CheckedContent, bank: Bank, today: date) -> list[Problem]:
    """Every warning about ``content``, which was read from ``source``, on the day ``today``; in the
    order of files and lines, which are relative to the root of ``source``."""
    places = Places(source)
    found = [
        *_near_duplicates(content.questions.intents, places),
        *_unused_sections(content, bank, places),
        *_reviews_due(content, today, places),
        *_retired_contacts(content, today, places),
    ]
    return sorted(found, key=lambda problem: (str(problem.file), problem.line, problem.message))


class _Asked(NamedTuple):
    """An utterance with what it is compared by."""

    intent: str
    text: str
    words: str
    told: frozenset[str]


def _near_duplicates(intents: tuple[Intent, ...], places: Places) -> Iterator[Problem]:
    """Utterances of two intents that say nearly the same: the matcher cannot tell them apart."""
    for one, other in near_duplicates(intents):
        path, line = places.intent(other.intent, "utterances")
        message = (
            f"{other.intent}: the utterance {other.text!r} is nearly {one.text!r} of {one.intent}"
        )
        yield places.problem("near-duplicate", path, line, message)


def near_duplicates(intents: tuple[Intent, ...]) -> list[tuple[_Asked, _Asked]]:
    """The pairs of utterances of two intents that are nearly the same: alike in their letters, and
    each telling word of one in the other, slips of the keys aside.

    Only utterances that share one of their rarest words are compared.
    """
    asked = [
        _read(intent.id, text)
        for intent in intents
        for texts in intent.utterances.values()
        for text in texts
    ]
    frequency = Counter(word for one in asked for word in one.told)
    blocks: dict[str, list[_Asked]] = defaultdict(list)
    found: dict[tuple[str, str, str, str], tuple[_Asked, _Asked]] = {}
    for one in asked:
        for word in sorted(one.told, key=lambda word: (frequency[word], word))[:_RAREST]:
            for other in blocks[word]:
                if other.intent != one.intent and _nearly(one, other):
                    key = (other.intent, other.text, one.intent, one.text)
                    found[key] = (other, one)
            blocks[word].append(one)
    return list(found.values())


def _read(intent: str, text: str) -> _Asked:
    found = words(text)
    return _Asked(intent, text, " ".join(found), frozenset(telling(found) or found))


def _nearly(one: _Asked, other: _Asked) -> bool:
    if not fuzz.ratio(one.words, other.words, score_cutoff=NEAR):
        return False
    return all(
        any(_slip(word, another) for another in theirs - ours)
        for ours, theirs in ((one.told, other.told), (other.told, one.told))
        for word in ours - theirs
    )


def _slip(word: str, other: str) -> bool:
    return (
        min(len(word), len(other)) >= _SHORTEST_SLIP
        and word.isalpha()
        and fuzz.ratio(word, other) >= _SLIP
    )


def _unused_sections(content: CheckedContent, bank: Bank, places: Places) -> Iterator[Problem]:
    """Sections with a text that no question, dialogue or quiz item stands on."""
    used = {
        place_of(text).whole_section
        for thing in citing(content, bank)
        if thing.kind in _TOPICAL
        for text in thing.cites
    }
    for publication in content.guidance.publications:
        for section in publication.sections:
            if section.passages and str(section.citation) not in used:
                yield places.problem(
                    "unused-section",
                    places.publication(publication.id),
                    section.line,
                    f"nothing asks, walks or quizzes the section {section.title!r}",
                )


def _reviews_due(content: CheckedContent, today: date, places: Places) -> Iterator[Problem]:
    """Publications past the date on which they were to be reviewed."""
    for publication in content.guidance.publications:
        if publication.status(today) is Status.REVIEW_PASSED:
            path = places.publication(publication.id)
            line = places.front_matter(publication.id, "review")
            message = f"the review date {publication.about.review} has passed"
            yield places.problem("review-passed", path, line, message)


def _retired_contacts(content: CheckedContent, today: date, places: Places) -> Iterator[Problem]:
    """Answers and outcomes from current guidance that name a desk or address out of use."""
    guidance = content.guidance
    retired = [one for one in guidance.contacts if one.status is Status.HISTORICAL]
    in_use = {
        address
        for one in guidance.contacts
        if one.status is not Status.HISTORICAL
        for address in _addresses(one)
    }
    historical = {
        publication.id
        for publication in guidance.publications
        if publication.status(today) is Status.HISTORICAL
    }

    def current(cites: tuple[str, ...]) -> bool:
        return bool(cites) and place_of(cites[0]).publication not in historical

    def named(text: str) -> Iterator[tuple[Contact, str]]:
        for contact in retired:
            for address in _addresses(contact):
                if address not in in_use and address in text:
                    yield contact, address

    for intent in content.questions.intents:
        for contact, address in named(intent.answer) if current(intent.citations) else ():
            path, line = places.intent(intent.id, "answer")
            message = f"{intent.id}: {address} of the contact {contact.id!r} is out of use"
            yield places.problem("retired-contact", path, line, message)
    ids = {contact.id for contact in retired}
    for dialogue in content.dialogues:
        for node in dialogue.nodes:
            if not isinstance(node, Outcome) or not current(node.cites):
                continue
            of_node = [name for name in node.contacts if name in ids]
            of_node += [contact.id for contact, _ in named(node.text)]
            for name in dict.fromkeys(of_node):
                path, line = places.node(dialogue.id, node.id)
                message = (
                    f"{dialogue.id}: {node.id!r} names the contact {name!r}, which is out of use"
                )
                yield places.problem("retired-contact", path, line, message)


def _addresses(contact: Contact) -> tuple[str, ...]:
    return (*contact.telephone, *contact.fax, *contact.email, *contact.web)
