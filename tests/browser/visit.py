"""One visit of the served app in a real browser, and what no visit may show."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Faults of Streamlit itself: sparklines of metrics, the upload's drop zone.
AXE_ALLOWED = {"svg-img-alt", "presentation-role-conflict"}
RUN_AXE = "async tags => (await axe.run({runOnly: tags, resultTypes: ['violations']})).violations"
# On a deep link Streamlit first looks for its server below the screen's address.
NOISE = ("/_stcore/health", "/_stcore/host-config")
QUIET_MS = 300

SETTLED = """quiet => {
  const app = document.querySelector('[data-testid="stApp"]');
  const busy = !app || app.dataset.testScriptState !== 'notRunning'
    || document.querySelector('[data-testid="stSkeleton"], [data-stale="true"], [data-testid="stSpinner"]');
  const now = performance.now();
  if (busy || window.__quietSince === undefined) window.__quietSince = now;
  return !busy && now - window.__quietSince >= quiet;
}"""


def settled(page: Page) -> None:
    """Wait until the script rests and nothing on the page waits to be drawn anew."""
    page.evaluate("() => { window.__quietSince = undefined }")
    page.wait_for_function(SETTLED, arg=QUIET_MS, polling=50)


def axe_faults(page: Page) -> list[str]:
    """What axe finds on the page as it is, beside the two known faults of Streamlit itself."""
    page.evaluate(AXE)
    violations: list[dict[str, Any]] = page.evaluate(RUN_AXE, AXE_TAGS)
    return [
        f"{fault['id']} ({fault['impact']}): {node['target']} {node['failureSummary']}"
        for fault in violations
        if fault["id"] not in AXE_ALLOWED
        for node in fault["nodes"]
    ]


def overflow_px(page: Page) -> int:
    """By how much the page is wider than its window; 0 when it fits."""
    wide = "() => { const e = document.scrollingElement; return Math.max(0, e.scrollWidth - e.clientWidth) }"
    return int(page.evaluate(wide))


@dataclass
class Visit:
    """A page of its own context; `problems` collects console errors and requests to other hosts."""

    page: Page
    base_url: str
    problems: list[str] = field(default_factory=list)

    def go(self, path: str = "/") -> None:
        """Open an address of the app and wait until it is drawn."""
        self.page.goto(self.base_url + path)
        self.page.get_by_role("heading", level=1).first.wait_for()
        settled(self.page)

    def settled(self) -> None:
        """Wait until the script rests."""
        settled(self.page)

    def checked(self) -> None:
        """The page as it is has no axe fault and is not wider than its window."""
        self.settled()
        faults, overflow = axe_faults(self.page), overflow_px(self.page)
        assert not faults, "\n".join([self.page.url, *faults])
        assert not overflow, f"{self.page.url} is {overflow} px wider than its window"

    def watch(self) -> None:
        """Start to collect problems."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(f"page error: {error}"))
        self.page.on("request", self._request)
        self.page.on("websocket", lambda socket: self._address(socket.url))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not urlsplit(message.location["url"]).path.endswith(NOISE):
            self.problems.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        self._address(request.url)

    def _address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != urlsplit(self.base_url).netloc:
            self.problems.append(f"request to another host: {url}")


@contextmanager
def visiting(
    browser: Browser, base_url: str, *, width: int = 1280, scheme: str = "light", locale: str = "en-US"
) -> Iterator[Visit]:
    """A visit in a fresh browser context; on leaving, any problem it met is a failure."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        locale=locale,
        timezone_id="Asia/Baku",
    )
    visit = Visit(context.new_page(), base_url)
    visit.watch()
    try:
        yield visit
    finally:
        context.close()
    assert not visit.problems, "\n".join(visit.problems)
