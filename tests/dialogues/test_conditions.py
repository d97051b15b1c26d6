"""Conditions: every form, answers that are missing or unknown, and texts that are none."""

import pytest

from assistant.dialogues.conditions import Condition, ConditionError, Facts, Use, condition
from assistant.dialogues.model import Value

ANSWERS: dict[str, Value] = {
    "charged": "yes",
    "bailed": "no",
    "victim": "unknown",
    "age": 17,
    "hours": 3.5,
    "no_age": "unknown",
    "country": "FR",
    "no_country": "unknown",
    "role": "advice",
    "services": ("bank", "work"),
    "no_services": (),
    "sent": "2026-11-20",
    "climb": "done",
}
GROUPS = {"eu": frozenset({"FR", "DE"}), "eea": frozenset({"FR", "DE", "NO"})}
FACTS = Facts(ANSWERS, GROUPS)

HOLD = [
    "charged",
    "not bailed",
    "not victim",
    "not missing",
    "victim == 'unknown'",
    "victim != 'no'",
    "bailed == 'no'",
    "charged and not bailed",
    "bailed or charged",
    "not (bailed or victim)",
    "age < 18",
    "age <= 17",
    "age >= 17",
    "age > 16.5",
    "age == 17",
    "age != 18",
    "hours > 3",
    "not age > 17",
    "country.eu",
    "country.eea and country == 'FR'",
    "not country.schengen",
    "not no_country.eu",
    "not missing.eu",
    "role == 'advice'",
    "role != 'station'",
    "'bank' in services",
    "'nhs' not in services",
    "'bank' not in no_services",
    "'bank' not in missing",
    "sent >= '2026-11-20'",
    "sent < '2026-12-01'",
    "charged and (bailed or country.eu)\n  and age < 18",
]
FAIL = [
    "bailed",
    "victim",
    "missing",
    "not charged",
    "charged and bailed",
    "bailed or victim or missing",
    "victim == 'no'",
    "victim == 'yes'",
    "missing == 'no'",
    "age < 17",
    "age > 17",
    "age == '17'",
    "no_age < 18",
    "no_age >= 18",
    "missing < 18",
    "missing >= 0",
    "age < '18'",
    "victim < 'z'",
    "country.schengen",
    "country == 'DE'",
    "no_country.eu",
    "missing.eu",
    "'nhs' in services",
    "'bank' in missing",
    "'bank' in no_services",
    "'adv' in role",
    "climb",
    "role",
    "services",
]


@pytest.mark.parametrize("text", HOLD)
def test_a_condition_holds(text: str) -> None:
    assert condition(text).holds(FACTS)


@pytest.mark.parametrize("text", FAIL)
def test_a_condition_does_not_hold(text: str) -> None:
    assert not condition(text).holds(FACTS)


@pytest.mark.parametrize(("left", "right"), [(left, right) for left in "ynum" for right in "ynum"])
def test_and_or_not_take_yes_and_nothing_else_as_true(left: str, right: str) -> None:
    values = {"y": "yes", "n": "no", "u": "unknown"}
    answers = {key: values[word] for key, word in (("a", left), ("b", right)) if word in values}
    facts = Facts(answers, {})
    first, second = left == "y", right == "y"
    assert condition("a and b").holds(facts) == (first and second)
    assert condition("a or b").holds(facts) == (first or second)
    assert condition("not a or not b").holds(facts) == (not first or not second)
    assert condition("not (a and b)").holds(facts) == (not (first and second))


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("a", (Use("a"),)),
        ("not a and b.eu", (Use("a"), Use("b", "group", group="eu"))),
        ("a < 18", (Use("a", "order", constant=18),)),
        ("a == 'x' or 'y' in b", (Use("a", "equal", constant="x"), Use("b", "member", None, "y"))),
        ("a != 'x'", (Use("a", "equal", constant="x"),)),
        ("'y' not in b", (Use("b", "member", constant="y"),)),
    ],
)
def test_what_a_condition_asks_for(text: str, uses: tuple[Use, ...]) -> None:
    assert condition(text).uses == uses


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a b",
        "a =",
        "a = 'x'",
        "(a := 1)",
        "a.b.c",
        "a()",
        "a.eu()",
        "a[0]",
        "a < b",
        "1 < a",
        "1 < a < 3",
        "'x' in a in b",
        "a in b",
        "'x' == a",
        "a is 'x'",
        "a + 1 > 3",
        "a if b else c",
        "lambda: a",
        "[a]",
        "1",
        "'yes'",
        "True",
        "__import__('os').system('true')",
        "a and open('x')",
        "a\0",
        "(" * 500 + "a" + ")" * 500,
    ],
)
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(ConditionError):
        Condition(text)
