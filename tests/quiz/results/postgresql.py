"""A real PostgreSQL server of the test run's own, from Debian's packages."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

BINARIES = Path("/usr/lib/postgresql")
USER = "postgres"


def _newest() -> Path:
    """The folder with the server's programs."""
    found = sorted(BINARIES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        pytest.skip("PostgreSQL is not installed (on Debian: apt-get install postgresql)")
    return found[-1].parent


def _unprivileged() -> list[str]:
    """What to put before a command: the server refuses to run as the superuser."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("PostgreSQL does not run as the superuser, and setpriv is not installed")
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]


@contextmanager
def server() -> Iterator[str]:
    """A server on a free port of this machine; the address of its first database, ending in it."""
    binaries, unprivileged = _newest(), _unprivileged()
    # Not below pytest's folder, which only its owner may enter.
    with tempfile.TemporaryDirectory(prefix="quiz-postgresql-") as name:
        folder = Path(name)
        secret = secrets.token_hex(16)
        password = folder / "password"
        password.write_text(secret)
        if unprivileged:
            for path in (folder, password):
                shutil.chown(path, USER, USER)
        data = folder / "data"

        def run(program: str, *arguments: str) -> None:
            command = [*unprivileged, str(binaries / program), "-D", str(data), *arguments]
            # Its output goes nowhere: the server would keep a pipe open for as long as it runs.
            done = subprocess.run(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=120,
            )
            assert done.returncode == 0, (command, _log(folder))

        run(
            "initdb",
            f"--username={USER}",
            "--auth=scram-sha-256",
            f"--pwfile={password}",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
        )
        port = _free_port()
        # Nothing here outlives the machine: the server need not wait for the disk.
        options = (
            f"-c fsync=off -c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories="
        )
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://{USER}:{secret}@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")


def _log(folder: Path) -> str:
    log = folder / "log"
    return log.read_text() if log.exists() else "no log"


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])
