"""Items as the YAML of the bank, to be looked over and put into it."""

import math
import re
from typing import Any

import msgspec
import yaml

from assistant.quiz.model import Item, Topic

_NAME = re.compile(r"[a-z][a-z0-9-]*(?:#[a-z0-9./()-]+)?")
_UNSAID: dict[str, Any] = {"right": False, "tolerance": 0, "mistakes": []}
"""Values that a file leaves out."""


class _Quoting(yaml.SafeDumper):
    """Texts stand between double quotes, where every character can be written; names do not."""


def _represent(dumper: _Quoting, text: str) -> yaml.ScalarNode:
    style = None if _NAME.fullmatch(text) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Quoting.add_representer(str, _represent)


def as_yaml(topic: Topic) -> str:
    """``topic`` as a file of the bank; what it lacks is empty, for `assistant check` to name."""
    document = {
        "topic": topic.id,
        "title": topic.title,
        "items": [_fields(item) for item in topic.items],
    }
    text = yaml.dump(document, Dumper=_Quoting, sort_keys=False, allow_unicode=True, width=math.inf)
    return str(text)


def _fields(item: Item) -> dict[str, Any]:
    made: dict[str, Any] = msgspec.to_builtins(item)
    first = ("id", "kind", "difficulty", "stem")
    last = ("why", "cites")
    middle = (name for name in made if name not in first + last)
    names = (name for name in [*first, *middle, *last] if _said(name, made[name]))
    return {name: _without_unsaid(made[name]) for name in names}


def _said(name: str, value: Any) -> bool:
    return name not in _UNSAID or value != _UNSAID[name]


def _without_unsaid(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: part for name, part in value.items() if _said(name, part)}
    if isinstance(value, list | tuple):
        return [_without_unsaid(part) for part in value]
    return value
