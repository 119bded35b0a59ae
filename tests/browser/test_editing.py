"""Typing into the plan's grids as a person does: no digit is lost, totals follow, undo and lock work."""

from collections.abc import Iterator
from datetime import date
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
    assert grid.text(0, BUDGET) == "10,000.00"
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
    assert Grid(visit.page).text(0, BUDGET) == "12,345.67"


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


def test_twenty_edits_at_thirty_milliseconds_a_key_lose_none(visit: Visit, store: Store) -> None:
    """Ten weeks of two lines typed one after the other: every one is stored, to the cent."""
    visit.go("/plan")
    visit.page.get_by_role("tab", name="Weekly phasing").click()
    visit.settled()
    grid, before = Grid(visit.page), plan_of(store)
    typed: dict[tuple[str, date], int] = {}
    for row, line in enumerate(before.lines[:2]):
        weeks = sorted(w.week_start for w in before.weeks if w.line_key == line.line_key)[:10]
        for n, week in enumerate(weeks):
            typed[line.line_key, week] = 100_000 + 11_111 * (row + 1) + 1_013 * n
            text = f"{typed[line.line_key, week] / 100:.2f}"
            grid.type(row, f"W{week.isocalendar().week}", text, delay_ms=30)
    after = {(w.line_key, w.week_start): w.budget_micros // 10_000 for w in plan_of(store).weeks}
    assert {cell: after[cell] for cell in typed} == typed


def test_amounts_pasted_from_a_spreadsheet_are_read_in_any_form(visit: Visit, store: Store) -> None:
    """A copied column in local forms fills three budgets; one that is no number keeps the old one and is said."""
    visit.go("/plan")
    Grid(visit.page).paste(0, BUDGET, "12 345,67\n2.000,05\nAZN 500")
    assert budgets(store) == [1_234_567, 200_005, 50_000]
    Grid(visit.page).paste(1, BUDGET, "about ten\t\n600,5")
    expect(visit.page.get_by_text("“about ten” is no number")).to_be_visible()
    assert budgets(store) == [1_234_567, 200_005, 60_050]


def test_days_pasted_in_local_form_are_those_days(visit: Visit, store: Store) -> None:
    """5 November written with points is 5 November, not 11 May; the last day is counted in."""
    visit.go("/plan")
    Grid(visit.page).paste(1, "Start", "05.11.2026\t06.12.2026")
    flight = plan_of(store).lines[1].flight
    assert flight == (date(2026, 11, 5), date(2026, 12, 7))


def test_leaving_right_after_an_edit_loses_nothing(visit: Visit, store: Store) -> None:
    """A cell is left by Enter and the screen a fifth of a second later: the edit is stored, and there on return."""
    visit.go("/plan")
    grid = Grid(visit.page)
    grid.type(0, BUDGET, "1111.11", delay_ms=30)
    grid.leave_typed(1, BUDGET, "2222.22")
    visit.page.wait_for_timeout(200)
    visit.page.get_by_role("link", name="Overview").first.click()
    visit.page.wait_for_url(f"{visit.base_url}/")
    visit.settled()
    assert budgets(store)[:2] == [111_111, 222_222]
    visit.page.go_back()
    visit.settled()
    assert [Grid(visit.page).text(row, BUDGET) for row in (0, 1)] == ["1,111.11", "2,222.22"]
    assert budgets(store)[:2] == [111_111, 222_222]


def test_two_windows_keep_both_edits_and_say_where_they_meet(open_visit: OpenVisit, store: Store) -> None:
    """An edit in a window that is behind is added; of the same cell twice, the person chooses, and is not passed by."""
    first, second = open_visit(), open_visit()
    first.go("/plan")
    second.go("/plan")
    Grid(first.page).type(0, BUDGET, "3000.01")
    Grid(second.page).type(1, BUDGET, "4000.02")
    expect(second.page.get_by_text("Your change was added to it.")).to_be_visible()
    assert budgets(store)[:2] == [300_001, 400_002]
    Grid(second.page).type(0, BUDGET, "5000.05")
    Grid(first.page).type(0, BUDGET, "6000.06")
    expect(first.page.get_by_text("both changed the same")).to_be_visible()
    expect(first.page.get_by_text("your AZN 6,000.06 was not")).to_be_visible()
    first.checked()
    assert budgets(store)[0] == 500_005
    first.page.locator(".st-key-use_mine button").click()
    finding(first, f"AZN {(600_006 + sum(budgets(store)[1:])) / 100:,.0f} across 3 lines")
    assert budgets(store)[0] == 600_006


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
