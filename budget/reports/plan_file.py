"""The whole plan as a workbook that a person can edit and bring back: every part on a sheet, totals and P&L live."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from budget.plan import PlanAssumption, StoredPlan
from budget.present.plan_sheets import (
    AUDIENCES,
    BUSINESS,
    FIGURES_SHEET,
    LABELS,
    LEAD,
    LINES,
    META_TITLE,
    TABLES,
    TOTAL,
    WEEKS,
    WRONG,
    WRONG_CELL,
    Column,
    Sheet,
)
from budget.present.words import Words
from budget.reports.plan_cells import FIRST_DAY, has_list
from budget.reports.plan_guide import guide
from budget.reports.plan_labels import label, shown
from budget.reports.plan_looks import FIRST_ROW, HEADER_ROW, NUMBERS, SPARE_ROWS, TOTAL_ROW, Exact, Looks
from budget.reports.plan_meta import meta_rows
from budget.reports.plan_statement import statement
from budget.reports.plan_weeks import budget_formula, is_live, weeks
from budget.reports.workbook import workbook
from budget.weeks import DAY

LINE_FIGURES = ("cpm", "ctr", "cvr", "cpc", "audience", "spend_week")


def plan_workbook(plan: StoredPlan, words: Words) -> bytes:
    """The plan in the person's language; read back by `plan_upload.read_plan_file`, in any language."""
    return _written(plan, words, whole=True)


def plan_template(plan: StoredPlan, words: Words) -> bytes:
    """The same sheets without lines, events and figures of lines: the firm's economics are filled in already."""
    keys = {line.line_key for line in plan.lines}
    figures = tuple(one for one in plan.assumptions if one.scope not in keys)
    return _written(replace(plan, lines=(), weeks=(), events=(), assumptions=figures), words, whole=False)


def _written(plan: StoredPlan, words: Words, *, whole: bool) -> bytes:
    out = io.BytesIO()
    with workbook(out) as book:
        looks = Looks(book, words)
        pages = {sheet.key: book.add_worksheet(words.say(sheet.title), Exact) for sheet in TABLES}
        for sheet in TABLES:
            page = pages[sheet.key]
            _head(page, sheet, plan, looks)
            if sheet is WEEKS:
                weeks(page, plan, looks)
            else:
                _rows(page, sheet, rows_of(sheet, plan), plan, looks)
                _checks(page, sheet, looks)
        statement(book, plan, looks)
        guide(book, looks)
        _meta(book, plan, words, whole=whole)
        pages[LINES.key].activate()
    return out.getvalue()


def rows_of(sheet: Sheet, plan: StoredPlan) -> Sequence[Any]:
    """The items of the plan that are the sheet's rows, in order."""
    keys = {line.line_key for line in plan.lines}
    if sheet is FIGURES_SHEET:
        order = {line.line_key: n for n, line in enumerate(plan.lines)}
        found = [one for one in plan.assumptions if one.scope in keys]
        return sorted(found, key=lambda one: order[one.scope])
    if sheet is BUSINESS:
        return [one for one in plan.assumptions if one.scope not in keys]
    items: Sequence[Any] = getattr(plan, sheet.part)
    return items


def _head(page: Worksheet, sheet: Sheet, plan: StoredPlan, looks: Looks) -> None:
    """What to do, and the header with its frozen panes."""
    words = looks.words
    page.write_string(0, 0, words.say(LEAD, plan=plan.name, currency=plan.currency), looks.of("lead"))
    page.set_row(HEADER_ROW, 32)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, looks.of(column.kind))
        look = "head_number" if column.kind in NUMBERS else "head"
        page.write_string(HEADER_ROW, place, words.say(column.header), looks.of(look))
    page.freeze_panes(FIRST_ROW, 2 if sheet in (FIGURES_SHEET, BUSINESS, WEEKS) else 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADER_ROW)


def _rows(page: Worksheet, sheet: Sheet, items: Sequence[Any], plan: StoredPlan, looks: Looks) -> None:
    live = is_live(plan)
    for row, item in enumerate(items, FIRST_ROW):
        for place, column in enumerate(sheet.columns):
            value = getattr(item, column.name)
            if sheet is LINES and column.name == "budget_micros" and live.get(item.line_key):
                formula = budget_formula(row, plan, looks.words)
                page.write_formula(row, place, formula, looks.of("money"), value / 1e6)
            else:
                _cell(page, row, place, column, value, item, looks)
    if sheet is LINES:
        place = next(n for n, column in enumerate(sheet.columns) if column.name == "budget_micros")
        letter, last = "ABCDEFGHIJKL"[place], FIRST_ROW + len(items) + SPARE_ROWS
        page.write_string(TOTAL_ROW, 0, looks.words.say(TOTAL), looks.of("total"))
        formula = f"=SUM({letter}{FIRST_ROW + 1}:{letter}{last})"
        page.write_formula(TOTAL_ROW, place, formula, looks.of("total_money"), plan.budget_micros / 1e6)


