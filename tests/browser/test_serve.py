"""``assistant serve``: the screen in a real browser, and who is let in."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from tests.browser.chromium import Page
from tests.helpers import ROOT, run

QUESTION = "who signs off a section 44 search"


class Served(str):
    """The address of a server; ``process`` runs it."""

    process: "subprocess.Popen[str]"


@contextmanager
def served(*arguments: str) -> Iterator[Served]:
    """A server of its own on a free port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve", "--port", "0", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = Served(process.stdout.readline().split()[0].rstrip("/"))
        address.process = process
        yield address
    finally:
        process.terminate()
        rest = process.communicate(timeout=60)[0]
    assert process.returncode == 0
    assert rest == ""  # nothing is printed of what visitors do


def programs(server: Served) -> list[int]:
    """The processes that ``server`` has started and that have not ended."""
    found = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text()
    return [
        int(one) for one in found.split() if ") Z " not in Path(f"/proc/{one}/stat").read_text()
    ]


async def until_none(server: Served) -> None:
    """Wait until no program of ``server`` runs any more."""
    async with asyncio.timeout(60):
        while programs(server):
            await asyncio.sleep(0.02)


def headers(server: str, **other: str) -> dict[str, str]:
    """What the server's own page sends with its WebSocket."""
    return {"Origin": server, **other}


def elsewhere(server: str, page: Page) -> list[str]:
    """What ``page`` asked for that is not of ``server``; the icon is data in the page itself."""
    here = urlsplit(server).netloc
    return [
        url for url in page.requests if not url.startswith("data:") and urlsplit(url).netloc != here
    ]


async def test_a_question_is_answered_in_the_page_which_loads_nothing_from_elsewhere(
    library: object, tmp_path: Path
) -> None:
    with served() as server:
        async with Page(tmp_path) as page:
            await page.call("Page.navigate", url=f"{server}/")
            await page.until(lambda: "Ask a question as you would ask" in page.text())
            await page.type(QUESTION)
            await page.until(lambda: "An inspector or above" in page.text())
            assert await page.evaluate("document.querySelectorAll('main canvas').length") >= 1
            f10: dict[str, Any] = {"key": "F10", "code": "F10", "windowsVirtualKeyCode": 121}
            await page.call("Input.dispatchKeyEvent", type="keyDown", **f10)
            ended = "getComputedStyle(document.querySelector('.ended')).display"
            async with asyncio.timeout(60):
                while await page.evaluate(ended) != "block":
                    await asyncio.sleep(0.02)
            paths = {urlsplit(url).path for url in page.requests}
            assert paths >= {"/", "/ws", "/static/js/textual.js", "/page/page.css"}
            assert not elsewhere(server, page)
            assert not page.blocked
            assert not any(page.sent_referrers)
            await until_none(server)


async def test_the_page_cannot_be_made_to_call_elsewhere(library: object, tmp_path: Path) -> None:
    """The library's script calls whatever address stands in ``ping``."""
    with served() as server:
        async with Page(tmp_path) as page:
            await page.call("Page.navigate", url=f"{server}/?ping=https://elsewhere.example/")
            await page.until(lambda: page.blocked)
            assert "https://elsewhere.example/" in page.blocked[0]
            assert not elsewhere(server, page)


async def test_the_page_says_what_it_may_load(library: object) -> None:
    with served() as server:
        async with aiohttp.ClientSession() as session, session.get(server) as answer:
            policy = answer.headers["Content-Security-Policy"]
            text = await answer.text()
    assert "default-src 'none'" in policy
    assert "http:" not in policy and "https:" not in policy
    assert f"connect-src 'self' {server.replace('http', 'ws')}/ws" in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "http" not in text.replace("http-equiv", "")


async def test_one_visitor_too_many_is_told_so_and_a_place_that_is_left_is_free_again(
    library: object,
) -> None:
    with served("--most-visitors", "1") as server:
        async with aiohttp.ClientSession() as session:
            first = await session.ws_connect(f"{server}/ws", headers=headers(server))
            await first.receive()
            async with session.get(server) as page:
                assert page.status == 503
                assert "The place is taken; try again later." in await page.text()
            async with session.ws_connect(f"{server}/ws", headers=headers(server)) as second:
                assert b"The place is taken" in (await second.receive()).data
                await second.receive()
                assert second.close_code == 1013
            assert len(programs(server)) == 1
            await first.close()
            await until_none(server)
            async with session.get(server) as page:
                assert page.status == 200


