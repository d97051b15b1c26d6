"""A Whoosh index over every passage of the guidance.

Its scores rank passages for one question. They do not compare between questions and never decide
whether a question is answered at all (they tell answerable from unanswerable no better than
chance).
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec
from whoosh import fields, query, scoring, versionstring
from whoosh.analysis import LowercaseFilter, RegexTokenizer, StemFilter, StopFilter
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC, FileIndex

from assistant.errors import LibraryError
from assistant.guidance.model import Guidance, Publication, Section, Term
from assistant.guidance.wording import without_markup

# Weights of the three fields, as BM25F field boosts: a word in a heading says more than one in the
# text, and an everyday name stands for a term that the text uses.
HEADING_BOOST = 2.0
TEXT_BOOST = 1.0
ALIASES_BOOST = 1.2

LAYOUT = "1"
"""Raised when what is indexed of a passage, or how, changes: no segment is used again then."""

_NAME = "MAIN"
_GENERATION = 1
_LENGTHS = ".json"

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


class _Stops(StopFilter):  # type: ignore[misc]
    """The stop filter, stored in one order: a set is stored in another by every process."""

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "stops": sorted(self.stops)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, stops=frozenset(state["stops"]))


class _Storage(RamStorage):  # type: ignore[misc]
    """An index as bytes by file name, the same for the same content whenever it is made."""

    def __init__(self, files: Mapping[str, bytes] | None = None) -> None:
        super().__init__()
        self.files = dict(files or {})

    def list(self) -> list[str]:
        """The names, in order: files are put together in this order."""
        return sorted(self.files)

    def temp_storage(self, name: str | None = None) -> "_Storage":
        """Room for what a writer puts aside: memory too, not the machine's temporary folder."""
        return _Storage()


class _Codec(W3Codec):  # type: ignore[misc]
    """Names the segment that is written; Whoosh itself draws a name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:
        """The segment to write, under its name."""
        return W3Segment(self, indexname, segid=self._name)


def _schema() -> fields.Schema:
    analyzer = RegexTokenizer() | LowercaseFilter() | _Stops() | StemFilter(cachesize=None)
    return fields.Schema(
        section=fields.ID(stored=True),
        position=fields.STORED,
        publication=fields.ID,
        heading=fields.TEXT(analyzer=analyzer, phrase=False, field_boost=HEADING_BOOST),
        text=fields.TEXT(analyzer=analyzer, phrase=False, field_boost=TEXT_BOOST),
        aliases=fields.TEXT(analyzer=analyzer, phrase=False, field_boost=ALIASES_BOOST),
    )


class _Aliases:
    """The everyday names of the glossary's terms that a text uses."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        names = ((name, term) for term in terms for name in (term.term, *term.acronyms))
        self._terms = [
            (
                name.lower(),
                re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE if " " in name else 0),
                term,
            )
            for name, term in names
        ]

    def of(self, text: str) -> str:
        # Looking for the letters first takes a tenth of the time.
        lower = text.lower()
        found = {
            term.id: term
            for name, pattern, term in self._terms
            if name in lower and pattern.search(text)
        }
        return "\n".join(
            name for term in found.values() for name in (term.term, *term.acronyms, *term.everyday)
        )


class PassageIndex:
    """The opened index, held in memory as it was read. Nothing is written through it."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """``files`` are those that ``build`` made. Raises LibraryError where they are damaged."""
        try:
            index = FileIndex(_Storage(files), indexname=_NAME)
            self._searcher: Any = index.searcher(weighting=scoring.BM25F())
            self._analyzer = index.schema["text"].analyzer
        except (
            Exception
        ) as error:  # Whoosh lets struct, pickle and index errors through for a damaged file
            raise LibraryError(f"the search index cannot be opened: {error}") from error

    @classmethod
    def build(
        cls,
        guidance: Guidance,
        step: Callable[[], None],
        kept: Callable[[str], bytes | None] = lambda name: None,
    ) -> dict[str, bytes]:
        """The files of the index, by name: two for each publication, and one that lists them.

        The same guidance gives the same bytes, on whatever day and machine. ``kept`` gives a file
        of an unchanged publication by its name, where an index has it already; ``step`` is called
        once a passage.
        """
        aliases = _Aliases(guidance.terms)
        segments: list[W3Segment] = []
        files: dict[str, bytes] = {}
        codec = W3Codec()
        for publication in guidance.publications:
            passages = sum(len(section.passages) for section in publication.sections)
            if not passages:
                continue
            name = _segment_id(publication, guidance.terms)
            names = [f"{_NAME}_{name}{ending}" for ending in (W3Segment.COMPOUND_EXT, _LENGTHS)]
            found = [data for data in map(kept, names) if data is not None]
            if len(found) == len(names):
                for _ in range(passages):
                    step()
            else:
                found = _written(publication, name, aliases, step)
            files |= zip(names, found, strict=True)
            segment = W3Segment(codec, _NAME, passages, name)
            segment.compound = True
            segment._fieldlengths = msgspec.json.decode(found[1], type=dict[str, int])
            segments.append(segment)
        storage = _Storage(files)
        TOC(_schema(), segments, _GENERATION).write(storage, _NAME)
        return dict(storage.files)

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


def _segment_id(publication: Publication, terms: tuple[Term, ...]) -> str:
    """The name of what is indexed of ``publication``: the same for the same content alone."""
    whole = msgspec.msgpack.encode((LAYOUT, versionstring(), publication.sections, terms))
    return hashlib.sha256(whole).hexdigest()[:16]


def _written(
    publication: Publication, name: str, aliases: _Aliases, step: Callable[[], None]
) -> list[bytes]:
    """The file with all passages of ``publication``, and that with the lengths of its fields."""
    storage = _Storage()
    index = storage.create_index(_schema(), indexname=_NAME)
    writer = index.writer(codec=_Codec(name))
    for section in publication.sections:
        _add(writer, section, aliases, step)
    writer.commit()
    [written] = [name for name in storage.list() if name.endswith(W3Segment.COMPOUND_EXT)]
    lengths = msgspec.json.encode(dict(sorted(writer.newsegment._fieldlengths.items())))
    return [bytes(storage.files[written]), lengths]


def _add(writer: Any, section: Section, aliases: _Aliases, step: Callable[[], None]) -> None:
    for position, passage in enumerate(section.passages):
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
