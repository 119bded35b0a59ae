"""Pacing of a pack: what each platform spent and should spend a day, and the money of the whole plan day by day."""

from budget.money import MICROS, major
from budget.pacing import Pacing
from budget.platform_pacing import PlatformPace
from budget.present.pack_sheet_words import (
    ALL_PLATFORMS,
    CANNOT,
    DAILY,
    DAYS,
    ENDED,
    HOW,
    OVER,
    PACING,
    PACING_HEADS,
    PACING_LEAD,
    PACING_NONE,
    PACING_RANGE,
    PACING_STATES,
    UNDER,
)
from budget.present.vocabulary import PLATFORMS
from budget.reports.pack_cells import Cell, day, live, money, number, ratio_of, text
from budget.reports.pack_charts import fan
from budget.reports.pack_draft import Draft
from budget.reports.pack_sheet import Sheet

WIDTHS = (24, *(14.5,) * 8, 18)


def pacing_sheet(sheet: Sheet, draft: Draft) -> None:
    """Write the sheet: platforms, chart, days."""
    found = draft.pack.pacing
    if found is None:
        sheet.heading(draft.say(PACING), draft.say(PACING_NONE))
        return
    last = draft.numbers.date(found.days[found.days_done - 1])
    lead = draft.say(PACING_LEAD, currency=draft.currency, day=last, n=str(found.days_left))
    sheet.heading(_finding(draft, found), lead, draft.say(HOW))
    _platforms(sheet, draft, found)
    here = sheet.row
    sheet.row += 16
    first, end = _days(sheet, draft, found)
    _picture(sheet, draft, here, first, end)


def _finding(draft: Draft, found: Pacing) -> str:
    shift = found.pace.projected / major(found.budget_micros) - 1
    facts = {"share": draft.numbers.percent(abs(shift)), "day": draft.numbers.money_of(found.pace.required_day)}
    if not found.days_left:
        return draft.say(ENDED)
    if shift > 0:
        return draft.say(OVER, **facts)
    return draft.say(UNDER, **facts)


def _platforms(sheet: Sheet, draft: Draft, found: Pacing) -> None:
    kinds = ["text", *["money"] * 5, "share", "money", "money", "text"]
    sheet.head([draft.say(each) for each in PACING_HEADS], kinds)
    first = sheet.row
    for one in draft.pack.platforms:
        sheet.line(_platform(sheet, draft, one))
    last, cells = sheet.row - 1, [text(draft.say(ALL_PLATFORMS))]
    sums = _sums(found, draft.pack.platforms)
    for place, name in enumerate(("budget", "spent", "ideal", "left", "projected"), 1):
        span = f"SUM({sheet.here(first, place)}:{sheet.here(last, place)})"
        cells.append(live("money", span, sums[name]) if draft.pack.platforms else Cell("money", sums[name]))
    cells.append(_share(sheet, sums["projected"], sums["budget"]))
    for place, name in ((7, "required"), (8, "suggested")):
        span = f"SUM({sheet.here(first, place)}:{sheet.here(last, place)})"
        cells.append(live("money", span, sums[name]) if draft.pack.platforms else Cell("money", None))
    cells.append(text(draft.say(PACING_STATES[found.pace.state])))
    sheet.line(cells, "sum")
    low, high = draft.numbers.decimal(found.pace.low, 2), draft.numbers.decimal(found.pace.high, 2)
    sheet.line(
        [text(draft.say(PACING_RANGE), "note"), None, None, None, None, text(draft.numbers.span(low, high), "said")]
    )
    short = [draft.say(PLATFORMS.get(one.platform, one.platform)) for one in draft.pack.platforms if not one.meets]
    if short:
        sheet.note(draft.say(CANNOT, platforms=", ".join(short)))


def _sums(found: Pacing, platforms: tuple[PlatformPace, ...]) -> dict[str, float]:
    if not platforms:
        left = max(found.budget_micros - found.spent_micros, 0)
        ideal = float(found.pace.ideal[found.days_done - 1])
        return {"budget": major(found.budget_micros), "spent": major(found.spent_micros), "ideal": ideal,
                "left": major(left), "projected": found.pace.projected}  # fmt: skip
    names = ("budget", "spent", "ideal", "projected", "required", "suggested")
    sums = {name: sum(getattr(one, f"{name}_micros") for one in platforms) for name in names}
    sums["left"] = sum(max(one.budget_micros - one.spent_micros, 0) for one in platforms)
    return {name: amount / MICROS for name, amount in sums.items()}


def _platform(sheet: Sheet, draft: Draft, one: PlatformPace) -> list[Cell]:
    budget, spent = (sheet.here(sheet.row, place) for place in (1, 2))
    left = major(max(one.budget_micros - one.spent_micros, 0))
    name = PLATFORMS.get(one.platform, one.platform.title())
    return [
        text(draft.say(name)),
        money(one.budget_micros),
        money(one.spent_micros),
        money(one.ideal_micros),
        live("money", f"MAX(0,{budget}-{spent})", left),
        money(one.projected_micros),
        _share(sheet, major(one.projected_micros), major(one.budget_micros)),
        money(one.required_micros),
        money(one.suggested_micros),
        text(draft.say(PACING_STATES[one.state])),
    ]


def _share(sheet: Sheet, above: float, below: float) -> Cell:
    projected, budget = (sheet.here(sheet.row, place) for place in (5, 1))
    return live("share", ratio_of(projected, budget), above / below if below else None)


def _days(sheet: Sheet, draft: Draft, found: Pacing) -> tuple[int, int]:
    """Cumulative money of each day; a day is either over or to come, the last one that is over is both."""
    sheet.break_page()
    sheet.section(draft.say(DAILY))
    sheet.head([draft.say(each) for each in DAYS], ["day", *["money"] * 5], repeat=True)
    first, paced = sheet.row, found.pace
    for n, each in enumerate(found.days):
        done, ahead = n < found.days_done, n >= found.days_done - 1
        cells: list[Cell | None] = [day(each), number("money", float(paced.ideal[n]))]
        cells.append(number("money", float(paced.path[n])) if done else None)
        cells += [
            number("money", float(row[n])) if ahead else None for row in (paced.path, paced.path_low, paced.path_high)
        ]
        sheet.line(cells)
    return first, sheet.row - 1


def _picture(sheet: Sheet, draft: Draft, row: int, first: int, last: int) -> None:
    """Between the tables, where room was left for it."""
    after, sheet.row = sheet.row, row
    sheet.picture(fan(sheet, draft.looks, first, last), rows=14)
    sheet.row = after
