"""Cases in the user's words (`tests/cases/*.toml`), each worked out by hand in its comments."""

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from budget.business import Business, with_business
from budget.economics import break_even, order_economics
from budget.measures import Measures
from budget.money import MICROS, micros
from budget.plan import StoredPlan
from budget.pnl import channel_pnl, profit_and_loss, team_cost
from budget.ranges import Range
from budget.weeks import Period

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.toml"))
SHARES = {
    "VAT in the price, %": "vat_share",
    "VAT on top of the price, %": "vat_share",
    "discount, %": "discount_share",
    "returns, %": "returns_share",
    "cost of goods, %": "cogs_share",
    "payment fee, %": "payment_fee_share",
    "leads that become customers, %": "lead_to_customer_share",
    "VAT on media not recovered, %": "media_vat_share",
}
AMOUNTS = {"delivery, per order": "fulfilment_per_order", "handling of a return": "return_handling_per_return"}


def business_of_case(given: Mapping[str, Any]) -> Business:
    """The business that the case describes."""
    fields: dict[str, Any] = {name: given[words] / 100 for words, name in SHARES.items() if words in given}
    fields |= {name: given[words] for words, name in AMOUNTS.items() if words in given}
    order, caused = float(given["average order"]), given["truly caused by ads, %"] / 100
    return Business(
        **fields,
        order_value=Range(order, order, order),
        incrementality=Range(caused, caused, caused),
        prices_include_vat="VAT on top of the price, %" not in given,
        result_is_lead="leads that become customers, %" in given,
        monthly_micros={kind: micros(given.get(f"{kind}, a month", 0)) for kind in ("people", "agency", "tools")},
    )


def answers(given: Mapping[str, Any]) -> dict[str, float | None]:
    """All that the case may ask for, in its words."""
    business = business_of_case(given)
    order = order_economics(business)
    rates = {key: given[words] / 100 for words, key in RATES.items() if words in given}
    edge = break_even(business, ctr=rates.get("ctr"), cvr=rates.get("cvr"))
    found: dict[str, float | None] = {
        "price without VAT": order.price - order.vat,
        "net revenue": order.net_revenue,
        "gross margin": order.gross_margin,
        "left for ads": order.contribution,
        "break-even CPA": edge.cpa,
        "break-even ROAS": edge.roas,
        "break-even CPC": edge.cpc,
        "break-even CPM": edge.cpm,
    }
    return found | (period_answers(business, given) if "spend" in given else {})


RATES = {"click rate, %": "ctr", "conversion rate, %": "cvr"}


def period_answers(business: Business, given: Mapping[str, Any]) -> dict[str, float | None]:
    """The P&L of the case's days, in major units."""
    plan = with_business(StoredPlan(1, 1, "case", "AZN"), business)
    period = Period(given["first day"], given["last day"] + timedelta(days=1))
    sums = [micros(given[key]) for key in ("spend", "orders", "order value claimed")]
    pnl = channel_pnl(business, Measures(sums[0], None, None, sums[1], sums[2]))
    whole = profit_and_loss([pnl], team_cost(plan, period))
    steps = {
        "claimed net revenue": whole.claimed_net_revenue,
        "net revenue caused": whole.net_revenue,
        "goods": whole.cogs,
        "delivery and fees": whole.fulfilment,
        "after fulfilment": whole.after_fulfilment,
        "media": whole.media,
        "after media": whole.after_media,
        "team": whole.team,
        "programme profit": whole.profit,
    }
    return {name: amount / MICROS for name, amount in steps.items()} | {"ROI": whole.roi}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    """What the case expects is what the definitions give, to a hundredth of a cent."""
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    found = answers(case["given"])
    for words, expected in case["expect"].items():
        assert found[words] == pytest.approx(expected, abs=6e-5), words
