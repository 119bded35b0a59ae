"""Waterfalls as native stacked bars, drawn from a sheet of working whose every cell follows a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any

from budget.present.numbers import MINUS, Numbers
from budget.present.pack_sheet_words import ABOVE, BELOW, FROM, GAP, TO
from budget.reports.pack_cells import Cell, live
from budget.reports.pack_charts import COLOURS, Maker, rows
from budget.reports.pack_sheet import Sheet

WIDTHS = (34, *(12,) * 11)


@dataclass(frozen=True)
class Bar:
    """One row: the cells of its name and its amount, and what stands in them; a total stands on zero.

    `is_quiet`: within the noise, neither good nor bad.
    """

    name: str
    amount: str
    said: str
    value: float
    is_total: bool = False
    is_quiet: bool = False


@dataclass(frozen=True)
class Roles:
    """The colours of totals, of steps up, of steps down, and of steps within the noise."""

    total: str = "actual"
    up: str = "good"
    down: str = "bad"
    quiet: str = "neutral"


def waterfall(working: Sheet, bars: Sequence[Bar], numbers: Numbers, roles: Roles) -> Maker:
    """Makes charts of the bars, the first on top; names carry their figures, so that no mark needs a label."""
    words = working.words
    parts = [words.say(ABOVE), words.say(BELOW)]
    working.head(["", words.say(FROM), words.say(TO), words.say(GAP), *parts, *parts, *parts, *parts])
    first, end = working.row, 0.0
    for bar in bars:
        end = _bar(working, bar, end, numbers, opens=working.row == first)
    last = working.row - 1
    working.row += 1
    series = [{"values": "=" + working.span(first, last, 3), "fill": {"none": True}, "line": {"none": True}}]
    for place, role in enumerate((roles.total, roles.up, roles.down, roles.quiet)):
        for column in (4 + 2 * place, 5 + 2 * place):
            series.append({"values": "=" + working.span(first, last, column), "fill": {"color": COLOURS[role]}})
    return partial(rows, working.book, working.span(first, last, 0), series)


def bars_from_zero(working: Sheet, bars: Sequence[Bar], numbers: Numbers, roles: Sequence[str]) -> Any:
    """Bars from zero, each in its own role's colour, the first on top."""
    working.head(["", working.words.say(TO)])
    first = working.row
    for bar in bars:
        working.line([_name(bar, numbers), live("money", bar.amount, bar.value)])
    last = working.row - 1
    working.row += 1
    points = [{"fill": {"color": COLOURS[role]}} for role in roles]
    values = {"values": "=" + working.span(first, last, 1), "points": points}
    return rows(working.book, working.span(first, last, 0), [values])


def _bar(working: Sheet, bar: Bar, before: float, numbers: Numbers, *, opens: bool) -> float:
    """Where the bar begins and ends, and the parts of it by colour; its end, from which the next one goes on."""
    row = working.row
    start, end = (0.0, bar.value) if bar.is_total else (before, before + bar.value)
    begin = "0" if bar.is_total or opens else working.here(row - 1, 2)
    a, z = working.here(row, 1), working.here(row, 2)
    gap = max(0.0, min(start, end)) + min(0.0, max(start, end))
    cells = [
        _name(bar, numbers),
        live("money", begin, start),
        live("money", f"{a}+{bar.amount}", end),
        live("money", f"MAX(0,MIN({a},{z}))+MIN(0,MAX({a},{z}))", gap),
    ]
    cells += [Cell("money", 0.0)] * 8
    if bar.is_total:
        cells[4:6] = live("money", f"MAX(0,{z})", max(0.0, end)), live("money", f"MIN(0,{z})", min(0.0, end))
        working.line(cells)
        return end
    above, below = max(0.0, end) - max(0.0, start), min(0.0, end) - min(0.0, start)
    over, under = f"(MAX(0,{z})-MAX(0,{a}))", f"(MIN(0,{z})-MIN(0,{a}))"
    if bar.is_quiet:
        cells[10:] = live("money", f"ABS{over}", abs(above)), live("money", f"-ABS{under}", -abs(below))
    else:
        rise = live("money", f"MAX(0,{over})", max(0.0, above)), live("money", f"MIN(0,-{under})", min(0.0, -below))
        fall = live("money", f"MAX(0,-{over})", max(0.0, -above)), live("money", f"MIN(0,{under})", min(0.0, below))
        cells[6:10] = *rise, *fall
    working.line(cells)
    return end


def _name(bar: Bar, numbers: Numbers) -> Cell:
    """Name and figure in one text, by the function that writes numbers as the reader's program does."""
    plus = "" if bar.is_total else "+"
    sign = f'IF(ROUND({bar.amount},0)<0,"{MINUS}",IF(ROUND({bar.amount},0)>0,"{plus}",""))'
    half_up = float(Decimal(str(bar.value)).quantize(Decimal(1), ROUND_HALF_UP))
    figure = numbers.whole(half_up) if bar.is_total else numbers.signed(half_up)
    return Cell("text", f"{bar.said}  {figure}", f'={bar.name}&"  "&{sign}&FIXED(ABS({bar.amount}),0)')
