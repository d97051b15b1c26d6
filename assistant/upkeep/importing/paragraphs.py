"""Lines joined into blocks: paragraphs, list items, numbered paragraphs, steps and footnotes.

A blank line does not always end a paragraph (a page may end in its midst), and a paragraph does not
always end with a blank line. What decides is whether the text before is ended, and whether the next
word would have fitted on its line.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from assistant.upkeep.importing.elements import Block, Line
from assistant.upkeep.importing.notes import refers_to
from assistant.upkeep.importing.numbering import Counter, Opening, opening_of
from assistant.upkeep.importing.wording import is_ended, without_links_inside

_NOTE = re.compile(r"(?P<number>\d{1,3})\s+(?=\S)")
_SHORT = 60
"""A line below this many characters is a line of its own beside others like it."""

_FULL, _FITS, _HALF = 0.75, 0.85, 0.5
"""Shares of the width: what a full line has at least, what a line had room for, half of it."""

_WIDEST = 200
_SHARE_BROKEN = 0.2
_FEW_WORDS = 5
_HYPHEN = re.compile(r"(?P<stem>[^\W\d_]+)-$")
_OPEN_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "can",
        "each",
        "either",
        "for",
        "from",
        "has",
        "have",
        "her",
        "his",
        "if",
        "in",
        "into",
        "is",
        "its",
        "may",
        "must",
        "no",
        "nor",
        "not",
        "of",
        "on",
        "or",
        "our",
        "should",
        "such",
        "than",
        "that",
        "the",
        "their",
        "these",
        "this",
        "those",
        "to",
        "under",
        "upon",
        "was",
        "were",
        "when",
        "where",
        "which",
        "who",
        "whose",
        "will",
        "with",
        "within",
        "would",
    ]
)


class Heading:
    """A heading that stands at a line: its block, and the line after it."""

    def __init__(self, block: Block, end: int) -> None:
        self.block = block
        self.end = end


def blocks_of(lines: Sequence[Line], headings: Mapping[int, Heading]) -> list[Block]:
    """The blocks of ``lines``; ``headings`` holds the headings by the line that they start on."""
    return _Joiner(lines, headings).blocks()


class _Open:
    """A block that is still being joined, with what was seen of its lines."""

    def __init__(self, block: Block, line: Line) -> None:
        self.block = block
        self.parts = [block.text] if block.text else []
        self.last = len(line.text)
        self.longest = len(line.text)
        self.has_tab = "\t" in line.text
        self.run = 0

    @property
    def end(self) -> str:
        """The last line."""
        return self.parts[-1] if self.parts else ""

    def extend(self, line: Line) -> None:
        self.parts.append(line.text)
        self.last = len(line.text)
        self.longest = max(self.longest, len(line.text))


class _Joiner:
    def __init__(self, lines: Sequence[Line], headings: Mapping[int, Heading]) -> None:
        self.lines = lines
        self.headings = headings
        self.width = _width_of(lines)
        self.is_wrapped = _is_wrapped(lines, self.width)
        self.short = min(_SHORT, int(self.width * 0.6)) if self.is_wrapped else _SHORT
        self.vocabulary = _vocabulary(lines)
        self.found: list[_Open] = []
        self.counter = Counter()
        self.note = 1
        self.searched = 0
        self.interrupted: _Open | None = None
        self.indents: list[int] = []
        self.runs = 0

    def blocks(self) -> list[Block]:
        at = 0
        gap = True
        while at < len(self.lines):
            heading = self.headings.get(at)
            if heading is not None:
                self._add(heading.block, Line(""))
                self.counter.new_section()
                at = heading.end
                gap = True
                continue
            line = self.lines[at]
            if line.text:
                after = self.lines[at + 1].text if at + 1 < len(self.lines) else ""
                self._take(line, gap, after)
            gap = not line.text
            at += 1
        for one in self.found:
            one.block.text = without_links_inside(self._joined(one.parts))
            if one.run and not one.block.number:
                one.block.kind, one.block.level = "line", one.run
        return [one.block for one in self.found]

    def _take(self, line: Line, gap: bool, after: str) -> None:
        previous = self.found[-1] if self.found else None
        if previous is not None and previous.block.kind == "heading":
            previous = None
        if self._take_note(line, previous):
            return
        may_open = previous is None or gap or self._may_open_behind(previous, line)
        opening = opening_of(line.text)
        if opening.bulleted or (may_open and (opening.number or opening.kind == "letter")):
            if self.counter.goes_on(opening):
                self._take_item(opening, line)
                return
            if opening.bulleted:
                self._take_bullet(opening.rest, line)
                return
        self._take_plain(line, previous, gap, after)

    def _may_open_behind(self, previous: _Open, line: Line) -> bool:
        """Whether a number at the beginning of ``line`` may open a block though no blank line
        stands above: it is no number in the midst of a sentence."""
        return (
            not previous.parts
            or is_ended(previous.end)
            or previous.block.kind in ("step", "bullet")
            or self._had_room(previous, line)
        )

    def _had_room(self, previous: _Open, line: Line) -> bool:
        """Whether the first word of ``line`` would have fitted on the line before."""
        first = line.text.split(maxsplit=1)[0]
        return previous.last + 1 + len(first) < _FITS * self.width

    def _take_item(self, opening: Opening, line: Line) -> None:
        if opening.number:
            self._add(Block(opening.kind, opening.text, opening.number), line)
        else:
            self._take_bullet(opening.rest, line)

    def _take_bullet(self, text: str, line: Line) -> None:
        # In a text that is broken into lines, one space is what is left of the break of a page.
        indent = 0 if self.is_wrapped and line.indent == 1 else line.indent
        while self.indents and self.indents[-1] > indent:
            self.indents.pop()
        if not self.indents or self.indents[-1] < indent:
            self.indents.append(indent)
        self._add(Block("bullet", text, level=len(self.indents) - 1), line)

    def _take_note(self, line: Line, previous: _Open | None) -> bool:
        match = _NOTE.match(line.text)
        if match is None or int(match["number"]) != self.note:
            return False
        referring = (
            one
            for one in self.found[self.searched :]
            if one.block.kind != "heading" and refers_to(self._joined(one.parts), self.note)
        )
        found = next(referring, None) is not None
        if not found:
            self.searched = max(0, len(self.found) - 1)
            return False
        if previous is not None and previous.block.kind != "note":
            self.interrupted = None if is_ended(previous.end) else previous
        self._add(Block("note", line.text[match.end() :], match["number"]), line)
        self.note += 1
        return True

    def _take_plain(self, line: Line, previous: _Open | None, gap: bool, after: str) -> None:
        if previous is None:
            self._add(Block("paragraph", line.text), line)
            return
        body = self.interrupted
        if body is not None and is_ended(previous.end) and _begins_small(line.text):
            # Behind the notes at the foot of its page a paragraph goes on; so does what follows.
            self.found.remove(body)
            self.found.append(body)
            self.interrupted = None
            body.extend(line)
        elif self._continues(line, previous, gap) and not self._stands_apart(line, previous, after):
            previous.extend(line)
        else:
            self._add(Block("paragraph", line.text), line)
            if not gap and self._are_items(previous, self.found[-1]):
                if not previous.run:
                    self.runs += 1
                    previous.run = self.runs
                self.found[-1].run = previous.run

    def _are_items(self, first: _Open, second: _Open) -> bool:
        """Whether two paragraphs without a blank line between them are lines of a list."""
        if first.block.kind != "paragraph" or first.block.number:
            return False
        return all(one.has_tab or one.longest < self.short for one in (first, second))

    def _continues(self, line: Line, previous: _Open, gap: bool) -> bool:
        if not previous.parts:
            return True
        if previous.has_tab or "\t" in line.text:
            return False
        ended = is_ended(previous.end)
        small = _begins_small(line.text)
        if gap:
            is_full = self.is_wrapped and previous.last >= _FULL * self.width
            return (
                not ended
                and len(" ".join(previous.parts).split()) >= _FEW_WORDS
                and (small or _is_left_open(previous.end) or is_full)
            )
        if previous.block.kind == "note":
            return True
        is_bare = previous.block.kind == "paragraph" and not previous.block.number
        if is_bare and max(previous.longest, len(line.text)) < self.short:
            return False
        if not self.is_wrapped:
            return not ended or small
        if ended:
            return not self._had_room(previous, line)
        return previous.last >= _HALF * self.width or small or _is_left_open(previous.end)

    def _stands_apart(self, line: Line, previous: _Open, after: str) -> bool:
        """Whether ``line`` is a short one between an ended line and a new sentence, such as the
        title of a remark."""
        return (
            self.is_wrapped
            and is_ended(previous.end)
            and not is_ended(line.text)
            and len(line.text) < _HALF * self.width
            and bool(after)
            and not _begins_small(line.text)
            and not _begins_small(after)
            and len(after) > len(line.text)
        )

    def _add(self, block: Block, line: Line) -> None:
        if block.kind != "bullet":
            self.indents.clear()
        if block.kind != "note":
            self.interrupted = None
        self.found.append(_Open(block, line))

    def _joined(self, parts: Sequence[str]) -> str:
        """``parts`` as one text, words that were parted at the end of a line mended where the whole
        word occurs elsewhere."""
        text: list[str] = []
        for part in parts:
            part = part.replace("\t", " ")
            hyphen = _HYPHEN.search(text[-1]) if text else None
            if hyphen is None or not part[:1].islower():
                text += [" ", part] if text else [part]
                continue
            head = re.match(r"[^\W\d_]+", part)
            whole = hyphen["stem"] + (head[0] if head else "")
            if whole.casefold() in self.vocabulary:
                text[-1] = text[-1][:-1]
            text.append(part)
        return "".join(text)


def _width_of(lines: Sequence[Line]) -> int:
    """The number of characters of a full line: that which nine of ten lines do not exceed."""
    lengths = sorted(len(line.text) for line in lines if line.text)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _is_wrapped(lines: Sequence[Line], width: int) -> bool:
    """Whether the text was broken into lines of about one width: then many a full line that is not
    ended has its continuation on the next."""
    if width >= _WIDEST:
        return False
    broken = sum(
        1
        for line, after in pairwise(lines)
        if len(line.text) >= _FULL * width and not is_ended(line.text) and after.text
    )
    return broken >= _FEW_WORDS and broken >= _SHARE_BROKEN * sum(1 for line in lines if line.text)


def _vocabulary(lines: Sequence[Line]) -> set[str]:
    """Every word of the text, in small letters."""
    found: set[str] = set()
    for line in lines:
        found.update(re.findall(r"[^\W\d_]+", line.text.casefold()))
    return found


def _begins_small(text: str) -> bool:
    return text[:1].islower()


def _is_left_open(text: str) -> bool:
    words = text.split()
    return bool(words) and (words[-1].casefold() in _OPEN_WORDS or words[-1].endswith(","))
