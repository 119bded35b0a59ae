"""The programme's cost by month and the budget by platform, as formulas over the sheets that hold them."""

from collections.abc import Sequence
from datetime import date, timedelta

from xlsxwriter.worksheet import Worksheet

from budget.plan import COST_KINDS, StoredPlan
from budget.pnl import team_cost
from budget.present.plan_file_words import DAYS_OF_MONTH, DAYS_OF_PLAN, MONTH
from budget.present.plan_file_words import TEAM as TITLE
from budget.present.plan_sheets import CHALLENGES_SHEET, COSTS_SHEET, LINES, TOTAL_BY_PLATFORM, Sheet
from budget.present.vocabulary import COSTS, PNL_STEPS
from budget.reports.plan_labels import label, shown
from budget.reports.plan_looks import FIRST_ROW, SPARE_ROWS, Looks
from budget.weeks import Period, months_of

TEAM = (*COST_KINDS, "challenges")


def team_block(page: Worksheet, row: int, plan: StoredPlan, looks: Looks) -> tuple[dict[str, str], int]:
    """Write the block from `row` on; the cell of each cost's sum by name, and the row after the block."""
    words = looks.words
    page.write_string(row, 0, words.say(TITLE), looks.of("section"))
    names = {**COSTS, "challenges": PNL_STEPS["challenges"]}
    heads = [words.say(DAYS_OF_MONTH), words.say(DAYS_OF_PLAN), *(words.say(names[name]) for name in TEAM)]
    page.write_string(row + 1, 0, words.say(MONTH), looks.of("head"))
    for place, text in enumerate(heads, 1):
        page.write_string(row + 1, place, text, looks.of("head_number"))
    first = row = row + 2
    for part in months_of(plan.period) if plan.period else ():
        _month(page, row, part.month_start, plan, looks)
        row += 1
    cells = {}
    for place, name in enumerate(TEAM, 3):
        letter = "ABCDEFGHIJ"[place]
        whole = team_cost(plan, plan.period)[name] / 1e6 if plan.period else 0.0
        formula = f"=SUM({letter}{first + 1}:{letter}{row})" if row > first else "=0"
        page.write_formula(row, place, formula, looks.of("sum"), whole)
        cells[name] = f"${letter}${row + 1}"
    return cells, row + 1


def _month(page: Worksheet, row: int, start: date, plan: StoredPlan, looks: Looks) -> None:
    """One month: its days, those of the plan, and what each cost comes to, floored to micros as in the app."""
    after = (start + timedelta(days=31)).replace(day=1)
    month, here = Period(start, after), row + 1
    inside = month.common(plan.period) if plan.period else Period(start, start)
    page.write_datetime(row, 0, start, looks.of("day"))
    page.write_formula(row, 1, f"=EDATE(A{here},1)-A{here}", looks.of("count"), month.days)
    starts, ends = (_column(LINES, name, len(plan.lines), looks) for name in ("start_date", "end_date"))
    days = f"=MAX(0,MIN(MAX({ends})+1,EDATE(A{here},1))-MAX(MIN({starts}),A{here}))"
    if _is_whole(plan):
        page.write_formula(row, 2, days, looks.of("count"), inside.days)
    else:
        page.write_number(row, 2, inside.days, looks.of("input"))
    share = f"*$C{here}/$B{here}"
    found = team_cost(plan, inside)
    for place, name in enumerate(TEAM, 3):
        page.write_formula(row, place, _cost(name, here, share, plan, looks), looks.of("fine"), found[name] / 1e6)


def _is_whole(plan: StoredPlan) -> bool:
    """Whether the plan's period is that of the first and the last day on the sheet Lines."""
    given = [(line.start_date, line.end_date) for line in plan.lines]
    return all((start is None) == (end is None) and (start is None or line.flight is not None)
               for line, (start, end) in zip(plan.lines, given, strict=True))  # fmt: skip


def _cost(name: str, here: int, share: str, plan: StoredPlan, looks: Looks) -> str:
    lang = looks.words.lang
    if name == "challenges":
        applies, amounts = (
            _column(CHALLENGES_SHEET, field, len(plan.challenges), looks) for field in ("active", "monthly_micros")
        )
        chosen = f'({applies}="{label("flag", "yes", lang)}")'
        return f"=SUMPRODUCT({chosen}*INT(ROUND({amounts}*1000000,0){share}))/1000000"
    kinds, amounts, months = (
        _column(COSTS_SHEET, field, len(plan.costs), looks) for field in ("kind", "amount_micros", "month_start")
    )
    chosen = f'({kinds}="{label("cost", name, lang)}")*(({months}="")+({months}=$A{here}))'
    return f"=SUMPRODUCT({chosen}*INT(ROUND({amounts}*1000000,0){share}))/1000000"


def _column(sheet: Sheet, name: str, rows: int, looks: Looks) -> str:
    """The cells of one column of a sheet, with room for what a person adds."""
    place = [column.name for column in sheet.columns].index(name)
    letter, title = "ABCDEFGHIJKL"[place], looks.words.say(sheet.title)
    return f"'{title}'!${letter}${FIRST_ROW + 1}:${letter}${FIRST_ROW + rows + SPARE_ROWS}"


def platform_totals(page: Worksheet, row: int, plan: StoredPlan, looks: Looks) -> None:
    """The budget of each platform, from the sheet Lines."""
    words = looks.words
    page.write_string(row, 0, words.say(TOTAL_BY_PLATFORM), looks.of("section"))
    platforms, budgets = (_column(LINES, name, len(plan.lines), looks) for name in ("platform", "budget_micros"))
    for code in _distinct([line.platform for line in plan.lines]):
        row += 1
        spent = sum(line.budget_micros for line in plan.lines if line.platform.casefold() == code.casefold())
        page.write_string(row, 0, shown("platform", code, words.lang))
        formula = f"=SUMPRODUCT(({platforms}=$A{row + 1})*{budgets})"
        page.write_formula(row, 1, formula, looks.of("step"), spent / 1e6)


def _distinct(codes: Sequence[str]) -> list[str]:
    """Each platform once; those that differ by case only are one to a spreadsheet."""
    return list({code.casefold(): code for code in codes}.values())
