"""The first visit: five numbers become a firm with a plan; a second firm can follow, and one can be left."""

import pytest
from streamlit.testing.v1 import AppTest

from budget.money import MICROS
from budget.store import Store
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, has, labels, press, texts, title
from tests.pages.own import own_firm


def filled(app: AppTest, **figures: float | str) -> AppTest:
    """Type into the form of the first plan and send it."""
    for name, value in figures.items():
        (app.text_input if name == "name" else app.number_input)(key=f"start_{name}").set_value(value)  # type: ignore[arg-type]
    return press(app, "Make my plan")


def test_five_numbers_become_a_plan(open_app: OpenApp, store: Store) -> None:
    """A firm, 13 weeks from next Monday, the budget split to the cent, the order and the team as typed."""
    app = press(open_app(), "Start my plan")
    app = calm(filled(app, name="Xəzər Çay", order=42.0, goods=40.0, delivery=3.0, team=1500.0, budget=10_000.01))
    (firm,) = store.workspaces()
    assert (firm.name, firm.currency) == ("Xəzər Çay", "AZN")
    (head,) = store.plans(firm.workspace_id)
    plan = store.plan(firm.workspace_id, head.plan_id)
    assert plan.budget_micros == 10_000_010_000
    assert sum(week.budget_micros for week in plan.weeks) == 10_000_010_000
    assert plan.period is not None
    assert [day.isoformat() for day in plan.period] == ["2026-11-23", "2027-02-22"]
    assert [(line.platform, line.tactic) for line in plan.lines] == [("meta", "prospecting"), ("google", "search")]
    assert [cost.amount_micros for cost in plan.costs] == [1500 * MICROS]
    assert has(app, "Xəzər Çay")
    assert figures_stand(app)


def figures_stand(app: AppTest) -> bool:
    """Whether the overview shows its four cards."""
    return len(app.metric) == 4


@pytest.mark.parametrize("left_out", ["name", "order", "goods", "budget"])
def test_a_missing_number_is_asked_for(open_app: OpenApp, store: Store, left_out: str) -> None:
    """Without one of the four that matter nothing is made, and the screen says what is needed."""
    given = {"name": "Çay", "order": 42.0, "goods": 40.0, "budget": 1000.0}
    app = press(open_app(), "Start my plan")
    filled(app, **{name: value for name, value in given.items() if name != left_out})  # type: ignore[arg-type]
    assert not app.exception
    assert texts(app, "error") == ["Give a name, an average order, the cost of goods and a budget."]
    assert store.workspaces() == ()


def test_a_name_with_signs_is_shown_as_written(open_app: OpenApp) -> None:
    """A firm may be called what Markdown would read as an image and a formula."""
    name = "![x](https://evil.test/a.png) $x$ =1+1"
    app = press(open_app(), "Start my plan")
    app = calm(filled(app, name=name, order=42.0, goods=40.0, budget=1000.0))
    assert has(app, name)
    assert not [element for element in app.caption if "![" in str(element.value)]


def test_another_firm_can_be_begun_and_left(open_app: OpenApp, store: Store) -> None:
    """ "Another firm" offers both ways again; "Back" returns to the firm that was open."""
    own_firm(store)
    before = title(open_app())
    app = calm(press(open_app(), "Another firm"))
    assert title(app) == "Another firm"
    assert {"Open the sample firm", "Start my plan"} <= set(labels(app))
    assert title(press(app, "Back")) == before


def test_the_newest_firm_is_opened_and_the_other_stays_reachable(open_app: OpenApp, store: Store) -> None:
    """After a second firm was made it is the open one; the chooser leads back to the first."""
    first = own_firm(store)
    app = press(press(open_app(), "Another firm"), "Start my plan")
    app = calm(filled(app, name="Su", order=10.0, goods=50.0, budget=500.0))
    assert has(app, "Su ·")
    app.selectbox(key="firm").set_value(str(first)).run()
    assert has(calm(app), "Xəzər Çay ·")


@pytest.mark.parametrize("money", [0.01, 999_999_999.99])
def test_small_and_large_budgets_stand_everywhere(open_app: OpenApp, store: Store, money: float) -> None:
    """A plan of one cent and one of a billion are shown on every screen without a fault."""
    app = press(open_app(), "Start my plan")
    calm(filled(app, name="Ç", order=42.0, goods=40.0, budget=money))
    (firm,) = store.workspaces()
    (head,) = store.plans(firm.workspace_id)
    assert store.plan(firm.workspace_id, head.plan_id).budget_micros == round(money * 100) * 10_000
    for screen in ("business", "plan", "forecast", "upload", "review"):
        calm(open_app(screen))
