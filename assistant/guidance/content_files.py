"""Content files (YAML, Markdown with front matter) read with the line of everything in them.

Only the reader of content needs this; a question is answered from the compiled library.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec
import yaml

from assistant.errors import ContentError, Problem

T = TypeVar("T")
Key = str | int

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


Lines = tuple[int, Any]
"""The line of a value, from 0, with the lines of what it holds: by key, by position, or None."""


class Parsed(NamedTuple):
    """What a YAML file holds, with the lines that it stands on."""

    value: Any
    lines: Lines


_PARSED: ContextVar[dict[str, Parsed] | None] = ContextVar("parsed", default=None)


class _Loader(_SafeLoader):  # type: ignore[misc]
    """YAML without its oldest trap: ``yes``, ``no``, ``on`` and ``off`` are words, not booleans."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, re.compile("(?:true|false)$") if tag.endswith(":bool") else pattern)
        for tag, pattern in resolvers
    ]
    for first, resolvers in _SafeLoader.yaml_implicit_resolvers.items()
}
_UNKNOWN = re.compile(r"unknown field `(?P<name>[^`]+)`")
_AT = re.compile(r" - at `\$?(?P<path>.*)`$")
_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+|\.\.\.)\]")


def read_text(path: Path) -> str:
    """The text of a UTF-8 file. Raises ContentError with one problem where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ContentError(
            [Problem("not-utf-8", path, line, "the file is not UTF-8 text; save it as UTF-8")]
        ) from error
    except OSError as error:
        raise ContentError(
            [Problem("unreadable", path, 0, f"cannot be read: {error.strerror}")]
        ) from error


class YamlDocument(NamedTuple):
    """A YAML file as plain values, with the lines that they stand on."""

    path: Path
    value: Any
    lines: "Lines"
    first_line: int

    def line(self, *keys: Key) -> int:
        """The line of the value found by going down ``keys``, or of the last one that exists."""
        line, below = self.lines
        for key in keys:
            if isinstance(below, dict) and str(key) in below:
                line, below = below[str(key)]
            elif isinstance(below, list) and isinstance(key, int) and key < len(below):
                line, below = below[key]
            else:
                break
        return line + self.first_line

    def problem(self, code: str, message: str, *keys: Key) -> Problem:
        """A problem at the value found by going down ``keys``."""
        return Problem(code, self.path, self.line(*keys), message)

    def convert(self, kind: type[T], value: Any, *keys: Key) -> T:
        """``value``, which stands at ``keys``, as ``kind``. Raises ContentError naming the line."""
        try:
            return msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            message, inner = _located(str(error))
            raise ContentError([self.problem("wrong-field", message, *keys, *inner)]) from error

    def items(self, kind: type[T], key: str) -> tuple[list[tuple[int, T]], list[Problem]]:
        """The entries of the list under ``key`` as ``kind`` with their lines, and the problems of
        those that are not."""
        if not isinstance(self.value, dict) or not isinstance(self.value.get(key), list):
            return [], [self.problem("wrong-field", f"the file must hold a list under `{key}:`")]
        found: list[tuple[int, T]] = []
        problems: list[Problem] = []
        for position, value in enumerate(self.value[key]):
            try:
                found.append((self.line(key, position), self.convert(kind, value, key, position)))
            except ContentError as error:
                problems += error.problems
        return found, problems


def _located(message: str) -> tuple[str, Sequence[Key]]:
    """The message of a failed conversion without its path, and the path as keys."""
    keys: list[Key] = []
    match = _AT.search(message)
    if match is not None:
        for name, position in _STEP.findall(match["path"]):
            if position == "...":
                break
            keys.append(int(position) if position else name)
        where = match["path"].lstrip(".")
        message = message[: match.start()] + (f" (in `{where}`)" if where else "")
    unknown = _UNKNOWN.search(message)
    return message, [*keys, unknown["name"]] if unknown else keys


def _lines(node: Any, line: int) -> "Lines":
    """``line``, on which ``node`` stands, with the lines of what stands in it."""
    if isinstance(node, yaml.MappingNode):
        return line, {key.value: _lines(value, key.start_mark.line) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return line, [_lines(one, one.start_mark.line) for one in node.value]
    return line, None


def _duplicate_keys(path: Path, node: Any, first_line: int) -> list[Problem]:
    problems: list[Problem] = []
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                line = key.start_mark.line + first_line
                problems.append(
                    Problem("duplicate-key", path, line, f"`{key.value}` is given twice")
                )
            seen.add(key.value)
            problems += _duplicate_keys(path, value, first_line)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            problems += _duplicate_keys(path, value, first_line)
    return problems


def parse_yaml(path: Path, text: str, first_line: int = 1) -> YamlDocument:
    """``text``, which starts on ``first_line`` of the file ``path``, as a YAML document.

    Raises ContentError with the line where it is not YAML, is empty, uses aliases or gives a key
    twice.
    """
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent):
                mark: Any = event.start_mark
                line = mark.line + first_line
                raise ContentError(
                    [
                        Problem(
                            "yaml-alias",
                            path,
                            line,
                            "aliases (*name) are not used in content files",
                        )
                    ]
                )
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                raise ContentError([Problem("empty-file", path, 0, "the file is empty")])
            problems = _duplicate_keys(path, node, first_line)
            if problems:
                raise ContentError(problems)
            value = loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + first_line if mark is not None else 0
        message = (
            getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
        )
        raise ContentError(
            [Problem("broken-yaml", path, line, f"not valid YAML: {message}")]
        ) from error
    except (ValueError, RecursionError) as error:
        raise ContentError([Problem("broken-yaml", path, 0, f"not valid YAML: {error}")]) from error
    return YamlDocument(path, value, _lines(node, node.start_mark.line), first_line)


def read_yaml(path: Path) -> YamlDocument:
    """The YAML file ``path``. Raises ContentError with file and line where it is broken."""
    text = read_text(path)
    parsed = _PARSED.get()
    if parsed is None:
        return parse_yaml(path, text)
    key = hashlib.sha256(text.encode()).hexdigest()
    if key not in parsed:
        document = parse_yaml(path, text)
        parsed[key] = Parsed(document.value, document.lines)
    return YamlDocument(path, parsed[key].value, parsed[key].lines, 1)


@contextmanager
def remembering(parsed: dict[str, Parsed]) -> Iterator[None]:
    """While it lasts, YAML files are not parsed that are in ``parsed``, by the SHA-256 of their
    text; the others are added. Parsing takes most of the time of reading content."""
    token = _PARSED.set(parsed)
    try:
        yield
    finally:
        _PARSED.reset(token)


def split_front_matter(path: Path, text: str) -> tuple[YamlDocument, str, int]:
    """The front matter of a Markdown file, the text after it, and the line that the text starts
    on."""
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].rstrip() != "---":
        raise ContentError(
            [
                Problem(
                    "no-front-matter",
                    path,
                    1,
                    "the file must begin with front matter between two lines `---`",
                )
            ]
        )
    end = next((n for n in range(1, len(lines)) if lines[n].rstrip() == "---"), None)
    if end is None:
        raise ContentError(
            [Problem("no-front-matter", path, 1, "the front matter is not closed by a line `---`")]
        )
    document = parse_yaml(path, "".join(lines[1:end]), first_line=2)
    return document, "".join(lines[end + 1 :]), end + 2
