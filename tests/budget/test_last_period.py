"""The shape of the last period: what was spent in the weeks before, else what was planned for them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from budget.last_period import last_period
from budget.patterns import Shape, with_pattern
from budget.plan import StoredPlan
from budget.store import Store, open_store

AFTER = date(2026, 12, 7)


@pytest.fixture(scope="module")
def store(sample_database: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample firm: a draft of 13 weeks from 7 September 2026 with uploads of the first ten."""
    path = tmp_path_factory.mktemp("last") / "payoff.db"
    path.write_bytes(sample_database)
    opened = open_store(f"sqlite:///{path}")
    yield opened
    opened.close()


def next_plan(store: Store, weeks: int) -> StoredPlan:
    """The sample's lines once more, `weeks` weeks from 7 December 2026, as a plan not stored yet."""
    firm = min(store.workspaces(), key=lambda each: each.workspace_id)
    (head,) = [head for head in store.plans(firm.workspace_id) if head.status == "draft"]
    now = store.plan(firm.workspace_id, head.plan_id)
    end = AFTER + timedelta(weeks=weeks)
    lines = tuple(replace(x, start_date=AFTER, end_date=end) for x in now.lines)
    return replace(now, plan_id=0, lines=lines, weeks=())


def test_spend_of_the_weeks_before_is_the_shape(store: Store) -> None:
    """Six weeks ahead: six weights a line, the last six uploaded weeks of its channel, to the cent of the facts."""
    plan = next_plan(store, 6)
    found = last_period(store, plan)
    assert "meta_prospecting" in found.spent
    facts = store.facts(plan.workspace_id, by=("platform", "tactic"))
    own = facts[(facts["platform"] == "meta") & (facts["tactic"] == "prospecting")].groupby("week_start")
    spent = own["spend_micros"].sum().sort_index()
    weights = found.weights["meta_prospecting"]
    assert len(weights) == 6
    assert list(weights) == pytest.approx([amount / 1e6 for amount in spent.iloc[-6:]])


def test_the_shape_fills_the_weeks_to_the_cent(store: Store) -> None:
    """Phased as the last period, the weeks add up and stand in its proportions."""
    plan = next_plan(store, 6)
    weights = last_period(store, plan).weights
    shaped = with_pattern(plan, Shape("last", last=weights))
    line = plan.line("meta_prospecting")
    amounts = [w.budget_micros for w in shaped.weeks if w.line_key == line.line_key]
    assert sum(amounts) == line.budget_micros
    whole = sum(weights[line.line_key])
    assert [x / line.budget_micros for x in amounts] == pytest.approx(
        [x / whole for x in weights[line.line_key]], abs=1e-5
    )


def test_without_uploads_the_plan_before_is_the_shape(store: Store) -> None:
    """A firm that never uploaded: the weeks of its earlier plan, line by line."""
    firm = store.create_workspace("Nar", currency="AZN", timezone="Asia/Baku").workspace_id
    earlier = next_plan(store, 5)
    made = store.create_plan(firm, name="Before", currency="AZN")
    start = AFTER - timedelta(weeks=5)
    lines = tuple(replace(x, start_date=start, end_date=AFTER) for x in earlier.lines)
    before = with_pattern(replace(made, lines=lines), Shape("burst"))
    store.save_plan(firm, before)
    plan = replace(earlier, workspace_id=firm, plan_id=0)
    found = last_period(store, plan)
    assert found.spent == frozenset()
    own = [float(w.budget_micros) for w in before.weeks if w.line_key == "meta_prospecting"]
    assert list(found.weights["meta_prospecting"]) == own
    assert last_period(store, replace(plan, lines=lines)).weights == {}
