"""Every number, sum, rank, form, statute and body in an answer stands in the passages that it
cites. (Those of dialogues are checked when they are read.)"""

from assistant.guidance.facts import grounds, missing_facts
from assistant.library.model import Library

# Each with its reason: what the pattern takes for a fact and is none, or what stands elsewhere on
# purpose.
ALLOWED: dict[tuple[str, str], str] = {}


def test_every_fact_of_every_answer_stands_in_what_it_cites(library: Library) -> None:
    found = {
        (intent.id, fact): kind
        for intent in library.intents.values()
        for kind, fact in missing_facts(intent.answer, grounds(library.guidance, intent.citations))
    }
    assert {key: kind for key, kind in found.items() if key not in ALLOWED} == {}
    assert set(ALLOWED) <= set(found), "an exception that is no longer needed"


def test_a_fact_that_the_source_lacks_is_found(library: Library) -> None:
    known = grounds(library.guidance, ["app-international#section-44-searches"])
    text = "**A sergeant** may use form IM9 for 17 people under the Dragons Act 1999 (ABC), £5."
    assert {kind for kind, _ in missing_facts(text, known)} == {
        "number",
        "sum",
        "form",
        "body",
        "rank",
        "statute",
    }
