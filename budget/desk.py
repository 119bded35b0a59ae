"""Everything that a screen asks about one plan, answered from the store: one call a question."""

from collections.abc import Sequence
from datetime import date

from budget.actuals import Actuals, actuals_of, until_of
from budget.business import business_of
from budget.learning import seed_of
from budget.lifts import Lift
from budget.origin import Origin, keys_of, origin_of, span_of
from budget.pacing import Pacing, pacing
from budget.plan import StoredPlan
from budget.sales_model import Missing, SalesModel, sales_model
from budget.store import Store
from budget.weekly_sales import WeeklySales, weekly_sales
from budget.weekly_spend import weekly_spend


def actuals(store: Store, plan: StoredPlan) -> Actuals:
    """What was uploaded, laid beside the plan."""
    facts = store.facts(plan.workspace_id, by=("platform", "line_key"))
    return actuals_of(plan, facts, until_of(store.coverage(plan.workspace_id)), store.rates(plan.workspace_id))


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
