"""A served app with an empty store for each module, a real browser for all, a fresh visit for each test."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.find_chromium import HOW, find_chromium
from tests.browser.server import serving
from tests.browser.visit import Visit, visiting

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TODAY = "2026-11-22"

OpenVisit = Callable[..., Visit]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium or Chrome, headless."""
    program = find_chromium()
    if program is None:
        pytest.fail(HOW, pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(program), args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app, served for this module from an empty store; its today is 22 November 2026."""
    with serving(tmp_path_factory.mktemp("payoff"), {"PAYOFF_TODAY": TODAY}) as url:
        yield url


@pytest.fixture
def open_visit(browser: Browser, base_url: str) -> Iterator[OpenVisit]:
    """Opens visits: `open_visit(width=390, scheme="dark", locale="az-AZ")`; problems met fail the test at its end."""
    with ExitStack() as visits:

        def open_one(**how: object) -> Visit:
            visit: AbstractContextManager[Visit] = visiting(browser, base_url, **how)  # type: ignore[arg-type]
            return visits.enter_context(visit)

        yield open_one


@pytest.fixture
def visit(open_visit: OpenVisit) -> Visit:
    """A visit at 1280 px in the light scheme and English."""
    return open_visit()
