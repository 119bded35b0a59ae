"""The hardened server, asked over plain HTTP."""

import http.client
import json
import re
import socket
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import streamlit

from tests.browser.server import ROOT

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


class Answer:
    """One answer: status, headers by lower-case name, body."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status, self.body = response.status, response.read()
        self.headers = {name.lower(): value for name, value in response.getheaders()}


def ask(base_url: str, path: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
    """One request, headers exactly as given."""
    connection = http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=20)
    try:
        connection.request(method, path, headers=dict(headers or {}))
        return Answer(connection.getresponse())
    finally:
        connection.close()


def websocket(base_url: str, **headers: str) -> int:
    """The status that answers an attempt to open the app's websocket."""
    asked = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": b64encode(bytes(16)).decode(),
    }
    return ask(base_url, "/_stcore/stream", headers=asked | headers).status


def asset() -> str:
    """The path of a file that every page loads."""
    found = re.search(r'src="\.(/static/js/index[^"]+)"', INDEX)
    assert found
    return found[1]


@pytest.mark.parametrize("path", ["/", "/plan", asset(), "/_stcore/health", "/media/none", "/static/js/none.js"])
def test_every_answer_carries_the_security_headers(base_url: str, path: str) -> None:
    """Pages, assets, health and errors all forbid framing, sniffing and foreign scripts."""
    headers = ask(base_url, path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_only_our_scripts_and_the_known_inline_one_may_run(base_url: str) -> None:
    """The policy names the hash of each inline script of the installed index page, and no unsafe source of scripts."""
    policy = ask(base_url, "/").headers["content-security-policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    inline = re.findall(r"<script>(.*?)</script>", INDEX, re.DOTALL)
    hashes = [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in inline]
    assert rules["script-src"].split() == ["'self'", *hashes]
    assert rules["default-src"] == rules["connect-src"] == "'self'"


def test_pages_are_never_stored_and_hashed_assets_are(base_url: str) -> None:
    """What may hold data is not kept by the browser; files whose name changes with their content are."""
    assert ask(base_url, "/").headers["cache-control"] == "no-store"
    assert ask(base_url, "/_stcore/health").headers["cache-control"] == "no-store"
    assert "no-store" not in ask(base_url, asset()).headers["cache-control"]


def test_the_editor_of_the_grid_is_fetched_with_the_page(base_url: str) -> None:
    """The preload links of a page lead to files that exist."""
    links = re.findall(r"<(.*?)>; rel=modulepreload", ask(base_url, "/plan").headers["link"])
    assert len(links) >= 2
    assert {ask(base_url, link).status for link in links} == {200}


@pytest.mark.parametrize(
    ("path", "accepted", "lang"),
    [
        ("/", "en-US,en;q=0.9", "en"),
        ("/", "az-AZ,az;q=0.9", "az"),
        ("/plan?lang=az", "en", "az"),
        ("/?lang=en", "az", "en"),
        ('/?lang="><script>', "en", "en"),
    ],
)
def test_the_page_says_its_language(base_url: str, path: str, accepted: str, lang: str) -> None:
    """`<html lang>` is the language of the address, else of the browser; compressed or not, the length is right."""
    answer = ask(
        base_url, path.replace('"><', "%22%3E%3C"), headers={"Accept-Language": accepted, "Accept-Encoding": "gzip"}
    )
    assert f'<html lang="{lang}">'.encode() in answer.body
    assert int(answer.headers["content-length"]) == len(answer.body)


def test_a_foreign_page_cannot_open_the_websocket(base_url: str) -> None:
    """A page elsewhere, or a name that was bound to our address, gets no session."""
    own = urlsplit(base_url).netloc
    assert websocket(base_url, Origin=base_url) == 101
    assert websocket(base_url, Origin="http://evil.test") == 403
    assert websocket(base_url, Host=f"evil.test:{urlsplit(base_url).port}", Origin=f"http://{own}") in (400, 403)


def test_an_upload_without_token_is_refused(base_url: str) -> None:
    """A foreign form cannot put a file: the upload needs the token of the page."""
    assert ask(base_url, "/_stcore/upload_file/session/file", "PUT").status in (400, 403)


@pytest.mark.parametrize("address", ["0.0.0.0", ""])  # noqa: S104  must be refused
def test_an_open_address_is_refused(address: str) -> None:
    """Without sign-in the server ends with one sentence and code 2 when others could reach it."""
    ended = serve(f"--server.address={address}")
    assert ended.returncode == 2
    assert len(ended.stderr.strip().splitlines()) == 1


def serve(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run `serve.py` to its end."""
    command = [sys.executable, "serve.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port on which somebody else listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def test_a_taken_port_gives_the_next_free_one(taken_port: int) -> None:
    """The search begins at the wanted port and steps over one where somebody listens."""
    asked = f"import serve; print(serve.free_port({taken_port}))"
    ended = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert int(ended.stdout) > taken_port


def test_the_effective_settings_are_the_safe_ones() -> None:
    """What Streamlit really reads from the configuration, asked in a process of its own."""
    expected = {
        "server.address": "127.0.0.1",
        "server.headless": True,
        "server.maxUploadSize": 25,
        "server.enableXsrfProtection": True,
        "server.enableCORS": True,
        "server.allowedHosts": ["localhost", "127.0.0.1"],
        "server.fileWatcherType": "none",
        "server.enableStaticServing": False,
        "server.enableAgentApi": False,
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "client.toolbarMode": "viewer",
        "browser.gatherUsageStats": False,
        "runner.magicEnabled": False,
    }
    asked = (
        "import json, sys, streamlit as st; print(json.dumps({k: st.get_option(k) for k in json.loads(sys.argv[1])}))"
    )
    command = [sys.executable, "-c", asked, json.dumps(list(expected))]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(ended.stdout) == expected
