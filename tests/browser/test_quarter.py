"""A quarter's plan from nothing to approved, taken home as a workbook, changed there, and brought back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from budget.plan import StoredPlan
from budget.store import Store, open_store
from tests.browser.hands import five_numbers, go_to, press, title
from tests.browser.server import serving
from tests.browser.visit import Visit

TODAY = "2026-10-16"
FIRST = date(2026, 10, 19)
MORE = (
    "Platform\tTactic\tStart\tLast day\tBudget\tStatus\tObjective\tOwner\n"
    "Meta\tretargeting\t19.10.2026\t17.01.2027\t6,000.60\tForecast\tSales\tLeyla\n"
    "Google\tretargeting\t19.10.2026\t17.01.2027\t4500\tOptional\tSales\tLeyla\n"
    "TikTok\tawareness\t02.11.2026\t27.12.2026\t3 000\tOptional\tAwareness\tKamran\n"
)
CENT, MICROS = 10_000, 1_000_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the quarter, empty at its start."""
    return tmp_path_factory.mktemp("quarter")


@pytest.fixture(scope="module")
def base_url(folder: Path) -> Iterator[str]:
    """The app over that folder, on the Friday before the first week."""
    with serving(folder, {"PAYOFF_TODAY": TODAY}) as url:
        yield url


@pytest.fixture
def store(folder: Path, base_url: str) -> Iterator[Store]:
    """The same store, read beside the server."""
    opened = open_store(f"sqlite:///{folder / 'payoff.db'}")
    yield opened
    opened.close()


def tab(visit: Visit, name: str) -> None:
    """Open a tab."""
    visit.page.get_by_role("tab", name=name).click()
    visit.settled()


def plans(store: Store, *statuses: str) -> list[StoredPlan]:
    """The firm's plans of these states, the last edited first."""
    (firm,) = store.workspaces()
    heads = [head for head in store.plans(firm.workspace_id) if head.status in statuses]
    return [store.plan(firm.workspace_id, head.plan_id) for head in heads]


def adds_up(plan: StoredPlan) -> None:
    """The weeks of every line add up to its budget."""
    for line in plan.lines:
        assert sum(w.budget_micros for w in plan.weeks if w.line_key == line.line_key) == line.budget_micros


def test_a_quarter_from_nothing_to_a_workbook_and_back(visit: Visit, store: Store, tmp_path: Path) -> None:
    """Three networks, six lines, thirteen weeks, two goals, a pattern, an event; split, approved, edited at home."""
    begin(visit)
    two_goals(visit)
    six_lines(visit)
    phased_with_an_event(visit)
    built(store)
    optimised(visit, store)
    approved(visit, store)
    file = taken_home(visit, tmp_path)
    edited_at_home(file)
    brought_back(visit, store, file)


def begin(visit: Visit) -> None:
    """Five numbers, three networks."""
    visit.go()
    press(visit, "start_plan")
    five_numbers(visit)


def two_goals(visit: Visit) -> None:
    """Profit first, reach beside it; each says whether it can be reached."""
    visit.go("/business")
    tab(visit, "Goals")
    target(visit, 0, "2000")
    press(visit, "goal_add")
    target(visit, 1, "900000")
    expect(visit.page.get_by_text("Goal 2")).to_be_visible()
    visit.checked()


def target(visit: Visit, place: int, number: str) -> None:
    """Type the target of a goal."""
    field = visit.page.get_by_role("spinbutton", name="Target").nth(place)
    field.fill(number)
    field.press("Enter")
    visit.settled()


def six_lines(visit: Visit) -> None:
    """Three lines are pasted from a spreadsheet below the three that there are."""
    visit.go("/plan")
    expect(title(visit)).to_have_text("AZN 30,000 across 3 lines")
    visit.page.get_by_text("Paste lines from a spreadsheet").click()
    box = visit.page.get_by_role("textbox", name="Rows copied from a spreadsheet")
    box.fill(MORE)
    box.press("Control+Enter")
    visit.settled()
    visit.checked()
    press(visit, "go_paste_lines")
    expect(title(visit)).to_have_text("AZN 43,501 across 6 lines")