def _cell(page: Worksheet, row: int, place: int, column: Column, value: Any, item: Any, looks: Looks) -> None:
    """One value as people write it: money in major units, the last day instead of the day after."""
    look, lang = looks.of(column.kind), looks.words.lang
    if column.kind in ("money", "amount"):
        page.write_number(row, place, value / 1e6, look)
    elif column.kind == "figure":
        page.write_number(row, place, value, looks.of(figure_look(item)))
    elif column.kind in ("count", "number"):
        page.write_number(row, place, value, look)
    elif column.kind == "flag":
        page.write_string(row, place, label("flag", "yes" if value else "no", lang), look)
    elif column.kind in ("day", "last_day"):
        if value is not None:
            page.write_datetime(row, place, value - DAY if column.kind == "last_day" else value, look)
    else:
        page.write_string(row, place, value if column.kind == "text" else _code(column, value, lang), look)


def _code(column: Column, code: str, lang: str) -> str:
    named = column.kind in ("key", "challenge", "figure_key", "scope")
    return "\\" if code == "" and named and column.name != "challenge_key" else shown(column.kind, code, lang)


def figure_look(item: PlanAssumption) -> str:
    """How the points of a figure are written: as percent, money, a whole number or plain."""
    if (
        item.unit == "share"
        or item.key in ("ctr", "cvr")
        or item.key.endswith("_share")
        or item.key == "incrementality"
    ):
        return "share"
    return {"money": "money", "count": "count", "flag": "flag_number"}.get(item.unit, "figure")


def _checks(page: Worksheet, sheet: Sheet, looks: Looks) -> None:
    """What the cells below the header take, and what is said to whoever types something else."""
    words, last = looks.words, FIRST_ROW + SPARE_ROWS * 2
    for place, column in enumerate(sheet.columns):
        rule = _rule(sheet, column, words)
        if rule is not None:
            said = {"error_title": words.say(WRONG_CELL), "error_message": words.say(WRONG[_wrong(column)])}
            page.data_validation(FIRST_ROW, place, last, place, rule | said)


def _wrong(column: Column) -> str:
    return {"last_day": "day"}.get(column.kind, column.kind if column.kind in WRONG else "list")


def _rule(sheet: Sheet, column: Column, words: Words) -> dict[str, Any] | None:
    rules: Mapping[str, dict[str, Any]] = {
        "day": {"validate": "date", "criteria": ">=", "value": FIRST_DAY},
        "last_day": {"validate": "date", "criteria": ">=", "value": FIRST_DAY},
        "money": {"validate": "decimal", "criteria": ">=", "value": 0},
        "amount": {"validate": "decimal", "criteria": ">=", "value": -1e9},
        "count": {"validate": "integer", "criteria": ">=", "value": 0},
    }
    if column.kind in rules:
        return rules[column.kind]
    if column.kind == "audience":
        return _list_of(AUDIENCES, words)
    if sheet is FIGURES_SHEET and column.name == "scope":
        return _list_of(LINES, words)
    kind = "line_figure" if sheet is FIGURES_SHEET and column.kind == "figure_key" else column.kind
    if has_list(column) and kind != "figure_key" and kind in _lists():
        at = "DEFGHIJKLMNOPQRSTUVWXYZ"[list(_lists()).index(kind)]
        return {"validate": "list", "source": f"={META_TITLE}!${at}$1:${at}${len(_lists()[kind])}",
                "error_type": "warning"}  # fmt: skip
    return None


def _list_of(sheet: Sheet, words: Words) -> dict[str, Any]:
    name = words.say(sheet.title)
    source = f"='{name}'!$A${FIRST_ROW + 1}:$A${FIRST_ROW + SPARE_ROWS}"
    return {"validate": "list", "source": source, "error_type": "warning"}


def _lists() -> Mapping[str, Sequence[str]]:
    """The codes that each list offers, by kind."""
    kept = ("platform", "tactic", "objective", "commitment", "kpi", "cost", "unit", "confidence", "flag", "challenge")
    found = {kind: list(LABELS[kind]) for kind in kept if LABELS[kind]}
    return {**found, "line_figure": LINE_FIGURES}


def _meta(book: Workbook, plan: StoredPlan, words: Words, *, whole: bool) -> None:
    """What the workbook remembers, and the lists to choose from."""
    page: Worksheet = book.add_worksheet(META_TITLE)
    for row, (name, text) in enumerate(meta_rows(plan, words.lang, whole=whole)):
        page.write_string(row, 0, name)
        page.write_string(row, 1, text)
    for place, (kind, codes) in enumerate(_lists().items(), 3):
        of = "figure_key" if kind == "line_figure" else kind
        for row, code in enumerate(codes):
            page.write_string(row, place, label(of, code, words.lang))
    page.very_hidden()
