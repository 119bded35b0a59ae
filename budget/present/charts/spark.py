"""A measure by week for a card: plan dashed, actual solid with its last point; no axes, the card says the figures."""

from collections.abc import Sequence

import altair as alt

from budget.present.charts.style import Role, colour, data, finish, reach
from budget.present.numbers import Numbers

HEIGHT = 46


def spark(actual: Sequence[float | None], plan: Sequence[float | None], numbers: Numbers) -> alt.LayerChart:
    """Both series by position from the same first week; None where nothing is known. The scale is the measure's own."""
    low, high = reach([x for x in (*actual, *plan) if x is not None], above=0.15, below=0.15)
    x = alt.X("i:Q", axis=None, scale=alt.Scale(domain=[0, max(len(actual), len(plan), 2) - 1], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[low, high], nice=False, zero=False))
    planned, happened = _points(plan, "plan"), _points(actual, "actual")
    lines = [
        data(planned).mark_line(strokeDash=[4, 3], strokeWidth=1.25).encode(x=x, y=y, color=colour()),
        data(happened).mark_line(strokeWidth=2.25).encode(x=x, y=y, color=colour()),
        data(happened[-1:]).mark_point(size=40, filled=True, opacity=1).encode(x=x, y=y, color=colour()),
    ]
    return finish(lines, numbers, HEIGHT, top=6)


def _points(series: Sequence[float | None], role: Role) -> list[dict[str, object]]:
    return [{"i": i, "y": value, "role": role} for i, value in enumerate(series) if value is not None]
