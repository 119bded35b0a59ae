"""The distribution of contacts: the negative binomial, checked against scipy's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom

from models import contact_shares, evenness_of, reach_of

MEANS, EVENNESS = st.floats(0.01, 60), st.floats(0.05, 50)


@given(MEANS, EVENNESS)
@settings(derandomize=True, max_examples=80)
def test_shares_are_scipys(mean: float, even: float) -> None:
    """P(0) .. P(6) and P(7 or more) are those of scipy's negative binomial with n = k and p = k / (k + m)."""
    known = nbinom(even, even / (even + mean))
    found = contact_shares(mean, even, 7)
    assert found[:7] == pytest.approx(known.pmf(np.arange(7)), rel=1e-9, abs=1e-12)
    assert found[7] == pytest.approx(known.sf(6), abs=1e-12)


@given(MEANS, EVENNESS)
@settings(derandomize=True, max_examples=80)
def test_nobody_without_contact_is_reached(mean: float, even: float) -> None:
    """Shares sum to 1, and those with any contact are the share that `reach_of` reaches while contacts allow it."""
    found = contact_shares(mean, even, 5)
    assert found.sum() == pytest.approx(1.0, abs=1e-12)
    assert reach_of(1e6 * mean, 1e6, even) / 1e6 == pytest.approx(1 - found[0], rel=1e-9)


def test_mean_and_reach_give_themselves_back() -> None:
    """With k from mean contacts and reach, the distribution has exactly that reach and, in the limit, that mean."""
    mean, share = 3.0, 0.55
    found = contact_shares(mean, evenness_of(mean, share), 4000)
    assert 1 - found[0] == pytest.approx(share, rel=1e-9)
    assert found @ np.arange(4001) == pytest.approx(mean, rel=1e-6)


def test_arguments_broadcast() -> None:
    """Many means and evennesses give a row each."""
    assert contact_shares(np.ones((4, 1)), np.ones(3), 7).shape == (4, 3, 8)
