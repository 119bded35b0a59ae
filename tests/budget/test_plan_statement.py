"""The P&L of the plan workbook: LibreOffice calculates it anew and finds the screen's amounts to the cent."""

import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from budget.business import business_of, with_business
from budget.forecast import likely_pnl
from budget.funnels import channels_of
from budget.likely import likely_plan
from budget.measures import total
from budget.money import micros
from budget.plan import PlanChallenge, PlanCost, PlanEvent, StoredPlan
from budget.pnl import channel_pnl
from budget.present.vocabulary import COSTS, PNL_STEPS
from budget.present.words import words_for
from budget.reports.plan_costs import TEAM
from budget.reports.plan_file import plan_workbook
from budget.reports.plan_statement import COSTS_OF_LINES, STEPS
from tests.budget.books import recalculated
from tests.budget.builders import START, usual_plan


def rich_plan() -> StoredPlan:
    """Leads, fees, VAT on media, costs by month, a challenge, an event, odd budgets, and a line that lacks a figure."""
    plan = usual_plan()
    business = replace(
        business_of(plan), result_is_lead=True, lead_to_customer_share=0.37, media_vat_share=0.18,
        media_fee_share=0.075, prices_include_vat=False,
    )  # fmt: skip
    plan = with_business(plan, business)
    first, second, third = plan.lines
    lines = (
        replace(first, start_date=START + timedelta(days=3), end_date=START + timedelta(days=80)), second,
        replace(third, line_key="a*b?~", platform="x"),
    )  # fmt: skip
    gone = tuple(a for a in plan.assumptions if (a.scope, a.key) != (third.line_key, "cvr"))
    return replace(
        plan,
        lines=lines,
        weeks=tuple(w for w in plan.weeks if w.line_key != third.line_key),
        assumptions=gone,
        costs=(*plan.costs, PlanCost("agency", micros("777.77"), date(2026, 10, 1))),
        challenges=(PlanChallenge("not_ready", True, micros(333), True), PlanChallenge("falling_loyalty", False, 5)),
        events=(PlanEvent("Sale", date(2026, 11, 20), date(2026, 11, 28), 1.6, 1.2, "November"),),
    )


PLANS = {"usual": usual_plan, "rich": rich_plan}


def expected(plan: StoredPlan) -> dict[str, list[int]]:
    """Cents by the label of the statement, total first, then line by line: what the screens show, costs below zero."""
    likely, business = likely_plan(channels_of(plan)), business_of(plan)
    whole = likely_pnl(plan, business, likely)
    parts = [channel_pnl(business, total(row)) for row in likely.measures.values()]
    signs = dict.fromkeys((*COSTS_OF_LINES, *TEAM), -1)
    rows = {name: [whole, *parts] for name in STEPS} | {name: [whole] for name in (*TEAM, "profit")}
    names = {**PNL_STEPS, **COSTS}
    return {
        names[name]: [round(signs.get(name, 1) * getattr(pnl, name) / 10_000) for pnl in pnls]
        for name, pnls in rows.items()
    }


def statement(sheet: Any) -> dict[str, list[int]]:
    """The same from the top of the sheet; a cell that is no whole number of cents fails."""
    found: dict[str, list[int]] = {}
    for label, *cells in sheet.iter_rows(min_row=5, max_row=19, values_only=True):
        numbers = [cell for cell in cells if cell is not None]
        found[label] = [round(cell * 100) for cell in numbers]
        assert [cell * 100 for cell in numbers] == pytest.approx(found[label], abs=1e-6)
    return found


@pytest.mark.parametrize("name", list(PLANS))
def test_written_values_are_the_screens(name: str) -> None:
    """Whoever opens the file without calculating sees the amounts of the screen already."""
    plan = PLANS[name]()
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(plan, words_for("en"))), data_only=True)
    assert statement(book["P&L"]) == expected(plan)


@pytest.mark.parametrize("name", list(PLANS))
def test_libreoffice_finds_the_screens_amounts(name: str, tmp_path: Path) -> None:
    """Calculated from nothing, each P&L cell is the screen's to the cent, and no formula of the file says otherwise."""
    plan = PLANS[name]()
    data = plan_workbook(plan, words_for("az" if name == "rich" else "en"))
    written, formulas = (openpyxl.load_workbook(io.BytesIO(data), data_only=only) for only in (True, False))
    found = openpyxl.load_workbook(io.BytesIO(recalculated(data, tmp_path)), data_only=True)
    sheet = words_for("az" if name == "rich" else "en").say("P&L")
    assert list(statement(found[sheet]).values()) == list(expected(plan).values())
    checked = 0
    for page in formulas:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    value, wanted = (book[page.title][cell.coordinate].value for book in (found, written))
                    assert value == pytest.approx(wanted, rel=1e-12, abs=1e-9), (page.title, cell.coordinate)
                    checked += 1
    assert checked > 150


def test_everything_that_can_be_a_formula_is_one() -> None:
    """In the statement no cell is a typed number; below it values are prices and rates at the planned spend only."""
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(usual_plan(), words_for("en"))))
    sheet = book["P&L"]
    rows = {row[0].value: [cell for cell in row[1:] if cell.value is not None] for row in sheet.iter_rows(min_row=5)}
    typed = {label for label, cells in rows.items() for cell in cells if cell.data_type == "n" and not cell.is_date}
    assert typed == {"CPM at this spend", "CTR at this spend", "CVR at this spend", "Value of one conversion"}
    assert all(cell.data_type == "f" for row in sheet.iter_rows(min_row=5, max_row=20, min_col=2) for cell in row
               if cell.value is not None)  # fmt: skip


def test_a_changed_budget_moves_the_statement(tmp_path: Path) -> None:
    """A person doubles a line's weeks: its budget, spend and media double, and the profit follows by formula."""
    plan = usual_plan()
    book: Any = openpyxl.load_workbook(io.BytesIO(plan_workbook(plan, words_for("en"))))
    for row in book["Weeks"].iter_rows(min_row=4, max_row=4, min_col=3, max_col=15):
        for cell in row:
            cell.value *= 2
    out = io.BytesIO()
    book.save(out)
    found = openpyxl.load_workbook(io.BytesIO(recalculated(out.getvalue(), tmp_path)), data_only=True)
    assert found["Lines"]["H4"].value == pytest.approx(2 * 9000)
    before, after = expected(plan), statement(found["P&L"])
    assert after["Media"][1] == 2 * before["Media"][1]
    assert after["Media"][2:] == before["Media"][2:]
    assert after["Profit"][0] - before["Profit"][0] == pytest.approx(
        after["After media"][1] - before["After media"][1], abs=2
    )
