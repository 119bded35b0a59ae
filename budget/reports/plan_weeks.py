"""The sheet of weekly budgets: lines down, Mondays across, sums that follow what is typed."""

from collections.abc import Mapping
from datetime import date

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from budget.phasing import active_days
from budget.plan import StoredPlan
from budget.present.plan_sheets import TOTAL, WEEKS, WRONG, WRONG_CELL
from budget.present.words import Words
from budget.reports.plan_labels import shown
from budget.reports.plan_looks import FIRST_ROW, HEADER_ROW, SPARE_ROWS, TOTAL_ROW, Looks
from budget.weeks import weeks_of

FIRST_WEEK = 2
SPARE_WEEKS = 60


def mondays(plan: StoredPlan) -> tuple[date, ...]:
    """The weeks that have a column: those of the plan, and any other that has a budget."""
    return tuple(sorted({*(weeks_of(plan.period) if plan.period else ()), *(w.week_start for w in plan.weeks)}))


def weeks(page: Worksheet, plan: StoredPlan, looks: Looks) -> None:
    """Write the grid; an empty cell is a week that the plan does not speak of, a grey one lies outside the flight."""
    days, words = mondays(plan), looks.words
    amounts = {(w.line_key, w.week_start): w.budget_micros for w in plan.weeks}
    page.set_column(1, 1, 14, looks.of("total_money"))
    page.set_column(FIRST_WEEK, FIRST_WEEK + len(days) + 8, 11.5, looks.of("money"))
    page.write_string(HEADER_ROW, 1, words.say(TOTAL), looks.of("head_number"))
    page.write_string(TOTAL_ROW, 0, words.say(TOTAL), looks.of("total"))
    for place, day in enumerate(days, FIRST_WEEK):
        page.write_datetime(HEADER_ROW, place, day, looks.of("head_day"))
    for place in range(1, FIRST_WEEK + len(days)):
        column = xl_col_to_name(place)
        total = sum(x for (_, day), x in amounts.items() if place == 1 or day == days[place - FIRST_WEEK])
        formula = f"=SUM({column}{FIRST_ROW + 1}:{column}{_last(plan)})"
        page.write_formula(TOTAL_ROW, place, formula, looks.of("total_money"), total / 1e6)
    for row, line in enumerate(plan.lines, FIRST_ROW):
        page.write_string(row, 0, shown("key", line.line_key, words.lang), looks.of("key"))
        own = sum(x for (key, _), x in amounts.items() if key == line.line_key)
        span = f"{xl_col_to_name(FIRST_WEEK)}{row + 1}:{_last_column(plan)}{row + 1}"
        page.write_formula(row, 1, f"=SUM({span})", looks.of("total_money"), own / 1e6)
        for place, day in enumerate(days, FIRST_WEEK):
            look = looks.of("money" if active_days(line, day) else "idle")
            amount = amounts.get((line.line_key, day))
            if amount is None:
                page.write_blank(row, place, None, look)
            else:
                page.write_number(row, place, amount / 1e6, look)
    rule = {"validate": "decimal", "criteria": ">=", "value": 0, "error_title": words.say(WRONG_CELL)}
    page.data_validation(
        FIRST_ROW, FIRST_WEEK, _last(plan), FIRST_WEEK + len(days) + SPARE_WEEKS,
        rule | {"error_message": words.say(WRONG["money"])},
    )  # fmt: skip


def _last(plan: StoredPlan) -> int:
    return FIRST_ROW + len(plan.lines) + SPARE_ROWS


def _last_column(plan: StoredPlan) -> str:
    return str(xl_col_to_name(FIRST_WEEK + len(mondays(plan)) + SPARE_WEEKS))


def budget_formula(row: int, plan: StoredPlan, words: Words) -> str:
    """The sum of the weeks of the line in that row (from 0) of the sheet Lines, wherever the line stands among them."""
    name = words.say(WEEKS.title)
    keys = f"'{name}'!$A${FIRST_ROW + 1}:$A${_last(plan)}"
    grid = f"'{name}'!${xl_col_to_name(FIRST_WEEK)}${FIRST_ROW + 1}:${_last_column(plan)}${_last(plan)}"
    return f"=SUMPRODUCT(({keys}=$A{row + 1})*{grid})"


def is_live(plan: StoredPlan) -> Mapping[str, bool]:
    """By line, whether its budget is the sum of its weeks, so that a formula says it.

    Not where two keys differ by case only: a spreadsheet takes them for one.
    """
    sums: dict[str, int] = {}
    for week in plan.weeks:
        sums[week.line_key] = sums.get(week.line_key, 0) + week.budget_micros
    alike = [line.line_key.casefold() for line in plan.lines]
    return {
        line.line_key: line.line_key in sums
        and sums[line.line_key] == line.budget_micros
        and alike.count(line.line_key.casefold()) == 1
        for line in plan.lines
    }
