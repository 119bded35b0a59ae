"""Where the plan will end: cumulative profit by week with its range, the chances, when it pays back."""

from functools import partial

from budget.present import headlines
from budget.present.pack_sheet_words import (
    CONVERSIONS,
    GOAL,
    ITEM,
    LOSS,
    NO_GOAL,
    NO_PAYBACK,
    OUTLOOK,
    OUTLOOK_HEADS,
    OUTLOOK_HIGH,
    OUTLOOK_LEAD,
    OUTLOOK_LOW,
    OUTLOOK_NONE,
    PAYBACK,
    PROFIT,
    SPEND,
    VALUE,
)
from budget.projection import Projection
from budget.reports.pack_cells import Cell, day, number, text
from budget.reports.pack_charts import Maker, fan
from budget.reports.pack_draft import Draft
from budget.reports.pack_sheet import Sheet

WIDTHS = (34, *(16,) * 5, 30)


def outlook_sheet(sheet: Sheet, draft: Draft) -> Maker | None:
    """Write the sheet: the answers, the fan as chart and table; makes the chart again."""
    found = draft.pack.projection
    if found is None:
        sheet.heading(draft.say(OUTLOOK), draft.say(OUTLOOK_NONE))
        return None
    finding = headlines.of_projection(draft.words, draft.numbers, found)
    sheet.heading(finding, draft.say(OUTLOOK_LEAD, currency=draft.currency))
    _answers(sheet, draft, found)
    here = sheet.row
    sheet.row += 16
    first, last = _weeks(sheet, draft, found)
    after, sheet.row = sheet.row, here
    chart = partial(fan, sheet, draft.looks, first, last)
    sheet.picture(chart(), rows=14)
    sheet.row = after
    return chart


def _answers(sheet: Sheet, draft: Draft, found: Projection) -> None:
    sheet.head([draft.say(ITEM), draft.say(VALUE)])
    rows: list[tuple[str, Cell, str]] = [
        (GOAL, number("share", found.p_target), NO_GOAL if found.p_target is None else ""),
        (LOSS, number("share", found.p_loss), ""),
        (PROFIT, number("money", found.profit.mid), ""),
        (OUTLOOK_LOW, number("money", found.profit.low), ""),
        (OUTLOOK_HIGH, number("money", found.profit.high), ""),
        (PAYBACK, number("count", found.payback_week), "" if found.payback_week else NO_PAYBACK),
        (CONVERSIONS, number("count", found.conversions.mid), ""),
        (SPEND, number("money", found.spend_micros / 1e6), ""),
    ]
    for name, cell, why in rows:
        sheet.line([text(draft.say(name)), cell, text(draft.say(why), "note") if why else None], wide=bool(why))


def _weeks(sheet: Sheet, draft: Draft, found: Projection) -> tuple[int, int]:
    """A week is over or to come; the last one that is over is both, so that the lines meet."""
    sheet.row += 1
    sheet.head([draft.say(each) for each in OUTLOOK_HEADS], ["day", *["money"] * 5], repeat=True)
    path, first, planned = found.cumulative_profit, sheet.row, _planned(draft, found)
    for n, end in enumerate(found.week_ends):
        done, ahead = n < found.weeks_done, n >= found.weeks_done - 1
        cells: list[Cell | None] = [day(end), number("money", planned[n]) if planned else None]
        cells.append(number("money", float(path.mid[n])) if done else None)
        cells += [number("money", float(row[n])) if ahead else None for row in (path.mid, path.low, path.high)]
        sheet.line(cells)
    return first, sheet.row - 1


def _planned(draft: Draft, found: Projection) -> list[float]:
    """The plan at its likely figures, where the forecast runs over the same weeks."""
    expected = draft.pack.forecast
    if expected is None or expected.weeks != found.weeks:
        return []
    return [float(x) for x in expected.likely_cumulative_profit]
