"""``assistant serve``: the screen in a browser."""

import argparse
import sys
from urllib.parse import urlsplit

from assistant.cli.session import the_library
from assistant.errors import AssistantError, UsageError


def run(options: argparse.Namespace) -> int:
    """Serve the screen to browsers until the program is asked to end; 0.

    Raises AssistantError where the extra ``serve`` is not installed.
    """
    if options.most_visitors < 1:
        raise UsageError("--most-visitors must be 1 or more.")
    if not 0 <= options.port <= 65_535:
        raise UsageError("--port must be between 0 (any that is free) and 65535.")
    public = urlsplit(options.public_url or "http://localhost")
    if public.scheme not in ("http", "https") or not public.hostname:
        raise UsageError("--public-url must be an address such as https://guidance.example/.")
    try:
        # Loaded here: the server's libraries are an extra, wanted by this command alone.
        import asyncio

        from assistant.browser.server import VisitorServer, is_loopback, serve
    except ModuleNotFoundError as error:
        raise AssistantError(
            f"serving to browsers needs {error.name}: pip install 'guidance-assistant[serve]'"
        ) from error
    the_library()  # compiled once, before the first visitor would have to wait for it
    if not is_loopback(options.host):
        print(
            f"assistant: warning: on {options.host} everyone who reaches this machine can use it, "
            "and what they type crosses the network unencrypted; put a proxy with TLS and a "
            "login before it.",
            file=sys.stderr,
        )
    server = VisitorServer(options.host, options.port, options.most_visitors, options.public_url)
    asyncio.run(serve(server))
    return 0
