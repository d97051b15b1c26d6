"""What belongs to the page and not to the text: contents, repeated headers and footers, page
numbers.

Headers and footers are found by their repetition at the edges of pages, page numbers by counting
on, contents by their page numbers or by each entry standing again below as a heading.
"""

import re
from collections import Counter
from collections.abc import Sequence
from math import ceil

from assistant.upkeep.importing.elements import Block, Line
from assistant.upkeep.importing.wording import comparable

_EDGE = 3
_SHARE_OF_PAGES = 0.3
_CONTENTS = {"contents", "table of contents", "contents list", "on this page", "in this section"}
_ENTRY = re.compile(
    r"(?P<words>\S.*?)(?:\s*(?:\.\s?){2,}\s*|\s*…+\s*|\t|\s{2,}|\s)(?P<page>\d{1,4})"
)
_LEADERS = re.compile(r"(?:\.\s?){4,}|…|\t")
_LONGEST_ENTRY = 200
_PAGE_NUMBER = re.compile(
    r"[-–|\s]*(?:page|p\.)?\s*(?P<number>\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?[-–|\s]*", re.IGNORECASE
)
_FEW = 3
_BULLET = re.compile(r"[•❖◦▪●○‣\u2043∙·*–-]\s+")

# A web page prints these once, so that no repetition gives them away.
_READING_TIME = re.compile(r"\d{1,3} min(?:ute)?s?(?: read)?|reading time:? .{1,20}", re.IGNORECASE)
_WEB = {
    "print this page", "share this page", "back to top", "return to top", "skip to main content",
    "is this page useful?", "was this page helpful?", "copy link",
}  # fmt: skip
_TAGS = {"tags", "related content", "explore the topic"}
_LONGEST_TAGS = 8
_FIRST_LINES = 40


def without_furniture(lines: Sequence[Line]) -> tuple[list[Line], Counter[str]]:
    """``lines`` without contents, page headers and footers, page numbers and what a web page prints
    around its text; and each line that was dropped, as printed, with how often."""
    edges = _repeated_edges(lines)
    numbers = _page_numbers(lines)
    headers = _beside(lines, numbers)
    contents = contents_entries([line.text for line in lines])
    web = _web(lines)
    dropped: Counter[str] = Counter()
    kept: list[Line] = []
    for at, line in enumerate(lines):
        if at in edges or at in numbers or at in headers or at in contents or at in web:
            if line.text:
                dropped[line.text] += 1
        elif not re.search(r"\w", line.text) and not _is_bare_bullet(line.text):
            kept.append(Line("", page=line.page))
        else:
            kept.append(line)
    return kept, dropped


def blocks_without_contents(blocks: Sequence[Block]) -> tuple[list[Block], Counter[str]]:
    """The same for a format that has no page edges: the contents taken out of ``blocks``."""
    texts = [f"{b.number} {b.text}".strip() if b.kind != "table" else "" for b in blocks]
    entries = contents_entries(texts)
    dropped = Counter(texts[at] for at in entries if texts[at])
    return [block for at, block in enumerate(blocks) if at not in entries], dropped


def contents_entries(texts: Sequence[str]) -> set[int]:
    """The positions of the contents in ``texts``: their title, and the entries below it.

    Under a title an entry ends in a page number, or stands again further down; without one, four
    lines on end with leaders or tabs before a page number are needed.
    """
    filled = [at for at, text in enumerate(texts) if text]
    last_of = {comparable(_BULLET.sub("", texts[at])): at for at in filled}
    found: set[int] = set()
    place = 0
    while place < len(filled):
        at = filled[place]
        if comparable(texts[at]) in _CONTENTS:
            entries = _entries(texts, filled, place + 1, last_of)
            if len(entries) >= _FEW:
                found.update((at, *entries))
                place += len(entries)
        elif _is_leader(texts[at]):
            run = place
            while run < len(filled) and _is_leader(texts[filled[run]]):
                run += 1
            if run - place > _FEW:
                found.update(filled[place:run])
            place = run - 1
        place += 1
    return found


