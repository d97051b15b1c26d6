"""One file as read, turned into the Markdown of a publication with an account of it."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import yaml

from assistant.guidance.model import Publication
from assistant.upkeep.importing.dates import EditionFacts, edition_facts
from assistant.upkeep.importing.elements import Block, Line, Reading
from assistant.upkeep.importing.furniture import blocks_without_contents, without_furniture
from assistant.upkeep.importing.headings import KnownHeading, Match, known_headings
from assistant.upkeep.importing.limits import Refused
from assistant.upkeep.importing.markdown import body_of
from assistant.upkeep.importing.new_headings import look_like_headings, new_headings
from assistant.upkeep.importing.notes import with_notes_in_place, with_notes_told_apart
from assistant.upkeep.importing.paragraphs import Heading, blocks_of
from assistant.upkeep.importing.recognise import Recognised, recognise
from assistant.upkeep.importing.report import Report
from assistant.upkeep.importing.sections import Part, parts_of
from assistant.upkeep.importing.spans import spans_of_blocks, spans_of_lines
from assistant.upkeep.importing.wording import comparable, number_of
from assistant.upkeep.importing.words import WordsKept, compare_words

_UNKNOWN = "unknown"
_PREFACE = "preface"


class Imported(NamedTuple):
    """The text of the file to be written, and the account of how it came about."""

    text: str
    report: Report


class _Laid(NamedTuple):
    """A text laid out in parts, with the lines dropped on the way and the headings that are
    new."""

    recognised: Recognised
    parts: list[Part]
    dropped: Counter[str]
    printed_title: str
    new: list[str]
    alike: list[str]
    first_lines: list[str]


def import_reading(
    reading: Reading,
    data: bytes,
    name: str,
    publications: Sequence[Publication],
    named: str | None,
    today: date,
) -> Imported:
    """``reading`` (of the file ``name`` with the bytes ``data``) as a publication: one of
    ``publications``, or the one ``named`` by its id, imported on ``today``.

    Raises Refused where it is none of them and no id is given, or where it holds no text.
    """
    laid = _laid_out_lines if reading.lines else _laid_out_blocks
    found = laid(reading, publications, named)
    if not any(part.blocks for part in found.parts):
        raise Refused("it holds no text below its title")
    known = found.recognised.publication
    title = known.about.title if known else found.printed_title or name
    anchor = known.sections[0].anchor if known and known.sections else _PREFACE
    body = body_of(title, anchor, found.parts)
    words = compare_words(
        reading.printed, found.dropped.elements(), _words_to_compare(body, found.printed_title)
    )
    dropped = found.dropped + Counter(reading.furniture)
    facts = edition_facts(reading, found.first_lines)
    front = _front_matter(found, facts, title, hashlib.sha256(data).hexdigest(), name, today)
    report = _report(reading, found, facts, title, name, words, dropped)
    return Imported(f"---\n{front}---\n\n{body}", report)


def _laid_out_lines(
    reading: Reading, publications: Sequence[Publication], named: str | None
) -> _Laid:
    lines, dropped = without_furniture(reading.lines)
    recognised = recognise(spans_of_lines(lines), [reading.title], publications, named)
    known = known_headings(recognised.publication)
    title = recognised.title
    if title is not None:
        blank = [Line("", page=line.page) for line in lines[title.start : title.end]]
        lines[title.start : title.end] = blank
    at = {
        match.span.start: Heading(_known_block(known, match), match.span.end)
        for match in recognised.matches
    }
    added = new_headings(lines, at, known)
    at.update(added)
    blocks = blocks_of(lines, at)
    alike = look_like_headings(lines, at) if known else []
    return _Laid(
        recognised,
        parts_of(with_notes_in_place(blocks), known),
        dropped,
        title.text if title else "",
        [heading.block.text for heading in added.values()],
        alike,
        [line.text for line in reading.lines],
    )


def _laid_out_blocks(
    reading: Reading, publications: Sequence[Publication], named: str | None
) -> _Laid:
    blocks, dropped = blocks_without_contents(reading.blocks)
    spans = spans_of_blocks(blocks)
    recognised = recognise(spans, [reading.title], publications, named)
    known = known_headings(recognised.publication)
    matched = {match.span.start: match for match in recognised.matches}
    shift = _level_shift(blocks, known, recognised.matches)
    title = recognised.title
    body: list[Block] = []
    new: list[str] = []
    for at, block in enumerate(blocks):
        if title is not None and at == title.start:
            continue
        if at in matched:
            body.append(_known_block(known, matched[at]))
        elif block.kind == "heading":
            body.append(Block("heading", block.text, level=block.level + shift))
            new.append(block.text)
        else:
            body.append(block)
    return _Laid(
        recognised,
        parts_of(with_notes_in_place(with_notes_told_apart(body)), known),
        dropped,
        title.text if title else "",
        new,
        [],
        [f"{block.number} {block.text}".strip() for block in blocks],
    )


def _known_block(known: Sequence[KnownHeading], match: Match) -> Block:
    """The heading that was found: in the known words where they are the same but for their print,
    in its own where they are not; its number as printed, its anchor that of the known edition."""
    heading = known[match.known]
    number = number_of(match.span.text)
    mark = "." if re.match(rf"{re.escape(number)}\.\s", match.span.text) else ""
    own = " ".join(re.sub(r"^\d[\d.]*\s+", "", match.span.text).replace("**", "").split())
    title = heading.title if match.likeness == 100 else own
    text = f"{number}{mark} {title}" if number else title
    return Block("heading", text, level=heading.level, anchor=heading.anchor)


def _level_shift(
    blocks: Sequence[Block], known: Sequence[KnownHeading], matches: Sequence[Match]
) -> int:
    """How many levels deeper the known edition has its headings than this text."""
    shifts = Counter(
        known[match.known].level - blocks[match.span.start].level
        for match in matches
        if blocks[match.span.start].kind == "heading"
    )
    return shifts.most_common(1)[0][0] if shifts else 0


def _words_to_compare(body: str, printed_title: str) -> str:
    """The body with its title as printed (or without, where it is not), and without what Markdown
    and the format of publications add: given anchors, and the word before a note."""
    _, _, rest = body.partition("\n")
    rest = re.sub(r"(?m)^(#+ .*?)\s*\{#[a-z0-9-]+\}$", r"\1", rest)
    rest = re.sub(r"(?m)^Note (?=\d+: )", "", rest)
    return f"{printed_title}\n{rest}"


def _front_matter(
    found: _Laid, facts: EditionFacts, title: str, digest: str, name: str, today: date
) -> str:
    """The front matter as YAML. For a new publication what only a person knows is left out, so that
    it is asked for when the draft is accepted."""
    known = found.recognised.publication
    about = known.about if known else None
    front: dict[str, Any] = {"id": found.recognised.id, "title": title}
    if about is not None:
        front |= {"publisher": about.publisher, "kind": about.kind, "applies_to": about.applies_to}
        if about.historical:
            front["historical"] = True
    undated = facts.published is None and facts.updated is None
    if facts.published or about:
        front["published"] = facts.published or (about.published if about else None)
    for field in ("version", "updated", "review"):
        if getattr(facts, field) is not None:
            front[field] = getattr(facts, field)
    front["licence"] = facts.licence or _UNKNOWN
    front["attribution"] = f"The published text, imported on {today.isoformat()} from {name}."
    edition: dict[str, Any] = {"sha256": digest, "imported": today, "file": name}
    if found.printed_title and comparable(found.printed_title) != comparable(title):
        edition["printed_title"] = found.printed_title
    if undated:
        edition["undated"] = True
    front["edition"] = edition
    return yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=100)


def _report(
    reading: Reading,
    found: _Laid,
    facts: EditionFacts,
    title: str,
    name: str,
    words: WordsKept,
    dropped: Counter[str],
) -> Report:
    known = known_headings(found.recognised.publication)
    matches = found.recognised.matches
    here = {match.known for match in matches}
    missing = tuple(h.heading for at, h in enumerate(known) if at not in here)
    blocks = [block for part in found.parts for block in part.blocks]
    numbered = [block for block in blocks if block.kind == "paragraph" and block.number]
    missing_numbers = _missing_paragraphs(found.parts, known)
    reasons = []
    if found.recognised.publication is None:
        reasons.append("the publication is new; fill in publisher, kind, applies_to and published")
    if missing:
        reasons.append(f"{len(missing)} of {len(known)} headings were not found")
    if missing_numbers:
        reasons.append(f"{len(missing_numbers)} numbered paragraphs, steps or notes were not found")
    if not words.all_kept:
        reasons.append("words were lost or doubled")
    return Report(
        file=name,
        format=reading.kind,
        id=found.recognised.id,
        title=title,
        title_printed=bool(found.printed_title),
        recognised_by=found.recognised.by,
        published=facts.published,
        updated=facts.updated,
        review=facts.review,
        version=facts.version,
        licence=facts.licence or _UNKNOWN,
        sections=len(found.parts),
        missing_headings=missing,
        new_headings=tuple(found.new),
        reworded_headings={
            known[match.known].title: match.span.text for match in matches if match.likeness < 100
        },
        look_like_headings=tuple(found.alike),
        furniture=dict(dropped),
        paragraphs=sum(1 for block in blocks if block.kind == "paragraph"),
        numbered_paragraphs=len(numbered),
        steps=sum(1 for block in blocks if block.kind == "step"),
        notes=sum(1 for block in blocks if block.kind == "note"),
        missing_paragraphs=missing_numbers,
        words=words,
        reasons=tuple(reasons),
    )


def _missing_paragraphs(parts: Sequence[Part], known: Sequence[KnownHeading]) -> tuple[str, ...]:
    """The numbered paragraphs, steps and notes of the known edition that are not under their
    heading here."""
    here = {
        (part.heading.anchor, f"note-{block.number}" if block.kind == "note" else block.number)
        for part in parts
        if part.heading
        for block in part.blocks
    }
    return tuple(
        f"{heading.anchor}/{number}"
        for heading in known
        for number in sorted(heading.paragraphs)
        if (heading.anchor, number) not in here
    )
