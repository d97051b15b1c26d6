"""Every section of every publication changed in every way that it allows: the change is named, and
exactly what depends on it."""

import re
from collections.abc import Mapping
from functools import cache

import pytest

from assistant.guidance.content_files import read_yaml
from assistant.library.content import find_content
from assistant.library.read import CheckedContent
from assistant.quiz.model import Bank
from assistant.upkeep.changed_facts import FactKind
from assistant.upkeep.difference import Change, difference
from assistant.upkeep.impact import impact
from tests.upkeep.mutations import MUTATIONS, WHOLE, Mutation

PUBLICATIONS = (
    "app-international",
    "ie-partnership-working",
    "npcc-information-sharing",
    "icibi-status-checks-2016",
    "joint-protocol-2001",
)
FACTS = {kind.value for kind in FactKind}


@cache
def written_citations() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """What cites what, straight from the files."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    content = find_content()
    for path in content.questions.glob("*/*.yaml"):
        for intent in read_yaml(path).value["intents"]:
            found["intent", intent["id"]] = tuple(intent["citations"])
    for path in content.dialogues.glob("*.yaml"):
        dialogue = read_yaml(path).value
        found["dialogue", dialogue["id"]] = tuple(dialogue["citations"])
        for node in dialogue["nodes"]:
            found["node", f"{dialogue['id']}/{node['id']}"] = tuple(node.get("cites", ()))
    for kind, name in (("term", "glossary"), ("contact", "contacts")):
        for entry in read_yaml(content.corpus / f"{name}.yaml").value[f"{kind}s"]:
            found[kind, entry["id"]] = tuple(entry.get("citations", ()))
    for route in read_yaml(content.corpus / "countries.yaml").value["routes"]:
        found["route", route["id"]] = tuple(route["citations"])
    return found


def citations(content: CheckedContent, bank: Bank) -> dict[tuple[str, str], set[str]]:
    """What cites what, with the items of the bank, the links and the differences."""
    found = {key: set(cites) for key, cites in written_citations().items()}
    for item in bank.topics[0].items:
        found["item", item.id] = set(item.cites)
    for publication in content.guidance.publications:
        for number, one in enumerate(publication.about.differs, 1):
            found["differs", f"{publication.id}/differs-{number}"] = set(one.between)
        for section in publication.sections:
            for passage in section.passages:
                name = f"{section.citation}/{passage.paragraph}".removesuffix("/None")
                for target in re.findall(r"\]\((\S*#\S+?)\)", passage.text):
                    place = f"{publication.id}{target}" if target.startswith("#") else target
                    found.setdefault(("passage", name), set()).add(place)
    return found


def expected(mutation: Mutation, cited: Mapping[tuple[str, str], set[str]]) -> set[tuple[str, str]]:
    """What cites a place that the mutation touches."""

    def hit(citation: str) -> bool:
        section, _, number = citation.partition("/")
        numbers = mutation.places.get(section)
        return numbers is not None and (not number or number in numbers or WHOLE in numbers)

    return {key for key, places in cited.items() if any(map(hit, places))}


def unnamed(mutation: Mutation, changes: tuple[Change, ...]) -> str | None:
    """What is wrong with the changes that were named; None where they are those of the mutation."""
    kinds = {"fact" if change.kind.value in FACTS else change.kind.value for change in changes}
    if kinds != mutation.kinds:
        return f"named {sorted(kinds)}, not {sorted(mutation.kinds)}"
    if mutation.before_words is not None and not any(
        mutation.before_words in (change.before or "")
        and (mutation.after_words or "") in (change.after or "")
        for change in changes[:1]
    ):
        return f"the first change is {changes[0].before!r} > {changes[0].after!r}"
    if "fact" in kinds and sum(change.kind.is_fact for change in changes) > 1:
        return f"more than one fact: {changes}"
    return None


@pytest.mark.parametrize("publication", PUBLICATIONS)
@pytest.mark.parametrize("kind", MUTATIONS)
def test_each_change_is_named_with_exactly_what_depends_on_it(
    content: CheckedContent, bank: Bank, kind: str, publication: str
) -> None:
    cited = citations(content, bank)
    before = next(one for one in content.guidance.publications if one.id == publication)
    faults: list[str] = []
    for position, section in enumerate(before.sections):
        for mutation in MUTATIONS[kind](before, position):
            place = f"{section.anchor}: {mutation.name}: "
            changes = difference(before, mutation.after)
            if fault := unnamed(mutation, changes):
                faults.append(place + fault)
            found = {(d.kind.value, d.id) for d in impact(changes, before, content, bank)}
            wanted = expected(mutation, cited)
            if found != wanted:
                faults.append(
                    f"{place}missed {sorted(wanted - found)[:4]}, "
                    f"named for nothing {sorted(found - wanted)[:4]}"
                )
    assert faults == []


def test_every_kind_of_mutation_is_made(content: CheckedContent) -> None:
    made = {
        kind: sum(
            1
            for publication in content.guidance.publications
            for position in range(len(publication.sections))
            for _ in make(publication, position)
        )
        for kind, make in MUTATIONS.items()
    }
    few = {"sum", "rank", "form", "address", "statute", "joined"}
    assert {kind: count for kind, count in made.items() if count < (2 if kind in few else 60)} == {}
