"""Where answers, nodes, items and publications stand in the content files."""

from pathlib import Path

from assistant.errors import Problem
from assistant.guidance.content_files import YamlDocument, read_text, read_yaml, split_front_matter
from assistant.library.citing import CitingKind, place_of
from assistant.library.content import Content


class Places:
    """Finds things in the content files of ``source``. Only files with something to say of are
    read."""

    def __init__(self, source: Content) -> None:
        self.source = source
        self._texts: dict[Path, str] = {}
        self._documents: dict[Path, YamlDocument] = {}

    def problem(self, code: str, path: Path, line: int, message: str) -> Problem:
        """A problem with its file relative to the root."""
        return Problem(code, path.relative_to(self.source.root), line, message)

    def publication(self, name: str) -> Path:
        """The file of a publication."""
        return self.source.corpus / f"{name}.md"

    def front_matter(self, name: str, key: str) -> int:
        """The line of a field in the front matter of a publication."""
        path = self.publication(name)
        return split_front_matter(path, read_text(path))[0].line(key)

    def of(self, kind: CitingKind, name: str) -> tuple[Path, int]:
        """The file and the line of an answer, a node (``dialogue/node``) or a quiz item, or
        the file of a restated passage."""
        if kind is CitingKind.INTENT:
            return self.intent(name, "answer")
        if kind is CitingKind.NODE:
            return self.node(*name.split("/", 1))
        if kind is CitingKind.PASSAGE:
            return self.publication(place_of(name).publication), 0
        return self._entry(self.source.quiz, "*.yaml", "items", name)

    def intent(self, name: str, key: str) -> tuple[Path, int]:
        """The file of an intent and the line of one of its fields."""
        return self._entry(self.source.questions, "*/*.yaml", "intents", name, key)

    def node(self, dialogue: str, name: str) -> tuple[Path, int]:
        """The file of a dialogue and the line of one of its nodes."""
        return self._entry(self.source.dialogues, f"{dialogue}.yaml", "nodes", name)

    def _entry(
        self, folder: Path, pattern: str, table: str, name: str, *keys: str
    ) -> tuple[Path, int]:
        for path in sorted(folder.glob(pattern)):
            if path not in self._texts:
                self._texts[path] = read_text(path)
            if name not in self._texts[path]:
                continue
            document = self._document(path)
            for position, entry in enumerate(document.value[table]):
                if entry["id"] == name:
                    return path, document.line(table, position, *keys)
        return folder, 0

    def _document(self, path: Path) -> YamlDocument:
        if path not in self._documents:
            self._documents[path] = read_yaml(path)
        return self._documents[path]
