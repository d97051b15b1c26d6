"""The documents are true: commands, pictures, files and places that they name."""

import re
import runpy
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
    assert found[1].endswith("pytest -q -n 2")


@pytest.mark.parametrize("name", ["conversation", "library", "walk"])
async def test_the_pictures_are_true_and_load_nothing(library: object, name: str) -> None:
    pictures = runpy.run_path(str(ROOT / "docs" / "picture.py"))
    kept = (ROOT / "docs" / f"{name}.svg").read_text(encoding="utf-8")
    drawn = await pictures["drawn"](pictures["SCENES"][name])
    assert pictures["words"](drawn) == pictures["words"](kept), "python docs/picture.py"
    assert "@font-face" not in kept
    assert f"]({name}.svg)" in (ROOT / "docs" / "officers.md").read_text(encoding="utf-8")


def test_nothing_names_a_registry_or_a_path_of_a_machine() -> None:
    hosts = re.compile(r"pypi\.|files\.pythonhosted|registry\.npmjs|/root/|/tmp/|/home/\w")
    for path in [*PAGES, ROOT / "constraints.txt", ROOT / "pyproject.toml", ROOT / ".ci" / "run"]:
        assert not hosts.search(path.read_text(encoding="utf-8")), path
