"""A measure by week for a card: plan dashed, actual solid with its last point; no axes, the card says the figures."""

from collections.abc import Sequence
from typing import Any

from budget.present.charts.marks import Spec, data, field
from budget.present.charts.style import PALE, Role, colour, finish, reach
from budget.present.numbers import Numbers

HEIGHT = 46


def spark(
    actual: Sequence[float | None], plan: Sequence[float | None], numbers: Numbers, early: int | None = None
) -> Spec:
    """Both series by position from the same first week; None where nothing is known. The scale is the measure's own.

    From place `early` on figures still grow: there the actual is pale and dashed, its last point hollow.
    """
    low, high = reach([x for x in (*actual, *plan) if x is not None], above=0.15, below=0.15)
    x = field("i:Q", axis=None, scale={"domain": [0, max(len(actual), len(plan), 2) - 1], "nice": False})
    y = field("y:Q", axis=None, scale={"domain": [low, high], "nice": False, "zero": False})
    planned, happened = _points(plan, "plan"), _points(actual, "actual")
    settled = [row for row in happened if early is None or row["i"] < early]
    young = happened[max(len(settled) - 1, 0) :] if len(settled) < len(happened) else []
    last = data(happened[-1:]).mark("point", size=40, filled=not young, opacity=PALE if young else 1)
    lines = [
        data(planned).mark("line", strokeDash=[4, 3], strokeWidth=1.25).encode(x=x, y=y, color=colour()),
        data(settled).mark("line", strokeWidth=2.25).encode(x=x, y=y, color=colour()),
        last.encode(x=x, y=y, color=colour()),
    ]
    if young:
        pale = data(young).mark("line", strokeWidth=1.75, strokeDash=[2, 2], opacity=PALE)
        lines.append(pale.encode(x=x, y=y, color=colour()))
    return finish(lines, numbers, HEIGHT, top=6)


def _points(series: Sequence[float | None], role: Role) -> list[dict[str, Any]]:
    return [{"i": i, "y": value, "role": role} for i, value in enumerate(series) if value is not None]
