"""The Plan screen: typing in its tables, weeks that always add up, undo, the locked baseline."""

from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from budget.plan import StoredPlan
from budget.store import Store
from tests.pages.conftest import OpenApp
from tests.pages.looks import calm, edited, has, press, table, texts, title

MICROS = 1_000_000


@pytest.fixture
def plan(open_app: OpenApp) -> AppTest:
    """The Plan screen of the sample firm."""
    return open_app("plan")


def draft(store: Store) -> StoredPlan:
    """The plan that is being edited, as stored."""
    return newest(store, "draft")


def newest(store: Store, status: str) -> StoredPlan:
    """The newest plan of a status, as stored."""
    (firm,) = store.workspaces()
    heads = [head for head in store.plans(firm.workspace_id) if head.status == status]
    return store.plan(firm.workspace_id, max(head.plan_id for head in heads))


def budgets(found: StoredPlan) -> dict[str, int]:
    """Budgets in cents by line; asserts that each line's weeks add up to it exactly."""
    for line in found.lines:
        own = [week.budget_micros for week in found.weeks if week.line_key == line.line_key]
        assert sum(own) == line.budget_micros
        assert all(amount >= 0 and amount % 10_000 == 0 for amount in own)
    return {line.line_key: line.budget_micros // 10_000 for line in found.lines}


def weeks_tab(app: AppTest) -> AppTest:
    """Open the weekly phasing."""
    app.session_state["plan_tabs"] = "Weekly phasing"
    return app.run()


@pytest.mark.parametrize("cents", [123_456, 1, 2_650_001, 99_999_999, 0])
def test_a_budget_is_kept_to_the_cent(plan: AppTest, store: Store, cents: int) -> None:
    """Any budget typed in: its weeks add up to it, the title and the echo show the new total, the rest stays."""
    before = budgets(draft(store))
    app = calm(edited(plan, "lines_1_0", rows={0: {"budget": f"{cents / 100:,.2f}"}}))
    assert budgets(draft(store)) == before | {"meta_prospecting": cents}
    total = Decimal(sum(before.values()) - before["meta_prospecting"] + cents) / 100
    assert has(app, f"The weeks add up to AZN {total:,.2f}")
    assert title(app) == f"AZN {round(total):,} across 6 lines"


def test_several_edits_after_each_other_are_all_kept(plan: AppTest, store: Store) -> None:
    """Each next edit arrives together with the earlier ones, and none is lost or counted twice."""
    rows: dict[int, dict[str, str]] = {}
    for n, amount in enumerate(("1000.10", "2,000.2", "3 000,30")):
        rows = rows | {n: {"budget": amount}}
        edited(plan, "lines_1_0", rows=rows)
    assert list(budgets(draft(store)).values())[:3] == [100_010, 200_020, 300_030]


def test_undo_brings_the_earlier_plan_back(plan: AppTest, store: Store) -> None:
    """Undo restores budgets and weeks exactly; before any edit there is nothing to undo."""
    before = draft(store)
    assert "undo_edit" not in [button.key for button in plan.button]
    app = press(edited(plan, "lines_1_0", rows={0: {"budget": "5"}, 3: {"budget": "AZN 7"}}), "Undo")
    assert (draft(store).lines, draft(store).weeks) == (before.lines, before.weeks)
    assert title(app) == "AZN 84,000 across 6 lines"
    assert "undo_edit" not in [button.key for button in app.button]


def test_a_line_can_be_added_and_taken_out(plan: AppTest, store: Store) -> None:
    """A new row becomes a line with weeks that add up; a deleted row takes its weeks along."""
    before = budgets(draft(store))
    new = {
        "platform": "linkedin", "tactic": "leads", "start": "2026-10-05", "end": "2026-10-31", "budget": "1000.01",
    }  # fmt: skip
    app = calm(edited(plan, "lines_1_0", added=[new]))
    after = budgets(draft(store))
    assert sorted(after.values()) == sorted([*before.values(), 100_001])
    assert before.items() <= after.items()
    assert title(app) == "AZN 85,000 across 7 lines"
    app = calm(edited(app, "lines_1_0", added=[new], deleted=[0]))
    assert "meta_prospecting" not in budgets(draft(store))
    assert title(app) == "AZN 58,500 across 6 lines"


def test_a_half_typed_line_waits(plan: AppTest, store: Store) -> None:
    """A row without a tactic is no line yet and harms nothing."""
    before = draft(store).lines
    calm(edited(plan, "lines_1_0", added=[{"platform": "linkedin"}]))
    assert draft(store).lines == before


def test_a_flight_that_ends_before_it_starts_is_said(plan: AppTest, store: Store) -> None:
    """Dates the wrong way round give a sentence and keep the screen standing."""
    app = edited(plan, "lines_1_0", rows={0: {"end": "2026-08-01"}})
    assert not app.exception
    assert len(texts(app, "error")) + len([t for t in texts(app, "markdown") if ":material/" in t]) >= 1
    assert draft(store).line("meta_prospecting").budget_micros == 26_500 * MICROS


def test_a_week_typed_over_changes_the_budget(plan: AppTest, store: Store) -> None:
    """Without "keep", the line's budget becomes the sum of its weeks."""
    before = budgets(draft(store))
    app = calm(edited(weeks_tab(plan), "weeks_1_0", rows={0: {"2026-09-07": "1500.55"}}))
    assert budgets(draft(store)) == before | {"meta_prospecting": 2_650_000 - 138_000 + 150_055}
    assert has(app, "The weeks add up to AZN 84,120.55")


def test_a_week_typed_over_can_keep_the_budget(plan: AppTest, store: Store) -> None:
    """With "keep", what one week gains is taken from the others, to the cent."""
    before = budgets(draft(store))
    app = weeks_tab(plan)
    app.toggle(key="keep_1").set_value(True).run()
    app = calm(edited(app, "weeks_1_0", rows={0: {"2026-09-07": "1500.55"}}))
    found = draft(store)
    assert budgets(found) == before
    (first,) = [w for w in found.weeks if w.line_key == "meta_prospecting" and w.week_start.isoformat() == "2026-09-07"]
    assert first.budget_micros == 1_500_550_000
    assert has(app, "The weeks add up to AZN 84,000.00")


def test_a_contradiction_of_prices_is_said(plan: AppTest) -> None:
    """CPM, CTR and a CPC that does not follow from them: the screen names the line and both figures."""
    plan.session_state["plan_tabs"] = "Prices and rates"
    plan.run()
    (cpc,) = [box for box in plan.number_input if str(box.key).endswith("meta_prospecting_cpc")]
    cpc.set_value(5.0).run()
    assert not plan.exception
    (said,) = [text for text in texts(plan, "markdown") if "Meta · prospecting" in text]
    assert "AZN 0.29" in said  # 3.60 / 1000 / 1.25 %
    assert "AZN 5.00" in said
    assert not has(plan, "CPM, CTR and CPC agree on every line")


def test_locking_asks_first(plan: AppTest, store: Store) -> None:
    """The press opens a question; nothing is locked before its answer."""
    (firm,) = store.workspaces()
    before = store.plans(firm.workspace_id)
    app = calm(press(plan, "Lock as baseline"))
    assert "Lock it" in [button.label for button in app.button]
    assert store.plans(firm.workspace_id) == before


def test_a_baseline_stays_while_the_draft_moves(plan: AppTest, store: Store, open_app: OpenApp) -> None:
    """Locked after an edit, the baseline holds the edit; later edits change the draft alone, not the review."""
    edited(plan, "lines_1_0", rows={0: {"budget": "1000.0"}})
    seen = draft(store)
    store.lock_plan(seen.workspace_id, seen.plan_id, seen_version=seen.version)
    locked = newest(store, "locked")
    assert budgets(locked)["meta_prospecting"] == 100_000
    calm(edited(plan, "lines_1_0", rows={0: {"budget": "2000.0"}}))
    assert newest(store, "locked") == locked
    assert budgets(draft(store))["meta_prospecting"] == 200_000
    assert table(open_app("review"), "Measure")["Spend"]["Planned"] == planned_to_date(locked)
    assert len(table(open_app("plan"), "Baseline")) == 1  # both carry the plan's name


def planned_to_date(found: StoredPlan) -> str:
    """What the plan's weeks up to 15 November add up to."""
    micros = sum(week.budget_micros for week in found.weeks if week.week_start.isoformat() < "2026-11-16")
    return f"{Decimal(micros) / MICROS:,.2f}"
