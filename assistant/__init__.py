"""The guidance assistant: cited answers from published guidance, offline, in the terminal."""

__version__ = "0.1.0"
