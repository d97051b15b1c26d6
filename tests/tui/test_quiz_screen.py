"""The quiz on the screen, by its keys."""

from pathlib import Path

import pytest
from textual.widgets import Input

from assistant.answers.assistant import Assistant
from assistant.interface.quizzer import Quizzer
from assistant.quiz.attempt import Mode, Rules
from assistant.quiz.paper import Wanted, draw
from assistant.quiz.results.store import Store
from assistant.quiz.sitting import Sitting
from assistant.tui.app import AssistantApp
from assistant.tui.quiz_screen import QuizScreen
from assistant.tui.source_pane import SourcePane
from tests.faces import ScreenFace, on_screen
from tests.helpers import NOW
from tests.quiz.made import START

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


def quizzer(assistant: Assistant, mode: Mode, store: Store | None = None) -> Quizzer:
    bank = assistant.library.bank
    paper = draw(bank, Wanted(number=3, topics=("custody",), kinds=("single",)), 7)
    sitting = Sitting.begin(paper, bank, Rules(mode), START, None, store)
    return Quizzer(assistant, sitting, keys=True)


@SIZES
async def test_a_class_is_led_by_keys_alone(assistant: Assistant, size: tuple[int, int]) -> None:
    app = AssistantApp(NOW, quiz=quizzer(assistant, Mode.CLASS))
    async with app.run_test(size=size) as pilot:
        face = ScreenFace(app, pilot)
        await face.until(lambda: isinstance(app.screen, QuizScreen))
        assert app.screen.has_class("class-mode")
        await face.until(lambda: "Question 1 of 3" in face.text())
        await pilot.press("f7")
        await face.until(lambda: "Answer: " in face.rows())
        await pilot.press("f2")
        await face.until(lambda: "Cited passage" in face.rows())
        await pilot.press("escape")
        await face.until(lambda: not app.screen.query_one(SourcePane).display)
        await pilot.press("enter")
        await face.until(lambda: "Question 2 of 3" in face.rows())
        await pilot.press("enter")
        await face.until(lambda: "Answer: " in face.text())
        await pilot.press("f6")
        await face.until(lambda: "Question 3 of 3" in face.rows())
        await pilot.press("f3")
        await pilot.press("f4")
        await face.until(lambda: "Question 2 of 3" in face.text())


@SIZES
async def test_a_quiz_is_left_by_escape_and_gone_on_with_by_one_key(
    library: object, size: tuple[int, int]
) -> None:
    async with on_screen(size) as face:
        await face.type("/quiz custody seed 7")
        await face.until(lambda: isinstance(face.app.screen, QuizScreen))
        await face.type("1")
        await face.until(lambda: "Why: " in face.text())
        assert any(word in face.rows() for word in ("Right.", "Wrong.", "Partly right"))
        await face.pilot.press("escape")
        await face.until(lambda: face.app.screen is face.app.conversation)
        await face.until(lambda: "The quiz is left; F7 goes on" in face.text())
        assert isinstance(face.app.focused, Input)
        await face.pilot.press("f7")
        await face.until(lambda: isinstance(face.app.screen, QuizScreen))
        assert "Why: " in face.text() and "1 of 10 answered" in face.rows()


async def test_answers_given_on_the_screen_are_stored_at_once(
    assistant: Assistant, tmp_path: Path
) -> None:
    place = tmp_path / "results.sqlite3"
    with Store(place) as store, Store(place) as other:
        app = AssistantApp(NOW, quiz=quizzer(assistant, Mode.PRACTICE, store))
        async with app.run_test(size=(80, 24)) as pilot:
            face = ScreenFace(app, pilot)
            await face.until(lambda: isinstance(app.screen, QuizScreen))
            await face.type("1")
            await face.until(lambda: "Why: " in face.text())
            assert len(other.attempt(1).attempt.answers) == 1
