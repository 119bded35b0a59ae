"""Everything that a screen asks about one plan, answered from the store: one call a question."""

from collections.abc import Sequence
from datetime import date

from budget.actuals import Actuals, actuals_of, until_of
from budget.learning import seed_of
from budget.origin import Origin, keys_of, origin_of, span_of
from budget.pacing import Pacing, pacing
from budget.plan import StoredPlan
from budget.store import Store


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


def seed(store: Store, plan: StoredPlan) -> tuple[int, ...]:
    """The seed of this plan and these data: the same page twice shows the same numbers."""
    return seed_of(plan.workspace_id, plan.plan_id, plan.version, store.data_version(plan.workspace_id))
