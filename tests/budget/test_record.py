"""The forecast record: coverage and bias by hand, a calibrated simulation, the weakest assumption."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from math import log

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from budget.plan import PlanHead
from budget.present.numbers import Numbers
from budget.present.record_words import horizon_row, horizon_sentence
from budget.present.words import words_for
from budget.record import METRICS, HorizonRecord, family, record_of
from tests.budget.builders import START, usual_plan

Q = ("q05_micros", "q10_micros", "q25_micros", "q50_micros", "q75_micros", "q90_micros", "q95_micros")
POINTS = (50, 60, 80, 100, 120, 140, 150)


def row(
    week: int, metric: str, actual: float, *, forecast: int = 1, platform: str = "meta", middle: float = 100.0
) -> dict[str, object]:
    """A score of a cell whose quantiles are `POINTS` times middle / 100, in whole units."""
    scale = middle / 100 * 1e6
    points = {name: round(point * scale) for name, point in zip(Q, POINTS, strict=True)}
    now = round(actual * 1e6)
    inside = {
        f"inside_{level}": points[f"{low}_micros"] <= now <= points[f"{high}_micros"]
        for level, low, high in ((50, "q25", "q75"), (80, "q10", "q90"), (90, "q05", "q95"))
    }
    told: dict[str, object] = {"forecast_id": forecast, "platform": platform, "tactic": "prospecting"}
    told |= {
        "week_start": pd.Timestamp(START + timedelta(weeks=week)),
        "metric": metric,
        "mean_micros": round(middle * 1e6),
    }
    return told | points | inside | {"actual_micros": now, "maturity": 1.0, "crps_micros": 2_000_000}


def scores(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    """Rows as `Store.scores` gives them."""
    frame = pd.DataFrame(list(rows))
    return frame.astype({name: "Int64" for name in frame.columns if str(name).endswith("_micros")})


def test_coverage_by_hand() -> None:
    """Of four results two lie in the middle half, three in 8 of 10, all in 9 of 10; the bias is a median."""
    actual = (100, 90, 135, 145)
    found = record_of(3, scores([row(t, "clicks", x) for t, x in enumerate(actual)]))
    assert (found.forecasts, found.judged) == (3, 4)
    assert [found.levels[level].share for level in (0.5, 0.8, 0.9)] == [0.5, 0.75, 1.0]
    clicks = found.by_metric["clicks"]
    assert [clicks.levels[level].share for level in (0.5, 0.8, 0.9)] == [0.5, 0.75, 1.0]
    assert clicks.bias == pytest.approx((log(1.0) + log(1.35)) / 2)
    assert clicks.crps == 2.0
    known = binomtest(3, 4).proportion_ci(method="wilson")
    assert (found.levels[0.8].low, found.levels[0.8].high) == pytest.approx((known.low, known.high))
    assert found.verdict == "too few"


def test_metrics_of_one_week_count_as_one_in_the_interval() -> None:
    """Four metrics of one channel week move together: they are one judged week, not four."""
    rows = [row(t, metric, 100) for t in range(3) for metric in ("impressions", "clicks", "conversions", "value")]
    found = record_of(1, scores(rows))
    assert found.judged == 3
    assert found.levels[0.8].low == pytest.approx(binomtest(3, 3).proportion_ci(method="wilson").low)
    assert found.by_metric["value"].judged == 3


def test_the_last_forecast_made_before_the_data_counts() -> None:
    """An earlier forecast of the same cell is kept in the scores and left out of the record."""
    found = record_of(2, scores([row(0, "clicks", 500), row(0, "clicks", 500, forecast=2, middle=500)]))
    assert (found.judged, found.levels[0.5].share) == (1, 1.0)


def test_profit_stands_apart() -> None:
    """It has its own record, and no part in the pooled coverage: what ads cause is never observed."""
    found = record_of(1, scores([row(0, "clicks", 100), row(0, "profit", -900, platform="")]))
    assert found.levels[0.5].share == 1.0
    assert found.by_metric["profit"].levels[0.5].share == 0.0


def test_spend_is_a_plan_and_not_a_forecast() -> None:
    """Money spent otherwise than planned spoils no coverage."""
    found = record_of(1, scores([row(0, "clicks", 100), row(0, "spend", 900)]))
    assert found.levels[0.9].share == 1.0
    assert "spend" not in found.by_metric


def test_nothing_judged_is_said() -> None:
    """Without scores there is no verdict, no share and no weakest assumption."""
    empty = scores([row(0, "clicks", 1)]).iloc[:0]
    found = record_of(2, empty)
    assert (found.forecasts, found.judged, found.verdict, found.weakest, found.assumptions) == (
        2,
        0,
        "too few",
        None,
        {},
    )
    assert np.isnan(found.levels[0.8].share)
    assert set(found.by_metric) == set(METRICS)


def week_of_channel(
    week: int, *, price: float = 1.0, ctr: float = 1.0, cvr: float = 1.0, value: float = 1.0, platform: str = "meta"
) -> list[dict[str, object]]:
    """A channel week in which each assumption came out as this times what was forecast."""
    shown = 1 / price
    actual = {"spend": 1.0, "impressions": shown, "clicks": shown * ctr, "conversions": shown * ctr * cvr}
    actual["value"] = actual["conversions"] * value
    return [row(week, metric, 100 * x, platform=platform) for metric, x in actual.items()]


@pytest.mark.parametrize(
    ("name", "off"),
    [
        ("price", {"price": 2.0}),
        ("click_rate", {"ctr": 0.5}),
        ("conversion_rate", {"cvr": 1.5}),
        ("order_value", {"value": 0.7}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_assumption_that_was_off_is_named(name: str, off: dict[str, float]) -> None:
    """One link of the chain is changed: it alone is off, by the logarithm of the change."""
    found = record_of(1, scores([*week_of_channel(0, **off), *week_of_channel(1, **off)]))  # type: ignore[arg-type]  # factors only
    assert found.weakest == name
    (factor,) = off.values()
    assert found.assumptions == pytest.approx(
        {"price": 0, "click_rate": 0, "conversion_rate": 0, "order_value": 0} | {name: log(factor)}
    )


def test_channels_off_in_opposite_ways_do_not_cancel() -> None:
    """The weakest is off whichever way, though its mean may be 0."""
    rows = [
        *week_of_channel(0, cvr=2.0),
        *week_of_channel(0, cvr=0.5, platform="google"),
        *week_of_channel(1, price=1.1),
    ]
    found = record_of(1, scores(rows))
    assert found.weakest == "conversion_rate"


def test_calibrated_forecasts_cover_as_they_say() -> None:
    """Results drawn from the forecast's own distribution: shares close to 50, 80 and 90 %, no bias, verdict fair."""
    rng = np.random.default_rng(5)
    levels = np.array([0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95])
    rows = []
    for week in range(400):
        truth = rng.lognormal(4, 0.3)
        points = np.quantile(truth * rng.lognormal(0, 0.4, 4000), levels) * 1e6
        actual = round(truth * rng.lognormal(0, 0.4) * 1e6)
        inside = {f"inside_{n}": points[a] <= actual <= points[b] for n, a, b in ((50, 2, 4), (80, 1, 5), (90, 0, 6))}
        told = row(week, "clicks", 1) | dict(zip(Q, (round(x) for x in points), strict=True)) | inside
        rows.append(told | {"actual_micros": actual})
    found = record_of(400, scores(rows))
    for level in (0.5, 0.8, 0.9):
        assert found.levels[level].share == pytest.approx(level, abs=0.05)
        assert found.levels[level].verdict == "about right"
    assert found.by_metric["clicks"].bias == pytest.approx(0, abs=0.05)


