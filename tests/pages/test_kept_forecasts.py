"""Keeping the present forecast on the Learning screen: new where something changed, else the one that stands."""

from dataclasses import replace

import pytest

from budget import desk
from budget.present.words import LANGUAGES, words_for
from budget.store import Store
from tests.budget.late import late_firm, upload
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, has, press, tables, texts
from tests.pages.own import drop, meta_csv, own_firm

DAY = meta_csv([("Çay", "2026-10-19", 1000, 20, 1, "12.34")])


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_a_forecast_is_kept_with_its_reason(open_app: OpenApp, store: Store, lang: str) -> None:
    """Unchanged it stands and takes the note; after the plan was edited a new one is kept; both are listed."""
    firm = own_firm(store)
    say = words_for(lang).say
    press(drop(open_app("upload"), ("day.csv", DAY)), "Save 1 file")
    (stands,) = store.forecasts(firm)
    app = calm(open_app("learning", lang=lang))
    app.text_input(key="forecast_note_0").set_value("before the price rise")
    press(app, say("Keep this forecast"))
    day = stands.made_at.date()
    said = say("Nothing has changed since the forecast of {date}: it stands.", date="|").split("|")[-1]
    assert [text for text in texts(calm(app)) if text.endswith(said) and str(day.year) in text]
    assert store.forecasts(firm) == (stands,)
    plan = store.plan(firm, store.plans(firm)[0].plan_id)
    store.save_plan(firm, replace(plan, name="Dearer"))
    press(calm(open_app("learning", lang=lang)), say("Keep this forecast"))
    assert len(store.forecasts(firm)) == 2
    app = calm(open_app("learning", lang=lang))
    rows = next(found for found in tables(app) if found[0][0] == say("Kept on"))
    assert [row[1] for row in rows[1:]] == [say("Asked for"), say("Data uploaded")]
    assert [row[3] for row in rows[1:]] == ["–", "before the price rise"]


def test_pressing_twice_keeps_one(open_app: OpenApp, store: Store) -> None:
    """The second press finds nothing changed."""
    firm = own_firm(store)
    press(drop(open_app("upload"), ("day.csv", DAY)), "Save 1 file")
    app = calm(open_app("learning"))
    for _ in range(2):
        press(app, "Keep this forecast")
        assert has(app, "Nothing has changed since the forecast of")
    assert len(store.forecasts(firm)) == 1


def test_an_undo_on_the_screen_takes_the_scores_back(open_app: OpenApp, store: Store) -> None:
    """The forecast of the plan is judged by an upload; its undo on the Upload screen leaves nothing judged."""
    plan = late_firm(store)
    desk.settle(store, plan, "plan")
    number = upload(store, plan, 3)
    desk.settle(store, plan, "upload")
    assert (store.scores(plan.workspace_id)["maturity"] > 0).any()
    open_app("upload").button(key=f"undo_{number}").click().run()
    assert not (store.scores(plan.workspace_id)["maturity"] > 0).any()
    assert [one.reason for one in store.forecasts(plan.workspace_id)] == ["plan", "upload", "undo"]


def test_a_change_that_nobody_settled_is_made_up_for(open_app: OpenApp, store: Store) -> None:
    """An undo outside the screens: the Learning screen judges anew before it shows the record."""
    plan = late_firm(store)
    desk.settle(store, plan, "plan")
    upload(store, plan, 2)
    last = upload(store, plan, 4)
    desk.settle(store, plan, "upload")
    assert has(open_app("learning"), "12 weeks of lines judged")
    store.undo_import(plan.workspace_id, last)
    assert has(calm(open_app("learning")), "6 weeks of lines judged")


def test_the_record_by_weeks_ahead(open_app: OpenApp, store: Store) -> None:
    """Seven weeks of uploads: near horizons are judged, in a sentence and a row each; young weeks are said."""
    plan = late_firm(store)
    desk.settle(store, plan, "plan")
    for weeks in range(2, 8):
        upload(store, plan, weeks)
        desk.settle(store, plan, "upload")
    app = calm(open_app("learning"))
    found = {(one.first, one.last): one for one in desk.record(store, plan).by_horizon}
    near = found[1, 2]
    assert has(app, f"2 weeks ahead: {near.inside} of {near.results} results inside the 80% range")
    rows = next(rows for rows in tables(app) if rows[0][0] == "Weeks ahead")
    assert len(rows) == 1 + len(found)
    assert has(app, "conversions of the last 14 days are still coming in; they are counted as")
