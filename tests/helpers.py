"""Small things that several tests use."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

NOW = datetime(2026, 11, 21, 12, 0)
TODAY = NOW.date()
ROOT = Path(__file__).resolve().parent.parent


def run(
    *arguments: str, text_in: str = "", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """``assistant`` with these arguments, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        input=text_in,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **(environment or {})},
        timeout=120,
    )
