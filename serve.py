"""The hardened server behind `make run`: the app with security headers, warm imports and a port that is free."""

import argparse
import asyncio
import gc
import importlib
import os
import socket
import sys
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path
from re import DOTALL, findall, sub
from urllib.parse import parse_qs

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from budget.present.words import language_of
from pages.parts import faults
from pages.parts.refusal import OPEN_ADDRESS, reaches_others

FIRST_PORT, PORTS_TRIED = 8501, 20
ADDRESS = "127.0.0.1"
STATIC = Path(st.__file__).parent / "static"
# The grid's editor must be there before the first key is pressed: digits typed while it loads are lost.
PRELOADED = ("data-grid-overlay-editor.*.js", "number-overlay-editor.*.js")
WARM = (
    "altair",
    "pandas",
    "pyarrow",
    "scipy.stats",
    "scipy.optimize",
    "sqlalchemy",
    "ibis",
    "babel.numbers",
    "pages.parts.frame",
)
DENIED_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)


def content_security_policy(index_html: str) -> str:
    """The policy for this release of Streamlit: own files and the inline scripts of its index page, nothing else."""
    inline = findall(r"<script>(.*?)</script>", index_html, DOTALL)
    hashes = "".join(f" 'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in inline)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self'{hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def security_headers() -> Mapping[str, str]:
    """The headers of every response."""
    index = (STATIC / "index.html").read_text(encoding="utf-8")
    return {
        "Content-Security-Policy": content_security_policy(index),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in DENIED_FEATURES),
    }


def preload_links() -> str:
    """The `Link` header that fetches the grid's editor together with the page."""
    files = [path for pattern in PRELOADED for path in sorted((STATIC / "static" / "js").glob(pattern))]
    return ", ".join(f"</static/js/{path.name}>; rel=modulepreload; crossorigin" for path in files)


class Hardened:
    """ASGI layer: security headers everywhere; on pages also the preload links and the language in `<html lang>`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.headers, self.links = app, security_headers(), preload_links()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; only what comes back is changed."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        page = scope["method"] == "GET" and "." not in scope["path"] and "/_stcore/" not in scope["path"]
        inner = _unencoded(scope) if page else scope
        response = _Response(
            send, self.headers, self.links, language(scope) if page else None, "/static/" in scope["path"]
        )
        await self.app(inner, receive, response.send)


class _Response:
    """One response on its way out."""

    def __init__(self, send: Send, headers: Mapping[str, str], links: str, lang: str | None, hashed: bool) -> None:
        self._send, self._headers, self._links, self._lang, self._hashed = send, headers, links, lang, hashed
        self._held: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            headers.update(self._headers)
            if not (self._hashed and message["status"] in (200, 206, 304)):
                headers["Cache-Control"] = "no-store"
            if self._lang and headers.get("content-type", "").startswith("text/html"):
                headers["Link"] = self._links
                self._held = message
                return
        elif self._held is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._held)
            return
        await self._send(message)

    async def _send_page(self, start: Message) -> None:
        body = sub(rb'<html lang="[^"]*"', f'<html lang="{self._lang}"'.encode(), self._body, count=1)
        headers = MutableHeaders(raw=start["headers"])
        headers["Content-Length"] = str(len(body))
        for name in ("etag", "last-modified"):
            del headers[name]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def language(scope: Scope) -> str:
    """The language a page is asked for: `?lang=`, else the browser's first."""
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
    first = Headers(scope=scope).get("accept-language", "").split(",")[0].split(";")[0].strip()
    return language_of(asked or first or None)


def _unencoded(scope: Scope) -> Scope:
    """The same request without compression and conditions, so that the page can be changed on its way out."""
    dropped = (b"accept-encoding", b"if-none-match", b"if-modified-since")
    return dict(scope) | {"headers": [(name, value) for name, value in scope["headers"] if name not in dropped]}


def _warm() -> None:
    """Import what the first visitor would wait for; frozen objects are left out of the collection after each run."""
    for name in WARM:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[None]:
    await asyncio.to_thread(_warm)
    yield


def free_port(wanted: int) -> int:
    """The wanted port, or the next free one; `SystemExit` when none of the next ones is free."""
    for port in range(wanted, wanted + PORTS_TRIED):
        with socket.socket() as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((ADDRESS, port))
            except OSError:
                continue
            return port
    raise SystemExit(f"Ports {wanted} to {wanted + PORTS_TRIED - 1} are taken: name a free one with --server.port.")


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Serve Payoff on this computer.")
    parser.add_argument("--server.address", dest="address", default=os.environ.get("STREAMLIT_SERVER_ADDRESS", ADDRESS))
    parser.add_argument(
        "--server.port", dest="port", type=int, default=os.environ.get("STREAMLIT_SERVER_PORT", FIRST_PORT)
    )
    return parser.parse_args(argv)


def main(argv: Sequence[str]) -> int:
    """Serve until interrupted; 2 when the address would be open to other computers."""
    wanted = _arguments(argv)
    if reaches_others(wanted.address):
        print(OPEN_ADDRESS, file=sys.stderr)
        return 2
    port = free_port(wanted.port)
    if port != wanted.port:
        print(f"Port {wanted.port} is taken.")
    print(f"Payoff: http://{ADDRESS}:{port}  (Ctrl+C ends it)", flush=True)
    app.run(config={"server.address": wanted.address, "server.port": port})
    return 0


app = st.App(
    Path(__file__).with_name("streamlit_app.py"),
    lifespan=_lifespan,
    middleware=[Middleware(Hardened)],
    on_script_error=faults.show,
)

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
