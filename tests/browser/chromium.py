"""A headless Chromium, driven by its DevTools protocol."""

import asyncio
import base64
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import aiohttp
import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--remote-debugging-port=0"
)
_CONTROLS = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07|\x1b.")
_PATIENCE = 60


def installed() -> str | None:
    """Where Chromium is, if it is installed."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Page:
    """One page: what it asked for, what it was kept from, what its WebSocket brought, and keys for
    it.

    Used in an ``async with``, which ends the browser.
    """

    def __init__(self, folder: Path) -> None:
        """``folder`` is for the browser's own files."""
        self.requests: list[str] = []
        self.blocked: list[str] = []
        self.sent_referrers: list[str] = []
        self.received = ""
        self._folder = folder
        self._answers: dict[int, dict[str, Any]] = {}
        self._number = 0

    async def __aenter__(self) -> "Page":
        program = installed()
        if program is None:
            pytest.skip("no Chromium is installed")
        command = [program, *FLAGS.split(), f"--user-data-dir={self._folder}", "about:blank"]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._session = aiohttp.ClientSession()
        port_file = self._folder / "DevToolsActivePort"
        async with asyncio.timeout(_PATIENCE):
            while not port_file.exists() or not port_file.read_text().strip():
                await asyncio.sleep(0.05)
            port = port_file.read_text().split()[0]
            async with self._session.put(f"http://127.0.0.1:{port}/json/new") as answer:
                address = json.loads(await answer.text())["webSocketDebuggerUrl"]
            self._socket = await self._session.ws_connect(address, max_msg_size=0)
        self._listener = asyncio.create_task(self._listen())
        await self.call("Network.enable")
        await self.call("Log.enable")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.cancel()
        await self._socket.close()
        await self._session.close()
        self._process.terminate()
        await asyncio.to_thread(self._process.wait, 30)

    async def _listen(self) -> None:
        async for message in self._socket:
            event = json.loads(message.data)
            given = event.get("params", {})
            match event.get("method"):
                case None:
                    self._answers[event["id"]] = event
                case "Network.requestWillBeSent":
                    self.requests.append(given["request"]["url"])
                    self.sent_referrers.append(given["request"]["headers"].get("Referer", ""))
                case "Network.webSocketCreated":
                    self.requests.append(given["url"])
                case "Log.entryAdded" if given["entry"]["source"] == "security":
                    self.blocked.append(given["entry"]["text"])
                case "Network.webSocketFrameReceived":
                    data = given["response"]["payloadData"]
                    if given["response"]["opcode"] == 2:
                        data = base64.b64decode(data).decode("utf-8", "replace")
                    self.received += data

    async def call(self, method: str, **given: Any) -> Any:
        """Call a method of the protocol; its result."""
        self._number += 1
        number = self._number
        await self._socket.send_json({"id": number, "method": method, "params": given})
        await self.until(lambda: number in self._answers)
        return self._answers.pop(number).get("result")

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until ``condition`` holds."""
        try:
            async with asyncio.timeout(_PATIENCE):
                while not condition():
                    await asyncio.sleep(0.02)
        except TimeoutError:
            pytest.fail(f"still waiting; the screen received: {self.text()[-2000:]}")

    def text(self) -> str:
        """What the WebSocket brought, without what moves and colours it."""
        return re.sub(r"\s+", " ", _CONTROLS.sub(" ", self.received))

    async def evaluate(self, script: str) -> Any:
        """The value of ``script`` in the page."""
        found = await self.call("Runtime.evaluate", expression=script, returnByValue=True)
        return found["result"].get("value")

    async def type(self, text: str) -> None:
        """Type ``text`` where the page has its focus, then Enter."""
        await self.call("Input.insertText", text=text)
        key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
        await self.call("Input.dispatchKeyEvent", type="keyDown", **key)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **key)
