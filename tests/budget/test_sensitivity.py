"""The tornado agrees with the plan: typing a low or high figure into the plan gives the profit that it drew."""

from dataclasses import replace

import pytest

from budget.business import Business, business_of, with_business
from budget.editing import figure_of, with_figure
from budget.forecast import likely_pnl
from budget.funnels import SPEND_WEEK, channels_of
from budget.likely import likely_plan
from budget.middle import profits
from budget.plan import PlanAssumption, StoredPlan
from budget.ranges import Range
from budget.sensitivity import POINTS, Kind, Sensitivity, Swing, sensitivity
from tests.budget.builders import BUSINESS, draft, figure, line, plan_of, usual_plan
from tests.budget.test_forecast import forecasted, uploaded

KINDS = ("cpm", "ctr", "cvr", "audience", "value", "incrementality", "returns_share", "cogs_share")


def swings(plan: StoredPlan) -> Sensitivity:
    """The sensitivity of a plan without uploads."""
    return sensitivity(forecasted(plan).middle)


def of_kind(found: tuple[Swing, ...], kind: Kind, key: str = "") -> Swing:
    """The one swing of a kind, of one line where `key` says so."""
    (swing,) = [s for s in found if s.kind == kind and (not key or s.lines == (key,))]
    return swing


def profit(plan: StoredPlan) -> float:
    """The likely profit, by the P&L in whole micros: arithmetic apart from the tornado's."""
    return likely_pnl(plan, business_of(plan), likely_plan(channels_of(plan))).profit / 1e6


def with_field(field: str, value: float | Range) -> Business:
    """The usual business with one field replaced."""
    return replace(BUSINESS, **{field: value})  # type: ignore[arg-type]  # a test's own field


def typed(plan: StoredPlan, key: str, name: str, x: float) -> StoredPlan:
    """The plan with this likely figure and the weekly spend at which it holds as before."""
    found = figure_of(plan, key, name)
    assert found is not None
    return with_figure(plan, key, name, found.moved_to(x))


def test_the_middle_is_the_likely_profit() -> None:
    """Before uploads the profit in the middle is that of the likely P&L, to its rounding."""
    plan = usual_plan()
    assert swings(plan).profit == pytest.approx(profit(plan), abs=0.5)


@pytest.mark.parametrize("name", ["cvr", "ctr"])
def test_a_rate_typed_into_the_plan_gives_the_same_profit(name: Kind) -> None:
    """The line's low and high rate as its likely figure: the P&L ends where the tornado's bars end."""
    plan = usual_plan()
    swing = of_kind(swings(plan).by_line, name, key="google-search")
    assert swing.low is not None
    assert swing.high is not None
    assert swing.high / swing.low == pytest.approx(1.5**2)
    assert profit(typed(plan, "google-search", name, swing.low)) == pytest.approx(swing.profit_low, abs=30)
    assert profit(typed(plan, "google-search", name, swing.high)) == pytest.approx(swing.profit_high, abs=30)


def test_the_average_order_and_what_ads_cause_typed_into_the_business() -> None:
    """Business figures at their low and high ends give the profits at the ends of their bars."""
    plan = usual_plan()
    found = swings(plan)
    value, caused = of_kind(found.by_kind, "value"), of_kind(found.by_kind, "incrementality")
    for swing, field in ((value, "order_value"), (caused, "incrementality")):
        for x, expected in ((swing.low, swing.profit_low), (swing.high, swing.profit_high)):
            assert x is not None
            other = with_business(plan, with_field(field, Range(x, x, x)))
            assert profit(other) == pytest.approx(expected, abs=2)


@pytest.mark.parametrize("field", ["returns_share", "cogs_share"])
def test_shares_of_the_business_move_by_points(field: Kind) -> None:
    """Five points more or less of returns or of the cost of goods, as typed on the Business screen."""
    plan = usual_plan()
    swing, usual = of_kind(swings(plan).by_kind, field), getattr(BUSINESS, field)
    assert swing.low == pytest.approx(max(usual - POINTS, 0))
    assert swing.high == pytest.approx(usual + POINTS)
    for x, expected in ((swing.low, swing.profit_low), (swing.high, swing.profit_high)):
        assert x is not None
        assert profit(with_business(plan, with_field(field, x))) == pytest.approx(expected, abs=2)
    assert swing.profit_low > swing.profit_high


