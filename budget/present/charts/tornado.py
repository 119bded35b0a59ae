"""What each assumption does to one result: two bars from the middle, the values that cause them at their ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from budget.present.charts.marks import Spec, data, expr, field
from budget.present.charts.style import LABEL, PLAIN, Role, by_name, colour, finish, number_axis, unique
from budget.present.numbers import Numbers, Unit

TORNADO_ROW, BAR = 28, 14
TEXTS_ROOM = 0.2
"""The x axis is that much longer than the bars on either side, so that the values at their ends are free."""
LOW_ROLE: Role = "forecast"
HIGH_ROLE: Role = "actual"


@dataclass(frozen=True)
class Pull:
    """The result at the low and at the high value of one assumption, in major units; texts are finished."""

    name: str
    at_low: float
    at_high: float
    low: str = ""
    high: str = ""
    tip: str = ""


def tornado(pulls: Sequence[Pull], middle: float, numbers: Numbers, unit: Unit = PLAIN) -> Spec:
    """Rows in display order around the result in the middle; pale is the low value, dark the high one."""
    names = unique([pull.name for pull in pulls])
    base = middle / unit.divisor
    ends = [x / unit.divisor for pull in pulls for x in (pull.at_low, pull.at_high)]
    low, high = min([base, *ends]), max([base, *ends])
    room = TEXTS_ROOM * ((high - low) or 1.0)
    x = field("start:Q", axis=number_axis(unit), scale={"domain": [low - room, high + room], "nice": False})
    y = by_name(names)
    rows = [row for name, pull in zip(names, pulls, strict=True) for row in _rows(name, pull, base, unit, numbers)]
    bars = data(rows).mark("bar", size=BAR, opacity=expr(f"datum.role === '{LOW_ROLE}' ? 0.55 : 1"))
    layers: list[Spec] = [
        bars.encode(x=x, x2=field("end"), y=y, color=colour(), tooltip=field("tip:N")),
        *(_texts(rows, side, x, y) for side in ("left", "right")),
        data([{"start": base, "role": "ink"}]).mark("rule", strokeWidth=1.25).encode(x=x, color=colour()),
    ]
    if low < 0 < high:
        zero = data([{"start": 0, "role": "muted"}]).mark("rule", strokeWidth=1, strokeDash=[3, 3])
        layers.append(zero.encode(x=x, color=colour()))
    return finish(layers, numbers, TORNADO_ROW * len(rows) // 2 + 24)


def _rows(name: str, pull: Pull, base: float, unit: Unit, numbers: Numbers) -> list[dict[str, object]]:
    """The longer bar first, so that a shorter one on the same side stays in sight."""
    ends: list[tuple[float, str, Role]] = [(pull.at_low, pull.low, LOW_ROLE), (pull.at_high, pull.high, HIGH_ROLE)]
    found = []
    for at, text, role in ends:
        end = at / unit.divisor
        tip = f"{name}: {text}: {numbers.money_of(at)}" if text else f"{name}: {numbers.money_of(at)}"
        side = "left" if end < base else "right"
        row = {"name": name, "start": base, "end": end, "role": role, "text": text, "side": side}
        found.append(row | {"tip": f"{tip} · {pull.tip}" if pull.tip else tip})
    return sorted(found, key=lambda row: -abs(float(str(row["end"])) - base))


def _texts(rows: Sequence[dict[str, object]], side: str, x: Spec, y: Spec) -> Spec:
    """The values at the bars' ends on one side."""
    shown = [{**row, "start": row["end"], "role": "ink"} for row in rows if row["side"] == side and row["text"]]
    align, dx = ("right", -4) if side == "left" else ("left", 4)
    marks = data(shown).mark("text", align=align, dx=dx, fontSize=LABEL - 1)
    return marks.encode(x=x, y=y, text=field("text:N"), color=colour())
