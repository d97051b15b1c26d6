"""The documents are true: commands, pictures, files and places that they name."""

import re
from pathlib import Path

import pytest

from assistant.cli.main import build_parser
from tests.helpers import ROOT

PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *(ROOT / "docs").glob("*.md"),
]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


def commands() -> list[str]:
    """The names of all commands."""
    actions = [action for action in build_parser()._actions if action.choices]
    return [name for action in actions for name in (action.choices or ())]


@pytest.mark.parametrize("name", commands())
def test_every_command_is_documented(name: str) -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert f"assistant {name}" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_readme_prints_two_commands_that_stand_alone() -> None:
    found = re.findall(
        r"^    (python3 -m venv .*)$", (ROOT / "README.md").read_text(), re.MULTILINE
    )
    assert len(found) == 2
    assert all("pip install" in command for command in found)
    assert found[1].endswith("pytest -q")


def test_the_picture_shows_an_answer_and_loads_nothing() -> None:
    picture = (ROOT / "docs" / "conversation.svg").read_text(encoding="utf-8")
    text = re.sub(r"&#160;|\s+", " ", re.sub(r"<[^>]+>", " ", picture))
    assert "who signs off a section 44 search" in text
    assert "Cited passage" in text
    assert "@font-face" not in picture


def test_nothing_names_a_registry_or_a_path_of_a_machine() -> None:
    hosts = re.compile(r"pypi\.|files\.pythonhosted|registry\.npmjs|/root/|/tmp/|/home/\w")
    for path in [*PAGES, ROOT / "constraints.txt", ROOT / "pyproject.toml", ROOT / ".ci" / "run"]:
        assert not hosts.search(path.read_text(encoding="utf-8")), path
