"""A measure by week for a card: plan dashed, actual solid with its last point; no axes, the card says the figures."""

from collections.abc import Sequence

from budget.present.charts.marks import Spec, data, field
from budget.present.charts.style import Role, colour, finish, reach
from budget.present.numbers import Numbers

HEIGHT = 46


def spark(actual: Sequence[float | None], plan: Sequence[float | None], numbers: Numbers) -> Spec:
    """Both series by position from the same first week; None where nothing is known. The scale is the measure's own."""
    low, high = reach([x for x in (*actual, *plan) if x is not None], above=0.15, below=0.15)
    x = field("i:Q", axis=None, scale={"domain": [0, max(len(actual), len(plan), 2) - 1], "nice": False})
    y = field("y:Q", axis=None, scale={"domain": [low, high], "nice": False, "zero": False})
    planned, happened = _points(plan, "plan"), _points(actual, "actual")
    lines = [
        data(planned).mark("line", strokeDash=[4, 3], strokeWidth=1.25).encode(x=x, y=y, color=colour()),
        data(happened).mark("line", strokeWidth=2.25).encode(x=x, y=y, color=colour()),
        data(happened[-1:]).mark("point", size=40, filled=True, opacity=1).encode(x=x, y=y, color=colour()),
    ]
    return finish(lines, numbers, HEIGHT, top=6)


def _points(series: Sequence[float | None], role: Role) -> list[dict[str, object]]:
    return [{"i": i, "y": value, "role": role} for i, value in enumerate(series) if value is not None]
