"""The server: the page, the screen of each visitor, and who may have them.

The page loads nothing from elsewhere, and says so to the browser, which then sees to it.
"""

import asyncio
import ipaddress
import logging
import signal
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp_jinja2
from aiohttp import web
from textual_serve.server import Server

from assistant.browser.visitor import Visitor
from assistant.errors import AssistantError

PAGE = Path(__file__).parent / "page"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_TRY_AGAIN_LATER = 1013
"""The code of RFC 6455's registry with which a full server closes."""
_LONGEST_MESSAGE = 1 << 20
"""Bytes; a browser sends keys and pasted text."""


def is_loopback(host: str) -> bool:
    """Whether ``host`` can be reached from this machine alone."""
    return host in _LOOPBACK


class VisitorServer(Server):
    """Serves at most ``most`` visitors at a time."""

    def __init__(self, host: str, port: int, most: int, public_url: str | None = None) -> None:
        """``public_url`` is where a proxy before it stands, if one does."""
        super().__init__(
            "assistant", host, port, "Guidance assistant", public_url, templates_path=PAGE
        )
        self.most = most
        self._public = urlsplit(public_url) if public_url else None
        self._visitors: set[web.WebSocketResponse] = set()

    @property
    def full(self) -> str:
        """What is said to a visitor for whom there is no place; empty while there is one."""
        if len(self._visitors) < self.most:
            return ""
        places = "place is" if self.most == 1 else f"{self.most} places are"
        return f"The {places} taken; try again later."

    def initialize_logging(self) -> None:
        """No log: what is typed passes through here."""
        logging.getLogger("textual-serve").disabled = True

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: whoever starts the server does."""

    async def on_shutdown(self, app: web.Application) -> None:
        """Let every visitor go."""
        for websocket in list(self._visitors):
            await websocket.close(message=b"the server ends")

    async def _make_app(self) -> web.Application:
        self.initialize_logging()
        app = await super()._make_app()
        app.router.add_static("/page", PAGE / "static")
        app.on_response_prepare.append(self._guard)
        return app

    async def _guard(self, request: web.Request, response: web.StreamResponse) -> None:
        """What the browser is told of every answer: nothing from elsewhere, nothing to elsewhere.

        The terminal in the page makes style elements of its own, hence the inline styles.
        """
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            "font-src 'self'; img-src 'self' data:; "
            f"connect-src 'self' {self._websocket(request)}; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store"

    def _websocket(self, request: web.Request) -> str:
        """The address of the WebSocket, as the visitor reaches it."""
        if self._public is None:
            return f"ws://{request.host}/ws"
        scheme = "wss" if self._public.scheme == "https" else "ws"
        return f"{scheme}://{self._public.netloc}{self._public.path.rstrip('/')}/ws"

    def _only_here(self, request: web.Request) -> None:
        """Refuse a request by a name that is not ours: another page may have had its name lead
        here."""
        name = urlsplit(f"//{request.host}").hostname or ""
        ours = {self.host, *_LOOPBACK}
        if self._public is not None:
            ours.add(self._public.hostname or "")
        elif not is_loopback(self.host) and _is_address(name):
            return  # no other page can have an address for its name
        if name not in ours:
            raise web.HTTPForbidden(text="This server does not go by that name; see --public-url.")

    def _only_own_page(self, request: web.Request) -> None:
        """Refuse a WebSocket that the page of another site opens."""
        ours = {f"http://{request.host}"}
        if self._public is not None:
            ours.add(f"{self._public.scheme}://{self._public.netloc}")
        if request.headers.get("Origin") not in ours:
            raise web.HTTPForbidden(text="Only the page of this server may open its WebSocket.")

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """The page; where every place is taken, a line that says so."""
        self._only_here(request)
        if self.full:
            return aiohttp_jinja2.render_template(
                "full.html", request, {"why": self.full}, status=503
            )
        return aiohttp_jinja2.render_template(
            "page.html", request, {"websocket": self._websocket(request)}
        )

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Show the screen of a process of its own for as long as the visitor stays."""
        self._only_here(request)
        self._only_own_page(request)
        websocket = web.WebSocketResponse(heartbeat=15, max_msg_size=_LONGEST_MESSAGE)
        await websocket.prepare(request)
        if self.full:
            await websocket.send_bytes(self.full.encode())
            await websocket.close(code=_TRY_AGAIN_LATER, message=self.full.encode())
            return websocket
        self._visitors.add(websocket)
        visitor = Visitor(
            websocket.send_bytes, websocket.send_str, websocket.close, self.download_manager
        )
        try:
            await visitor.start(_number(request, "width", 80), _number(request, "height", 24))
            await self._process_messages(websocket, visitor)
        except (AssertionError, AttributeError, LookupError, TypeError, ValueError):
            await websocket.close(code=1003)  # what came was no message of the page
        finally:
            self._visitors.discard(websocket)
            await visitor.stop()
        return websocket


def _number(request: web.Request, name: str, otherwise: int) -> int:
    text = request.query.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


async def serve(server: VisitorServer) -> None:
    """Serve until the program is asked to end; print where. Raises AssistantError where the
    address cannot be had."""
    runner = web.AppRunner(await server._make_app(), access_log=None, shutdown_timeout=10)
    await runner.setup()
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, ended.set)
    try:
        try:
            await web.TCPSite(runner, server.host, server.port).start()
        except OSError as error:
            raise AssistantError(
                f"{server.host}:{server.port} cannot be served: {error.strerror}; --port and "
                "--host name another."
            ) from error
        host, port = runner.addresses[0][:2]
        shown = f"[{host}]" if ":" in host else host
        print(f"http://{shown}:{port}/ (Ctrl+C ends it)", flush=True)
        await ended.wait()
    finally:
        await runner.cleanup()