def test_at_break_even_the_profit_is_zero() -> None:
    """The value at which the profit is zero, typed into the plan, gives a profit of next to nothing."""
    plan = usual_plan()
    found = swings(plan)
    rate = of_kind(found.by_line, "cvr", key="meta-prospecting").even
    order, goods = of_kind(found.by_kind, "value").even, of_kind(found.by_kind, "cogs_share").even
    assert rate is not None
    assert order is not None
    assert goods is not None
    assert profit(typed(plan, "meta-prospecting", "cvr", rate)) == pytest.approx(0, abs=40)
    assert profit(with_business(plan, replace(BUSINESS, order_value=Range(order, order, order)))) == pytest.approx(
        0, abs=3
    )
    assert profit(with_business(plan, replace(BUSINESS, cogs_share=goods))) == pytest.approx(0, abs=3)


def test_the_price_at_break_even_by_another_way() -> None:
    """All CPMs times the break-even multiple: found by bisection on the draws' prices, checked on the outcomes."""
    found = forecasted(usual_plan())
    times = of_kind(sensitivity(found.middle).by_kind, "cpm").even_times
    assert times is not None
    (left,) = profits(found.middle, {"cpm": found.middle.draws.cpm * times})
    assert abs(left) < 1e-3
    (cheaper,) = profits(found.middle, {"cpm": found.middle.draws.cpm * times * 0.9})
    assert cheaper > 0


def test_no_break_even_is_none() -> None:
    """Returns alone cannot save a plan that loses without any: no value is named."""
    swing = of_kind(swings(usual_plan()).by_kind, "returns_share")
    assert swing.profit_low < 0
    assert swing.even is None
    assert swing.even_times is None


def test_ads_cannot_cause_more_than_all() -> None:
    """Where even all claimed orders would not pay for the plan, no share truly caused is named as break-even."""
    dear = with_business(usual_plan(), replace(BUSINESS, cogs_share=0.6))
    swing = of_kind(swings(dear).by_kind, "incrementality")
    assert swing.profit_high < 0
    assert swing.even is None


def test_rows_are_sorted_and_complete() -> None:
    """Widest first; by kind all eight figures once, by line four for each line and the four shared ones."""
    found = swings(usual_plan())
    for rows in (found.by_kind, found.by_line):
        widths = [swing.width for swing in rows]
        assert widths == sorted(widths, reverse=True)
    assert sorted(s.kind for s in found.by_kind) == sorted(KINDS)
    assert len(found.by_line) == 4 * 3 + 4
    assert all(len(s.lines) == 3 for s in found.by_kind)


def test_directions_are_those_of_business_sense() -> None:
    """Dearer views lower the profit; better rates, larger orders and audiences raise it."""
    for swing in swings(usual_plan()).by_kind:
        rises = swing.kind in ("ctr", "cvr", "audience", "value", "incrementality")
        assert (swing.profit_high > swing.profit_low) == rises, swing.kind


def test_one_line_is_its_kind() -> None:
    """With a single line the rows by line are those by kind."""
    rates = [figure("a", key, x) for key, x in (("cpm", 4.0), ("ctr", 0.013), ("cvr", 0.019), ("audience", 4e5))]
    found = swings(plan_of(line("a", "meta", "prospecting", 9000.0), figures=rates))
    assert found.by_kind == found.by_line


def test_uploads_narrow_the_swings() -> None:
    """After eight weeks of uploads the rates move the profit less than the plan's ranges did."""
    plan = usual_plan()
    before = sensitivity(forecasted(plan).middle)
    after = sensitivity(forecasted(plan, uploaded(plan, 8)).middle)
    for kind in ("cvr", "ctr", "cpm"):
        assert of_kind(after.by_kind, kind).width < 0.6 * of_kind(before.by_kind, kind).width
    assert of_kind(after.by_kind, "incrementality").low == pytest.approx(of_kind(before.by_kind, "incrementality").low)


def test_an_own_spend_at_which_figures_hold_is_respected() -> None:
    """Figures that hold at another weekly spend than planned: the middle is still the likely P&L."""
    plan = usual_plan()
    rows = (*plan.assumptions, PlanAssumption("google-search", SPEND_WEEK, 50.0, 50.0, 50.0, "money", "own"))
    other = draft(plan, assumptions=rows)
    found = sensitivity(forecasted(other).middle)
    assert found.profit == pytest.approx(profit(other), abs=0.5)
    assert found.profit != pytest.approx(profit(plan), abs=50)
