"""A small bank with an item of every kind."""

from assistant.quiz.attempt import Asked
from assistant.quiz.fingerprint import fingerprint
from assistant.quiz.model import (
    Difficulty,
    Item,
    Mistake,
    Number,
    Option,
    Order,
    Scenario,
    Several,
    Short,
    Single,
    TrueFalse,
)

MANUAL = "lighthouse-manual#the-lamp"
EASY, HARD = Difficulty.EASY, Difficulty.HARD

_ITEMS: tuple[Item, ...] = (
    Single(
        id="oil",
        difficulty=EASY,
        stem="Where is the lamp oil kept?",
        why="The manual keeps it in the cellar.",
        cites=(f"{MANUAL}/1.2",),
        options=(
            Option("In the cellar", "So the manual has it.", right=True),
            Option("In the loft", "It is too warm there."),
        ),
    ),
    Several(
        id="taken",
        difficulty=HARD,
        stem="What is taken up the stair?",
        why="A lantern and a cloth are.",
        cites=(f"{MANUAL}/1.3", f"{MANUAL}/1.4"),
        options=(
            Option("A lantern", "Yes.", right=True),
            Option("A cloth", "Yes.", right=True),
            Option("A bucket", "No."),
        ),
    ),
    TrueFalse(
        id="dusk",
        difficulty=EASY,
        stem="The lamp is lit at dusk.",
        why="At dusk.",
        cites=(MANUAL,),
        key=True,
        wrong="It is.",
    ),
    Order(
        id="lighting",
        difficulty=HARD,
        stem="Put the steps in order.",
        why="Climb, trim, light.",
        cites=(MANUAL,),
        steps=("Climb", "Trim", "Light"),
    ),
    Number(
        id="steps",
        difficulty=EASY,
        stem="How many steps has the stair?",
        why="It has 99.",
        cites=(MANUAL,),
        key=99,
        unit="steps",
        mistakes=(Mistake(100, "The landing is no step."),),
    ),
    Short(
        id="word",
        difficulty=EASY,
        stem="What is the glass called?",
        why="The lens.",
        cites=(MANUAL,),
        accepted=("the lens", "lens"),
    ),
    Scenario(
        id="fog",
        difficulty=HARD,
        stem="There is fog. What now?",
        why="The horn is sounded.",
        cites=(MANUAL,),
        dialogue="in-fog",
        answers={"fog": "yes"},
        outcome="sound",
        options=(Option("Sound the horn", "Yes.", right=True), Option("Wait", "No.")),
    ),
)

ITEMS = {item.id: item for item in _ITEMS}
TITLES = {"lamp": "The lamp & its oil", "stair": "The stair"}
PAPER = tuple(
    Asked(item.id, ("lamp", "stair")[place % 2], fingerprint(item))
    for place, item in enumerate(_ITEMS)
)