async def test_a_program_ends_when_the_connection_of_its_visitor_breaks(library: object) -> None:
    with served() as server:
        async with aiohttp.ClientSession() as session:
            visitor = await session.ws_connect(f"{server}/ws", headers=headers(server))
            await visitor.receive()
            assert len(programs(server)) == 1
            transport = visitor.get_extra_info("socket")
            assert transport is not None
            transport.shutdown(socket.SHUT_RDWR)  # no word of closing is sent
            await until_none(server)


async def test_programs_end_with_a_server_that_is_killed(library: object) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve", "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    server = Served(process.stdout.readline().split()[0].rstrip("/"))
    server.process = process
    async with aiohttp.ClientSession() as session:
        visitor = await session.ws_connect(f"{server}/ws", headers=headers(server))
        while b"Ask a question" not in (await visitor.receive()).data:
            pass
        (program,) = programs(server)
        process.kill()
        process.communicate()
        async with asyncio.timeout(60):
            while _runs(program):
                await asyncio.sleep(0.05)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return False


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"Origin": "https://elsewhere.example"}, "Only the page of this server"),
        ({}, "Only the page of this server"),
        (
            {"Host": "elsewhere.example", "Origin": "http://elsewhere.example"},
            "does not go by that name",
        ),
    ],
)
async def test_the_page_of_another_site_gets_no_screen(
    library: object, sent: dict[str, str], why: str
) -> None:
    with served() as server:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{server}/ws", headers=sent) as answer,
        ):
            assert answer.status == 403
            assert why in await answer.text()
        assert not programs(server)


async def test_nothing_is_written_or_copied_on_the_server_for_a_visitor(
    library: object, tmp_path: Path
) -> None:
    file = tmp_path / "conversation.md"
    with served() as server:
        async with aiohttp.ClientSession() as session:
            visitor = await session.ws_connect(f"{server}/ws", headers=headers(server))
            received = b""

            async def until(words: bytes) -> None:
                nonlocal received
                async with asyncio.timeout(60):
                    while words not in received:
                        received += (await visitor.receive()).data

            await until(b"Ask a question")
            await visitor.send_json(["resize", {"width": 10**9, "height": 24}])
            for typed, shown in (
                (QUESTION, b"inspector"),
                (f"/save {file}", b"No file is"),
                ("/settings", b"a file of the server"),
                ("/copy", b"browser"),
            ):
                await visitor.send_json(["stdin", typed])
                await visitor.send_json(["stdin", "\r"])
                await until(shown)
            assert b"\x1b]52;c;" in received
            await visitor.send_json(["stdin", 7])  # no message of the page
            while not visitor.closed:
                await visitor.receive()
        await until_none(server)
    assert not file.exists()


def test_another_address_is_warned_of_in_one_line(library: object) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve", "--host", "0.0.0.0", "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    warned = process.communicate(timeout=60)[1]
    assert warned.count("\n") == 1
    assert "unencrypted" in warned


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port", "70000"], "--port must be between 0"),
        (["--most-visitors", "0"], "--most-visitors must be 1 or more"),
        (["--public-url", "guidance"], "--public-url must be an address"),
        (["--host", "192.0.2.1"], "192.0.2.1:8000 cannot be served"),
    ],
)
def test_a_wrong_argument_is_one_line(library: object, arguments: list[str], said: str) -> None:
    ended = run("serve", *arguments)
    assert ended.returncode in (1, 2)
    last = ended.stderr.splitlines()[-1]
    assert last.startswith("assistant: ") and said in last
    assert "Traceback" not in ended.stderr


def test_a_missing_extra_is_one_line_that_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "aiohttp_jinja2.py").write_text("raise ModuleNotFoundError(name='textual_serve')")
    before = os.environ.get("PYTHONPATH", "")
    ended = run("serve", environment={"PYTHONPATH": f"{tmp_path}:{before}"})
    assert ended.returncode == 1
    assert ended.stderr == (
        "assistant: serving to browsers needs textual_serve: "
        "pip install 'guidance-assistant[serve]'\n"
    )
