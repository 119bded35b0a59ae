"""The income statement of the whole plan: what has happened, the weeks to come as projected, and both together."""

from budget.money import major
from budget.outturn import whole_plan
from budget.plan import COST_KINDS
from budget.pnl import ProfitAndLoss
from budget.present.pack_sheet_words import COMING, ITEM, TO_DATE, WHOLE, WHOLE_NOTE
from budget.present.vocabulary import COSTS, PNL_STEPS
from budget.reports.pack_cells import Cell, live, money, text
from budget.reports.pack_data import BASE, FIRST, STEPS
from budget.reports.pack_draft import Draft
from budget.reports.pack_sheet import Sheet

ROWS = (*STEPS, *COST_KINDS, "challenges", "profit")
"""Steps down to profit, the team's costs one by one."""
SUMS = frozenset(name for name in ROWS if name not in BASE)


def whole_block(sheet: Sheet, draft: Draft) -> None:
    """Write the block while weeks are to come; every sum is a formula over the steps above it."""
    done, ahead = draft.pack.to_date, draft.pack.projection
    if done is None or ahead is None or ahead.weeks_done == len(ahead.weeks):
        return
    before, whole = done.actual_pnl, whole_plan(done.actual_pnl, ahead.remaining, ahead.profit.mid)
    sheet.break_page()
    sheet.section(draft.say(WHOLE))
    sheet.note(draft.say(WHOLE_NOTE))
    sheet.head([draft.say(each) for each in (ITEM, TO_DATE, COMING, WHOLE)])
    first = sheet.row
    for name in ROWS:
        values = [getattr(pnl, name) for pnl in (before, whole)]
        here = [sheet.here(sheet.row, place) for place in (1, 3)]
        coming = live("money", f"{here[1]}-{here[0]}", major(values[1] - values[0]))
        cells = [text(draft.say({**PNL_STEPS, **COSTS}[name])), _cell(sheet, first, 1, name, before), coming]
        sheet.line([*cells, _cell(sheet, first, 3, name, whole)], "sum" if name in SUMS or name == FIRST else "")


def _cell(sheet: Sheet, first: int, place: int, name: str, pnl: ProfitAndLoss) -> Cell:
    """A figure of its own, or the last sum less what stands between."""
    amount = getattr(pnl, name)
    if name in BASE:
        return money(amount)
    above = ROWS[: ROWS.index(name)]
    last = max(n for n, each in enumerate(above) if each in SUMS or each == FIRST)
    cells = [sheet.here(first + n, place) for n in range(last, len(above))]
    return live("money", "-".join(cells), major(amount))
