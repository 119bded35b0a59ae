"""Charts of what was learned: two ranges a row in their roles, shares of a whole, a curve through its weeks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.present.charts.beliefs import Belief, beliefs, by_factors
from budget.present.charts.curve import Week, curve
from budget.present.charts.marks import Spec
from budget.present.charts.shares import Share, shares
from budget.present.numbers import numbers_for
from budget.present.words import words_for

EN, WORDS = numbers_for("en", "AZN"), words_for("en")
ENDS = st.tuples(*[st.floats(1e-4, 1e5)] * 3).map(lambda found: tuple(sorted(found)))


@dataclass(frozen=True)
class Answer:
    """A response curve for the tests."""

    spend: tuple[float, ...] = (0, 1000, 2000, 3000)
    cost: tuple[float, ...] = (0, 1000, 2000, 3000)
    low: tuple[float, ...] = (0, 1500, 2200, 2600)
    mid: tuple[float, ...] = (0, 2000, 3200, 3900)
    high: tuple[float, ...] = (0, 2400, 4000, 5200)
    here_spend: float = 1500
    here_mid: float = 2600
    stop_spend: float | None = None
    stop_mid: float | None = None
    seen_high: float | None = 1800


def marks(chart: Spec, shape: str) -> Iterator[list[dict[str, Any]]]:
    """The rows of every layer of a shape."""
    return (layer["data"]["values"] for layer in chart["layer"] if layer["mark"]["type"] == shape)


def belief(name: str, before: tuple[float, float, float], after: tuple[float, float, float] | None) -> Belief:
    """A row without words."""
    return Belief(name, before, after, "", "")


@given(st.lists(st.tuples(ENDS, st.none() | ENDS), min_size=1, max_size=6))
@settings(derandomize=True, max_examples=80)
def test_both_ranges_are_drawn_as_given(rows: list[tuple[Any, Any]]) -> None:
    """The plan's ranges in the plan's role, the data's in the data's; no bar where the data do not tell; all fit."""
    given_rows = [belief(str(n), before, after) for n, (before, after) in enumerate(rows)]
    chart = beliefs(given_rows, EN, WORDS)
    drawn = [row for values in marks(chart, "bar") for row in values]
    for role, ends in (("plan", [row.before for row in given_rows]), ("actual", [row.after for row in given_rows])):
        found = [(row["low"], row["mid"], row["high"]) for row in drawn if row["role"] == role]
        assert found == [end for end in ends if end]
    low, high = chart["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert all(low <= row["low"] <= row["high"] < high for row in drawn)


def test_far_values_stand_on_a_scale_of_factors() -> None:
    """Prices of 2 and of 60 both keep a readable bar: equal steps become equal factors, with round ticks inside."""
    near, far = belief("a", (2, 3, 4), (3, 3.5, 4)), belief("b", (40, 60, 90), None)
    assert (by_factors([near]), by_factors([near, far])) == (False, True)
    x = beliefs([near, far], EN, WORDS)["layer"][0]["encoding"]["x"]
    assert x["scale"]["type"] == "log"
    assert x["axis"]["values"] == [2.0, 5.0, 10.0, 20.0, 50.0]
    assert beliefs([near], EN, WORDS)["layer"][0]["encoding"]["x"]["scale"]["domain"][0] == 0


def test_the_two_colours_are_named_once() -> None:
    """The roomiest row says which range is which; where the data tell nothing there is nothing to name."""
    rows = [belief("wide", (1, 5, 9), (2, 3, 4)), belief("short", (1, 2, 3), (2, 2.5, 2.8))]
    named = [
        (row["name"], row["text"])
        for values in marks(beliefs(rows, EN, WORDS), "text")
        for row in values
        if "text" in row
    ]
    assert named == [("short", "assumed"), ("short", "your data")]
    assert not [
        row for v in marks(beliefs([belief("a", (1, 2, 3), None)], EN, WORDS), "text") for row in v if "text" in row
    ]


def test_a_share_is_a_bar_on_a_whole_track() -> None:
    """The track is the whole, the bar its share, the tick its promise; the unknown has a track alone."""
    chart = shares([Share("a", 0.4, "40%", "", 0.5), Share("b", None, "–", "")], EN)
    tracks, bars = marks(chart, "bar")
    assert [(row["start"], row["end"]) for row in tracks] == [(0, 1), (0, 1)]
    assert [(row["name"], row["end"]) for row in bars] == [("a", 0.4)]
    assert [row["start"] for values in marks(chart, "tick") for row in values] == [0.5]


@pytest.mark.parametrize("back", [2500, 9000, -400])
def test_a_week_is_a_circle_where_it_happened(back: float) -> None:
    """Each week stands at its spend and what came back, inside the axes even far from the curve."""
    weeks = [Week(900, 1700, "first"), Week(1800, back, "second")]
    chart = curve(Answer(), EN, WORDS, weeks=weeks)
    circles = [layer for layer in chart["layer"] if layer["mark"].get("filled") is False]
    assert [(row["x"], row["y"], row["tip"]) for row in circles[0]["data"]["values"]] == [
        (900, 1700, "first"),
        (1800, back, "second"),
    ]
    low, high = chart["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert low <= min(0, back)
    assert max(5200, back) <= high


def test_weeks_say_the_observed_span_and_replace_the_usual_week() -> None:
    """The bar on the floor runs from the least to the largest week; without weeks the usual week is named instead."""
    with_weeks = curve(Answer(), EN, WORDS, weeks=[Week(900, 1700, ""), Week(1800, 2500, "")])
    (floor,) = [row for values in marks(with_weeks, "bar") for row in values]
    assert (floor["x"], floor["end"]) == (900, 1800)
    said = [row["text"].replace("\u00a0", " ") for values in marks(with_weeks, "text") for row in values]
    assert "spent so far: 900 – 1,800" in said
    assert not [text for text in said if text.startswith("You are here")]
    assert [text for v in marks(curve(Answer(), EN, WORDS), "text") for text in [v[0]["text"]] if "You are" in text]
