"""A Whoosh index over every passage of the guidance.

Its scores rank passages for one question. They do not compare between questions and never decide
whether a question is answered at all (they tell answerable from unanswerable no better than
chance).
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from whoosh import fields, query, scoring
from whoosh.analysis import StemmingAnalyzer
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex, create_in, open_dir

from assistant.errors import LibraryError
from assistant.guidance.model import Guidance, Passage, Section, Term
from assistant.guidance.wording import without_markup

# Weights of the three fields, as BM25F field boosts: a word in a heading says more than one in the
# text, and an everyday name stands for a term that the text uses.
HEADING_BOOST = 2.0
TEXT_BOOST = 1.0
ALIASES_BOOST = 1.2

# A word that stands in more than this share of all passages does not help to tell them apart.
COMMON_SHARE = 0.2


class Hit(NamedTuple):
    """A passage that was found: the citation of its section, its position there, and its score."""

    section: str
    position: int
    score: float


class Hits(NamedTuple):
    """The best of the passages that were found, and how many there are in all."""

    best: list[Hit]
    total: int


def _schema() -> fields.Schema:
    analyzer = StemmingAnalyzer(cachesize=None)
    return fields.Schema(
        section=fields.ID(stored=True),
        position=fields.STORED,
        publication=fields.ID,
        heading=fields.TEXT(analyzer=analyzer, phrase=False, field_boost=HEADING_BOOST),
        text=fields.TEXT(analyzer=analyzer, phrase=False, field_boost=TEXT_BOOST),
        aliases=fields.TEXT(analyzer=analyzer, phrase=False, field_boost=ALIASES_BOOST),
    )


def _passages(guidance: Guidance) -> Iterator[tuple[Section, int, Passage]]:
    for publication in guidance.publications:
        for section in publication.sections:
            for position, passage in enumerate(section.passages):
                yield section, position, passage


class _Aliases:
    """The everyday names of the glossary's terms that a text uses."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        names = ((name, term) for term in terms for name in (term.term, *term.acronyms))
        self._terms = [
            (
                re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE if " " in name else 0),
                term,
            )
            for name, term in names
        ]

    def of(self, text: str) -> str:
        found = {term.id: term for pattern, term in self._terms if pattern.search(text)}
        return "\n".join(
            name for term in found.values() for name in (term.term, *term.acronyms, *term.everyday)
        )


class PassageIndex:
    """The opened index. Nothing is written through it."""

    def __init__(self, index: FileIndex) -> None:
        self._searcher: Any = index.searcher(weighting=scoring.BM25F())
        self._analyzer = index.schema["text"].analyzer

    @classmethod
    def build(
        cls, guidance: Guidance, folder: Path | None, step: Callable[[], None]
    ) -> FileIndex | None:
        """Write the index into ``folder``, or into memory where it is None; ``step`` is called once
        a passage."""
        index = (
            RamStorage().create_index(_schema())
            if folder is None
            else create_in(str(folder), _schema())
        )
        writer = index.writer()
        aliases = _Aliases(guidance.terms)
        for section, position, passage in _passages(guidance):
            text = without_markup(passage.text)
            writer.add_document(
                section=str(section.citation),
                position=position,
                publication=section.publication,
                heading=" ".join(section.path),
                text=text,
                aliases=aliases.of(f"{section.title}\n{text}"),
            )
            step()
        writer.commit()
        if folder is None:
            return index
        (folder / "MAIN_WRITELOCK").unlink(missing_ok=True)  # nothing is written again
        return None

    @classmethod
    def open(cls, folder: Path) -> "PassageIndex":
        """The index in ``folder``. Raises LibraryError where it is missing or damaged."""
        try:
            return cls(open_dir(str(folder), readonly=True))
        except (
            Exception
        ) as error:  # Whoosh lets struct, pickle, OS and index errors through for a damaged file
            raise LibraryError(f"the search index in {folder} cannot be opened: {error}") from error

    def search(
        self, text: str, limit: int = 10, publication: str | None = None, every: bool = False
    ) -> Hits:
        """The passages that match any of the telling words of ``text`` (all of its words, with
        ``every``), best first; of one publication only where it is named."""
        words = self._telling_words(text) if not every else self._words(text)
        if not words:
            return Hits([], 0)
        each = [
            query.Or([query.Term(field, word) for field in ("heading", "text", "aliases")])
            for word in words
        ]
        within = query.Term("publication", publication) if publication is not None else None
        results = self._searcher.search(
            query.And(each) if every else query.Or(each), limit=limit, filter=within
        )
        best = [Hit(found["section"], found["position"], found.score) for found in results]
        return Hits(best, len(results))

    def spans(self, wanted: str, text: str) -> list[tuple[int, int]]:
        """Where the words of ``wanted`` stand in ``text``, endings aside, from and to."""
        words = set(self._words(wanted))
        tokens = self._analyzer(text, positions=True, chars=True, mode="index")
        return [(token.startchar, token.endchar) for token in tokens if token.text in words]

    def _words(self, text: str) -> list[str]:
        return list(dict.fromkeys(token.text for token in self._analyzer(text, mode="query")))

    def coverage(self, text: str, hit: Hit) -> float:
        """How much of the telling words of ``text`` the passage that was hit holds, weighed by
        rarity: 0 to 1.

        Unlike the score this compares between questions. Words that stand nowhere in the guidance
        count in full.
        """
        words = self._telling_words(text, known_only=False)
        if not words:
            return 0.0
        reader = self._searcher.reader()
        total = reader.doc_count()
        number = self._searcher.document_number(section=hit.section) if total else None
        if number is None:
            return 0.0
        matched = whole = 0.0
        for word in words:
            weight = self._searcher.idf("text", word)
            whole += weight
            wanted = query.And(
                [
                    query.Term("section", hit.section),
                    query.Or([query.Term(field, word) for field in ("heading", "text", "aliases")]),
                ]
            )
            if any(True for _ in wanted.docs(self._searcher)):
                matched += weight
        return matched / whole if whole else 0.0

    def _telling_words(self, text: str, known_only: bool = True) -> list[str]:
        words = self._words(text)
        reader = self._searcher.reader()
        common = COMMON_SHARE * reader.doc_count()
        frequency = {
            word: max(reader.doc_frequency(field, word) for field in ("heading", "text", "aliases"))
            for word in words
        }
        known = [word for word in words if frequency[word] or not known_only]
        rare = [word for word in known if frequency[word] <= common]
        return rare or known
