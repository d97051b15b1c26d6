"""The same words do the same in the line mode and on the screen."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.faces import LineFace, on_screen

CASES: list[dict[str, Any]] = [
    case
    for path in sorted((Path(__file__).parent.parent / "fixtures" / "faces").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
NAMES = [case["name"] for case in CASES]


def wrong(turn: dict[str, Any], shown: str) -> list[str]:
    """What ``shown`` lacks of what the turn must show, or holds of what it must not."""
    lacks = [f"lacks {text!r}" for text in turn.get("shows", ()) if text not in shown]
    return lacks + [f"holds {text!r}" for text in turn.get("hides", ()) if text in shown]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_in_the_line_mode(library: object, case: dict[str, Any]) -> None:
    with LineFace() as face:
        for turn in case["turns"]:
            shown = face.type(turn["typed"])
            assert not wrong(turn, shown), f"{turn['typed']}: {shown}"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("case", CASES, ids=NAMES)
async def test_on_the_screen(library: object, case: dict[str, Any], size: tuple[int, int]) -> None:
    async with on_screen(size) as face:
        for turn in case["turns"]:
            await face.type(turn["typed"])
            assert not wrong(turn, face.text()), f"{turn['typed']}: {face.text()}"
            if turn.get("close"):
                await face.close()
