"""The quiz items of the real content: how many there are, what they cover, and that nothing but
knowing the guidance finds the key. (Each item alone is checked when it is read.)"""

import re
from collections import Counter
from itertools import combinations

import pytest

from assistant.guidance.citations import Citation
from assistant.guidance.facts import grounds, missing_facts
from assistant.library.model import Library
from assistant.quiz.folding import folded
from assistant.quiz.marking import mark
from assistant.quiz.model import Bank, Item, Number, Several, Short, Single, Topic, TrueFalse
from assistant.quiz.paper import choices

FEWEST_CURRENT = 300
FEWEST_HISTORICAL = 40


@pytest.fixture(scope="module")
def bank(library: Library) -> Bank:
    """The bank of the real content."""
    if not library.bank.topics:
        pytest.skip("no quiz items in intents/quiz/")
    return library.bank


def items(bank: Bank, historical: bool | None = None) -> list[Item]:
    """Every item, or those of the topics that are historical or are not."""
    return [
        item
        for topic in bank.topics
        if historical is None or topic.historical is historical
        for item in topic.items
    ]


def singles(bank: Bank) -> list[Single]:
    return [item for item in items(bank) if isinstance(item, Single)]


def key_place(item: Single) -> int:
    return next(n for n, option in enumerate(item.options) if option.right)


def test_there_are_enough(bank: Bank) -> None:
    assert len(items(bank, historical=False)) >= FEWEST_CURRENT
    assert len(items(bank, historical=True)) >= FEWEST_HISTORICAL


def test_every_kind_is_there(bank: Bank) -> None:
    kinds = Counter(str(item.__struct_config__.tag) for item in items(bank))
    assert set(kinds) == {"single", "several", "true-false", "order", "number", "short"}


def test_every_section_of_the_current_publications_is_asked_about(
    bank: Bank, library: Library
) -> None:
    cited = {Citation.parse(c).whole_section for item in items(bank) for c in item.cites}
    missing = [
        name
        for name, place in library.guidance.places.items()
        if not place.publication.about.historical and place.section.passages and name not in cited
    ]
    assert missing == []


def test_the_place_of_the_key_is_spread_evenly(bank: Bank) -> None:
    for number in (3, 4, 5):
        places = Counter(key_place(i) for i in singles(bank) if len(i.options) == number)
        total = sum(places.values())
        if total >= 40:
            shares = [places[place] / total for place in range(number)]
            assert max(shares) <= 1.5 / number, (number, places)
            assert min(shares) >= 0.5 / number, (number, places)


def test_the_key_is_not_known_by_its_length(bank: Bank) -> None:
    longest = [
        item.id
        for item in singles(bank)
        if len(item.options[key_place(item)].text)
        > max(len(option.text) for option in item.options if not option.right)
    ]
    assert len(longest) <= 0.4 * len(singles(bank)), longest


def test_about_half_of_the_statements_are_true(bank: Bank) -> None:
    keys = Counter(item.key for item in items(bank) if isinstance(item, TrueFalse))
    assert 0.35 <= keys[True] / sum(keys.values()) <= 0.65, keys


def test_of_several_options_the_number_of_right_ones_differs(bank: Bank) -> None:
    found = Counter(
        sum(option.right for option in item.options)
        for item in items(bank)
        if isinstance(item, Several)
    )
    assert len(found) >= 3, found


def test_the_facts_of_every_key_stand_in_what_is_cited(bank: Bank, library: Library) -> None:
    missing = [
        (item.id, fact)
        for item in items(bank)
        for _, fact in missing_facts(item.why, grounds(library.guidance, item.cites))
    ]
    assert missing == []


def test_no_two_items_ask_the_same(bank: Bank) -> None:
    stems = Counter(folded(item.stem) for item in items(bank))
    assert [stem for stem, number in stems.items() if number > 1] == []


def test_the_stem_does_not_hold_the_answer(bank: Bank) -> None:
    told = []
    for item in items(bank):
        words = f" {folded(item.stem)} "
        right = item.accepted if isinstance(item, Short) else ()
        told += [item.id for text in right if len(text) > 3 and f" {folded(text)} " in words]
    assert told == []


def test_what_is_accepted_counts_and_no_other_item_is_answered_by_it(bank: Bank) -> None:
    for item in items(bank):
        if isinstance(item, Short):
            assert all(mark(item, text).right for text in item.accepted), item.id
        elif isinstance(item, Number):
            assert mark(item, item.key).right
            assert not any(mark(item, mistake.value).right for mistake in item.mistakes), item.id


def test_no_option_gives_itself_away(bank: Bank) -> None:
    catch_all = re.compile(r"(?i)\b(all|none|both|neither) of (the )?(above|these|them)\b")
    for item in items(bank):
        for text in choices(item):
            assert not catch_all.search(text), item.id


def test_historical_items_name_their_time_or_document(bank: Bank) -> None:
    def timeless(topic: Topic) -> list[str]:
        time = re.compile(r"\b(?:1|2)\d{3}\b|\b(?:protocol|report|inspection|inspectors)\b", re.I)
        return [item.id for item in topic.items if not time.search(item.stem)]

    found = [one for topic in bank.topics if topic.historical for one in timeless(topic)]
    assert found == []


def test_ids_differ_in_more_than_case(bank: Bank) -> None:
    for one, other in combinations(sorted(item.id for item in items(bank)), 2):
        assert one.lower() != other.lower()
