"""The system's clipboard, where there is one."""

COPIED = "Copied to the clipboard."


def copy(text: str) -> str | None:
    """Put ``text`` on the system's clipboard; what to say of it, None where there is none."""
    # Loaded here: it looks for the programs that hold the clipboard.
    import pyperclip

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError):
        return None
    return COPIED
