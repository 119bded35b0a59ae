"""A kept forecast is the Forecast screen's, sales model included; its results are valued at the same share."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from budget import desk
from budget.business import business_of
from budget.forecast import Forecast, forecast
from budget.measures import Measures
from budget.plan import StoredPlan
from budget.pnl import channel_pnl
from budget.sales_model import Missing, SalesModel
from budget.scoring import caused_of, happened
from budget.store import Store, open_store
from tests.budget.builders import usual_plan, week
from tests.budget.shops import firm
from tests.budget.test_scoring import ALL_IN, CHANNELS, ONE, uploaded
from tests.pages.shop import opened, totals

SHOP = firm(72)  # its data end where the plan begins


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The simulated firm with its weekly sales."""
    made = open_store(f"sqlite:///{Path(tmp_path_factory.mktemp('shop')) / 'payoff.db'}")
    opened(made, SHOP)
    yield made
    made.close()


@pytest.fixture(scope="module")
def plan(store: Store) -> StoredPlan:
    """Its plan."""
    (workspace,) = store.workspaces()
    (head,) = store.plans(workspace.workspace_id)
    return store.plan(workspace.workspace_id, head.plan_id)


@pytest.fixture(scope="module")
def model(store: Store, plan: StoredPlan) -> SalesModel:
    """The sales model that the screens read."""
    found = desk.sales(store, plan, desk.lifts(store, plan))
    assert isinstance(found, SalesModel)
    assert found.measured
    return found


def test_what_is_kept_is_what_the_screen_shows(store: Store, plan: StoredPlan, model: SalesModel) -> None:
    """The profit of the first week has the screen's middle and ends, to the micro; without the model it would not."""
    actuals, seed = desk.actuals(store, plan), desk.seed(store, plan)
    shown, assumed = (forecast(plan, seed=seed, actuals=actuals, sales=sales) for sales in (model, None))
    made = desk.keep_forecast(store, plan, "test")
    assert made is not None
    assert isinstance(shown, Forecast)
    assert isinstance(assumed, Forecast)
    cells = store.forecast_weeks(plan.workspace_id, made.forecast_id)
    first = cells[(cells["metric"] == "profit") & (cells["week_start"].dt.date == shown.weeks[0])]
    kept = [int(first[name].iloc[0]) for name in ("q10_micros", "q50_micros", "q90_micros")]
    fan, other = shown.cumulative_profit, assumed.cumulative_profit
    assert kept == pytest.approx([1e6 * x[0] for x in (fan.low, fan.mid, fan.high)], abs=1)
    assert kept[1] != pytest.approx(1e6 * other.mid[0], rel=0.01)
    for line in shown.lines:
        mine = cells[(cells["platform"] == line.platform) & (cells["metric"] == "conversions")]
        assert mine["q50_micros"].astype(float).tolist() == pytest.approx(
            [1e6 * x for x in shown.fans["conversions", line.line_key].mid], abs=1
        )
    assert set(caused_of(made)) == set(shown.measured)


def test_nothing_is_fitted_or_kept_while_nothing_changes(store: Store, plan: StoredPlan) -> None:
    """A higher data version alone, by a match taken away and put back, is no reason; other sales are one."""
    made = desk.keep_forecast(store, plan, "test")
    firm_id, before = plan.workspace_id, store.data_version(plan.workspace_id)
    match = store.matches(firm_id)[0]
    store.set_matches(firm_id, [replace(match, tactic=None)])
    store.set_matches(firm_id, [match])
    assert store.data_version(firm_id) > before

    def never() -> SalesModel | Missing:
        raise AssertionError("fitted without need")

    assert desk.keep_forecast(store, plan, "again", fit=never) == made
    receipt = store.add_sales(firm_id, [replace(totals(SHOP)[-1], revenue_micros=5_000_000)])
    other = desk.keep_forecast(store, plan, "again")
    assert other is not None
    assert made is not None
    assert other.inputs["sales"] != made.inputs["sales"]
    store.undo_import(firm_id, receipt.import_id)


def test_results_are_valued_at_the_share_of_the_forecast() -> None:
    """What a line brings before media goes with the share that ads cause; the others keep the plan's assumption."""
    plan, share = usual_plan(), 0.34
    actuals = uploaded(plan, 1)
    assumed, measured = (
        happened(plan, actuals, CHANNELS, ALL_IN, caused)["", "", week(0), "profit"].micros
        for caused in (None, {"meta-prospecting": share})
    )
    business = business_of(plan)
    one = channel_pnl(business, Measures(**ONE))
    lost = one.after_fulfilment * (1 - share / business.incrementality.likely)
    assert assumed - measured == pytest.approx(lost, abs=5)
    assert lost > 0
