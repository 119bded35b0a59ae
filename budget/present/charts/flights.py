"""When each line runs, how sure its money is, and how much of it is spent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from budget.plan import Commitment
from budget.present.charts.marks import Row, Spec, data, expr, field, value
from budget.present.charts.style import (
    FIGURE,
    NOTE,
    ROW,
    TODAY,
    by_name,
    colour,
    day_axis,
    finish,
    moment,
    role,
    unique,
)
from budget.present.numbers import Numbers, Unit
from budget.present.words import Words

FILL = {"committed": 0.5, "forecast": 0.2, "optional": 0.03}
ROOM = 0.07
NAMES_ABOVE, AXIS = 20, 24
"""Pixels above the rows for the names of events, and below them for dates."""
WEEKS_UP_TO = 200
"""Days up to which the axis counts in weeks: this chart is as wide as the page."""


@dataclass(frozen=True)
class Flight:
    """One line of the plan on [start, end); budget in major units; `spent_share` of it, None before any upload."""

    name: str
    start: date
    end: date
    commitment: Commitment
    budget: float
    spent_share: float | None = None


@dataclass(frozen=True)
class Event:
    """Named days [start, end)."""

    name: str
    start: date
    end: date


def flights(
    rows: Sequence[Flight],
    numbers: Numbers,
    words: Words,
    unit: Unit,
    *,
    events: Sequence[Event] = (),
    today: date | None = None,
) -> Spec:
    """The flight chart; lines in display order, at least one. Fill says how sure, the inner bar how much is spent."""
    names = unique([row.name for row in rows])
    start, end = min(row.start for row in rows), max(row.end for row in rows)
    x = field("start:T", axis=day_axis(start, end, grid=True, long_days=WEEKS_UP_TO), scale={"nice": False})
    y = by_name(names)
    table = [_drawn(name, row, numbers, unit) for name, row in zip(names, rows, strict=True)]
    layers = [_time(start, end, x)]
    layers += [
        layer for event in events if start < event.end and event.start < end for layer in _event(event, start, end, x)
    ]
    layers += [_outer(table, x, y), _inner(names, rows, x, y), _budgets(table, y)]
    if today is not None and start <= today < end:
        layers += _today(today, words, x)
    return finish(layers, numbers, ROW * len(rows) + AXIS + NAMES_ABOVE, top=NAMES_ABOVE)


def _time(start: date, end: date, x: Spec) -> Spec:
    """Unseen points at both ends of the axis: Vega-Lite cannot merge a domain of dates with bars that have two ends."""
    rows = [{"start": moment(day), "role": "grid"} for day in (start, end + (end - start) * ROOM)]
    return data(rows).mark("point", opacity=0).encode(x=x, color=colour())


def _drawn(name: str, row: Flight, numbers: Numbers, unit: Unit) -> Row:
    figure = numbers.decimal(row.budget / unit.divisor, unit.digits)
    spent = "" if row.spent_share is None else f" · {numbers.percent(row.spent_share)}"
    return {
        "name": name,
        "start": moment(row.start),
        "end": moment(row.end),
        "fill": FILL[row.commitment],
        "role": "plan",
        "figure": figure,
        "tip": f"{name}: {numbers.money_of(row.budget)} · {numbers.period(row.start, row.end)}{spent}",
    }


def _outer(table: Sequence[Row], x: Spec, y: Spec) -> Spec:
    bars = data(table).mark("bar", size=14, cornerRadius=2, stroke=role("plan"), strokeWidth=1)
    return bars.encode(
        x=x,
        x2=field("end"),
        y=y,
        color=colour(),
        tooltip=field("tip:N"),
        fillOpacity=field("fill:Q", scale=None, legend=None),
    )


def _inner(names: Sequence[str], rows: Sequence[Flight], x: Spec, y: Spec) -> Spec:
    """The share spent as a share of the flight's length: longer than today means ahead."""
    table = [
        {
            "name": name,
            "start": moment(row.start),
            "end": moment(row.start + (row.end - row.start) * min(max(row.spent_share, 0), 1)),
            "role": "actual",
        }
        for name, row in zip(names, rows, strict=True)
        if row.spent_share
    ]
    bars = data(table).mark("bar", size=5, cornerRadius=2)
    return bars.encode(x=x, x2=field("end"), y=y, color=colour())


def _budgets(table: Sequence[Row], y: Spec) -> Spec:
    marks = data([{**row, "role": "ink"} for row in table]).mark("text", align="left", dx=5, fontSize=FIGURE)
    return marks.encode(x=field("end:T"), y=y, text=field("figure:N"), color=colour())


def _event(event: Event, start: date, end: date, x: Spec) -> list[Spec]:
    """Its days as a pale band, its name above; on narrow screens the name gives way."""
    rows = data(
        [
            {
                "start": moment(max(event.start, start)),
                "end": moment(min(event.end, end)),
                "text": event.name,
                "role": "grid",
            }
        ]
    )
    band = rows.mark("rect", opacity=0.6).encode(x=x, x2=field("end"), color=colour())
    name = data([{"start": moment(max(event.start, start)), "text": event.name, "role": "muted"}]).mark(
        "text", align="left", baseline="bottom", fontSize=NOTE, dx=2, opacity=expr("width < 420 ? 0 : 1")
    )
    return [band, name.encode(x=x, y=value(-4), text=field("text:N"), color=colour())]


def _today(day: date, words: Words, x: Spec) -> list[Spec]:
    rows = data([{"start": moment(day), "text": words.say(TODAY), "role": "ink"}])
    rule = rows.mark("rule", strokeDash=[1, 2], strokeWidth=1.5).encode(x=x, color=colour())
    word = rows.mark("text", align="center", baseline="bottom", fontSize=NOTE)
    return [rule, word.encode(x=x, y=value(-4), text=field("text:N"), color=colour())]