def test_narrow_ranges_are_told() -> None:
    """Ranges half as wide as they must be are called too narrow."""
    rng = np.random.default_rng(6)
    rows = [row(week, "clicks", float(100 + 80 * rng.standard_normal())) for week in range(60)]
    assert record_of(60, scores(rows)).verdict == "too narrow"


def test_a_draft_and_its_baselines_are_one_record() -> None:
    """Whichever of them is asked; a scenario that was only based on it is another plan."""
    draft = replace(usual_plan(), plan_id=3)
    baseline = replace(draft, plan_id=5, status="locked", based_on_plan_id=3)
    heads = [
        PlanHead(3, "Draft", "draft", "AZN", 2),
        PlanHead(5, "Draft", "locked", "AZN", 1, based_on_plan_id=3),
        PlanHead(7, "Draft", "locked", "AZN", 1, based_on_plan_id=3),
        PlanHead(8, "Scenario", "draft", "AZN", 1, based_on_plan_id=3),
        PlanHead(9, "Other", "locked", "AZN", 1, based_on_plan_id=8),
    ]
    assert family(draft, heads) == family(baseline, heads) == {3, 5, 7}


def horizons(rows: Sequence[dict[str, object]], opened: dict[int, int]) -> dict[tuple[int, int | None], HorizonRecord]:
    """Records by weeks ahead, of forecasts whose data ended before the week of that number."""
    first = {number: {"meta": START + timedelta(weeks=week)} for number, week in opened.items()}
    return {(one.first, one.last): one for one in record_of(len(opened), scores(rows), first).by_horizon}


