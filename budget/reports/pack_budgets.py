"""Cut, keep or grow: what less and more money would bring; and the lines that go first when money gets tight."""

from budget.frontier import Frontier, Point
from budget.money import major
from budget.present import budget_words
from budget.present.pack_sheet_words import (
    ALL_OF_THEM,
    BEST,
    BREAK_EVEN,
    BUDGETS_BUDGETS,
    BUDGETS_HEADS,
    BUDGETS_LEAD,
    BUDGETS_NONE,
    FIRST_HEADS,
    FIRST_LEAD,
    HUNDRED,
    NO_FIRST,
    NO_ZERO,
    OPTIONAL,
)
from budget.present.vocabulary import COMMITMENTS
from budget.reports.pack_cells import Cell, live, money, number, text
from budget.reports.pack_charts import Series, scatter
from budget.reports.pack_draft import Draft
from budget.reports.pack_sheet import Sheet

WIDTHS = (32, *(16,) * 8)
FIRST_WIDTHS = (34, 16, *(17,) * 5)


def budgets_sheet(sheet: Sheet, draft: Draft) -> None:
    """Write the sheet: the verdict, its reasons, every budget."""
    found = draft.pack.frontier
    if found is None or not found.points:
        sheet.heading(draft.say(BUDGETS_BUDGETS), draft.say(BUDGETS_NONE))
        return
    verdict = budget_words.verdict_text(draft.words, draft.numbers, found)
    sheet.heading(verdict, draft.say(BUDGETS_LEAD, currency=draft.currency))
    for reason in budget_words.verdict_reasons(draft.words, draft.numbers, found):
        sheet.note(reason, "text")
    sheet.row += 1
    _answers(sheet, draft, found)
    first, last = _points(sheet, draft, found)
    looks = ((2, "forecast", 1.0), (3, "actual", 2.5), (4, "forecast", 1.0))
    series = [
        Series(sheet.at(first - 1, place), sheet.span(first, last, place), role, "solid", width)
        for place, role, width in looks
    ]
    sheet.picture(scatter(draft.looks, draft.book, sheet.span(first, last, 1), series), rows=14)


def _answers(sheet: Sheet, draft: Draft, found: Frontier) -> None:
    sheet.line([text(draft.say(BEST)), money(found.best_micros)])
    zero = text(draft.say(NO_ZERO), "note") if found.zero_micros is None else None
    sheet.line([text(draft.say(BREAK_EVEN)), money(found.zero_micros), zero])
    sheet.line([text(draft.say(HUNDRED)), number("money_signed", found.hundred)])


def _points(sheet: Sheet, draft: Draft, found: Frontier) -> tuple[int, int]:
    sheet.row += 1
    sheet.head(
        [draft.say(each) for each in BUDGETS_HEADS], ["share", *["money"] * 5, "share", "share", "money"], repeat=True
    )
    first = sheet.row
    today = next((first + n for n, point in enumerate(found.points) if point.share == 0), None)
    for point in found.points:
        sheet.line(_point(sheet, found, point, today), "sum" if point.share == 0 else "")
    return first, sheet.row - 1


def _point(sheet: Sheet, found: Frontier, point: Point, today: int | None) -> list[Cell]:
    profit, now = point.profit, found.today_micros
    if today is None:
        shift, extra = Cell("share_signed", point.share), money(point.budget_micros - now, "money_signed")
    else:
        here, base = sheet.here(sheet.row, 1), f"$B${today + 1}"
        shift = live("share_signed", f"{here}/{base}-1", point.budget_micros / now - 1)
        extra = live("money_signed", f"{here}-{base}", major(point.budget_micros - now))
    middle = [number("money", x) for x in (profit.low, profit.mid, profit.high, point.expected)]
    return [
        shift,
        money(point.budget_micros),
        *middle,
        number("share", point.p_loss),
        number("share", point.better),
        extra,
    ]


def optional_sheet(sheet: Sheet, draft: Draft) -> None:
    """Write the sheet of the lines that may be cut, those first that go first."""
    found = draft.pack.first_to_go
    sheet.heading(draft.say(OPTIONAL), draft.say(FIRST_LEAD if found else NO_FIRST))
    if not found:
        return
    kinds = ["text", "text", *["money"] * 5]
    sheet.head([draft.say(each) for each in FIRST_HEADS], kinds, repeat=True)
    first = sheet.row
    for one in found:
        lost = [number("money_signed", x) for x in (one.lost.low, one.lost.mid, one.lost.high)]
        cells = [text(draft.named(one.line_key)), text(draft.say(COMMITMENTS[one.commitment]))]
        sheet.line([*cells, money(one.left_micros), *lost, number("share", one.right)])
    span = f"SUM({sheet.here(first, 2)}:{sheet.here(sheet.row - 1, 2)})"
    whole = major(sum(one.left_micros for one in found))
    sheet.line([text(draft.say(ALL_OF_THEM)), None, live("money", span, whole)], "sum")
