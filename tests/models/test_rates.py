"""Ranges of counted rates against their definitions, solved another way."""

import pytest
from scipy.optimize import brentq
from scipy.stats import binom, norm, poisson

from models.rates import count_range, share_range

COUNTS = (0, 1, 7, 29, 30, 412)


@pytest.mark.parametrize("events", COUNTS)
def test_the_ends_of_a_count_leave_a_tenth_outside(events: int) -> None:
    """At the high end only 1 of 10 counts would be as low, at the low end only 1 of 10 as high."""
    low, high = count_range(events, 1_000)
    assert poisson.cdf(events, high * 1_000) == pytest.approx(0.1)
    assert low == 0 if not events else poisson.sf(events - 1, low * 1_000) == pytest.approx(0.1)


@pytest.mark.parametrize(("hits", "base"), [(0, 40), (3, 9), (29, 60), (40, 40), (1_200, 2_500)])
def test_the_ends_of_a_share_lie_as_far_off_as_their_own_spread(hits: int, base: int) -> None:
    """Wilson's ends solve |p - share| = z sqrt(p (1 - p) / n) for p."""
    z, share = norm.ppf(0.9), hits / base
    low, high = share_range(hits, base)

    def off(p: float) -> float:
        return float(abs(p - share) - z * (p * (1 - p) / base) ** 0.5)

    assert low == pytest.approx(0 if not hits else brentq(off, 1e-12, share - 1e-12), abs=1e-9)
    assert high == pytest.approx(1 if hits == base else brentq(off, share + 1e-12, 1 - 1e-12), abs=1e-9)


@pytest.mark.parametrize("rate", [0.01, 0.06])
def test_eight_of_ten_counts_have_the_truth_inside(rate: float) -> None:
    """Summed over all counts that may happen, the range holds the true rate in at least 80 % of cases."""
    base = 2_000
    counts = range(int(base * rate * 3) + 20)
    inside = sum(poisson.pmf(k, base * rate) for k in counts if _holds(count_range(k, base), rate))
    assert 0.8 <= inside < 0.9


@pytest.mark.parametrize("share", [0.3, 0.7])
def test_eight_of_ten_shares_have_the_truth_inside(share: float) -> None:
    """Wilson's range holds the true share in about 80 % of cases."""
    inside = sum(binom.pmf(k, 200, share) for k in range(201) if _holds(share_range(k, 200), share))
    assert inside == pytest.approx(0.8, abs=0.03)


def _holds(ends: tuple[float, float], truth: float) -> bool:
    return ends[0] <= truth <= ends[1]
