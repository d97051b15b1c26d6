"""Papers: items drawn from the bank and set in an order, by a seed that is kept, so that the same
paper can be set again."""

from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from msgspec import Struct

from assistant.errors import AssistantError, UsageError
from assistant.guidance.citations import Citation
from assistant.quiz.chance import chance, shuffled
from assistant.quiz.model import (
    Bank,
    Difficulty,
    Item,
    Order,
    Scenario,
    Several,
    Short,
    Single,
    Topic,
    TrueFalse,
)
from assistant.quiz.model import Number as NumberItem

KINDS = tuple(
    str(kind.__struct_config__.tag)
    for kind in (Single, Several, TrueFalse, Order, NumberItem, Short)
)
"""The kinds of written items."""

SCENARIOS = "scenarios"
"""The topic that scenarios count as, in results."""

MOST_TRIED = 50
"""Scenarios looked at for each one that is wanted."""


class Wanted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a paper is to hold: ``number`` written items in all, or ``each`` of every topic (one of
    the two), and ``scenarios`` drawn from dialogues besides.

    Empty ``topics``, ``kinds`` and ``difficulties`` are all of them. Historical topics come in only
    if ``historical``, or where they are named.
    """

    number: int | None = None
    each: int | None = None
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    difficulties: tuple[Difficulty, ...] = ()
    historical: bool = False
    scenarios: int = 0


class Entry(Struct, frozen=True):
    """An item of a paper by its id. ``order`` holds the positions of its options or steps in the
    item, as they are shown one after the other; it is empty where there are none."""

    item: str
    order: tuple[int, ...] = ()


class Paper(Struct, frozen=True):
    """A paper as it is kept; with the bank it was drawn from it can be set again. Scenarios are
    not in a bank, so it holds them whole."""

    seed: int
    wanted: Wanted
    entries: tuple[Entry, ...]
    scenarios: tuple[Scenario, ...] = ()


class Question(Struct, frozen=True):
    """An item as a paper asks it: its options or steps in this order, and its topic, by id and
    title."""

    item: Item
    order: tuple[int, ...]
    topic: str
    title: str

    @property
    def shown(self) -> tuple[str, ...]:
        """The options or steps as they stand on the paper."""
        texts = choices(self.item)
        return tuple(texts[place] for place in self.order)


def choices(item: Item) -> tuple[str, ...]:
    """The options or steps of ``item`` as it is written; those of true or false are no options."""
    match item:
        case Single() | Several() | Scenario():
            return tuple(option.text for option in item.options)
        case Order():
            return item.steps
    return ()


def draw(
    bank: Bank,
    wanted: Wanted,
    seed: int,
    scenarios: Iterable[Scenario] = (),
    held_back: Collection[str] = (),
    first: Sequence[str] = (),
) -> Paper:
    """A paper of what is ``wanted``, the same for the same ``seed``.

    Of ``scenarios``, drawn by the same seed, the first that fit are taken: where topics are named,
    those that cite a section of theirs. Items whose ids are ``held_back`` are left out. Those whose
    ids are ``first`` are drawn before all others and asked first, in that order. Topics take turns,
    so that each has its share. Raises UsageError where there are too few items, or what is wanted
    makes no sense.
    """
    rank = {name: n for n, name in enumerate(first)}
    topics = _topics(bank, wanted)
    piles = [
        shuffled(_fitting(topic, wanted, held_back), chance(seed, "topic", topic.id))
        for topic in topics
    ]
    if wanted.each is not None:
        for topic, pile in zip(topics, piles, strict=True):
            _enough(len(pile), wanted.each, f"the topic {topic.id!r}", wanted, held_back)
        drawn = [item for pile in piles for item in pile[: wanted.each]]
    else:
        number = wanted.number or 0
        where = "the topics " + ", ".join(wanted.topics) if wanted.topics else "the bank"
        _enough(sum(map(len, piles)), number, where, wanted, held_back)
        turns = _by_turns(shuffled(piles, chance(seed, "turns")))
        drawn = sorted(turns, key=lambda item: rank.get(item.id, len(rank)))[:number]
    situations = _situations(topics, wanted, scenarios)
    asked = shuffled([*drawn, *situations], chance(seed, "items"))
    asked.sort(key=lambda item: rank.get(item.id, len(rank)))
    entries = tuple(Entry(item.id, _order(item, seed)) for item in asked)
    return Paper(seed, wanted, entries, tuple(situations))


def of_items(bank: Bank, names: Sequence[str], seed: int) -> Paper:
    """A paper of the items with these ids, in this order. Raises UsageError for one that the bank
    lacks."""
    known = {item.id: item for topic in bank.topics for item in topic.items}
    for name in names:
        if name not in known:
            raise UsageError(f"the bank has no item {name!r}")
    entries = tuple(Entry(name, _order(known[name], seed)) for name in names)
    return Paper(seed, Wanted(number=len(entries)), entries)


def fitting(bank: Bank, wanted: Wanted, held_back: Collection[str] = ()) -> list[str]:
    """The ids of the items that a paper of what is ``wanted`` may hold. Raises UsageError where
    what is wanted makes no sense."""
    return [
        item.id for topic in _topics(bank, wanted) for item in _fitting(topic, wanted, held_back)
    ]


def questions(paper: Paper, bank: Bank) -> tuple[Question, ...]:
    """The questions of ``paper``, in its order. Raises AssistantError where the bank lacks an item,
    or has it with other options or steps."""
    known = {
        item.id: (item, topic.id, topic.title) for topic in bank.topics for item in topic.items
    }
    known |= {item.id: (item, SCENARIOS, "Scenarios") for item in paper.scenarios}
    found = []
    for entry in paper.entries:
        if entry.item not in known:
            raise AssistantError(
                f"the bank has no item {entry.item!r} any more; the paper cannot be set again"
            )
        item, topic, title = known[entry.item]
        if sorted(entry.order) != list(range(len(choices(item)))):
            raise AssistantError(
                f"the item {entry.item!r} has other options than when the paper was drawn; "
                "draw a new one"
            )
        found.append(Question(item, entry.order, topic, title))
    return tuple(found)


def _topics(bank: Bank, wanted: Wanted) -> list[Topic]:
    """The topics that are drawn from, in the order of their ids."""
    if (wanted.number is None) == (wanted.each is None):
        raise UsageError("give a number of items in all, or a number of each topic")
    if (wanted.number or wanted.each or 0) + wanted.scenarios < 1:
        raise UsageError("a paper holds one item at least")
    if min(wanted.number or 0, wanted.each or 0, wanted.scenarios) < 0:
        raise UsageError("a number of items is 0 or more")
    for kind in wanted.kinds:
        if kind not in KINDS:
            raise UsageError(f"no kind {kind!r}; the kinds are {', '.join(KINDS)}")
    known = {topic.id: topic for topic in sorted(bank.topics, key=lambda topic: topic.id)}
    for name in wanted.topics:
        if name not in known:
            raise UsageError(f"no topic {name!r}; the topics are {', '.join(known) or 'none'}")
    if wanted.topics:
        return [topic for topic in known.values() if topic.id in wanted.topics]
    return [topic for topic in known.values() if wanted.historical or not topic.historical]


def _fitting(topic: Topic, wanted: Wanted, held_back: Collection[str]) -> list[Item]:
    """The items that may be drawn, in the order of their ids: where they stand does not matter."""
    return sorted(
        (
            item
            for item in topic.items
            if item.id not in held_back
            and (not wanted.kinds or item.__struct_config__.tag in wanted.kinds)
            and (not wanted.difficulties or item.difficulty in wanted.difficulties)
        ),
        key=lambda item: item.id,
    )


def _enough(found: int, number: int, where: str, wanted: Wanted, held: Collection[str]) -> None:
    if found >= number:
        return
    limits = [*wanted.kinds, *(difficulty.value for difficulty in wanted.difficulties)]
    fitting = f" that are {' or '.join(limits)}" if limits else ""
    back = f" ({len(held)} held back)" if held else ""
    raise UsageError(
        f"{number} items are wanted, and {where} has {found}{fitting}{back}; ask for fewer"
    )


def _by_turns(piles: Iterable[list[Item]]) -> list[Item]:
    """The first of each pile, then the second of each, and so on."""
    ranked = [(n, item) for pile in piles for n, item in enumerate(pile)]
    return [item for _, item in sorted(ranked, key=lambda pair: pair[0])]


def _situations(
    topics: list[Topic], wanted: Wanted, scenarios: Iterable[Scenario]
) -> list[Scenario]:
    """The scenarios of the paper, the first that fit."""
    fitting: Iterable[Scenario] = islice(scenarios, MOST_TRIED * wanted.scenarios)
    if wanted.topics:
        ours = sections(topics)
        fitting = (one for one in fitting if ours & _sections(one.cites))
    drawn = list(islice(fitting, wanted.scenarios))
    if len(drawn) < wanted.scenarios:
        of = f" of {', '.join(wanted.topics)}" if wanted.topics else ""
        raise UsageError(
            f"{wanted.scenarios} scenarios{of} are wanted, and there are {len(drawn)}; "
            "ask for fewer"
        )
    return drawn


def sections(topics: Iterable[Topic]) -> set[str]:
    """The sections that the items of ``topics`` cite, as citations."""
    return _sections(cite for topic in topics for item in topic.items for cite in item.cites)


def _sections(cites: Iterable[str]) -> set[str]:
    return {Citation.parse(text).whole_section for text in cites}


def _order(item: Item, seed: int) -> tuple[int, ...]:
    places = tuple(range(len(choices(item))))
    order = tuple(shuffled(places, chance(seed, "order", item.id)))
    if isinstance(item, Order) and order == places:  # steps are not shown in the right order
        return (*places[1:], places[0])
    return order
