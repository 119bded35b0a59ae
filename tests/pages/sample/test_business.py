"""The Business screen: break-even figures follow what is typed, by their definitions."""

from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from budget.store import Store
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, figures, has, title
from tests.pages.sample.truth import PLAN, cents


@pytest.fixture
def business(open_app: OpenApp) -> AppTest:
    """The Business screen of the sample firm."""
    return open_app("business")


def break_even(**typed: Any) -> dict[str, str]:
    """The four cards by the product's definitions, from the plan file with some figures typed over."""
    given = {key: x[1] if isinstance(x, list) else x for key, x in PLAN["business"].items()} | typed
    of = {key: Decimal(str(x)) for key, x in given.items()}
    price, paid = of["order_value"], of["order_value"] * (1 - of["discount_share"])
    net = price / (1 + of["vat_share"]) * (1 - of["discount_share"]) * (1 - of["returns_share"])
    left = net * (1 - of["cogs_share"]) - of["fulfilment_per_order"] - paid * of["payment_fee_share"]
    left -= of["returns_share"] * of["return_handling_per_return"]
    cpa = of["incrementality"] * left * of["lead_to_customer_share"]
    ctr, cvr = rates()
    return {
        "ROAS": f"{cents(net / left / of['incrementality'])}×",
        "CPA": f"AZN {cents(cpa)}",
        "CPC": f"AZN {cents(cpa * cvr)}",
        "CPM": f"AZN {cents(1000 * ctr * cpa * cvr)}",
    }


def rates() -> tuple[Decimal, Decimal]:
    """Click and conversion rate of the whole budget at likely figures: ratios of the sums over all lines."""
    views = clicks = orders = Decimal(0)
    for line in PLAN["line"]:
        cpm, ctr, cvr = (Decimal(str(line[key][1])) for key in ("cpm", "ctr", "cvr"))
        shown = line["budget"] / cpm
        views, clicks, orders = views + shown, clicks + shown * ctr, orders + shown * ctr * cvr
    return clicks / views, orders / clicks


def typed(app: AppTest, name: str, value: float) -> AppTest:
    """Type into one input."""
    return app.number_input(key=f"business_1_{name}").set_value(value).run()


def test_break_even_as_planned(business: AppTest) -> None:
    """ROAS, CPA, CPC and CPM beside the inputs equal the definitions at the plan file's figures."""
    assert figures(calm(business)) == break_even()


@pytest.mark.parametrize(
    ("name", "value", "becomes"),
    [
        ("price", 80.0, {"order_value": 80}),
        ("vat_share", 0.0, {"vat_share": 0}),
        ("cogs_share", 55.5, {"cogs_share": 0.555}),
        ("returns_share", 20.0, {"returns_share": 0.2}),
        ("discount_share", 12.5, {"discount_share": 0.125}),
        ("payment_fee_share", 3.5, {"payment_fee_share": 0.035}),
        ("fulfilment_per_order", 6.25, {"fulfilment_per_order": 6.25}),
        ("return_handling_per_return", 9.0, {"return_handling_per_return": 9}),
    ],
)
def test_every_input_moves_break_even(business: AppTest, name: str, value: float, becomes: dict[str, Any]) -> None:
    """One figure typed over: all four cards equal the definitions with that figure."""
    app = calm(typed(business, name, value))
    assert figures(app) == break_even(**becomes)
    assert break_even(**becomes) != break_even()


def test_what_was_typed_is_kept(business: AppTest, open_app: OpenApp) -> None:
    """Another visit finds the figure and its consequence."""
    typed(business, "price", 80.0)
    assert figures(open_app("business")) == break_even(order_value=80)


def test_leads_count_by_those_that_become_customers(business: AppTest) -> None:
    """Where ads bring leads, a lead may cost its share of a customer."""
    (kind,) = [each for each in business.segmented_control if str(each.key).endswith("_lead")]
    kind.set_value(True).run()
    app = typed(business, "lead_to_customer_share", 25.0)
    assert figures(app)["CPA"] == break_even(lead_to_customer_share=0.25)["CPA"]


def test_an_order_that_loses_money_has_no_break_even(business: AppTest) -> None:
    """When delivery costs more than an order leaves, no advertisement pays: dashes, no figure."""
    app = calm(typed(business, "fulfilment_per_order", 60.0))
    assert set(figures(app).values()) == {"–"}
    assert title(app) != ""


def test_the_team_stands_in_the_forecast(business: AppTest, open_app: OpenApp) -> None:
    """A thousand manat more a month for people lower the likely profit of 13 weeks by 1,000 for each month's part."""
    before = outcome(open_app("forecast"))
    typed(business, "people", 3600.0)
    # 7 September to 6 December: 24 of 30, 31 of 31, 30 of 30 and 6 of 31 days
    months = Decimal(24) / 30 + 1 + 1 + Decimal(6) / 31
    assert abs(before - outcome(open_app("forecast")) - 1000 * months) <= 1


def outcome(app: AppTest) -> Decimal:
    """The profit at likely figures that the Forecast screen names."""
    (said,) = [header.value for header in app.header if "likely figures the plan ends at" in str(header.value)]
    amount = str(said).replace("\u00a0", " ").rpartition("AZN ")[2].replace(",", "").replace("\\", "")
    return Decimal(amount) * (-1 if "−" in str(said) else 1)


def test_the_goal_is_kept(business: AppTest, store: Store, open_app: OpenApp) -> None:
    """A goal typed here is the goal of the draft and of its forecast."""
    business.session_state["business_tabs"] = "Goals"
    business.run()
    (target,) = [box for box in business.number_input if str(box.key).endswith("_target")]
    target.set_value(5000.0).run()
    (firm,) = store.workspaces()
    (draft,) = [head for head in store.plans(firm.workspace_id) if head.status == "draft"]
    assert store.plan(firm.workspace_id, draft.plan_id).objectives[0].target_micros == 5_000_000_000
    goal = [str(metric.delta).replace("\u00a0", " ") for metric in open_app("forecast").metric]
    assert "goal AZN 5,000" in goal
    assert not has(open_app("forecast"), "no goal yet")
