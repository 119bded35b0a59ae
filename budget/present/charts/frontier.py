"""Profit by budget: the range and middle of each budget's best split, and the places that count on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from budget.present.charts.marks import Row, Spec, data, field, value
from budget.present.charts.style import LABEL, Role, colour, finish, number_axis, reach
from budget.present.numbers import Numbers, Unit

HEIGHT = 250
ROOM = 0.05
LABEL_DOWN = 18
ASKED = (3, 4)
"""The layers of the budget that is asked about."""


@dataclass(frozen=True)
class Budget:
    """A budget and its profit, 8 of 10 outcomes, in major units; `tip` is finished text."""

    money: float
    low: float
    mid: float
    high: float
    tip: str


@dataclass(frozen=True)
class Place:
    """A budget that has a name, on the line of middles."""

    money: float
    mid: float
    name: str
    role: Role
    below: bool = False


def frontier(budgets: Sequence[Budget], places: Sequence[Place], asked: Budget, numbers: Numbers, unit: Unit) -> Spec:
    """Band of 8 of 10, dotted middle, zero in ink; `places` are full dots with their words, `asked` a ruled ring."""
    left, right = budgets[0].money, budgets[-1].money
    room = ROOM * (right - left)
    low, high = reach((x / unit.divisor for b in budgets for x in (b.low, b.high)), zero=True, above=0.1)
    x = field(
        "x:Q", axis=number_axis(Unit(1, 0, ""), grid=False),
        scale={"domain": [left - room, right + room], "nice": False, "zero": False},
    )  # fmt: skip
    y = field("y:Q", axis=number_axis(unit, signed=True), scale={"domain": [low, high], "nice": False})
    rows = [_row(each, unit) for each in budgets]
    layers = [
        data([{**row, "y": row["low"], "role": "forecast"} for row in rows])
        .mark("area", opacity=0.25)
        .encode(x=x, y=y, y2=field("high"), color=colour()),
        data([{"y": 0, "role": "ink"}]).mark("rule", strokeWidth=1).encode(y=y, color=colour()),
        data(rows).mark("line", strokeWidth=2, strokeDash=[1, 3], strokeCap="round").encode(x=x, y=y, color=colour()),
        *_asked(asked, unit, x, y),
        *(_named(places, unit, x, y) if places else []),
        data(rows)
        .mark("point", size=220, filled=True, opacity=0)
        .encode(x=x, y=y, color=colour(), tooltip=field("tip:N")),
    ]
    return finish(layers, numbers, HEIGHT)


def _row(of: Budget, unit: Unit) -> Row:
    low, mid, high = (side / unit.divisor for side in (of.low, of.mid, of.high))
    return {"x": of.money, "y": mid, "low": low, "high": high, "role": "actual", "tip": of.tip}


def _asked(of: Budget, unit: Unit, x: Spec, y: Spec) -> list[Spec]:
    """The budget that is asked about: its range as a line, its middle as a ring."""
    row = {**_row(of, unit), "role": "ink"}
    bar = data([{**row, "y": row["low"]}]).mark("rule", strokeWidth=2)
    ring = data([row]).mark("point", size=150, filled=False, strokeWidth=2.5, opacity=1)
    return [
        bar.encode(x=x, y=y, y2=field("high"), color=colour()),
        ring.encode(x=x, y=y, color=colour(), tooltip=field("tip:N")),
    ]


def _named(places: Sequence[Place], unit: Unit, x: Spec, y: Spec) -> list[Spec]:
    rows: list[Row] = [
        {"x": at.money, "y": at.mid / unit.divisor, "role": at.role, "text": at.name, "lift": at.below} for at in places
    ]
    dots = data(rows).mark("point", size=90, filled=True, opacity=1)
    texts = [
        data([row for row in rows if row["lift"] is below])
        .mark("text", align="center", baseline="top" if below else "bottom", fontSize=LABEL)
        .encode(x=x, y=value(HEIGHT - 44 if below else LABEL_DOWN), text=field("text:N"), color=colour())
        for below in (False, True)
        if any(row["lift"] is below for row in rows)
    ]
    lines = data(rows).mark("rule", strokeWidth=1, strokeDash=[2, 3], opacity=0.7)
    return [lines.encode(x=x, color=colour()), dots.encode(x=x, y=y, color=colour()), *texts]
