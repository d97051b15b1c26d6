"""A file of a format with structure read in a process of its own, which may not take more time or
memory than a document needs, open a file for writing, start a program, or reach a network.

The libraries that read such formats are sound, but a file can be made to keep them busy; the
process is ended then, and the file refused.
"""

import os
import subprocess
import sys
from pathlib import Path

import msgspec

from assistant.upkeep.importing.elements import Reading
from assistant.upkeep.importing.limits import MEMORY, SECONDS, Refused
from assistant.upkeep.importing.sources import Source, reader_of

_REFUSED = 3
_MISSING = 4
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork",
              "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink",
              "shutil.", "urllib.", "http.", "ftplib.", "smtplib.")  # fmt: skip


def read_confined(source: Source, seconds: float = SECONDS) -> Reading:
    """``source`` as read. Raises Refused, also where the reading takes too long or too much memory.

    Text needs no other program, and is read here.
    """
    if source.kind == "text":
        return reader_of("text")(source.data)
    package = Path(__file__).resolve().parents[3]
    paths = [str(package), *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", __name__, source.kind],
            input=source.data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(paths),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(f"reading it took more than {seconds:.0f} seconds") from error
    if done.returncode == 0:
        return msgspec.msgpack.decode(done.stdout, type=Reading)
    message = done.stdout.decode("utf-8", "replace")
    if done.returncode == _REFUSED:
        raise Refused(message)
    if done.returncode == _MISSING:
        raise Refused(
            f"reading {source.kind} needs {message}: pip install 'guidance-assistant[maintain]'"
        )
    raise Refused(f"it cannot be read as {source.kind} in the time and memory that a text needs")


def main() -> int:
    """Read standard input as the kind that the first argument names; print what was read, packed,
    or why it is refused."""
    kind = sys.argv[1]
    data = sys.stdin.buffer.read()
    _limit()
    try:
        read = reader_of(kind)
        sys.addaudithook(_forbid)
        reading = read(data)
    except Refused as error:
        sys.stdout.buffer.write(str(error).encode("utf-8", "replace"))
        return _REFUSED
    except MemoryError:
        sys.stdout.buffer.write(b"it takes more memory than a text needs")
        return _REFUSED
    except ModuleNotFoundError as error:
        sys.stdout.buffer.write(str(error.name).encode())
        return _MISSING
    sys.stdout.buffer.write(msgspec.msgpack.encode(reading))
    return 0


def _limit() -> None:
    """Bound the memory and the seconds of this process, where the system can."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows has no such bounds; the time is watched from outside
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))


def _forbid(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"reading a document does not need {event}")
    if event == "open":
        mode, flags = arguments[1], arguments[2]
        written = isinstance(mode, str) and set(mode) & set("wax+")
        if written or (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)):
            raise PermissionError("reading a document does not need to write")


if __name__ == "__main__":
    sys.exit(main())
