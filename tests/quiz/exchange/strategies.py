"""Banks made by hypothesis: items of every kind, with texts of any characters that a file holds."""

import string

from hypothesis import strategies as st

from assistant.quiz.model import (
    Bank,
    Difficulty,
    Item,
    Mistake,
    Number,
    Option,
    Order,
    Several,
    Short,
    Single,
    Topic,
    TrueFalse,
)

SPECIAL = "\\~=#{}:%<>&\"'[]()*_`/|;,.!?$@^+- \n\t£€–“”é字😀\u00a0\u200b\u2028"
_CHARACTERS = st.characters(
    exclude_categories=["Cs"], exclude_characters=[*map(chr, range(32)), "\ufffe", "\uffff"]
) | st.sampled_from(SPECIAL)
TEXTS = st.text(_CHARACTERS, min_size=1, max_size=40).map(str.strip).filter(bool)
FORMS = [
    "[html]",
    "[plain] x",
    "%50%x",
    "// x",
    "->",
    "::x::",
    "TRUE",
    "####x",
    "&#58;",
    "\\n",
    "]]>",
]
ANY_TEXT = TEXTS | st.sampled_from(FORMS) | st.tuples(st.sampled_from(FORMS), TEXTS).map("".join)
IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
CITES = st.lists(
    st.sampled_from(["a-b#c-d", "a-b#c-d/1", "npcc#what/6.3.1", "x#y/note-9"]),
    min_size=1,
    max_size=3,
)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-999, 99999).map(float)
UNITS = st.text(string.ascii_letters + "%£ ", min_size=1, max_size=20).map(str.strip).filter(bool)


@st.composite
def options(draw: st.DrawFn, right: int, wrong: int) -> tuple[Option, ...]:
    """So many right and so many wrong options, in any order."""
    made = [
        Option(draw(ANY_TEXT), draw(ANY_TEXT | st.just("")), n < right)
        for n in range(right + wrong)
    ]
    return tuple(draw(st.permutations(made)))


@st.composite
def items(draw: st.DrawFn, identity: str) -> Item:
    """An item of any kind that is written."""
    common = {
        "id": identity,
        "difficulty": draw(st.sampled_from(Difficulty)),
        "stem": draw(ANY_TEXT),
        "why": draw(ANY_TEXT),
        "cites": tuple(draw(CITES)),
    }
    kind = draw(st.sampled_from([Single, Several, TrueFalse, Order, Number, Short]))
    if kind is Single:
        return Single(options=draw(options(1, draw(st.integers(2, 4)))), **common)
    if kind is Several:
        right = draw(st.integers(1, 5))
        return Several(options=draw(options(right, draw(st.integers(1, 6 - right)))), **common)
    if kind is TrueFalse:
        return TrueFalse(key=draw(st.booleans()), wrong=draw(ANY_TEXT), **common)
    if kind is Order:
        return Order(steps=tuple(draw(st.lists(ANY_TEXT, min_size=3, max_size=6))), **common)
    if kind is Short:
        return Short(accepted=tuple(draw(st.lists(ANY_TEXT, min_size=1, max_size=4))), **common)
    mistakes = draw(st.lists(st.builds(Mistake, NUMBERS, ANY_TEXT), max_size=3))
    return Number(
        key=draw(NUMBERS),
        unit=draw(UNITS),
        tolerance=abs(draw(NUMBERS)),
        mistakes=tuple(mistakes),
        **common,
    )


@st.composite
def banks(draw: st.DrawFn) -> Bank:
    """One to three topics with a few items each."""
    names = draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
    ids = iter(draw(st.lists(IDS, min_size=9, max_size=9, unique=True)))
    return Bank(
        tuple(
            Topic(
                name,
                " ".join(draw(TEXTS).split()) or name,
                tuple(draw(items(next(ids))) for _ in range(draw(st.integers(1, 3)))),
            )
            for name in names
        )
    )
