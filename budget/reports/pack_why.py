"""Why profit after media differs from plan: drivers by channel with their sums, and execution apart from market."""

from collections.abc import Sequence

from budget.drivers import Driver
from budget.money import major
from budget.present import headlines
from budget.present.pack_sheet_words import (
    ADDS_NOT,
    ADDS_UP,
    ALL,
    CAUSE,
    CHECK,
    EXECUTION,
    LARGEST,
    LOOKS,
    MARKET,
    MEANING,
    NOISE,
    NOISE_LEAD,
    NOT_UPLOADED,
    SUM,
    THREE_NAMES,
    WHY,
    WHY_DIFFERENCE,
    WHY_JUDGED,
    WHY_LEAD,
)
from budget.present.vocabulary import DRIVER_HELP, DRIVERS, OWNER_ROLES
from budget.reports.pack_cells import Cell, live, money, text
from budget.reports.pack_charts import Maker
from budget.reports.pack_data import DataCells
from budget.reports.pack_draft import Draft
from budget.reports.pack_sheet import Sheet
from budget.reports.pack_waterfall import Bar, Roles, bars_from_zero, waterfall
from budget.review import Review

ROLES = ("plan", "forecast", "actual")
FIRST_CHANNEL, NAMED, ROOM = 4, 34, 18
"""Drivers stand from the second column on: all channels, judgement, who looks at it, then each channel."""


def widths(draft: Draft) -> Sequence[float]:
    """A column for each channel of the review."""
    found = draft.pack.review
    return (NAMED, ROOM, 18, 18, *(ROOM for _ in (found.channels if found else range(4))))


def why_sheet(sheet: Sheet, working: Sheet, draft: Draft, data: DataCells) -> Maker | None:
    """Write the sheet: the drivers, their waterfall, what they mean, three results; makes the waterfall again."""
    found = draft.pack.review
    if found is None:
        sheet.heading(draft.say(WHY), draft.say(NOT_UPLOADED))
        return None
    difference = found.actual_pnl.after_media - found.plan_pnl.after_media
    cause = headlines.main_driver(found.drivers, difference)
    finding = draft.say(LARGEST, driver=draft.say(DRIVERS[cause.name])) if cause else draft.say(WHY)
    sheet.page.fit_to_pages(1, 1)
    sheet.heading(finding, draft.say(WHY_LEAD, currency=draft.currency), draft.say(NOISE_LEAD))
    bars = _drivers(sheet, draft, found, data)
    chart = waterfall(working, bars, draft.numbers, Roles("ink", "good", "bad"))
    sheet.picture(chart(), rows=max(len(bars), 6))
    _meanings(sheet, draft, found.drivers)
    _three(sheet, working, draft, found)
    return chart


def _drivers(sheet: Sheet, draft: Draft, found: Review, data: DataCells) -> list[Bar]:
    """The table; the bars of its waterfall, from the plan as zero to the difference."""
    keys = list(found.channels)
    heads = [draft.say(each) for each in (CAUSE, ALL, WHY_JUDGED, LOOKS)]
    sheet.head([*heads, *(draft.named(key) for key in keys)], ["text", "money", "text", "text", *["money"] * len(keys)])
    first, bars = sheet.row, []
    for driver in found.drivers:
        parts = [_effect(found.drivers_by_channel[key], driver.name) for key in keys]
        span = f"{sheet.here(sheet.row, FIRST_CHANNEL)}:{sheet.here(sheet.row, FIRST_CHANNEL + len(keys) - 1)}"
        whole = live("money_signed", f"SUM({span})", major(sum(parts)))
        judged = text(draft.say(NOISE) if driver.within_noise else "", "note")
        name = draft.say(DRIVERS[driver.name])
        who = text(draft.say(OWNER_ROLES[driver.owner_role]))
        row = sheet.line([text(name), whole, judged, who, *(money(part, "money_signed") for part in parts)])
        bars.append(Bar(sheet.at(row, 0), sheet.at(row, 1), name, major(sum(parts)), is_quiet=driver.is_quiet))
    last = sheet.row - 1
    bars.append(_closing(sheet, draft, found, data, (first, last)))
    return bars


def _effect(drivers: Sequence[Driver], name: str) -> int:
    return sum(driver.effect_micros for driver in drivers if driver.name == name)


def _closing(sheet: Sheet, draft: Draft, found: Review, data: DataCells, span: tuple[int, int]) -> Bar:
    """Sums of the causes, the difference of the statements, and whether they agree; the last bar."""
    places = {"": 1} | {key: FIRST_CHANNEL + n for n, key in enumerate(found.channels)}
    pairs = {"": (found.plan_pnl, found.actual_pnl), **found.channels}
    said: list[list[Cell | None]] = [[text(draft.say(each))] for each in (SUM, WHY_DIFFERENCE, CHECK)]
    for key, place in places.items():
        value = major(pairs[key][1].after_media - pairs[key][0].after_media)
        cells = f"{sheet.here(span[0], place)}:{sheet.here(span[1], place)}"
        actual, plan = (data.at[key, side, "after_media"] for side in ("actual", "plan"))
        agree = f"ABS({sheet.here(sheet.row, place)}-{sheet.here(sheet.row + 1, place)})<0.0000005"
        check = f'=IF({agree},"{draft.say(ADDS_UP)}","{draft.say(ADDS_NOT)}")'
        below = (
            live("money_signed", f"SUM({cells})", value),
            live("money_signed", f"{actual}-{plan}", value),
            Cell("said", draft.say(ADDS_UP), check),
        )
        for row, cell in zip(said, below, strict=True):
            row += [cell, None, None] if not key else [cell]
    sheet.line(said[0], "sum")
    here = sheet.line(said[1], "sum")
    sheet.line(said[2])
    whole = major(found.actual_pnl.after_media - found.plan_pnl.after_media)
    return Bar(sheet.at(here, 0), sheet.at(here, 1), draft.say(WHY_DIFFERENCE), whole, is_total=True)


def _meanings(sheet: Sheet, draft: Draft, drivers: Sequence[Driver]) -> None:
    sheet.section(draft.say(MEANING))
    for driver in drivers:
        said = draft.say(DRIVER_HELP[driver.name])
        sheet.note(f"{draft.say(DRIVERS[driver.name])}: {said}")


def _three(sheet: Sheet, working: Sheet, draft: Draft, found: Review) -> None:
    """Plan, plan at the money spent, what happened; the differences are formulas."""
    sheet.section(headlines.of_three(draft.words, draft.numbers, found.three))
    amounts = [getattr(found.three, f"{name}_micros") for name in THREE_NAMES]
    bars = []
    for name, amount in zip(THREE_NAMES, amounts, strict=True):
        row = sheet.line([text(draft.say(THREE_NAMES[name])), money(amount)])
        bars.append(Bar(sheet.at(row, 0), sheet.at(row, 1), draft.say(THREE_NAMES[name]), major(amount), is_total=True))
    last = sheet.row - 1
    for said, after, before in ((EXECUTION, 1, 0), (MARKET, 2, 1)):
        formula = f"{sheet.here(last - 2 + after, 1)}-{sheet.here(last - 2 + before, 1)}"
        sheet.line(
            [text(draft.say(said)), live("money_signed", formula, major(amounts[after] - amounts[before]))], "sum"
        )
    sheet.picture(bars_from_zero(working, bars, draft.numbers, ROLES), rows=5)
