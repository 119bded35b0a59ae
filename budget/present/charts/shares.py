"""Shares of a whole in rows: a bar on a track from nothing to all, a tick where it should be."""

from collections.abc import Sequence
from dataclasses import dataclass

from budget.present.charts.marks import Spec, data, field
from budget.present.charts.style import Role, by_name, colour, figures, finish, unique
from budget.present.numbers import Numbers

ROW_HEIGHT = 30
FIGURES_ROOM = 0.24


@dataclass(frozen=True)
class Share:
    """One row: `share` in [0, 1] as a bar, None where nothing is known; `mark` is what was promised."""

    name: str
    share: float | None
    figure: str
    tip: str
    mark: float | None = None
    role: Role = "actual"


def shares(rows: Sequence[Share], numbers: Numbers, room: float = FIGURES_ROOM) -> Spec:
    """Bars on tracks with their figures; `room` of the width is kept for these."""
    names = unique([row.name for row in rows])
    edge = 1 + room
    x = field("start:Q", axis=None, scale={"domain": [0, edge], "nice": False})
    y = by_name(names)
    tip, end = field("tip:N"), field("end")
    tracks = [{"name": n, "start": 0, "end": 1, "role": "grid", "tip": r.tip} for n, r in zip(names, rows, strict=True)]
    bars = [
        {"name": n, "start": 0, "end": r.share, "role": r.role, "tip": r.tip}
        for n, r in zip(names, rows, strict=True)
        if r.share is not None
    ]
    marks = [
        {"name": n, "start": r.mark, "role": "ink", "tip": r.tip}
        for n, r in zip(names, rows, strict=True)
        if r.mark is not None
    ]
    column = [{"name": n, "start": edge, "role": "ink", "figure": r.figure} for n, r in zip(names, rows, strict=True)]
    layers = [
        data(part).mark("bar", size=10, cornerRadius=2).encode(x=x, x2=end, y=y, color=colour(), tooltip=tip)
        for part in (tracks, bars)
        if part
    ]
    if marks:
        tick = data(marks).mark("tick", thickness=2, size=18, opacity=1)
        layers.append(tick.encode(x=x, y=y, color=colour(), tooltip=tip))
    return finish([*layers, figures(column, y, x)], numbers, ROW_HEIGHT * len(rows))
