"""Scores of ranges."""

import numpy as np
import pytest
from scipy.stats import binomtest, norm

from models import crps_of_quantiles, judge_share, score_ranges


def test_score_by_hand() -> None:
    """Two ranges of width 2; one result a unit below its range costs 2 / .2 more."""
    score = score_ranges([1, 5], [3, 7], [2, 6], [2, 4])
    assert score.forecasts == 2
    assert score.coverage == 0.5
    assert score.interval_score == pytest.approx((2 + 2 + 10) / 2)
    assert score.bias == pytest.approx(np.log(4 / 6) / 2)
    assert score.verdict == "too few"


@pytest.mark.parametrize(("hits", "verdict"), [(10, "too narrow"), (24, "about right"), (30, "too wide")])
def test_verdict_follows_wilson(hits: int, verdict: str) -> None:
    """The level inside Wilson's interval is about right; the interval is the textbook's."""
    actual = np.array([1.0] * hits + [9.0] * (30 - hits))
    score = score_ranges(np.zeros(30), np.full(30, 2.0), np.ones(30), actual)
    known = binomtest(hits, 30).proportion_ci(method="wilson")
    assert (score.coverage_low, score.coverage_high) == pytest.approx((known.low, known.high))
    assert score.verdict == verdict


def test_honest_ranges_score_best() -> None:
    """Among ranges of a normal result, the true 80 % one has the least interval score."""
    actual = np.random.default_rng(1).normal(10, 1, 20_000)
    scores = [
        score_ranges(actual * 0 + 10 - width, actual * 0 + 10 + width, actual * 0 + 10, actual)
        for width in (0.8, 1.2816, 1.8)
    ]
    assert min(range(3), key=lambda i: scores[i].interval_score) == 1
    assert scores[1].verdict == "about right"


def test_nothing_to_score() -> None:
    """No forecasts: no verdict, an interval that says nothing."""
    score = score_ranges([], [], [], [])
    assert (score.forecasts, score.coverage_low, score.coverage_high, score.verdict) == (0, 0, 1, "too few")


def test_crossed_ranges_are_refused() -> None:
    """A low above its high is no range."""
    with pytest.raises(ValueError, match="low <= high"):
        score_ranges([2], [1], [1], [1])


LEVELS = np.array([0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95])


def brute_force(points: np.ndarray, actual: float) -> float:
    """The integral of (F - step)^2 on a fine grid; F linear between quantiles, its outer slopes going on."""
    ends = (2 * points[0] - points[1], 2 * points[-1] - points[-2])
    knots, heights = [ends[0], *points, ends[1]], [0.0, *LEVELS, 1.0]
    grid = np.linspace(min(ends[0], actual) - 1, max(ends[1], actual) + 1, 400_001)
    middle = (grid[1:] + grid[:-1]) / 2
    square = (np.interp(middle, knots, heights) - (middle >= actual)) ** 2
    return float((square * np.diff(grid)).sum())


@pytest.mark.parametrize("actual", [-3.0, 0.2, 1.0, 2.71, 9.0, 30.0])
def test_crps_is_the_integral(actual: float) -> None:
    """Below, among and above skewed quantiles the closed form equals the integral taken by brute force."""
    points = np.array([0.1, 0.4, 1.0, 2.0, 4.0, 7.0, 9.5])
    assert crps_of_quantiles(LEVELS, points[None], [actual])[0] == pytest.approx(brute_force(points, actual), rel=1e-4)


def test_crps_is_close_to_that_of_the_distribution_itself() -> None:
    """Seven quantiles of a normal score results as the normal does, up to what its tails hold."""
    actual = np.linspace(-2, 2, 9)
    exact = actual * (2 * norm.cdf(actual) - 1) + 2 * norm.pdf(actual) - 1 / np.sqrt(np.pi)
    found = crps_of_quantiles(LEVELS, np.tile(norm.ppf(LEVELS), (9, 1)), actual)
    assert found == pytest.approx(exact, abs=0.02)


def test_a_sure_forecast_scores_its_distance() -> None:
    """Without width the score is the plain distance, and 0 for a hit."""
    assert crps_of_quantiles(LEVELS, np.full((2, 7), 5.0), [5.0, 8.0]).tolist() == [0.0, 3.0]


@pytest.mark.parametrize("levels", [[0.5], [0.5, 0.4], [0.0, 0.5], [0.5, 1.0]])
def test_levels_that_are_none_are_refused(levels: list[float]) -> None:
    """Levels rise between 0 and 1, two at least; and points never fall."""
    with pytest.raises(ValueError, match="levels"):
        crps_of_quantiles(levels, [list(range(len(levels)))], [1.0])
    with pytest.raises(ValueError, match="do not fall"):
        crps_of_quantiles([0.1, 0.9], [[2.0, 1.0]], [1.0])


def test_results_that_move_together_count_as_fewer() -> None:
    """The interval of a share is Wilson's for as many trials as are said to be apart."""
    low, high, verdict = judge_share(0.75, 20, 0.8)
    known = binomtest(15, 20).proportion_ci(method="wilson")
    assert (low, high) == pytest.approx((known.low, known.high))
    assert verdict == "about right"
    assert judge_share(float("nan"), 0, 0.8) == (0.0, 1.0, "too few")
