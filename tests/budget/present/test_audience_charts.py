"""The charts of the audience: a heat table and a rate beside its alert line, by the rules of all charts."""

from collections.abc import Callable
from datetime import date, timedelta

import altair as alt
import pytest

from budget.present.charts.heat import Heat, heat
from budget.present.charts.limit import limit
from budget.present.charts.marks import Spec
from budget.present.charts.style import ROLES
from budget.present.numbers import Numbers, numbers_for

WEEKS = [date(2026, 9, 7) + timedelta(weeks=n) for n in range(4)]
CELLS = [Heat("Zeta", "Instagram", "6.4", 1.0, "z"), Heat("Alpha", "TikTok, of views", "1.2", 0.0, "a")]
CHARTS: dict[str, Callable[[Numbers], Spec]] = {
    "heat": lambda n: heat(CELLS, ["Zeta", "Alpha"], ["Instagram", "TikTok, of views"], n),
    "limit": lambda n: limit(WEEKS, [1.0, None, 2.5, 1.2], 1.5, "alert", ["a", "b", "c", "d"], n),
    "limit_without_line": lambda n: limit(WEEKS, [None, None, 0.0, None], None, "", [""] * 4, n),
    "limit_from_above": lambda n: limit(WEEKS, [4, 3, 2, 1], 2.5, "alert", [""] * 4, n, above_is_bad=False),
}
every_chart = pytest.mark.parametrize("name", CHARTS)


def drawn(name: str, lang: str = "en") -> Spec:
    """The chart in a language."""
    return CHARTS[name](numbers_for(lang, "AZN"))


def roles(name: str, shape: str) -> list[str]:
    """The roles of the marks of one shape."""
    layers = [layer for layer in drawn(name)["layer"] if layer["mark"]["type"] == shape and not _unseen(layer)]
    return [row["role"] for layer in layers for row in layer["data"]["values"]]


def _unseen(layer: Spec) -> bool:
    return bool(layer["mark"].get("opacity") == 0)


@every_chart
@pytest.mark.parametrize("lang", ["en", "az"])
def test_is_coloured_by_role_and_known_to_the_browser(name: str, lang: str) -> None:
    """Roles of the one palette, no titles; the specification holds against the schema of Vega-Lite."""
    whole = drawn(name, lang)
    for layer in whole["layer"]:
        assert layer["encoding"]["color"]["scale"] == {"domain": list(ROLES), "range": "category"}
        axes = [layer["encoding"].get(channel, {}).get("axis") for channel in ("x", "y")]
        assert all(axis is None or axis["title"] is None for axis in axes)
        assert layer["encoding"]["tooltip"] in ({"value": None}, {"field": "tip", "type": "nominal"})
    alt.LayerChart.from_dict(whole, validate=True)


def test_darker_is_higher_and_figures_stay_readable() -> None:
    """Opacity grows with the figure and never passes a half, so that ink on it keeps its contrast."""
    (squares,) = [layer for layer in drawn("heat")["layer"] if layer["mark"]["type"] == "rect"]
    zeta, alpha = (row["shade"] for row in squares["data"]["values"])
    assert 0 < alpha < zeta <= 0.5
    assert squares["encoding"]["y"]["scale"]["domain"] == ["Zeta", "Alpha"]


def test_points_beyond_the_line_are_marked() -> None:
    """Over a line that limits, or under one to be reached; without a line none is bad."""
    assert roles("limit", "point") == ["actual", "bad", "actual"]
    assert roles("limit_from_above", "point") == ["actual", "actual", "bad", "bad"]
    assert roles("limit_without_line", "point") == ["actual"]


def test_an_unknown_week_parts_the_line() -> None:
    """Weeks around one without a value are not joined."""
    (line,) = [layer for layer in drawn("limit")["layer"] if layer["mark"]["type"] == "line"]
    assert [row["run"] for row in line["data"]["values"]] == [0, 1, 1]
