"""The Events tab: examples, typed rows, months, undo; and every other screen knows what was typed."""

import re
from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from budget import desk
from budget.plan import PlanEvent, StoredPlan
from budget.season import months
from budget.store import Store
from budget.weeks import WEEK, week_of
from budget.yearly import own_months
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, edited, has, labels, press, texts, title
from tests.pages.sample.test_plan import draft

BLACK_FRIDAY = PlanEvent("Black Friday", date(2026, 11, 26), date(2026, 12, 1), 1.6, 1.4, "Example, not advice")


def opened(app: AppTest, tab: str = "Events") -> AppTest:
    """The tab of events."""
    app.session_state["plan_tabs"] = tab
    return calm(app.run())


@pytest.fixture
def events(open_app: OpenApp) -> AppTest:
    """The Plan screen of the sample firm at its events."""
    return opened(open_app("plan"))


def example(app: AppTest, key: str) -> AppTest:
    """Add an example."""
    (button,) = [button for button in app.button if button.key == f"example_{key}"]
    return calm(button.click().run())


def saved(store: Store, **changes: object) -> StoredPlan:
    """The draft saved with other events or assumptions, from elsewhere."""
    found = draft(store)
    return store.save_plan(found.workspace_id, replace(found, **changes))  # type: ignore[arg-type]  # a test's own fields


def test_an_example_is_added_edited_and_undone(events: AppTest, store: Store) -> None:
    """Black Friday comes with its days and assumed multipliers, is offered no more, takes edits, and can be undone."""
    assert title(events).startswith("AZN 84,000")
    assert has(events, "No week of the plan sells more or less than usual")
    app = example(events, "black_friday")
    assert draft(store).events == (BLACK_FRIDAY,)
    assert "example_black_friday" not in [button.key for button in app.button]
    assert has(app, "The week of 23 Nov is the strongest: × 1.29 conversions per click")
    key = f"events_{draft(store).plan_id}_1"
    app = calm(edited(app, key, rows={0: {"factor": "2", "price": "1,5", "reason": "last year"}}))
    assert [(e.factor, e.price_factor, e.reason) for e in draft(store).events] == [(2.0, 1.5, "last year")]
    app = calm(press(app, "Undo"))
    assert draft(store).events == (BLACK_FRIDAY,)
    assert calm(press(app, "Undo")).exception == []
    assert draft(store).events == ()


def test_an_example_is_offered_once_in_whatever_language(open_app: OpenApp, store: Store) -> None:
    """Added in one language, moved by a day, it is not offered again in the other, where it would count twice."""
    app = opened(open_app("plan", lang="az"), "Hadisələr")
    assert "example_black_friday" in [button.key for button in app.button]
    saved(store, events=(replace(BLACK_FRIDAY, start_date=date(2026, 11, 25)),))
    app = opened(app, "Hadisələr")
    assert "example_black_friday" not in [button.key for button in app.button]
    assert "example_novruz" in [button.key for button in app.button]


def test_rows_are_typed_and_deleted(events: AppTest, store: Store) -> None:
    """A row without days is asked for them and not kept; with days it is an event; deleted it is gone."""
    key = f"events_{draft(store).plan_id}_0"
    app = edited(events, key, added=[{"name": "Fair", "factor": "1.30"}])
    assert has(app, "Fair has no days from 2000 to 2099 yet, so it is not kept. Enter its first day.")
    assert draft(store).events == ()
    app = edited(app, key, added=[{"name": "Fair", "start": "2026-10-05", "last": "2026-10-11", "factor": "1.30"}])
    assert draft(store).events == (PlanEvent("Fair", date(2026, 10, 5), date(2026, 10, 12), 1.3, 1.0, ""),)
    assert has(app, "The week of 5 Oct is the strongest: × 1.30 conversions per click")
    app = edited(app, key, added=[{"name": "Fair", "start": "2026-10-05", "last": "2026-10-11", "factor": "many"}])
    assert has(app, "Fair: “many” is no multiplier above 0, so 1.00 counts. Write it like 1.25.")
    edited(app, key, added=[])
    assert draft(store).events == ()


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (PlanEvent("Back", date(2026, 10, 9), date(2026, 10, 5)), "Back ends before it begins, so it counts for"),
        (PlanEvent("Far", date(2028, 1, 1), date(2028, 1, 5), 2.0), "Far lies outside the weeks of the plan"),
        (PlanEvent("Wild", date(2026, 10, 5), date(2026, 10, 9), 16.0), "Wild: × 16.00 is unusual"),
    ],
    ids=["reversed", "outside", "far"],
)
def test_events_that_look_wrong_are_said(open_app: OpenApp, store: Store, event: PlanEvent, sentence: str) -> None:
    """An end before the start, days outside of the plan and odd multipliers are said under the table."""
    app = open_app("plan")
    saved(store, events=(event,))
    assert has(opened(app.run()), sentence)


def test_months_come_from_own_sales(events: AppTest, store: Store, open_app: OpenApp) -> None:
    """The sample firm's year of sales gives twelve months with their reason; each is the one that was computed."""
    plan = draft(store)
    events.session_state[f"months_{plan.plan_id}"] = True
    app = calm(events.run())
    assert has(app, "years of sales: too few to tell growth from the season, so growth is still in it.")
    (button,) = [button for button in app.button if button.key == "own_months"]
    app = calm(button.click().run())
    found = own_months(desk.booked(store, plan).amounts)
    assert found is not None
    kept = months(draft(store))
    assert {month: kept[kind, month].likely for kind, month in kept} == {
        month: round(x, 2) for month, x in found.factors.items() if round(x, 2) != 1
    }
    assert {row.source for row in kept.values()} == {"Own sales of 1.2 years"}
    assert any(label.startswith("Months of the year ·") for label in labels(app))
    app = calm(press(app, "Undo"))
    assert months(draft(store)) == {}


def test_other_screens_know_the_event(open_app: OpenApp, store: Store) -> None:
    """Two strong weeks ahead raise what the Forecast screen expects at once; without them it is as before."""

    def most(app: AppTest) -> float:
        """The better end of the range in the title."""
        return float(re.findall(r"earn AZN ([0-9,]+)", title(calm(app.run())))[0].replace(",", ""))

    app = open_app("forecast")
    before, start = most(app), week_of(date(2026, 11, 23))
    saved(store, events=(PlanEvent("Sale", start, start + 2 * WEEK, 2.0),))
    strong = most(app)
    saved(store, events=())
    assert most(app) == pytest.approx(before, rel=0.25)
    assert strong > 1.5 * before


def test_a_plan_without_lines_takes_events_too(open_app: OpenApp, store: Store) -> None:
    """Before a line has dates there are no weeks to draw; examples near today can be added all the same."""
    firm = store.create_workspace("Xəzər Çay", currency="AZN", timezone="Asia/Baku").workspace_id
    store.create_plan(firm, name="Empty", currency="AZN")
    app = example(opened(open_app("plan", firm=firm)), "black_friday")
    (head,) = store.plans(firm)
    assert store.plan(firm, head.plan_id).events == (BLACK_FRIDAY,)
    assert not [text for text in texts(app, "header") if "week" in text]
