"""Scenarios: the key is what the dialogue comes to, and no circumstance that counts is left out."""

from collections import Counter
from itertools import islice, product

import pytest
from msgspec.structs import replace

from assistant.dialogues.explore import candidates, walks
from assistant.dialogues.model import CANNOT, Asking, ShortText, Value, YesNo
from assistant.dialogues.walk import Book, walk
from assistant.errors import UsageError
from assistant.guidance.citations import Citation
from assistant.guidance.model import Guidance
from assistant.quiz.bearing import reachable
from assistant.quiz.chance import chance
from assistant.quiz.folding import doubles, folded
from assistant.quiz.marking import mark
from assistant.quiz.model import Scenario
from assistant.quiz.scenarios import MOST_CIRCUMSTANCES, WHAT_NOW, draw_scenarios, scenarios

COUNT = 1000


@pytest.fixture(scope="module")
def drawn(book: Book, guidance: Guidance) -> tuple[Scenario, ...]:
    """As many scenarios as must be to be had."""
    return draw_scenarios(book, book.dialogues, guidance, 7, COUNT)


def reached(book: Book, one: Scenario) -> str | None:
    """The outcome of the dialogue with the circumstances of a scenario."""
    found = walk(book, one.dialogue, one.answers, passing=True)
    assert found.unused == ()
    return found.outcome.node.id if found.outcome is not None else None


def test_a_thousand_are_distinct(drawn: tuple[Scenario, ...]) -> None:
    assert len({one.id for one in drawn}) == COUNT
    assert len({one.stem for one in drawn}) == COUNT


def test_every_key_is_what_walking_the_dialogue_gives(
    book: Book, drawn: tuple[Scenario, ...]
) -> None:
    for one in drawn:
        assert reached(book, one) == one.outcome, one.id
        (right,) = [n for n, option in enumerate(one.options) if option.right]
        (outcome,) = [o for o in book.dialogues[one.dialogue].outcomes if o.id == one.outcome]
        assert folded(one.options[right].text) == folded(outcome.title)
        assert mark(one, (right,)).right


def test_distractors_are_other_outcomes_of_the_same_dialogue(
    book: Book, drawn: tuple[Scenario, ...]
) -> None:
    for one in drawn:
        titles = {folded(outcome.title) for outcome in book.dialogues[one.dialogue].outcomes}
        assert {folded(option.text) for option in one.options} <= titles
        assert not doubles(tuple(option.text for option in one.options))
        assert len(one.options) >= min(3, len(titles))
        assert all(option.feedback for option in one.options)


def test_what_is_not_told_changes_nothing(book: Book, drawn: tuple[Scenario, ...]) -> None:
    """Each question that the stem leaves out may be answered in any way."""
    tried = 0
    for one in drawn[:200]:
        found = walk(book, one.dialogue, one.answers, passing=True)
        told = {line.removeprefix("- ") for line in one.stem.splitlines()}
        for stop in found.stops:
            if not isinstance(stop.node, Asking) or isinstance(stop.node, ShortText):
                continue
            question = " ".join(stop.node.ask.split()).partition("?")[0]
            if any(line.startswith(question) for line in told):
                continue
            for value in candidates(stop.node, (), chance(1)):
                answers: dict[str, Value] = {**one.answers, stop.key: value}
                again = walk(book, one.dialogue, answers, passing=True)
                if again.outcome is not None:
                    tried += 1
                    assert again.outcome.node.id == one.outcome, (one.id, stop.key, value)
    assert tried > 100


def test_each_cites_its_outcome_and_nothing_of_the_past(
    book: Book, guidance: Guidance, drawn: tuple[Scenario, ...]
) -> None:
    for one in drawn:
        (outcome,) = [o for o in book.dialogues[one.dialogue].outcomes if o.id == one.outcome]
        assert set(outcome.cites) <= set(one.cites)
        for text in one.cites:
            place = guidance.resolve(Citation.parse(text))
            assert not place.publication.about.historical


def test_the_stem_can_be_read(drawn: tuple[Scenario, ...]) -> None:
    for one in drawn:
        *lines, last = one.stem.splitlines()
        assert last == WHAT_NOW
        assert all(line.isprintable() and "as told" not in line for line in lines)
        assert len(lines) - 1 <= MOST_CIRCUMSTANCES
        assert "**" not in one.stem + one.why


def test_the_place_of_the_key_is_spread_evenly(drawn: tuple[Scenario, ...]) -> None:
    places = Counter(
        next(n for n, option in enumerate(one.options) if option.right)
        for one in drawn
        if len(one.options) == 4
    )
    total = sum(places.values())
    assert all(0.2 < places[place] / total < 0.3 for place in range(4)), places


def test_dialogues_and_their_outcomes_take_turns(book: Book, guidance: Guidance) -> None:
    drawn = draw_scenarios(book, book.dialogues, guidance, 3, 54)
    assert max(Counter(one.dialogue for one in drawn).values()) == 2
    (name,) = {"travel-data"} & set(book.dialogues)
    some = draw_scenarios(book, [name], guidance, 3, 12)
    assert len({one.outcome for one in some}) == len(list(book.dialogues[name].outcomes))


def test_the_seed_decides(book: Book, guidance: Guidance) -> None:
    first, again, other = (
        draw_scenarios(book, names, guidance, seed, 30)
        for names, seed in product([sorted(book.dialogues)], [1, 1, 2])
    )
    assert first == again
    assert first != other
    assert draw_scenarios(book, sorted(book.dialogues, reverse=True), guidance, 1, 30) == first


def test_a_dialogue_with_one_outcome_gives_none(book: Book, guidance: Guidance) -> None:
    longer = book.dialogues["travel-data"]
    (end, *_) = longer.outcomes
    ask = YesNo(id="ask", ask="Ready?", cites=end.cites, yes=end.id, no=end.id)
    short = Book({"short": replace(longer, id="short", nodes=(ask, end))}, book.groups)
    with pytest.raises(UsageError, match="1 scenarios are wanted, and the dialogues give 0"):
        draw_scenarios(short, ["short"], guidance, 1, 1)


def test_a_dialogue_that_ends_in_history_gives_none(book: Book, guidance: Guidance) -> None:
    def past(cite: str) -> bool:
        return guidance.resolve(Citation.parse(cite)).publication.about.historical

    for name, dialogue in book.dialogues.items():
        if any(past(cite) for outcome in dialogue.outcomes for cite in outcome.cites):
            assert list(islice(scenarios(book, [name], guidance, 1), 1)) == []
            break
    else:
        pytest.skip("no dialogue ends in history")


def test_circumstances_that_have_no_bearing_are_known(book: Book) -> None:
    """With everything answered one outcome remains; with nothing answered, all of them."""
    for name, dialogue in book.dialogues.items():
        for found in islice(walks(book, name), 5):
            assert found.outcome in reachable(book, name, found.answers)
        assert reachable(book, name, {}) <= {outcome.id for outcome in dialogue.outcomes}


def test_what_is_proved_out_of_reach_is_never_reached(book: Book) -> None:
    for name in sorted(book.dialogues):
        for n, found in enumerate(islice(walks(book, name, 5), 12)):
            some = dict(list(found.answers.items())[: n + 1])
            open_ends = reachable(book, name, some)
            for other in islice(walks(book, name, n), 40):
                again = walk(book, name, {**other.answers, **some}, passing=True)
                if again.outcome is not None and all(
                    stop.value != CANNOT or stop.key in some for stop in again.stops
                ):
                    assert again.outcome.node.id in open_ends
