"""Screens before anything is there: they say what to do next."""

import pytest

from budget.present.words import LANGUAGES, words_for
from budget.store import Store
from pages.parts.navigation import SCREENS
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, labels, title

SCREENS_WITH_WORK = [screen.name for screen in SCREENS if screen.name != "overview"]


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_the_first_visit_offers_the_sample_and_an_own_plan(open_app: OpenApp, lang: str) -> None:
    """The overview of an empty store has two ways to begin."""
    say = words_for(lang).say
    app = calm(open_app(lang=lang, deep=True))
    assert title(app) == say("Nothing here yet.")
    assert {say("Open the sample firm"), say("Start my plan")} <= set(labels(app))


@pytest.mark.parametrize("lang", list(LANGUAGES))
@pytest.mark.parametrize("screen", SCREENS_WITH_WORK)
def test_every_other_screen_leads_to_the_start(open_app: OpenApp, screen: str, lang: str) -> None:
    """Without a firm a screen is one sentence and one link, in the person's language."""
    say = words_for(lang).say
    app = calm(open_app(screen, lang=lang, deep=True))
    assert title(app) == say("Nothing here yet.")
    assert say("Start on the overview") in labels(app)


@pytest.mark.parametrize("lang", list(LANGUAGES))
@pytest.mark.parametrize("screen", [screen.name for screen in SCREENS])
def test_a_firm_whose_plan_is_empty_can_look_everywhere(
    open_app: OpenApp, store: Store, screen: str, lang: str
) -> None:
    """No lines, no dates, no order value: every screen still stands and names a next step."""
    firm = store.create_workspace("Boş", currency="AZN").workspace_id
    store.create_plan(firm, name="Plan", currency="AZN")
    app = calm(open_app(screen, lang=lang, deep=True))
    assert title(app) != words_for(lang).say("Nothing here yet.")


def test_the_forecast_names_what_is_missing(open_app: OpenApp, store: Store) -> None:
    """Without a price and lines the forecast links to both screens that give them."""
    firm = store.create_workspace("Boş", currency="AZN").workspace_id
    store.create_plan(firm, name="Plan", currency="AZN")
    assert {"Go to the plan", "Go to the business"} <= set(labels(open_app("forecast")))
