"""The Review screen in its states: young data, a plan that has ended, leads, nothing in the days that were chosen."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from budget.plan import StoredPlan
from budget.store import Store
from tests.budget.builders import BUSINESS, usual_plan, week
from tests.budget.late import late_firm, upload
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, figures, has, labels, plain, table, texts, title

LEADS = replace(BUSINESS, result_is_lead=True, lead_to_customer_share=0.25)


def spanned(app: AppTest, name: str) -> AppTest:
    """The screen at an address that names a week or a month."""
    app.query_params["span"] = name
    return app.run()


def leads_firm(store: Store) -> StoredPlan:
    """A firm whose results are leads."""
    firm = store.create_workspace("Kurs", currency="AZN").workspace_id
    return store.add_plan(firm, replace(usual_plan(LEADS), workspace_id=firm))


def deltas(app: AppTest) -> dict[str, str]:
    """Colours of the chips, by card."""
    return {plain(metric.label): str(metric.proto.color) for metric in app.metric}


def test_a_first_week_is_shown_and_not_judged(open_app: OpenApp, store: Store) -> None:
    """Exported on the Monday after: the title says how much is in, no chip is coloured, the strip counts early days."""
    upload(store, late_firm(store), 1)
    app = calm(open_app("review"))
    assert "so far, with" in title(app)
    assert has(app, "Last 5 days early")
    assert has(app, "Too early to judge: about")
    gray = {colour for name, colour in deltas(app).items() if name == "Profit after media"}
    assert gray == {deltas(app)["Spend"]}
    assert {"Copy the daily budgets", "Who looks at what"} <= set(labels(app))
    assert len(texts(app, "title")) == 1


def test_after_two_weeks_the_older_one_is_judged(open_app: OpenApp, store: Store) -> None:
    """One click leads to the last full week; the first week, named in the address, has arrived and is judged."""
    plan = late_firm(store)
    for weeks in (1, 2):
        upload(store, plan, weeks)
    app = spanned(open_app("review", run=False), "2026-W37")
    assert "so far" not in title(calm(app))
    assert has(app, "7 – 13 Sep 2026")
    app.button(key="span_last").click().run()
    assert app.query_params["span"] == "2026-W38"
    assert "so far, with" in title(calm(app))
    assert app.selectbox(key="review_span").value == "2026-W38"
    app.button(key="span_all").click().run()
    assert "span" not in app.query_params
    assert "7 – 20 Sep 2026" in " ".join(texts(app, "caption"))


def test_a_week_that_nobody_uploaded_is_no_choice(open_app: OpenApp, store: Store) -> None:
    """An address with a week without data, or with nonsense, shows all to date."""
    upload(store, late_firm(store), 1)
    app = open_app("review", run=False)
    for name in ("2026-W45", "<b>"):
        assert calm(spanned(app, name)).selectbox(key="review_span").value == ""


def test_a_plan_that_has_ended_asks_for_no_money(
    open_app: OpenApp, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the last day: what happened stays; nothing is needed a day, and no next 100 is placed."""
    upload(store, late_firm(store), 13, restated=91)
    monkeypatch.setenv("PAYOFF_TODAY", week(15).isoformat())
    app = calm(open_app("review"))
    assert "The plan has ended" in texts(app, "header")
    assert figures(app)["Next AZN 100 earns"] == "–"
    assert has(app, "No line of the plan has money still to come.")
    rows = table(app, "Platform")
    assert (
        {row["Needed a day"] for row in rows.values()} == {row["Suggested a day"] for row in rows.values()} == {"0.00"}
    )


def test_a_business_of_leads_speaks_of_leads(open_app: OpenApp, store: Store) -> None:
    """Claims are held against leads; without any the table says that nothing was booked."""
    upload(store, leads_firm(store), 3)
    app = calm(open_app("review"))
    assert has(app, "By week, Leads a week.")
    rows = table(app, "Week from")
    assert {row["Booked"] for row in rows.values()} == {"–"}
    assert {row["Counted"] for row in rows.values()} == {"100%"}