def test_horizons_by_hand() -> None:
    """One forecast of weeks 0 to 9: two weeks a horizon up to four, then four, then the rest; figures by hand."""
    rows = [row(week, metric, 100) for week in range(10) for metric in ("clicks", "conversions")]
    rows[0] |= {"inside_80": False, "inside_50": False, "actual_micros": 200_000_000}
    found = horizons(rows, {1: 0})
    assert {key: (one.judged, one.results) for key, one in found.items()} == {
        (1, 2): (2, 4), (3, 4): (2, 4), (5, 8): (4, 8), (9, None): (2, 4),
    }  # fmt: skip
    near = found[1, 2]
    assert (near.inside, near.levels[0.8].share, near.levels[0.5].share, near.levels[0.9].share) == (3, 0.75, 0.75, 1.0)
    assert near.bias == 0.0
    assert near.crps == pytest.approx(0.02)
    assert found[5, 8].bias == 0.0


def test_a_horizon_counts_each_forecast_that_was_made_so_far_ahead() -> None:
    """A week foretold four weeks before and again one week before is judged once in each horizon; a second forecast
    from the same data takes the place of the first.
    """
    rows = [row(3, "clicks", 100, forecast=1), row(3, "clicks", 100, forecast=2), row(3, "clicks", 500, forecast=3)]
    found = horizons(rows, {1: 0, 2: 3, 3: 3})
    assert {key: (one.results, one.inside) for key, one in found.items()} == {(3, 4): (1, 1), (1, 2): (1, 0)}


def test_profit_and_scores_taken_back_are_in_no_horizon() -> None:
    """Neither counts; a forecast of which nobody knows when its data ended has no horizon either."""
    gone = row(0, "clicks", 100) | {"maturity": 0.0}
    assert horizons([gone, row(0, "profit", 100)], {1: 0}) == {}
    assert record_of(1, scores([gone])).judged == 0
    assert horizons([row(0, "clicks", 100)], {2: 0}) == {}


def test_horizons_are_said() -> None:
    """From five weeks of lines on, how many results of all; below it that there are too few."""
    rows = [row(week, "clicks", 100) for week in range(4, 8)] + [row(week, "clicks", 300) for week in range(2)]
    words, numbers = words_for("en"), Numbers("en", "AZN")
    few = horizons(rows, {1: 0})
    assert horizon_sentence(words, numbers, few[5, 8]) == "5\u00a0– 8 weeks ahead: too few results yet"
    assert set(horizon_row(words, numbers, few[5, 8])[1:]) == {"–"}
    more = [row(week, "clicks", 100, platform=platform) for week in range(8, 11) for platform in ("meta", "google")]
    opened = {1: {"meta": START, "google": START}}
    (far,) = record_of(1, scores([*more[:-1], more[-1] | {"inside_80": False}]), opened).by_horizon
    assert horizon_sentence(words, numbers, far) == "9 or more weeks ahead: 5 of 6 results inside the 80% range"
    assert horizon_row(words, numbers, far) == ("9 or more", "100%", "83%", "100%", "0%", "2%")
