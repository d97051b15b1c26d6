"""Where the program keeps what it writes."""

import os
from pathlib import Path

NAME = "guidance-assistant"


def home() -> Path:
    """The folder for everything that is written: ``ASSISTANT_HOME``, or the user's own data
    folder."""
    named = os.environ.get("ASSISTANT_HOME")
    if named:
        return Path(named).absolute()
    from platformdirs import user_data_path  # not needed, nor its time, where the folder is named

    return user_data_path(NAME, appauthor=False)


def settings_file() -> Path:
    """The file that the user's settings are read from."""
    return home() / "settings.toml"


def libraries() -> Path:
    """The folder that holds one compiled library a content hash."""
    return home() / "library"


def published() -> Path:
    """The folder of the published texts that the user has imported, one file a publication."""
    return home() / "published"


def asked() -> Path:
    """The file of what was asked in vain, where the settings say that it is kept."""
    return home() / "asked-in-vain.txt"


def results() -> Path:
    """The file that holds the results of quizzes."""
    return home() / "results.sqlite3"
