"""Scenarios drawn from the dialogues: circumstances, "what now?", and as key the outcome that the
dialogue itself reaches with them."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from assistant.dialogues.conditions import condition
from assistant.dialogues.explore import Found, walks
from assistant.dialogues.model import (
    CANNOT,
    DONE,
    READ,
    UNKNOWN,
    Asking,
    Call,
    Dialogue,
    Node,
    Outcome,
    ShortText,
    Step,
    Value,
    ways,
)
from assistant.dialogues.typed import said
from assistant.dialogues.walk import Book, Stop
from assistant.errors import UsageError
from assistant.guidance.citations import Citation
from assistant.guidance.model import Guidance
from assistant.guidance.wording import without_markup
from assistant.quiz.bearing import reachable
from assistant.quiz.chance import chance, shuffled
from assistant.quiz.folding import folded
from assistant.quiz.model import Difficulty, Option, Scenario

MOST_OPTIONS = 4
MOST_CIRCUMSTANCES = 8
WHAT_NOW = "What now?"

_WALKS_EACH = 8
"""Walks tried for each scenario, so that outcomes that are seldom reached come as often."""
_MOST_FRUITLESS = 400
"""Walks in a row that bring nothing new, after which a dialogue counts as drawn dry."""


class _Map(NamedTuple):
    """A dialogue with its nodes by id, and of each node the outcomes that some way leads to."""

    dialogue: Dialogue
    nodes: Mapping[str, Node]
    ends: Mapping[str, frozenset[str]]


class _Turn(NamedTuple):
    """A place on the route where the way on was chosen: the keys of the answers that chose it, and
    the outcomes (of the dialogue as a whole) that were still open before and after."""

    keys: tuple[str, ...]
    before: frozenset[str]
    after: frozenset[str]
    cites: tuple[str, ...]


def draw_scenarios(
    book: Book, dialogues: Iterable[str], guidance: Guidance, seed: int, count: int
) -> tuple[Scenario, ...]:
    """``count`` scenarios of the ``dialogues`` (by id), the same for the same ``seed``, in the
    order of ``scenarios``. Raises UsageError where there are not so many."""
    found = tuple(islice(scenarios(book, dialogues, guidance, seed), count))
    if len(found) < count:
        raise UsageError(
            f"{count} scenarios are wanted, and the dialogues give {len(found)}; ask for fewer"
        )
    return found


def scenarios(
    book: Book, dialogues: Iterable[str], guidance: Guidance, seed: int
) -> Iterator[Scenario]:
    """Scenarios of the ``dialogues`` (by id), until they are drawn dry.

    No two have the same circumstances in the same dialogue; dialogues take turns, and so do the
    outcomes of each. A dialogue with a single outcome, or that ends in history, gives none.
    """
    maps = {name: _map(dialogue) for name, dialogue in book.dialogues.items()}
    names = sorted(name for name in dialogues if _outcomes(book.dialogues[name], guidance))
    sources = [_scenarios(book, maps, name, seed) for name in shuffled(names, chance(seed))]
    while sources:
        for source in list(sources):
            one = next(source, None)
            if one is None:
                sources.remove(source)
            else:
                yield one


def _outcomes(dialogue: Dialogue, guidance: Guidance) -> bool:
    """Whether there is something to choose from, all of it current."""
    titles = {folded(outcome.title) for outcome in dialogue.outcomes}
    cited = [cite for outcome in dialogue.outcomes for cite in outcome.cites]
    places = [guidance.resolve(Citation.parse(cite)) for cite in cited]
    return len(titles) > 1 and not any(place.publication.about.historical for place in places)


def _scenarios(book: Book, maps: Mapping[str, _Map], name: str, seed: int) -> Iterator[Scenario]:
    """The scenarios of a dialogue, until nothing new comes; its outcomes take turns."""
    by_chance = chance(seed, "walks", name)
    drawn: set[str] = set()
    waiting: dict[str, list[Scenario]] = {one.id: [] for one in book.dialogues[name].outcomes}
    given = dict.fromkeys(waiting, 0)
    fruitless = 0
    for n, found in enumerate(walks(book, name, by_chance.getrandbits(64)), 1):
        made = _scenario(book, maps, name, found, seed)
        fruitless += 1
        if made is not None and made.id not in drawn:
            fruitless = 0
            drawn.add(made.id)
            waiting[made.outcome].append(made)
        dry = fruitless == _MOST_FRUITLESS
        while (n % _WALKS_EACH == 0 or dry) and any(waiting.values()):
            rarest = min((one for one in waiting if waiting[one]), key=lambda one: given[one])
            given[rarest] += 1
            yield waiting[rarest].pop(0)
            if not dry:
                break
        if dry:
            return


def _scenario(
    book: Book, maps: Mapping[str, _Map], name: str, found: Found, seed: int
) -> Scenario | None:
    """The scenario of a walk; None where it takes too many circumstances to tell."""
    dialogue = book.dialogues[name]
    outcome = next(one for one in dialogue.outcomes if one.id == found.outcome)
    turns = list(_turns(maps, name, found))
    deciding = {key for turn in turns if len(turn.before) > 1 for key in turn.keys}
    stops = _shortened(
        book, name, outcome.id, [s for s in found.stops if s.key in deciding and _tells(s)]
    )
    if len(stops) > MOST_CIRCUMSTANCES:
        return None
    circumstances = {stop.key: stop.value for stop in stops}
    mark = hashlib.sha256(json.dumps([name, circumstances]).encode()).hexdigest()[:10]
    identity = f"{name}-{mark}"
    last = next((turn for turn in reversed(turns) if turn.before != turn.after), None)
    lines = [f"- {_line(stop)}" for stop in stops]
    return Scenario(
        id=identity,
        difficulty=_difficulty(len(stops)),
        stem="\n".join([f"{dialogue.title}. {_opening(stops)}", *lines, WHAT_NOW]),
        why=without_markup(outcome.text),
        cites=tuple(dict.fromkeys([*outcome.cites, *(last.cites if last else ())])),
        dialogue=name,
        answers=_answers(found),
        outcome=outcome.id,
        options=_options(dialogue, outcome, turns, stops, seed, identity),
    )


def _shortened(book: Book, name: str, outcome: str, stops: list[Stop]) -> list[Stop]:
    """The circumstances without those that have no bearing on the outcome, the latest first, until
    they are few enough to keep in mind."""
    kept = list(stops)
    for stop in reversed(stops):
        if len(kept) <= MOST_CIRCUMSTANCES:
            break
        left = [other for other in kept if other is not stop]
        answers = {other.key: other.value for other in left if other.value is not None}
        if isinstance(stop.node, Asking) and reachable(book, name, answers) == {outcome}:
            kept = left
    return kept


def _opening(stops: list[Stop]) -> str:
    return "This is how it stands:" if stops else "Nothing out of the ordinary stands in the way."


def _difficulty(circumstances: int) -> Difficulty:
    """The more there is to keep in mind, the harder."""
    if circumstances <= 2:
        return Difficulty.EASY
    return Difficulty.MEDIUM if circumstances <= 4 else Difficulty.HARD


def _answers(found: Found) -> dict[str, Value]:
    """What was answered, as a file of answers holds it: steps that were done go without saying."""
    kept = (stop for stop in found.stops if not isinstance(stop.node, Outcome))
    return {
        stop.key: stop.value
        for stop in kept
        if stop.value is not None and stop.value not in (DONE, READ)
    }


def _tells(stop: Stop) -> bool:
    """Whether the answer is a circumstance to be told: questions, and steps that failed."""
    if isinstance(stop.node, Step):
        return stop.value == CANNOT
    return isinstance(stop.node, Asking) and not isinstance(stop.node, ShortText)


def _line(stop: Stop) -> str:
    assert stop.value is not None  # the walk was finished
    if isinstance(stop.node, Step):
        return f"Could not be done: {_first_sentence(_plain(stop.node.text))}"
    assert isinstance(stop.node, Asking)
    answer = said(stop.node, stop.value)
    if stop.value == UNKNOWN:
        answer = "not known"
    question, mark, _ = _plain(stop.node.ask).partition("?")  # what follows says how to answer
    return f"{question}{mark} {answer[:1].upper()}{answer[1:].rstrip('.')}."


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].rstrip(".") + "."


def _plain(markdown: str) -> str:
    return " ".join(without_markup(markdown).split())


def _turns(maps: Mapping[str, _Map], name: str, found: Found) -> Iterator[_Turn]:
    """Where the route of ``found`` through the dialogue ``name`` was chosen, in order, through
    calls too."""
    keys = {stop.key for stop in found.stops}
    callers: dict[str, tuple[str, Call]] = {}  # of each prefix that of who calls, and the call
    levels = [("", maps[name], maps[name].dialogue.nodes[0])]
    left = iter(found.ways)
    while levels:
        prefix, here, node = levels.pop()
        if isinstance(node, Call) and f"{prefix}{node.id}." not in callers:
            called = maps[node.dialogue]
            callers[f"{prefix}{node.id}."] = (prefix, node)
            levels += [
                (prefix, here, node),
                (f"{prefix}{node.id}.", called, called.dialogue.nodes[0]),
            ]
            continue
        if isinstance(node, Outcome):
            continue
        *_, target = next(left)
        levels.append((prefix, here, here.nodes[target]))
        # Inside a call all outcomes of the whole are open that were open at the call.
        whole = maps[name].ends[prefix.partition(".")[0] or node.id]
        before, after = here.ends[node.id], here.ends[target]
        chosen = _choosers(node, prefix, keys, callers) if min(len(before), len(whole)) > 1 else ()
        yield _Turn(chosen, whole, whole if prefix else after, node.cites)


def _map(dialogue: Dialogue) -> _Map:
    nodes = {node.id: node for node in dialogue.nodes}
    ends: dict[str, frozenset[str]] = {}

    def ends_of(name: str) -> frozenset[str]:
        if name not in ends:
            node = nodes[name]
            reached = (ends_of(target) for _, target in ways(node))
            ends[name] = (
                frozenset([name]) if isinstance(node, Outcome) else frozenset().union(*reached)
            )
        return ends[name]

    for name in nodes:
        ends_of(name)
    return _Map(dialogue, nodes, ends)


def _choosers(
    node: Node, prefix: str, keys: Collection[str], callers: Mapping[str, tuple[str, Call]]
) -> tuple[str, ...]:
    """The keys of the answers that choose the way on from ``node``."""
    fields = []
    own = {target for answer, target in ways(node) if answer}
    if isinstance(node, Asking | Step) and len({target for _, target in ways(node)}) > 1 and own:
        fields.append(node.id)
    for branch in node.next if isinstance(node.next, tuple) else ():
        if branch.when is not None:
            fields += [use.field for use in condition(branch.when).uses]
    found = (_key(field, prefix, keys, callers) for field in fields)
    return tuple(dict.fromkeys(key for key in found if key is not None))


def _key(
    field: str, prefix: str, keys: Collection[str], callers: Mapping[str, tuple[str, Call]]
) -> str | None:
    """The key of the answer that ``field`` holds: asked here, or handed in by who called; None for
    what a call came to, and for what was not asked."""
    while prefix + field not in keys:
        if prefix not in callers:
            return None
        prefix, call = callers[prefix]
        if field not in call.given:
            return None
        field = call.given[field]
    return prefix + field


def _options(
    dialogue: Dialogue,
    outcome: Outcome,
    turns: list[_Turn],
    stops: list[Stop],
    seed: int,
    identity: str,
) -> tuple[Option, ...]:
    """The outcome and some of its siblings, in an order by chance; those that were open for longest
    are the likeliest mistakes."""
    by_chance = chance(seed, "options", identity)
    lines = {stop.key: _line(stop) for stop in stops}
    siblings: dict[str, Outcome] = {}
    for one in dialogue.outcomes:
        if folded(one.title) != folded(outcome.title):
            siblings.setdefault(folded(one.title), one)
    closed = {one.id: _closed_at(one.id, turns) for one in siblings.values()}
    likeliest = sorted(
        shuffled(siblings.values(), by_chance), key=lambda one: closed[one.id], reverse=True
    )
    right = Option(
        _plain(outcome.title), "That is where the procedure leads in these circumstances.", True
    )
    wrong = [
        Option(_plain(one.title), _why_not(turns, closed[one.id], lines))
        for one in likeliest[: MOST_OPTIONS - 1]
    ]
    return tuple(shuffled([right, *wrong], by_chance))


def _closed_at(outcome: str, turns: list[_Turn]) -> int:
    """The turn after which ``outcome`` could not be reached any more."""
    return next((n for n, turn in enumerate(turns) if outcome not in turn.after), len(turns))


def _why_not(turns: list[_Turn], closed: int, lines: Mapping[str, str]) -> str:
    told = [lines[key] for key in turns[closed].keys if key in lines] if closed < len(turns) else []
    if not told:
        return "The procedure leads elsewhere in these circumstances."
    return f"Ruled out by: {' '.join(told)}"
