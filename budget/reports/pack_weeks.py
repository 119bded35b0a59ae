"""Plan against actual by week, and by channel in each: sums over the base figures, early weeks pale."""

from collections.abc import Sequence

from budget.immature import Arrived, Immature, early_weeks, platform_of
from budget.measures import Measures
from budget.money import major
from budget.present.pack_sheet_words import (
    ACTUAL,
    ALL,
    ARRIVED,
    BY_CHANNEL,
    CHANNEL,
    INCOME_DIFFERENCE,
    NOT_UPLOADED,
    PALE,
    PLANNED,
    WEEK,
    WEEKS,
    WEEKS_LEAD,
)
from budget.present.vocabulary import MEASURES, PNL_STEPS
from budget.reports.pack_cells import Cell, day, live, money, number, text
from budget.reports.pack_charts import Series, columns
from budget.reports.pack_data import SIDES, DataCells
from budget.reports.pack_draft import Draft
from budget.reports.pack_sheet import Sheet
from budget.review import Review

SHOWN = ("spend", "conversions", "value")
PROFIT = "after_media"
WIDTHS = (28, 13, 10, *(14.5,) * 12)


def weeks_sheet(sheet: Sheet, draft: Draft, data: DataCells) -> None:
    """Write the sheet: all channels with two charts, then every channel."""
    found = draft.pack.to_date
    if found is None:
        sheet.heading(draft.say(WEEKS), draft.say(NOT_UPLOADED))
        return
    shares = arrived(draft, found)
    pale = [draft.say(PALE)] if any(not share.is_judged for share in shares) else []
    sheet.heading(draft.say(WEEKS), draft.say(WEEKS_LEAD, currency=draft.currency), *pale)
    _head(sheet, draft, (*SHOWN, PROFIT))
    first = sheet.row
    for t in range(len(found.weeks)):
        _week(sheet, draft, found, data, t, shares[t])
    last = sheet.row - 1
    _total(sheet, draft, found, first, last)
    for measure in ("conversions", PROFIT):
        sheet.picture(_chart(sheet, draft, measure, first, last, shares), rows=11)
    _channels(sheet, draft, found, data)


def arrived(draft: Draft, found: Review) -> Sequence[Arrived]:
    """What has arrived of each week's conversions over all channels."""
    known = draft.pack.early or Immature()
    return early_weeks(draft.pack.plan, known, found.actual, found.weeks)


def _name(measure: str) -> str:
    return PNL_STEPS[PROFIT] if measure == PROFIT else MEASURES[measure]


def _head(sheet: Sheet, draft: Draft, measures: Sequence[str], *, repeat: bool = False) -> None:
    sides = (draft.say(PLANNED), draft.say(ACTUAL), draft.say(INCOME_DIFFERENCE))
    heads = [f"{draft.say(_name(each))}: {side.lower()}" for each in measures for side in sides]
    kinds = ["text", "day", "share", *["money"] * len(heads)]
    sheet.head([draft.say(CHANNEL), draft.say(WEEK), draft.say(ARRIVED), *heads], kinds, repeat=repeat)


def _week(sheet: Sheet, draft: Draft, found: Review, data: DataCells, t: int, share: Arrived) -> None:
    """One week of all channels; profit after media is that of the running statement."""
    sums = found.by_week()[t]
    cells: list[Cell] = []
    for measure in SHOWN:
        values = [_value(side, measure) for side in sums[1:]]
        refs = [",".join(data.weeks[key, t, side, measure] for key in found.planned) for side in SIDES]
        pair = [
            Cell("money", None) if value is None else live("money", f"SUM({ref})", value)
            for value, ref in zip(values, refs, strict=True)
        ]
        cells += [*pair, _difference(sheet, 3 + len(cells), values)]
    profits = [_profit(found, t, side) for side in (0, 1)]
    cells += [*(money(each) for each in profits), _difference(sheet, 3 + len(cells), [major(x) for x in profits])]
    start = [text(draft.say(ALL)), day(found.weeks[t]), number("share", share.share)]
    sheet.line([*start, *cells], "" if share.is_judged else "pale")


def _profit(found: Review, t: int, side: int) -> int:
    before = found.cumulative[t - 1][side].after_media if t else 0
    return found.cumulative[t][side].after_media - before


def _value(of: Measures, measure: str) -> float | None:
    amount = getattr(of, f"{measure}_micros")
    return None if amount is None else major(amount)


def _difference(sheet: Sheet, place: int, values: Sequence[float | None]) -> Cell:
    """Actual less plan, the two cells before."""
    plan, actual = values
    if plan is None or actual is None:
        return Cell("money", None)
    cells = [sheet.here(sheet.row, place + n) for n in (0, 1)]
    return live("money_signed", f"{cells[1]}-{cells[0]}", actual - plan)


def _total(sheet: Sheet, draft: Draft, found: Review, first: int, last: int) -> None:
    cells: list[Cell | None] = [text(draft.say(ALL)), None, None]
    for n, measure in enumerate((*SHOWN, PROFIT)):
        if measure == PROFIT:
            values = [major(sum(_profit(found, t, side) for t in range(len(found.weeks)))) for side in (0, 1)]
        else:
            values = [_value(each, measure) or 0.0 for each in found.total]
        for m, value in enumerate((*values, values[1] - values[0])):
            place = 3 + 3 * n + m
            span = f"{sheet.here(first, place)}:{sheet.here(last, place)}"
            cells.append(live("money_signed" if m == 2 else "money", f"SUM({span})", value))
    sheet.line(cells, "sum")


def _chart(sheet: Sheet, draft: Draft, measure: str, first: int, last: int, shares: Sequence[Arrived]) -> object:
    place = 3 + 3 * (*SHOWN, PROFIT).index(measure)
    series = [
        Series(sheet.at(first - 1, place + n), sheet.span(first, last, place + n), role)
        for n, role in enumerate(("plan", "actual"))
    ]
    early = [not share.is_judged for share in shares]
    return columns(draft.looks, draft.book, sheet.span(first, last, 1), series, early=early)


def _channels(sheet: Sheet, draft: Draft, found: Review, data: DataCells) -> None:
    """Every channel's weeks, straight from the base figures."""
    sheet.break_page()
    sheet.section(draft.say(BY_CHANNEL))
    _head(sheet, draft, SHOWN, repeat=True)
    known = draft.pack.early or Immature()
    for key, planned in found.planned.items():
        platform = platform_of(draft.pack.plan, key)
        for t, week in enumerate(found.weeks):
            share, cells = known.of_week(platform, week), list[Cell]()
            for measure in SHOWN:
                values = [_value(side, measure) for side in (planned[t], found.actual[key][t])]
                cells += [
                    Cell("money", None) if value is None else live("money", data.weeks[key, t, side, measure], value)
                    for side, value in zip(SIDES, values, strict=True)
                ]
                cells.append(_difference(sheet, 1 + len(cells), values))
            start = [text(draft.named(key)), day(week), number("share", share.share)]
            sheet.line([*start, *cells], "" if share.is_judged else "pale")