def _entries(
    texts: Sequence[str], filled: Sequence[int], place: int, last_of: dict[str, int]
) -> list[int]:
    """The positions of the entries from ``place`` on: all with page numbers that do not go back, or
    all without. An entry is doubted without leaders or a tab; then it must stand again below, by
    itself or with the line that it runs on to."""
    entries: list[int] = []
    seen: set[str] = set()
    last_page = 0
    paged: bool | None = None

    def stands_below(words: str) -> bool:
        return last_of.get(comparable(words), -1) > filled[place]

    while place < len(filled):
        text = _BULLET.sub("", texts[filled[place]])
        if len(text) > _LONGEST_ENTRY or comparable(text) in seen:
            break
        entry = _ENTRY.fullmatch(text)
        if entry and not (_LEADERS.search(text) or stands_below(entry["words"])):
            entry = None
        if paged is None:
            paged = entry is not None
        if paged and entry is not None:
            if int(entry["page"]) < last_page:
                break
            last_page = int(entry["page"])
        elif paged:
            after = texts[filled[place + 1]] if place + 1 < len(filled) else ""
            goes_on = _ENTRY.fullmatch(after)
            if goes_on is None or not stands_below(f"{text} {goes_on['words']}"):
                break
            entries.append(filled[place])
            place += 1
        elif not stands_below(text):
            break
        seen.add(comparable(text))
        entries.append(filled[place])
        place += 1
    return entries


def _is_leader(text: str) -> bool:
    return (
        len(text) <= _LONGEST_ENTRY
        and _LEADERS.search(text) is not None
        and _ENTRY.fullmatch(text) is not None
    )


def _repeated_edges(lines: Sequence[Line]) -> set[int]:
    """The positions of lines at the top or the foot of pages that repeat on a third of them, but
    for their numbers."""
    pages: dict[int, list[int]] = {}
    for at, line in enumerate(lines):
        if line.page and line.text:
            pages.setdefault(line.page, []).append(at)
    if len(pages) < 2:
        return set()
    places: dict[str, list[int]] = {}
    for positions in pages.values():
        here: set[str] = set()
        for at in {*positions[:_EDGE], *positions[-_EDGE:]}:
            form = re.sub(r"\d+", "#", lines[at].text.casefold())
            if form not in here:
                places.setdefault(form, []).append(at)
            here.add(form)
    enough = max(2, ceil(_SHARE_OF_PAGES * len(pages)))
    repeated = {form for form, at in places.items() if len(at) >= enough}
    found: set[int] = set()
    for positions in pages.values():
        # From the edge inwards, up to the first line that is the page's own.
        for side in (positions[:_EDGE], positions[::-1][:_EDGE]):
            for at in side:
                if re.sub(r"\d+", "#", lines[at].text.casefold()) not in repeated:
                    break
                found.add(at)
    return found


def _page_numbers(lines: Sequence[Line]) -> set[int]:
    """The positions of page numbers: the first or last line of a page or of the text, or three and
    more that count on."""
    filled = [at for at, line in enumerate(lines) if line.text]
    candidates: list[tuple[int, int]] = []
    for at in filled:
        match = _PAGE_NUMBER.fullmatch(lines[at].text) if len(lines[at].text) < 30 else None
        if match:
            candidates.append((at, int(match["number"])))
    edges = set()
    for place, at in enumerate(filled):
        before = lines[filled[place - 1]].page if place else None
        after = lines[filled[place + 1]].page if place + 1 < len(filled) else None
        if before != lines[at].page or after != lines[at].page:
            edges.add(at)
    found = {at for at, _ in candidates if at in edges}
    run: list[tuple[int, int]] = []
    for at, number in candidates:
        if run and number != run[-1][1] + 1:
            run = []
        run.append((at, number))
        if len(run) >= _FEW:
            found.update(place for place, _ in run)
    return found


def _beside(lines: Sequence[Line], numbers: set[int]) -> set[int]:
    """The positions of lines that stand beside page numbers at least three times over, in a text
    whose pages are not marked."""
    beside: dict[str, list[int]] = {}
    filled = [at for at, line in enumerate(lines) if line.text]
    for place, at in enumerate(filled):
        if at in numbers:
            for near in (place - 1, place + 1):
                if 0 <= near < len(filled) and filled[near] not in numbers:
                    beside.setdefault(lines[filled[near]].text.casefold(), []).append(filled[near])
    return {at for places in beside.values() if len(places) >= _FEW for at in places}


def _web(lines: Sequence[Line]) -> set[int]:
    """The positions of what a web page prints around its text: how long it takes to read, links to
    share it, tags at its end."""
    filled = [at for at, line in enumerate(lines) if line.text]
    found = {at for at in filled[:_FIRST_LINES] if _READING_TIME.fullmatch(lines[at].text)}
    found.update(at for at in filled if lines[at].text.casefold() in _WEB)
    for place in range(max(0, len(filled) - _LONGEST_TAGS), len(filled)):
        rest = filled[place:]
        if lines[rest[0]].text.casefold() in _TAGS and all(len(lines[at].text) < 60 for at in rest):
            found.update(rest)
            break
    return found


def _is_bare_bullet(text: str) -> bool:
    return bool(text) and _BULLET.fullmatch(text + " ") is not None
