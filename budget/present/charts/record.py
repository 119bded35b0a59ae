"""Ranges that were forecast week by week, and the result of each: in words where it fell outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from budget.present.charts.marks import Row, Spec, data, field
from budget.present.charts.style import NOTE, PLAIN, colour, finish, number_axis, reach
from budget.present.numbers import Numbers, Unit
from budget.present.words import Words

HEIGHT = 200
BAR = 12


@dataclass(frozen=True)
class Promise:
    """A week, the range that was forecast of it, and its result, in major units."""

    week: date
    low: float
    high: float
    actual: float

    @property
    def missed(self) -> bool:
        """Whether the result fell outside."""
        return not self.low <= self.actual <= self.high


def record(weeks: Sequence[Promise], numbers: Numbers, words: Words, unit: Unit = PLAIN) -> Spec:
    """A bar a week for the range, a dot for the result; a dot outside is red, with the word *missed*."""
    ends = [x / unit.divisor for week in weeks for x in (week.low, week.high, week.actual)]
    low, high = reach(ends, below=0.1)
    x = field("name:N", sort=None, axis=_axis(), scale={"domain": [numbers.date_short(each.week) for each in weeks]})
    y = field("y:Q", axis=number_axis(unit), scale={"domain": [low, high], "nice": False, "zero": False})
    rows = [_row(each, numbers, unit) for each in weeks]
    tip = field("tip:N")
    bars = data([{**row, "y": row["low"], "role": "forecast"} for row in rows])
    layers = [
        bars.mark("bar", size=BAR, cornerRadius=3, opacity=0.4).encode(
            x=x, y=y, y2=field("high"), color=colour(), tooltip=tip
        ),
        data(rows).mark("point", size=60, filled=True, opacity=1).encode(x=x, y=y, color=colour(), tooltip=tip),
    ]
    if low < 0 < high:
        zero = data([{"y": 0, "role": "muted"}]).mark("rule", strokeWidth=1).encode(y=y, color=colour())
        layers.insert(0, zero)
    missed = [{**row, "text": words.say("missed")} for row in rows if row["role"] == "bad"]
    if missed:
        marks = data(missed).mark("text", baseline="top", dy=7, fontSize=NOTE)
        layers.append(marks.encode(x=x, y=y, text=field("text:N"), color=colour()))
    return finish(layers, numbers, HEIGHT)


def _axis() -> Spec:
    quiet = {"title": None, "ticks": False, "domain": False, "grid": False}
    return {**quiet, "labelAngle": 0, "labelOverlap": True, "labelFlush": False}


def _row(of: Promise, numbers: Numbers, unit: Unit) -> Row:
    low, high, actual = (x / unit.divisor for x in (of.low, of.high, of.actual))
    span = numbers.span(numbers.decimal(low, unit.digits), numbers.decimal(high, unit.digits))
    name = numbers.date_short(of.week)
    tip = f"{name}: {numbers.decimal(actual, unit.digits)} ({span})"
    return {"name": name, "y": actual, "low": low, "high": high, "role": "bad" if of.missed else "actual", "tip": tip}
