"""Finds a Chromium or Chrome for the browser tests: `python -m tests.browser.find_chromium [--install]`."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.debian import install, may_install, run

VARIABLE = "PAYOFF_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
HOW = (
    "The browser tests need Chromium or Chrome: install one ('apt-get install chromium' on Debian, "
    f"'python -m playwright install chromium' elsewhere) or name its program in {VARIABLE}."
)


def find_chromium() -> Path | None:
    """The browser named in `PAYOFF_CHROMIUM`, else the system's, else Playwright's own; None if there is none."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named) if Path(named).is_file() else None
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return Path(found)
    return next((path for path in [*map(Path, PLACES), _own()] if path.is_file()), None)


def _own() -> Path:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def fetch() -> None:
    """Install Debian's chromium (as root on Debian), else Playwright's; failures show by there still being none."""
    if may_install():
        install("chromium")
    else:
        run(sys.executable, "-m", "playwright", "install", "chromium")


def main() -> int:
    """Print the browser's path; with `--install` fetch one where there is none."""
    browser = find_chromium()
    if browser is None and "--install" in sys.argv[1:]:
        print("Installing a browser for the tests ...", flush=True)
        fetch()
        browser = find_chromium()
    print(browser or HOW, file=sys.stdout if browser else sys.stderr)
    return 0 if browser else 1


if __name__ == "__main__":
    raise SystemExit(main())
