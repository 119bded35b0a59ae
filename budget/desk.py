"""Everything that a screen asks about one plan, answered from the store: one call a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pandas import DataFrame

from budget.actuals import Actuals, actuals_of, until_of
from budget.business import business_of
from budget.learning import seed_of
from budget.lifts import Lift
from budget.origin import Origin, keys_of, origin_of, span_of
from budget.pacing import Pacing, pacing
from budget.plan import StoredPlan
from budget.rates import Rate
from budget.record import Record, family, record_of
from budget.sales_model import Missing, SalesModel, sales_model
from budget.scoring import Cell, Happened, Ripeness, happened, lines_of, ripeness, score
from budget.store import Store, StoredForecast
from budget.weekly_ranges import keepable, new_forecast
from budget.weekly_sales import WeeklySales, weekly_sales
from budget.weekly_spend import weekly_spend


def actuals(store: Store, plan: StoredPlan) -> Actuals:
    """What was uploaded, laid beside the plan."""
    return _uploads(store, plan.workspace_id).beside(plan)


@dataclass(frozen=True, eq=False)
class _Uploads:
    """What was uploaded, read once, to be laid beside any plan."""

    version: int
    facts: DataFrame
    coverage: DataFrame
    rates: tuple[Rate, ...]

    def beside(self, plan: StoredPlan) -> Actuals:
        return actuals_of(plan, self.facts, until_of(self.coverage), self.rates)


def _uploads(store: Store, firm: int) -> _Uploads:
    facts = store.facts(firm, by=("platform", "line_key"))
    return _Uploads(store.data_version(firm), facts, store.coverage(firm), store.rates(firm))


def paced(store: Store, plan: StoredPlan) -> Pacing | None:
    """Daily spend beside the plan's calendar."""
    until = until_of(store.coverage(plan.workspace_id))
    daily = store.daily(plan.workspace_id, by=("platform",))
    return pacing(plan, daily, until, store.rates(plan.workspace_id), seed=seed(store, plan))


def origin(store: Store, plan: StoredPlan, weeks: Sequence[date], key: str = "") -> Origin:
    """The rows behind the review's actual figures of a channel ("" all) and a run of whole weeks."""
    start, end = span_of(weeks)
    rows = store.lineage(plan.workspace_id, start=start, end=end, **keys_of(key))
    return origin_of(plan, rows, store.matches(plan.workspace_id), key, store.rates(plan.workspace_id))


def booked(store: Store, plan: StoredPlan) -> WeeklySales:
    """All sales of the firm by week, in the plan's currency."""
    return weekly_sales(store.daily_sales(plan.workspace_id), plan.currency, store.rates(plan.workspace_id))


def sales(store: Store, plan: StoredPlan, lifts: Sequence[Lift] = ()) -> SalesModel | Missing:
    """What advertising adds to all sales: over all uploaded weeks, whatever the plan; its events are the controls."""
    firm, rates = plan.workspace_id, store.rates(plan.workspace_id)
    facts, coverage = store.facts(firm, by=("platform", "tactic")), store.coverage(firm)
    spend = weekly_spend(facts, coverage, plan.currency, business_of(plan), rates)
    seeds = (firm, store.data_version(firm))
    return sales_model(booked(store, plan), spend, seed=seeds, events=plan.events, lifts=lifts)


def seed(store: Store, plan: StoredPlan) -> tuple[int, ...]:
    """The seed of this plan and these data: the same page twice shows the same numbers."""
    return seed_of(plan.workspace_id, plan.plan_id, plan.version, store.data_version(plan.workspace_id))


def keep_forecast(store: Store, plan: StoredPlan, reason: str) -> StoredForecast | None:
    """Keep what the plan promises for the weeks ahead of the data, to be judged later; None where there is nothing.

    `plan` as stored. Where the plan and what was learned are as in its last kept forecast, that one is returned.
    """
    return _keep(store, plan, reason, _uploads(store, plan.workspace_id))


def score_forecasts(store: Store, plan: StoredPlan) -> int:
    """Judge the kept forecasts of the plan and its baselines by the data as they are; returns how many scores are new.

    A cell is judged again only when its figure has changed, or much more of it should have arrived.
    """
    return _judge(store, plan, _uploads(store, plan.workspace_id))


def settle(store: Store, plan: StoredPlan, reason: str) -> None:
    """After the data moved: judge what was forecast, then keep what is forecast now."""
    found = _uploads(store, plan.workspace_id)
    _judge(store, plan, found)
    _keep(store, plan, reason, found)


def _keep(store: Store, plan: StoredPlan, reason: str, uploads: _Uploads) -> StoredForecast | None:
    found = keepable(plan, uploads.beside(plan))
    if found is None:
        return None
    kept = store.forecasts(plan.workspace_id, plan_id=plan.plan_id)
    before = kept[-1] if kept else None
    if before is not None and before.inputs == found.inputs:
        return before
    seeds = seed_of(plan.workspace_id, plan.plan_id, plan.version, uploads.version)
    made = new_forecast(found, seed=seeds, reason=reason, data_version=uploads.version, before=before)
    return store.add_forecast(plan.workspace_id, made)


def _judge(store: Store, plan: StoredPlan, uploads: _Uploads) -> int:
    firm = plan.workspace_id
    kept = _kept(store, plan)
    if not kept or uploads.coverage.empty:
        return 0
    last = max(until_of(uploads.coverage).values())
    cells = store.judged_cells(firm, [one.forecast_id for one in kept], before=last)
    if cells.empty:
        return 0
    ripe = ripeness(store.snapshots(firm), uploads.coverage, seed=(firm, uploads.version))
    fresh = score(cells, _known(store, plan, kept, uploads, ripe), uploads.version)
    return store.add_scores(firm, fresh) if fresh else 0


def _kept(store: Store, plan: StoredPlan) -> list[StoredForecast]:
    members = family(plan, store.plans(plan.workspace_id))
    return [one for one in store.forecasts(plan.workspace_id) if one.plan_id in members]


def _known(
    store: Store, plan: StoredPlan, kept: Sequence[StoredForecast], uploads: _Uploads, ripe: Ripeness
) -> dict[int, dict[Cell, Happened]]:
    """By forecast, what happened in the cells that its plan and lines could speak of."""
    plans = {number: store.plan(plan.workspace_id, number) for number in {one.plan_id for one in kept}}
    laid = {number: uploads.beside(one) for number, one in plans.items()}
    made: dict[tuple[int, str], dict[Cell, Happened]] = {}
    found = {}
    for one in kept:
        lines = lines_of(one)
        key = (one.plan_id, repr(sorted(lines.items())))
        if key not in made:
            made[key] = happened(plans[one.plan_id], laid[one.plan_id], lines, ripe)
        found[one.forecast_id] = made[key]
    return found


def record(store: Store, plan: StoredPlan) -> Record:
    """How the kept forecasts of the plan and its baselines did, by the latest scores."""
    ids = [one.forecast_id for one in _kept(store, plan)]
    return record_of(len(ids), store.scores(plan.workspace_id, forecast_ids=ids))
