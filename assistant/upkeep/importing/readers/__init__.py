"""One reader a format: bytes in, lines or blocks out. None of them follows a link or opens a
file."""
