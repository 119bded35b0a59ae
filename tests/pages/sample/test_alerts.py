"""What needs a look on the sample firm: said once, with the way to mend it, silent once it was seen."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from budget.store import Store
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, labels, texts


def heading(app: AppTest) -> str:
    """The finding of the block."""
    return next((text for text in texts(app, "header") if "need" in text), "")


def said(app: AppTest) -> list[str]:
    """The alerts that speak."""
    return [text.removeprefix(":orange[:material/notifications:] ") for text in texts(app, "markdown")
            if text.startswith(":orange[:material/notifications:]")]  # fmt: skip


def press(app: AppTest, key: str) -> AppTest:
    """Press the first button whose key begins so."""
    return next(button for button in app.button if str(button.key).startswith(key)).click().run()


@pytest.mark.parametrize("screen", ["review", "overview"])
def test_money_that_ends_early_and_the_goal_are_said(open_app: OpenApp, screen: str) -> None:
    """On both screens the same list, most money first, with links to where it is mended."""
    app = calm(open_app(screen))
    assert heading(app) == f"{len(said(app))} things need a look"
    assert any(
        re.fullmatch(r"The goal is likelier missed than reached: \d+% chance of AZN 12,000\.", x) for x in said(app)
    )
    (ends,) = [x for x in said(app) if x.startswith("Meta · retargeting")]
    assert ends.startswith(
        "Meta · retargeting: the money lasts to about 22 Nov, the flight to 6 Dec. AZN 2,920 is missing"
    )
    assert "Move money" in labels(app)


def test_got_it_silences_and_undo_brings_back(open_app: OpenApp, store: Store) -> None:
    """The list is one shorter, also for the next visit; taken back, it is whole again; both acts are kept."""
    app = open_app("review")
    before = said(app)
    press(app, "got_")
    assert said(app) == before[1:]
    assert said(open_app("review")) == before[1:]
    press(app, "undo_GOAL" if "goal" in before[0] else "undo_BUDGET")
    assert said(app) == before
    assert len(store.acknowledgements(store.workspaces()[0].workspace_id)) == 2


def test_a_list_that_was_seen_is_gone(open_app: OpenApp) -> None:
    """Once all was acknowledged no heading is left, and nothing is said elsewhere."""
    app = open_app("review")
    for _ in range(len(said(app))):
        press(app, "got_")
    assert (heading(app), said(app)) == ("", [])
    assert heading(open_app("overview")) == ""


def test_azerbaijani(open_app: OpenApp) -> None:
    """The same figures, as Azerbaijani writes them."""
    app = calm(open_app("review", lang="az"))
    assert any("22 noy" in text and "2.920 AZN" in text for text in said(app))
    assert any(text.startswith("Baxılmalı məsələ") for text in texts(app, "header"))