def phased_with_an_event(visit: Visit) -> None:
    """Black Friday is added from the examples, and every line is phased by the season."""
    tab(visit, "Events")
    press(visit, "example_black_friday")
    expect(visit.page.get_by_test_id("stDataFrame").first).to_be_visible()
    tab(visit, "Weekly phasing")
    visit.page.get_by_role("combobox", name="Phase by a pattern").click()
    visit.page.get_by_role("option", name="By the season").click()
    visit.settled()
    press(visit, "phase_lines")
    expect(visit.page.get_by_text("The weeks add up to AZN 43,500.60")).to_be_visible()
    visit.checked()


def built(store: Store) -> None:
    """The store holds what was built, and the strongest week of a line is Black Friday's."""
    (plan,) = plans(store, "draft")
    assert {line.platform for line in plan.lines} == {"meta", "google", "tiktok"}
    assert [line.budget_micros // CENT for line in plan.lines[3:]] == [600_060, 450_000, 300_000]
    assert [line.commitment for line in plan.lines[3:]] == ["forecast", "optional", "optional"]
    assert len({week.week_start for week in plan.weeks}) == 13
    assert [goal.kpi for goal in plan.objectives] == ["profit", "reach"]
    assert len(plan.events) == 1
    adds_up(plan)
    own = [week for week in plan.weeks if week.line_key == plan.lines[0].line_key]
    assert max(own, key=lambda week: week.budget_micros).week_start == date(2026, 11, 23)


def optimised(visit: Visit, store: Store) -> None:
    """More money is split, saved as a scenario that opens; the plan stays as it was."""
    (before,) = plans(store, "draft")
    visit.go("/optimise")
    visit.checked()
    press(visit, "go_apply")
    scenario = next(plan for plan in plans(store, "draft") if plan.plan_id != before.plan_id)
    assert scenario.based_on_plan_id == before.plan_id
    assert store.plan(before.workspace_id, before.plan_id) == before
    adds_up(scenario)
    assert [line.budget_micros for line in scenario.lines] != [line.budget_micros for line in before.lines]


def approved(visit: Visit, store: Store) -> None:
    """The scenario is proposed and approved: a locked copy of it, and the draft goes on."""
    go_to(visit, "plan")
    visit.page.get_by_role("button", name="Propose for approval").click()
    press(visit, "plan_propose")
    assert [plan.name for plan in plans(store, "proposed")] == [plans(store, "proposed", "draft")[0].name]
    press(visit, "go_lock")
    visit.page.get_by_role("dialog").wait_for()
    press(visit, "go_lock_sure")
    (locked,) = plans(store, "locked")
    assert locked.lines == plans(store, "draft", "proposed")[0].lines
    visit.checked()


def taken_home(visit: Visit, folder: Path) -> Path:
    """The workbook of the plan at hand, as the browser saves it."""
    visit.page.get_by_text("The plan as a workbook").click()
    with visit.page.expect_download() as waiting:
        visit.page.locator(".st-key-plan_file_out button").click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def edited_at_home(file: Path) -> None:
    """A week gets 100 more, a line another owner, the event another strength, the main goal a higher target."""
    book = openpyxl.load_workbook(file)
    week = book["Weeks"]["D4"]
    week.value = round(week.value + 100, 2)
    book["Lines"]["J5"] = "Nigar"
    book["Events"]["D4"] = 1.8
    book["Objectives"]["E4"] = "2 500"
    book.save(file)


def brought_back(visit: Visit, store: Store, file: Path) -> None:
    """The preview names these changes (a week, with it its line's budget) and no other; the baseline has none."""
    (locked,) = plans(store, "locked")
    before = plans(store, "draft", "proposed")[0]
    visit.page.locator(".st-key-plan_file input[type=file]").set_input_files(file)
    visit.settled()
    expect(visit.page.get_by_role("button", name="Apply 5 changes")).to_be_visible()
    visit.checked()
    press(visit, "go_plan_file")
    after = plans(store, "draft", "proposed")[0]
    first, second = before.lines[:2]
    added = (replace(first, budget_micros=first.budget_micros + 100 * MICROS), replace(second, owner="Nigar"))
    assert after.lines == (*added, *before.lines[2:])
    assert after.events == (replace(before.events[0], factor=1.8),)
    assert after.objectives == (replace(before.objectives[0], target_micros=2_500 * MICROS), *before.objectives[1:])
    assert {(w.line_key, w.week_start) for w in set(after.weeks) - set(before.weeks)} == {
        (first.line_key, FIRST + timedelta(days=7))
    }
    adds_up(after)
    (still,) = plans(store, "locked")
    assert still == locked
