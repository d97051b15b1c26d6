"""The settings: what is wrong in the file is said in one line, with the file and the line."""

import re
import string
from pathlib import Path

import pytest
from textual.keys import Keys, _character_to_key

from assistant.errors import ContentError
from assistant.interface.key_names import fault_of_key
from assistant.interface.settings import Settings, read_settings
from tests.helpers import ROOT, run

FAULTS = {
    "no TOML": ('theme = "dark"\nmouse = \n', 2, "Invalid value"),
    "no such theme": ('mouse = true\n# theme\ntheme = "pink"\n', 3, "Invalid enum value 'pink'"),
    "no such setting": ("mouse = true\ncolour = 1\n", 2, "unknown field `colour`"),
    "the wrong kind": ('theme = "dark"\n\nmouse = "no"\n', 3, "Expected `bool`, got `str`"),
    "a key that is no text": ('theme = "dark"\n[keys]\n"app.help" = 1\n', 2, "Expected `str`"),
    "no such action": (
        '[keys]\n"section.back" = "b"\n"walk.bakc" = "f8"\n',
        3,
        "there is no action 'walk.bakc'; the nearest is 'walk.back'",
    ),
    "a key taken twice": (
        'plain = false\n[keys]\n"app.help" = "f2"\n',
        3,
        "the key 'f2' of 'app.help' is the key of 'app.source' too",
    ),
    "a key of a section that the conversation has": (
        '[keys]\n"section.next" = "y"\n',
        2,
        "is the key of 'conversation.copy' too",
    ),
    "no such key": ('[keys]\n"app.help" = "f99"\n', 2, "there is no key 'f99'"),
    "no such modifier": ('[keys]\n"app.help" = "strg+f"\n', 2, "there is no key 'strg+f'"),
    "a sign for its name": ('[keys]\n"app.help" = "ctrl+/"\n', 2, "'/' is called 'slash'"),
    "one of two keys taken": (
        '[keys]\n"app.help" = "f12,f2"\n',
        2,
        "the key 'f12,f2' of 'app.help' is the key of 'app.source' too",
    ),
    "an empty key": ('[keys]\n"app.help" = ""\n', 2, "the key of 'app.help' is empty"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_one_line_with_its_place(tmp_path: Path, name: str) -> None:
    text, line, said = FAULTS[name]
    path = tmp_path / "settings.toml"
    path.write_text(text)
    with pytest.raises(ContentError) as fault:
        read_settings(path)
    (only,) = str(fault.value).splitlines()
    assert only.startswith(f"{path}:{line}: ")
    assert said in only


def test_two_faults_are_two_lines(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('[keys]\n"app.hlep" = "f2"\n"walk.back" = "f3"\n')
    with pytest.raises(ContentError) as fault:
        read_settings(path)
    assert [problem.line for problem in fault.value.problems] == [2, 3]


def test_a_file_that_is_no_text_is_said(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ContentError, match="it is not UTF-8 text"):
        read_settings(path)
    with pytest.raises(ContentError, match="cannot be read"):
        read_settings(tmp_path)


def test_without_a_file_everything_is_as_installed(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.toml") == Settings()


def test_two_places_that_are_never_open_together_may_share_a_key(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('[keys]\n"walk.back" = "f8"\n')
    assert read_settings(path).keys == {"walk.back": "f8"}


def test_the_keys_that_a_terminal_reports_can_be_set() -> None:
    reported = {key.value.replace("-", "+") for key in Keys if not key.value.startswith("<")}
    signs = {_character_to_key(sign) for sign in string.punctuation}
    for key in (reported - {"return"}) | signs | set("aZ7"):
        assert fault_of_key(key.replace("ctrl+@", "ctrl+at")) is None, key


def test_the_documented_example_can_be_read(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "officers.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    path = tmp_path / "settings.toml"
    path.write_text(example)
    found = read_settings(path)
    assert found != Settings()
    assert len(found.keys) == 2


def test_where_names_the_file_and_a_fault_in_it_ends_the_program_in_one_line(
    tmp_path: Path,
) -> None:
    environment = {"ASSISTANT_HOME": str(tmp_path)}
    path = tmp_path / "settings.toml"
    assert str(path) in run("where", environment=environment).stdout
    path.write_text('theme = "pink"\n')
    ended = run(environment=environment)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"assistant: {path}:1: ")
    assert ended.stderr.count("\n") == 1
