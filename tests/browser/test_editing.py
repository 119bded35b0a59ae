"""Typing into the plan's grids as a person does: no digit is lost, totals follow, undo and lock work."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from budget.plan import StoredPlan
from budget.store import Store, open_store
from tests.browser.conftest import OpenVisit
from tests.browser.grid import Grid
from tests.browser.server import serving
from tests.browser.visit import Visit
from tests.pages.own import own_firm

BUDGET = "Budget, AZN"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of this module's server: one firm with a first plan of 30,000 on three lines."""
    path = tmp_path_factory.mktemp("editing")
    made = open_store(f"sqlite:///{path / 'payoff.db'}")
    own_firm(made)
    made.close()
    return path


@pytest.fixture(scope="module")
def base_url(folder: Path) -> Iterator[str]:
    """The app over that folder, on 22 October 2026."""
    with serving(folder, {"PAYOFF_TODAY": "2026-10-22"}) as url:
        yield url


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """The same store, read beside the server."""
    opened = open_store(f"sqlite:///{folder / 'payoff.db'}")
    yield opened
    opened.close()


def plan_of(store: Store, status: str = "draft") -> StoredPlan:
    """The firm's plan as stored; each line's weeks add up to its budget."""
    (firm,) = store.workspaces()
    (head,) = [head for head in store.plans(firm.workspace_id) if head.status == status]
    plan = store.plan(firm.workspace_id, head.plan_id)
    for line in plan.lines:
        assert sum(w.budget_micros for w in plan.weeks if w.line_key == line.line_key) == line.budget_micros
    return plan


def budgets(store: Store, status: str = "draft") -> list[int]:
    """Budgets in cents, line by line."""
    return [line.budget_micros // 10_000 for line in plan_of(store, status).lines]


def finding(visit: Visit, text: str) -> None:
    """The screen's title comes to say this."""
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(text)


def test_typed_budgets_are_kept_digit_by_digit(visit: Visit, store: Store) -> None:
    """The first edit of a visit, typed fast, and two more: title, echo and store hold them; undo takes one back."""
    visit.go("/plan")
    grid = Grid(visit.page)
    assert grid.text(0, BUDGET) == "10000"
    grid.type(0, BUDGET, "12345.67")
    finding(visit, "AZN 32,346 across 3 lines")
    grid.type(1, BUDGET, "2000.05", delay_ms=80)
    grid.type(0, BUDGET, "500.5")
    finding(visit, "AZN 12,501 across 3 lines")
    expect(visit.page.get_by_text("The weeks add up to AZN 12,500.55")).to_be_visible()
    assert budgets(store) == [50_050, 200_005, 1_000_000]
    visit.page.locator(".st-key-undo_edit button").click()
    finding(visit, "AZN 24,346 across 3 lines")
    assert budgets(store) == [1_234_567, 200_005, 1_000_000]
    assert Grid(visit.page).text(0, BUDGET) == "12345.67"


def test_a_typed_week_changes_its_line(visit: Visit, store: Store) -> None:
    """A week of the phasing grid typed over: the line's budget is the sum of its weeks."""
    before = plan_of(store)
    first = before.lines[0]
    week = min(w.week_start for w in before.weeks if w.line_key == first.line_key)
    (old,) = [w.budget_micros for w in before.weeks if (w.line_key, w.week_start) == (first.line_key, week)]
    visit.go("/plan")
    visit.page.get_by_role("tab", name="Weekly phasing").click()
    visit.settled()
    headers = visit.page.get_by_test_id("stDataFrame").get_by_role("columnheader", include_hidden=True)
    Grid(visit.page).type(0, headers.nth(1).inner_text(), "1000.01")
    assert budgets(store)[0] == (first.budget_micros - old) // 10_000 + 100_001
    total = sum(budgets(store))
    expect(visit.page.get_by_text(f"The weeks add up to AZN {total / 100:,.2f}")).to_be_visible()


def test_locking_asks_once_and_holds(open_visit: OpenVisit, store: Store) -> None:
    """The dialog locks the plan as it stands; an edit afterwards changes the draft and not the baseline."""
    visit = open_visit()
    visit.go("/plan")
    visit.page.locator(".st-key-go_lock button").click()
    visit.page.get_by_role("dialog").wait_for()
    visit.checked()
    visit.page.locator(".st-key-go_lock_sure button").click()
    visit.page.get_by_role("dialog").wait_for(state="detached")
    visit.settled()
    locked = budgets(store, "locked")
    assert locked == budgets(store)
    Grid(visit.page).type(2, BUDGET, "1.00")
    assert budgets(store)[2] == 100
    assert budgets(store, "locked") == locked
    expect(visit.page.get_by_text("Locked baselines")).to_be_visible()
