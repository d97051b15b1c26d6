"""Facts that the cited passages do not hold are found. (Every answer, node and item is checked when
it is read.)"""

from assistant.guidance.facts import grounds, missing_facts
from assistant.library.model import Library


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
