"""Lists to read from: publications, the sections of one, desks, terms, dialogues, and what
depends on a section."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from assistant.answers.calls import is_open
from assistant.dialogues.model import SITUATIONS, Dialogue
from assistant.guidance.model import Contact, Publication, Section, Status, Term
from assistant.interface.blocks import AnswerOf, ContentsOf, Listed, QuizOf, Row, SectionOf, WalkOf
from assistant.library.model import Library

if TYPE_CHECKING:
    from assistant.quiz.model import Topic


def publications(library: Library, today: date) -> Listed:
    """Every publication with its status and dates."""
    rows = [
        Row(one.about.title, ContentsOf(one.id), _about(one, today))
        for one in library.texts.publications
    ]
    return Listed("Publications", tuple(rows))


def _about(publication: Publication, today: date) -> str:
    about = publication.about
    parts = [about.publisher, about.kind]
    if about.version:
        parts.append(f"version {about.version}")
    if about.edition is not None:
        parts.append("published wording")
    parts += [
        f"last changed {publication.last_changed:%d %B %Y}",
        publication.status(today).in_words,
    ]
    return ", ".join(parts)


def contents(publication: Publication) -> Listed:
    """The sections of a publication, as deep as they stand."""
    rows = [
        Row(section.heading, SectionOf(str(section.citation)), depth=len(section.path) - 1)
        for section in publication.sections
    ]
    return Listed(publication.about.title, tuple(rows))


def contacts(library: Library, words: str, now: datetime) -> Listed:
    """The desks that hold all of ``words``, those of today first; each opens its first source."""
    rows = [
        Row(contact.name, SectionOf(contact.citations[0]), _desk(contact, now))
        for contact in sorted(
            library.guidance.contacts, key=lambda contact: contact.status is Status.HISTORICAL
        )
        if _holds(_desk(contact, now) + contact.name, words)
    ]
    return Listed(f"Contacts: {words}" if words else "Contacts", tuple(rows))


def _desk(contact: Contact, now: datetime) -> str:
    parts = [contact.what_for.rstrip("."), *contact.telephone]
    parts += [f"fax {number}" for number in contact.fax]
    parts += [*contact.email, *contact.web]
    if contact.hours:
        parts.append(contact.hours)
    if contact.open is not None:
        parts.append("open now" if is_open(contact.open, now) else "closed now")
    if contact.caution:
        parts.append(contact.caution.rstrip("."))
    parts.append(f"as of {contact.as_of:%d %B %Y}, {contact.status.in_words}")
    return "; ".join(parts)


def glossary(library: Library, words: str) -> Listed:
    """The terms that hold all of ``words``, with the everyday words for them."""
    rows = [
        Row(_term(term), SectionOf(term.citations[0]) if term.citations else None, term.meaning)
        for term in library.guidance.terms
        if _holds(" ".join([_term(term), term.meaning, *term.everyday]), words)
    ]
    return Listed(f"Glossary: {words}" if words else "Glossary", tuple(rows))


def _term(term: Term) -> str:
    return f"{term.term} ({', '.join(term.acronyms)})" if term.acronyms else term.term


def _holds(text: str, words: str) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words.casefold().split())


def dialogues(library: Library) -> Listed:
    """The dialogues, by situation."""
    return Listed("Procedures to walk", tuple(_by_situation(library.dialogues)))


def _by_situation(dialogues: tuple[Dialogue, ...]) -> Iterator[Row]:
    for situation in SITUATIONS:
        here = [dialogue for dialogue in dialogues if dialogue.situation == situation]
        if here:
            yield Row(situation)
            yield from (Row(one.title, WalkOf(one.id), depth=1) for one in here)


def topics(library: Library) -> Listed:
    """The topics of the quiz, what is history after what is current."""
    current = [topic for topic in library.bank.topics if not topic.historical]
    past = [topic for topic in library.bank.topics if topic.historical]
    rows = [
        Row("All that is current", QuizOf(), _items(current)),
        *(Row(topic.title, QuizOf(topic.id), _items([topic])) for topic in current),
        *(Row(topic.title, QuizOf(topic.id), f"{_items([topic])}, historical") for topic in past),
    ]
    return Listed("Topics: a practice quiz of ten questions, nothing stored", tuple(rows))


def _items(some: "list[Topic]") -> str:
    return f"{sum(len(topic.items) for topic in some)} questions"


def uses(library: Library, section: Section) -> Listed:
    """What is asked about ``section``, what walks it, and the topics whose items ask it."""
    # Loaded here: it is wanted once a section is asked about, not for the first screen.
    from assistant.quiz.paper import sections

    citation = str(section.citation)
    titles = {dialogue.id: dialogue.title for dialogue in library.dialogues}
    asked = [
        Row(intent.title, AnswerOf(intent.id), depth=1)
        for intent in library.intents_by_section.get(citation, ())
    ]
    walked = [
        Row(titles[name], WalkOf(name), depth=1) for name in library.walked_by.get(citation, ())
    ]
    quizzed = [
        Row(topic.title, QuizOf(topic.id), depth=1)
        for topic in library.bank.topics
        if citation in sections([topic])
    ]
    rows = [
        *([Row("Answered from it"), *asked] if asked else []),
        *([Row("Walked"), *walked] if walked else []),
        *([Row("Quizzed"), *quizzed] if quizzed else []),
    ]
    return Listed(f"What uses {section.heading}", tuple(rows))
