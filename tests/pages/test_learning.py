"""The Learning screen before there is much to learn from."""

import pytest

from budget.present.words import LANGUAGES, words_for
from budget.store import Store
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, has, labels, press, tables, title
from tests.pages.own import drop, meta_csv, own_firm


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_before_uploads_it_says_what_will_be_here(open_app: OpenApp, store: Store, lang: str) -> None:
    """The plan's figures are called assumptions, and the way leads to the Upload screen."""
    own_firm(store)
    say = words_for(lang).say
    app = calm(open_app("learning", lang=lang))
    assert title(app) == say("Nothing learned yet: the plan's figures are assumptions")
    assert say("Upload exports") in labels(app)
    assert not app.get("vega_lite_chart")


def test_before_uploads_the_other_screens_call_the_figures_assumed(open_app: OpenApp, store: Store) -> None:
    """Forecast and Overview say that prices and rates are still assumed."""
    own_firm(store)
    for screen in ("forecast", "overview"):
        assert has(open_app(screen), "Prices and rates are still assumed; uploads replace them.")
    assert has(open_app("forecast"), "Prices and rates: all assumed")


def test_a_plan_that_cannot_be_computed_names_what_is_missing(open_app: OpenApp, store: Store) -> None:
    """Without a price and lines the screen leads to both screens that give them."""
    firm = store.create_workspace("Boş", currency="AZN").workspace_id
    store.create_plan(firm, name="Plan", currency="AZN")
    app = calm(open_app("learning"))
    assert title(app) == "Nothing to learn from yet"
    assert {"Go to the plan", "Go to the business"} <= set(labels(app))


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_a_part_of_a_week_teaches_nothing_yet(open_app: OpenApp, store: Store, lang: str) -> None:
    """After one day the screen stands whole: all is assumed, no drift, no forecast judged."""
    own_firm(store)
    say = words_for(lang).say
    day = meta_csv([("Çay", "2026-10-19", 1000, 20, 1, "12.34")])
    press(drop(open_app("upload"), ("day.csv", day)), "Save 1 file")
    app = calm(open_app("learning", lang=lang))
    assert title(app) == say("No full week of data yet: all prices and rates are assumed")
    for sentence in ("Too early to see a drift", "No forecast has met its result yet"):
        assert has(app, say(sentence))
    rest = next(rows for rows in tables(app) if rows[0][1] == say("Full weeks"))
    assert [row[1:] for row in rest[1:]] == [["0", "–", "–"]] * 3
