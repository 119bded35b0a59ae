"""Tornado and cash chart: bars begin in the middle and end at the profits given; the deepest point is marked."""

from datetime import date, timedelta
from typing import Any

import pytest

from budget.present.charts.cash import cash
from budget.present.charts.curve import curve
from budget.present.charts.tornado import Pull, tornado
from budget.present.numbers import Unit, numbers_for
from budget.present.words import words_for
from tests.budget.present.test_charts import Answer, Outcomes

EN = numbers_for("en", "AZN")
WORDS = words_for("en")
THOUSAND = Unit(1000, 1, "AZN thousand")
PULLS = [
    Pull("Zeta", -9000.0, -2000.0, "1.3%", "2.9%", "zero at 3.4%"),
    Pull("Alpha", -3000.0, -8000.0, "AZN 2", "AZN 6"),
    Pull("Beta", -6000.0, -6000.0),
]
DAYS = [date(2026, 9, 13) + timedelta(weeks=n) for n in range(4)]


def rows(layer: dict[str, Any]) -> list[dict[str, Any]]:
    """A layer's own rows."""
    found: list[dict[str, Any]] = layer["data"]["values"]
    return found


def layers(chart: dict[str, Any], shape: str) -> list[dict[str, Any]]:
    """The layers of a mark."""
    return [layer for layer in chart["layer"] if layer["mark"]["type"] == shape]


def test_bars_run_from_the_middle_to_the_profits() -> None:
    """Each row has a pale and a dark bar from the middle; rows stand in the order given, in thousands."""
    chart = tornado(PULLS, -6000.0, EN, THOUSAND)
    (bars,) = layers(chart, "bar")
    assert {row["start"] for row in rows(bars)} == {-6.0}
    ends = {(row["name"], row["role"]): row["end"] for row in rows(bars)}
    assert ends["Zeta", "forecast"] == -9.0
    assert ends["Zeta", "actual"] == -2.0
    assert ends["Alpha", "forecast"] == -3.0
    assert ends["Alpha", "actual"] == -8.0
    assert bars["encoding"]["y"]["scale"]["domain"] == ["Zeta", "Alpha", "Beta"]


def test_values_stand_outside_the_bars_on_their_side() -> None:
    """What lies below the middle has its value on the left, what lies above on the right; inside the axis."""
    left, right = layers(tornado(PULLS, -6000.0, EN, THOUSAND), "text")
    assert {row["text"] for row in rows(left)} == {"1.3%", "AZN 6"}
    assert {row["text"] for row in rows(right)} == {"2.9%", "AZN 2"}
    assert left["mark"]["align"] == "right"
    low, high = left["encoding"]["x"]["scale"]["domain"]
    assert low < -9.0
    assert high > -2.0


@pytest.mark.parametrize(("middle", "rules"), [(-6000.0, 1), (500.0, 2)], ids=["all below zero", "around zero"])
def test_zero_is_drawn_where_it_is_in_sight(middle: float, rules: int) -> None:
    """The middle is always a rule in ink; zero is another one only where a bar crosses it."""
    found = layers(tornado(PULLS[:1], middle, EN, THOUSAND), "rule")
    assert len(found) == rules
    assert rows(found[0])[0] == {"start": middle / 1000, "role": "ink"}


def test_break_even_is_under_the_pointer() -> None:
    """The tip says name, value, profit and where the profit would be zero."""
    (bars,) = layers(tornado(PULLS, -6000.0, EN, THOUSAND), "bar")
    assert {row["tip"] for row in rows(bars) if row["name"] == "Zeta"} == {
        "Zeta: 1.3%: −AZN\u00a09,000 · zero at 3.4%", "Zeta: 2.9%: −AZN\u00a02,000 · zero at 3.4%",
    }  # fmt: skip


def test_the_deepest_week_is_marked_unless_nothing_is_missing() -> None:
    """The dot stands at the lowest middle, in the chart's unit; a total that never falls below zero has none."""
    deep = Outcomes((-9000.0,) * 4, (-1000.0, -6000.0, -2000.0, 3000.0), (9000.0,) * 4)
    words = [row for layer in cash(DAYS, deep, EN, WORDS, THOUSAND)["layer"] for row in rows(layer)
             if row.get("text") == "most tied up"]  # fmt: skip
    assert {(row["day"], row["y"]) for row in words} == {("2026-09-20T00:00:00", -6.0)}
    calm = Outcomes((0.0,) * 4, (1.0, 2.0, 3.0, 4.0), (9.0,) * 4)
    assert "most tied up" not in str(cash(DAYS, calm, EN, WORDS, THOUSAND))


def test_the_curve_marks_its_break_even() -> None:
    """An open circle lies on the middle of the curve at the spend given, and there is none without it."""
    circle = [layer for layer in curve(Answer(), EN, WORDS, even=1500.0)["layer"]
              if layer["mark"].get("filled") is False]  # fmt: skip
    assert [(row["x"], row["y"]) for layer in circle for row in rows(layer)] == [(1500.0, 2600.0)]
    assert not [x for x in curve(Answer(), EN, WORDS)["layer"] if x["mark"].get("filled") is False]
