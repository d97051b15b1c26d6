"""The marks of GIFT in texts: escaped, found where they are not escaped, and taken out again."""

import re
from collections.abc import Iterator

_SPECIAL = re.compile(r"[\\~=#{}:\n]")
_ESCAPED = re.compile(r"\\([\\~=#{}:n])")


def escaped(text: str) -> str:
    """``text`` with GIFT's own characters behind backslashes, and line ends as ``\\n``."""
    return _SPECIAL.sub(lambda m: "\\n" if m[0] == "\n" else f"\\{m[0]}", text)


def unescaped(text: str) -> str:
    """What ``text`` of a file says: escapes resolved, its own line ends made spaces."""
    joined = re.sub(r"[ \t]*\n[ \t]*", " ", text.strip())
    return _ESCAPED.sub(lambda m: "\n" if m[1] == "n" else m[1], joined).strip()


def marks(text: str, pattern: str) -> Iterator[re.Match[str]]:
    """The places in ``text`` where ``pattern`` stands and is not escaped."""
    return (m for m in re.finditer(rf"\\[\\~=#{{}}:n]|(?P<mark>{pattern})", text) if m["mark"])


def cut(text: str, pattern: str) -> tuple[str, str | None]:
    """``text`` before and after the first mark; None after it where there is none."""
    found = next(marks(text, pattern), None)
    return (text, None) if found is None else (text[: found.start()], text[found.end() :])
