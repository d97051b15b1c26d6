"""Train the matcher when the wheel is built, so that it travels inside and nobody who installs it
has to."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class MatcherBuildHook(BuildHookInterface[Any]):
    """Puts the matchers, ``trained/<what>-<hash>.msgpack``, beside the content in the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Train, unless the checkout itself is installed: there the first question does."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from assistant.library.content import Content
        from assistant.library.read import read_content
        from assistant.library.trained import SHIPPED, file_name, trained_matcher, write

        content = Content(Path(self.root))
        checked = read_content(content)
        self._folder = tempfile.TemporaryDirectory()
        for folder, questions in (
            (content.questions, checked.questions),
            (content.dialogues, checked.situations),
        ):
            name = file_name(content, folder)
            path = Path(self._folder.name) / name
            write(path, trained_matcher(content, name, questions, lambda what, done, of: None))
            build_data["force_include"][str(path)] = f"assistant/content/{SHIPPED}/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was only needed to build."""
        if version != "editable":
            self._folder.cleanup()
