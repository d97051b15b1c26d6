"""One visitor: a process of the program whose screen goes to a browser."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

WIDEST, TALLEST = 500, 200
"""A browser may ask for a screen of at most so many columns and rows."""
_PATIENCE = 5
"""Seconds that the program has to leave by itself."""


class Visitor(AppService):
    """Starts the program without a shell between, and sees to it that it ends."""

    def __init__(
        self,
        write_bytes: Callable[[bytes], Awaitable[None]],
        write_str: Callable[[str], Awaitable[None]],
        close: Callable[[], Awaitable[object]],
        files: DownloadManager,
    ) -> None:
        """``write_bytes``, ``write_str`` and ``close`` lead to the browser."""

        async def closed() -> None:
            await close()

        super().__init__(
            "",
            write_bytes=write_bytes,
            write_str=write_str,
            close=closed,
            download_manager=files,
        )

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        # As the library does it, except that a shell would outlive, or hide, what it starts.
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "assistant"),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._build_environment(
                width=_within(width, WIDEST), height=_within(height, TALLEST)
            ),
        )
        self._stdin = self._process.stdin
        return self._process

    async def set_terminal_size(self, width: int, height: int) -> None:
        """Tell the program the size of the browser's window, in columns and rows."""
        await super().set_terminal_size(_within(width, WIDEST), _within(height, TALLEST))

    async def stop(self) -> None:
        """Ask the program to leave; end it where it does not."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await super().stop()
        except TimeoutError:
            self._task = None
        process = self._process
        if process is not None:
            if process.returncode is None:
                try:
                    async with asyncio.timeout(_PATIENCE):
                        await process.wait()
                except TimeoutError:
                    process.kill()
            await process.wait()


def _within(number: int, most: int) -> int:
    return max(1, min(int(number), most))
