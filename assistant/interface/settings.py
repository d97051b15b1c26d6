"""The settings: one TOML file that the user writes."""

import re
import tomllib
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct, field

from assistant.errors import ContentError, Problem
from assistant.interface.actions import ACTIONS, Where

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
        raise ContentError(
            [Problem("settings", path, _line_of(text, name), m) for name, m in wrong.items()]
        )
    return found


def _wrong_keys(settings: Settings) -> dict[str, str]:
    """What is wrong with the keys, by action id: no such action or key, or a key given twice in
    one place."""
    if not settings.keys:
        return {}
    from assistant.interface.key_names import fault_of_key  # most users set no keys

    by_id = {action.id: action for action in ACTIONS}
    wrong = {
        name: f"there is no action {name!r}; {_nearest(name)}"
        for name in settings.keys
        if name not in by_id
    }
    for name, key in settings.keys.items():
        if name in wrong:
            continue
        fault = f"the key of {name!r} is empty" if not key else fault_of_key(key)
        if fault is not None:
            wrong[name] = fault
        for other in ACTIONS:
            taken = settings.keys.get(other.id, other.key)
            if (
                other.id != name
                and _shared(key, taken)
                and _together(by_id[name].where, other.where)
            ):
                wrong[name] = f"the key {key!r} of {name!r} is the key of {other.id!r} too"
    return wrong


def _shared(keys: str, others: str | None) -> bool:
    """Whether one of ``keys`` is one of the ``others``."""
    return others is not None and not set(keys.split(",")).isdisjoint(others.split(","))


def _together(one: Where, other: Where) -> bool:
    """Whether the keys of both places work at the same time."""
    return one == other or Where.EVERYWHERE in (one, other) or {one, other} == _READ_IN


_READ_IN = {Where.CONVERSATION, Where.READING}


def _nearest(name: str) -> str:
    # Loaded here: it is wanted only where something is wrong.
    from rapidfuzz import process

    return f"the nearest is {process.extractOne(name, [one.id for one in ACTIONS])[0]!r}"


def _line(text: str, message: str) -> int:
    """The line that ``message`` is about: the one it names, or where the field that it names is
    set."""
    said = re.search(r"at line (\d+)", message)
    if said is not None:
        return int(said[1])
    where = re.search(r"`\$\.(\w+)", message) or re.search(r"field `([^`]+)`", message)
    return _line_of(text, where[1]) if where is not None else max(1, text.count("\n"))


def _line_of(text: str, name: str) -> int:
    """The line on which ``name`` is set, or its table begins; 1 where it is written otherwise."""
    quoted = re.escape(name)
    sets = re.compile(rf"^[^#]*?(?<![\w.])(?:[\"']?{quoted}[\"']?\s*=|\[{quoted}\])")
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if sets.search(line)), 1)
