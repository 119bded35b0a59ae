"""Screens through the entry file on an empty store of their own; an unexpected fault fails the test."""

import logging
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test

from budget.log import LOGGER
from budget.store import Store, default_url, open_store

ENTRY = Path(__file__).parents[2] / "streamlit_app.py"
TODAY = "2026-11-22"
FRONT = "overview"
"""The screen that the entry file shows by itself."""

OpenApp = Callable[..., AppTest]


class Served(PagesManager):
    """As on a server that has shown a screen before: it runs the entry file first, whatever the screen.

    `AppTest` forgets that at each run; the screen would then run alone first, and the press of a button be lost.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        PagesManager.uses_pages_directory = False


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The empty store that the screens of this test read; today is 22 November 2026."""
    monkeypatch.setenv("PAYOFF_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("PAYOFF_DATABASE_URL", raising=False)
    monkeypatch.setenv("PAYOFF_TODAY", TODAY)
    opened = open_store(default_url())
    yield opened
    opened.close()
    forget()


def forget() -> None:
    """Nothing that was computed for a store is left, nor the store that the screens opened."""
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def open_app(store: Store, monkeypatch: pytest.MonkeyPatch) -> OpenApp:
    """Opens a screen by its name, through the entry file: `open_app("plan", lang="az", firm=1)`; run at once.

    Without `run=False` the result has run; `deep=True` goes to the screen as the first thing that a server shows.
    """

    def open_one(
        screen: str | None = None, *, lang: str = "", firm: int | None = None, deep: bool = False, run: bool = True
    ) -> AppTest:
        monkeypatch.setattr(app_test, "PagesManager", PagesManager if deep else Served)
        if deep:
            forget()
        app = AppTest.from_file(ENTRY, default_timeout=30)
        app.query_params.update({"lang": lang} if lang else {})
        app.query_params.update({"firm": str(firm)} if firm else {})
        if screen and (deep or screen != FRONT):
            app.switch_page(f"pages/{screen}.py")
        return app.run() if run else app

    return open_one


@pytest.fixture(scope="session", autouse=True)
def scanned_once() -> Iterator[None]:
    """Streamlit looks through every installed package at each `AppTest`; they stay the same while tests run."""
    once = cache(manifest_scanner.scan_component_manifests)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture(autouse=True)
def faults(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """Where unexpected errors happened; a test that wants one empties the list with `faults.clear()`."""
    seen: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: seen.append(str(getattr(record, "facts", {})))  # type: ignore[method-assign]
    logger = logging.getLogger(LOGGER)
    logger.addHandler(handler)
    yield seen
    logger.removeHandler(handler)
    assert seen == []
