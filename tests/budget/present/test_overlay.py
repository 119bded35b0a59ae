"""Plans laid over each other: one colour a plan, names in ink apart from each other, inside the schema."""

from datetime import date, timedelta
from itertools import pairwise

import altair as alt
import numpy as np
import pytest

from budget.fans import Fan, Interval
from budget.plan import PlanHead
from budget.present.charts.overlay import Overlaid, overlay, role_of
from budget.present.numbers import numbers_for
from budget.present.side_words import LONGEST, short_names, side_finding
from budget.present.version_words import plan_labels
from budget.present.words import LANGUAGES, words_for
from budget.side_by_side import Gap

START = date(2026, 9, 13)


def overlaid(name: str, level: float, weeks: int = 5, late: int = 0) -> Overlaid:
    """A range that grows to `level`."""
    days = tuple(START + timedelta(weeks=late + n) for n in range(weeks))
    mid = np.linspace(0.0, level, weeks)
    return Overlaid(name, days, Fan(mid - 500.0, mid, mid + 500.0))


@pytest.mark.parametrize("lang", list(LANGUAGES))
@pytest.mark.parametrize("many", [1, 3, 10])
def test_any_number_of_plans_is_drawn(lang: str, many: int) -> None:
    """The drawing is valid Vega-Lite; each plan has a line, a band and a name with its last middle."""
    shown = [overlaid(f"Plan {n}", 1000.0 * n, late=n) for n in range(many)]
    drawing = overlay(shown, numbers_for(lang, "AZN"))
    alt.LayerChart.from_dict(drawing)
    marks = [layer["mark"]["type"] for layer in drawing["layer"]]
    assert (marks.count("line"), marks.count("area")) == (many, many)
    (names,) = [layer["data"]["values"] for layer in drawing["layer"] if layer["mark"]["type"] == "text"]
    assert [row["text"].split(" ")[1] for row in names] == [str(n) for n in range(many)]
    assert {row["role"] for row in names} == {"ink"}
    places = sorted(row["y"] for row in names)
    assert all(high - low > 0 for low, high in pairwise(places))


def test_each_plan_has_its_colour() -> None:
    """Eight plans differ in colour; the ninth is neutral."""
    assert len({role_of(n) for n in range(8)}) == 8
    assert role_of(8) == role_of(20) == "neutral"


def heads() -> tuple[PlanHead, ...]:
    """A plan with two approved versions, a copy, a copy put away."""
    return (
        PlanHead(1, "Autumn", "draft", "AZN", 4),
        PlanHead(2, "Autumn", "locked", "AZN", 1, 1),
        PlanHead(3, "Autumn, more search in December", "draft", "AZN", 1, 1),
        PlanHead(4, "Autumn", "locked", "AZN", 1, 1),
        PlanHead(5, "Old", "archived", "AZN", 2, 1),
    )


def test_plans_are_called_by_what_they_are() -> None:
    """Draft, scenario, approved versions by their number, put away; short ones leave out the common name."""
    words = words_for("en")
    assert list(plan_labels(words, heads()).values()) == [
        "Autumn · draft", "Autumn · approved version 1", "Autumn, more search in December · scenario",
        "Autumn · approved version 2", "Old · put away",
    ]  # fmt: skip
    short = short_names(words, heads())
    assert [short[n] for n in (1, 2, 3, 4)] == ["Autumn", "version 1", "more search in…", "version 2"]
    assert all(len(name) <= LONGEST for name in short.values())


def gap(p_better: float) -> Gap:
    """A gap of which only the chance matters."""
    return Gap(0, {"profit": Interval(-1.0, 0.0, 1.0)}, p_better)


@pytest.mark.parametrize(
    ("chances", "finding"),
    [
        ((0.85, 0.6), "B earns more than A in most outcomes"),
        ((0.6, 0.9), "C earns more than A in most outcomes"),
        ((0.1, 0.2), "A earns more than the others in most outcomes"),
        ((0.5, 0.79), "No plan earns clearly more than A"),
        ((), "One plan alone"),
    ],
)
def test_a_plan_is_called_better_only_where_it_mostly_is(chances: tuple[float, ...], finding: str) -> None:
    """The finding names a plan only from 8 of 10 outcomes on."""
    others = [(name, gap(p)) for name, p in zip("BC", chances, strict=False)]
    assert side_finding(words_for("en"), "A", others) == finding
