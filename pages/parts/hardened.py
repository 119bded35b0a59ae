"""The ASGI layer around the app: security headers on every answer; on pages also preload links, language and script."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from re import DOTALL, findall, sub
from urllib.parse import parse_qs

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from budget.present.words import language_of

STATIC = Path(st.__file__).parent / "static"
PAGE_SCRIPT, PAGE_SCRIPT_URL = Path(__file__).with_name("page.js"), "/payoff.js"
# The grid's editor must be there before the first key is pressed: digits typed while it loads are lost.
PRELOADED = ("data-grid-overlay-editor.*.js", "number-overlay-editor.*.js")
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


async def page_script(_request: Request) -> Response:
    """The one script of ours."""
    return Response(PAGE_SCRIPT.read_text(encoding="utf-8"), media_type="text/javascript")


def language(scope: Scope, *, asked: bool = True) -> str:
    """The language a page is asked for: `?lang=` (unless `asked` is false), else the browser's first."""
    query = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0] if asked else ""
    first = Headers(scope=scope).get("accept-language", "").split(",")[0].split(";")[0].strip()
    return language_of(query or first or None)


class Hardened:
    """The layer itself: `Middleware(Hardened)`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.headers, self.links = app, security_headers(), preload_links()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; only what comes back is changed."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        is_page = scope["method"] == "GET" and "." not in path and "/_stcore/" not in path
        page = _Page(self.links, language(scope), language(scope, asked=False)) if is_page else None
        answer = _Answer(send, self.headers, page, is_asset=path.startswith("/static/"))
        await self.app(_unencoded(scope) if is_page else scope, receive, answer.send)


@dataclass(frozen=True)
class _Page:
    """What is added to the index page: preload links, its language, the language when the address names none."""

    links: str
    lang: str
    usual: str

    def finished(self, body: bytes) -> bytes:
        script = f'<script src="{PAGE_SCRIPT_URL}" data-lang="{self.usual}" defer></script></head>'
        body = sub(rb'<html lang="[^"]*"', f'<html lang="{self.lang}"'.encode(), body, count=1)
        return body.replace(b"</head>", script.encode(), 1)


class _Answer:
    """One answer on its way out; a page is held until it is whole."""

    def __init__(self, send: Send, headers: Mapping[str, str], page: _Page | None, *, is_asset: bool) -> None:
        self._send, self._headers, self._page, self._is_asset = send, headers, page, is_asset
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._harden(message)
        if self._start is None or self._page is None:
            await self._send(message)
        elif message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._start, self._page)

    def _harden(self, start: Message) -> None:
        headers = MutableHeaders(raw=start["headers"])
        headers.update(self._headers)
        if not self._is_asset or start["status"] not in (200, 206, 304):
            headers["Cache-Control"] = "no-store"
        if self._page and headers.get("content-type", "").startswith("text/html"):
            headers["Link"] = self._page.links
            self._start = start

    async def _send_page(self, start: Message, page: _Page) -> None:
        body = page.finished(self._body)
        headers = MutableHeaders(raw=start["headers"])
        headers["Content-Length"] = str(len(body))
        del headers["etag"], headers["last-modified"]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _unencoded(scope: Scope) -> Scope:
    """The same request without compression and conditions, so that the page can be changed on its way out."""
    dropped = (b"accept-encoding", b"if-none-match", b"if-modified-since")
    return dict(scope) | {"headers": [(name, value) for name, value in scope["headers"] if name not in dropped]}
