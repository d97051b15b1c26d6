"""The settings: one TOML file that the user writes."""

import tomllib
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct, field

from assistant.errors import ContentError, Problem
from assistant.interface.actions import ACTIONS
from assistant.library.home import home

Theme = Literal["dark", "light", "high-contrast", "ansi"]
THEMES: tuple[Theme, ...] = ("dark", "light", "high-contrast", "ansi")


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """What can be set; every field may be left out.

    ``theme``: the colours. ``mouse``: whether the mouse is used. ``plain``: the line mode instead
    of the screen. ``keys``: other keys for actions, by their ids (``"walk.back" = "f8"``).
    ``log_refused``: whether refused questions are kept, without identifiers, for authors.
    """

    theme: Theme = "dark"
    mouse: bool = True
    plain: bool = False
    log_refused: bool = False
    keys: dict[str, str] = field(default_factory=dict)


def privacy(settings: Settings) -> str:
    """What becomes of what is typed, in a sentence."""
    if settings.log_refused:
        return "Refused questions are kept in your own folder, without names and numbers."
    return "Nothing that you type is stored or sent."


def settings_file() -> Path:
    """Where the settings are read from."""
    return home() / "settings.toml"


def read_settings(path: Path) -> Settings:
    """The settings in ``path``; those of a fresh installation where there is no such file.

    Raises ContentError with the line of what is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        what = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise ContentError([Problem("settings", path, 0, f"cannot be read: {what}")]) from error
    try:
        found = msgspec.convert(tomllib.loads(text), Settings)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        message = str(error)
        raise ContentError([Problem("settings", path, _line(text, message), message)]) from error
    wrong = _wrong_keys(found)
    if wrong:
        problems = [Problem("settings", path, _line(text, f"`{w}`"), m) for w, m in wrong.items()]
        raise ContentError(problems)
    return found


def _wrong_keys(settings: Settings) -> dict[str, str]:
    """What is wrong with the keys, by action id: no such action, or a key given twice in one
    place."""
    by_id = {action.id: action for action in ACTIONS}
    wrong = {
        name: f"there is no action {name!r}; `assistant settings` lists them"
        for name in settings.keys
        if name not in by_id
    }
    for name, key in settings.keys.items():
        if name in wrong:
            continue
        for other in ACTIONS:
            taken = settings.keys.get(other.id, other.key)
            rooms = {other.where.value, by_id[name].where.value}
            together = len(rooms) == 1 or "everywhere" in rooms
            if other.id != name and taken == key and together:
                wrong[name] = f"the key {key!r} of {name!r} is the key of {other.id!r} too"
    return wrong


def _line(text: str, message: str) -> int:
    """The line that ``message`` is about: the one it names, or that names what it names."""
    import re

    said = re.search(r"at line (\d+)", message)
    if said is not None:
        return int(said[1])
    for name in re.findall(r"`\$?\.?([^`]+)`", message):
        wanted = name.rpartition(".")[2].strip("[]")
        for number, line in enumerate(text.splitlines(), 1):
            if wanted and wanted in line:
                return number
    return 1
