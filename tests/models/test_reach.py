"""Laws of people reached, against simulated people."""

import numpy as np
import pytest
from scipy.special import gammaincinv, ndtr

from models import TotalReach, deduplicate_reach, evenness_of, reach_of
from models.arrays import Array

AUDIENCE = 100_000.0
SHOWN = np.array([150_000.0, 60_000.0, 240_000.0])
EVEN = np.array([0.6, 1.5, 0.3])


def reached() -> Array:
    """People each channel reached."""
    return reach_of(SHOWN, AUDIENCE, EVEN)


def total(shown: Array = SHOWN, reach: Array | None = None, **options: object) -> TotalReach:
    """People reached by all three channels."""
    return deduplicate_reach(shown, reached() if reach is None else reach, AUDIENCE, **options)  # type: ignore[arg-type] # options are the function's own


def test_evenness_is_found_again() -> None:
    """The k that made a reach comes back from mean frequency and reach."""
    even = np.exp(np.linspace(-5, 5, 11))
    share = reach_of(2.5, 1.0, even)
    np.testing.assert_allclose(evenness_of(2.5, share), even, rtol=1e-6)


def test_one_channel_is_itself() -> None:
    """With one channel there is nothing to deduplicate."""
    result = total(SHOWN[:1], reached()[:1])
    for value in (result.reach, result.low, result.high, result.floor, result.ceiling, result.unique[0]):
        assert value == pytest.approx(reached()[0], rel=1e-9)


def test_order_of_channels_is_irrelevant() -> None:
    """Channels listed backwards reach the same people."""
    one, other = total(), total(SHOWN[::-1], reached()[::-1])
    assert one.reach == pytest.approx(other.reach)
    np.testing.assert_allclose(one.unique, other.unique[::-1])
    np.testing.assert_allclose(one.frequency, other.frequency)


def test_limits_hold() -> None:
    """low <= reach <= high inside floor and ceiling; nobody is unique beyond a channel's own reach."""
    result = total()
    assert result.floor == reached().max()
    assert result.ceiling == min(AUDIENCE, reached().sum())
    assert result.floor <= result.low <= result.reach <= result.high <= result.ceiling
    assert (result.unique <= reached()).all()
    assert (result.unique >= 0).all()


def test_frequency_counts_everybody_once() -> None:
    """People by contacts sum to the audience, those with one or more to the reach."""
    result = total()
    assert result.frequency.sum() == pytest.approx(AUDIENCE)
    assert result.frequency[1:].sum() == pytest.approx(result.reach)
    assert (result.frequency >= 0).all()


def test_adding_never_loses_people() -> None:
    """Another channel, or more exposure of one, never lowers the total."""
    assert total().reach >= total(SHOWN[:2], reached()[:2]).reach
    reaches = []
    for more in np.linspace(1, 4, 7):
        shown = SHOWN * [1, more, 1]
        reaches.append(total(shown, reach_of(shown, AUDIENCE, EVEN)).reach)
    assert (np.diff(reaches) > 0).all()


def test_idle_channel_changes_nothing() -> None:
    """A channel that reached nobody is not there; none at all is zero people."""
    result = total(np.append(SHOWN, 0.0), np.append(reached(), 0.0))
    assert result.reach == pytest.approx(total().reach)
    assert result.unique[-1] == 0
    nobody = total(np.zeros(2), np.zeros(2))
    assert (nobody.reach, nobody.frequency[0]) == (0, AUDIENCE)


def test_independent_channels() -> None:
    """Without correlation the total is that of independent channels."""
    want = AUDIENCE * (1 - np.prod(1 - reached() / AUDIENCE))
    assert total(correlation=0.0).reach == pytest.approx(want, rel=1e-6)


def people(correlation: float, seed: int = 2, many: int = 200_000) -> Array:
    """Contacts of single people with each channel (people, C), drawn from the model's own words."""
    rng = np.random.default_rng(seed)
    common, own = rng.standard_normal((many, 1)), rng.standard_normal((many, 3))
    place = ndtr(np.sqrt(correlation) * common + np.sqrt(1 - correlation) * own)
    drawn: Array = rng.poisson(gammaincinv(EVEN, place) / EVEN * SHOWN / AUDIENCE).astype(np.float64)
    return drawn


def test_told_correlation_counts_simulated_people() -> None:
    """Total, unique and contacts agree with 200,000 simulated people within 1.5 % of the audience."""
    contacts = people(0.3)
    scale = AUDIENCE / len(contacts)
    seen = contacts > 0
    result = total(correlation=0.3)
    assert result.reach == pytest.approx(seen.any(axis=1).sum() * scale, rel=0.02)
    only = np.array([(seen[:, c] & (seen.sum(axis=1) == 1)).sum() for c in range(3)]) * scale
    np.testing.assert_allclose(result.unique, only, atol=0.015 * AUDIENCE)
    counted = np.bincount(np.minimum(contacts.sum(axis=1), 12).astype(int), minlength=13) * scale
    np.testing.assert_allclose(result.frequency, counted, atol=0.015 * AUDIENCE)


def test_pairs_tell_the_correlation() -> None:
    """People reached by pairs of channels replace the default correlation and narrow the range."""
    seen = people(0.45) > 0
    scale = AUDIENCE / len(seen)
    pairs = seen.T.astype(np.float64) @ seen * scale
    result = total(pair_reach=pairs)
    truth = seen.any(axis=1).sum() * scale
    assert result.reach == pytest.approx(truth, rel=0.01)
    assert result.low <= truth <= result.high
    assert result.high - result.low < total().high - total().low


@pytest.mark.parametrize("reach", [[200_000.0, 1.0, 1.0], [1.0, 60_001.0, 1.0]])
def test_more_people_than_possible_are_refused(reach: list[float]) -> None:
    """Reach above audience or impressions belongs to another audience."""
    with pytest.raises(ValueError, match="reach <= impressions"):
        total(np.array([300_000.0, 60_000.0, 10.0]), np.array(reach))
