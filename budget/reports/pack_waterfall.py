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

WIDTHS = (34, *(12,) * 9)


@dataclass(frozen=True)
class Bar:
    """One row: the cells of its name and its amount, and what stands in them; a total stands on zero."""

    name: str
    amount: str
    said: str
    value: float
    is_total: bool = False


@dataclass(frozen=True)
class Roles:
    """The colours of totals, of steps up and of steps down."""

    total: str = "actual"
    up: str = "good"
    down: str = "bad"


def waterfall(working: Sheet, bars: Sequence[Bar], numbers: Numbers, roles: Roles) -> Maker:
    """Makes charts of the bars, the first on top; names carry their figures, so that no mark needs a label."""
    words = working.words
    parts = [words.say(ABOVE), words.say(BELOW)]
    working.head(["", words.say(FROM), words.say(TO), words.say(GAP), *parts, *parts, *parts])
    first, end = working.row, 0.0
    for bar in bars:
        end = _bar(working, bar, end, numbers, opens=working.row == first)
    last = working.row - 1
    working.row += 1
    series = [{"values": "=" + working.span(first, last, 3), "fill": {"none": True}, "line": {"none": True}}]
    for place, role in enumerate((roles.total, roles.up, roles.down)):
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
    rise = (max(0.0, end) - max(0.0, start), min(0.0, start) - min(0.0, end))
    up = [f"MAX(0,MAX(0,{z})-MAX(0,{a}))", f"MIN(0,MIN(0,{a})-MIN(0,{z}))"]
    down = [f"MAX(0,MAX(0,{a})-MAX(0,{z}))", f"MIN(0,MIN(0,{z})-MIN(0,{a}))"]
    values = [max(0.0, rise[0]), min(0.0, rise[1]), max(0.0, -rise[0]), min(0.0, -rise[1])]
    if bar.is_total:
        whole = [live("money", f"MAX(0,{z})", max(0.0, end)), live("money", f"MIN(0,{z})", min(0.0, end))]
        cells += [*whole, *(Cell("money", 0.0) for _ in values)]
    else:
        steps = [live("money", each, value) for each, value in zip((*up, *down), values, strict=True)]
        cells += [Cell("money", 0.0), Cell("money", 0.0), *steps]
    working.line(cells)
    return end


def _name(bar: Bar, numbers: Numbers) -> Cell:
    """Name and figure in one text, by the function that writes numbers as the reader's program does."""
    plus = "" if bar.is_total else "+"
    sign = f'IF(ROUND({bar.amount},0)<0,"{MINUS}",IF(ROUND({bar.amount},0)>0,"{plus}",""))'
    half_up = float(Decimal(str(bar.value)).quantize(Decimal(1), ROUND_HALF_UP))
    figure = numbers.whole(half_up) if bar.is_total else numbers.signed(half_up)
    return Cell("text", f"{bar.said}  {figure}", f'={bar.name}&"  "&{sign}&FIXED(ABS({bar.amount}),0)')
