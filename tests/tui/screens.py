"""What three screens show, row by row, at 80 columns and 24 rows.

usage: python -m tests.tui.screens    writes tests/fixtures/screens/ anew
"""

import asyncio
from pathlib import Path

from tests.faces import on_screen

FOLDER = Path(__file__).parent.parent / "fixtures" / "screens"
TYPED = {
    "welcome": [],
    "answer": ["who signs off a section 44 search"],
    "walk": ["/walk pace-clock", "1"],
}
SHOWS = {"welcome": "Ask a question", "answer": "▌ An inspector or above", "walk": "Question:"}


async def screen(name: str) -> str:
    """The rows of the screen ``name``, without the spaces at their ends."""
    async with on_screen() as face:
        for typed in TYPED[name]:
            await face.type(typed)
        await face.until(lambda: SHOWS[name] in face.rows())
        # Scrolling to the beginning of the answer and drawing the footer come a moment later.
        before = ""
        while before != face.rows():
            before = face.rows()
            for _ in range(10):
                await face.settled()
        return "\n".join(row.rstrip() for row in before.splitlines()) + "\n"


def main() -> None:
    """Write every screen."""
    FOLDER.mkdir(exist_ok=True)
    for name in TYPED:
        (FOLDER / f"{name}.txt").write_text(asyncio.run(screen(name)), encoding="utf-8")


if __name__ == "__main__":
    main()
