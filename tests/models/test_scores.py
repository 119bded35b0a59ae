"""Scores of ranges."""

import numpy as np
import pytest
from scipy.stats import binomtest

from models import score_ranges


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
