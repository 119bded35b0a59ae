"""People, once: reach of one channel by the negative binomial, and of several channels together.

One-factor NBD: channel c shows `Poisson(lambda_c)`, where `lambda_c` is the Gamma quantile of
`Phi(sqrt(rho) z + sqrt(1 - rho) e_c)`: one `z` a person, one `e` a channel.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import gammaincinv, gammaln, ndtr

from models.arrays import Array, as_array

PEOPLE_NODES, CHANNEL_NODES = 15, 11
LOG_EVENNESS = (-9.0, 8.0)
PAIR_SLACK = 0.05  # correlation range around one that was solved from pairs


@dataclass(frozen=True, eq=False)
class TotalReach:
    """Distinct people over all channels; `low`..`high` from the correlation range, `floor`..`ceiling` certain."""

    reach: float
    low: float
    high: float
    floor: float
    ceiling: float
    frequency: Array  # (top + 1,) people who saw 0, 1, .. top-or-more
    unique: Array  # (C,) people reached by this channel alone


def reach_of(impressions: npt.ArrayLike, audience: npt.ArrayLike, evenness: npt.ArrayLike) -> Array:
    """Distinct people `N [1 - (1 + I/(N k))^-k]`, at most the audience and the impressions; arguments broadcast."""
    shown, people, even = (np.asarray(a, dtype=np.float64) for a in (impressions, audience, evenness))
    seen: Array = -people * np.expm1(-even * np.log1p(shown / (people * even)))
    smaller: Array = np.minimum(seen, np.minimum(people, shown))
    return smaller


def evenness_of(mean_frequency: npt.ArrayLike, reach_share: npt.ArrayLike) -> Array:
    """The k with `(1 + m/k)^-k = 1 - r`, in [e^-9, e^8]; m impressions and r people reached per person of the audience.

    Bisection on ln k: the share reached rises with k. Outside the range the nearer end is taken.
    """
    mean, share = np.broadcast_arrays(
        np.asarray(mean_frequency, dtype=np.float64), np.asarray(reach_share, dtype=np.float64)
    )
    low, high = np.full(mean.shape, LOG_EVENNESS[0]), np.full(mean.shape, LOG_EVENNESS[1])
    for _ in range(60):
        middle = (low + high) / 2
        even = np.exp(middle)
        too_few = -np.expm1(-even * np.log1p(mean / even)) < share
        low, high = np.where(too_few, middle, low), np.where(too_few, high, middle)
    evenness: Array = np.exp((low + high) / 2)
    return evenness


def contact_shares(mean: npt.ArrayLike, evenness: npt.ArrayLike, top: int) -> Array:
    """Shares of the audience with 0, 1, .. top-or-more contacts (..., top + 1) by the negative binomial.

    `mean` contacts a person of the audience, `evenness` k of the Gamma-distributed rates: the distribution whose share
    of people with no contact is `(1 + m/k)^-k`, as in `reach_of`. Arguments broadcast.
    """
    contacts, even = (np.asarray(a, dtype=np.float64)[..., None] for a in (mean, evenness))
    counts = np.arange(top)
    start = gammaln(even + counts) - gammaln(even) - gammaln(counts + 1)
    seen = np.log(np.maximum(contacts, 1e-300)) - np.log(even + contacts)
    shares = np.exp(start - even * np.log1p(contacts / even) + counts * seen)
    return np.concatenate([shares, np.maximum(1 - shares.sum(axis=-1, keepdims=True), 0.0)], axis=-1)


def deduplicate_reach(
    impressions: npt.ArrayLike,
    reach: npt.ArrayLike,
    audience: float,
    *,
    correlation: float = 0.15,
    correlation_range: tuple[float, float] = (0.0, 0.5),
    pair_reach: npt.ArrayLike | None = None,
    top: int = 12,
) -> TotalReach:
    """People reached by any of the channels; `impressions`, `reach` (C,), one common audience of people.

    `pair_reach` (C, C): people reached by both; then the correlation is solved from the total pair overlap.
    Reach above impressions or audience: `ValueError`.
    """
    shown = as_array("impressions", impressions, (None,))
    reached = as_array("reach", reach, shown.shape)
    _check_people(shown, reached, audience)
    floor, ceiling = float(reached.max(initial=0.0)), float(min(audience, reached.sum()))
    live = (reached > 0).nonzero()[0]
    if not live.size:
        return TotalReach(0.0, 0.0, 0.0, 0.0, 0.0, np.eye(top + 1)[0] * audience, np.zeros(shown.shape))
    people = _People.of(shown[live] / audience, reached[live] / audience)
    if pair_reach is not None and live.size > 1:
        pairs = as_array("pair_reach", pair_reach, (shown.size, shown.size))[np.ix_(live, live)]
        correlation = people.correlation_for(float(np.triu(pairs, 1).sum()) / audience)
        correlation_range = (max(correlation - PAIR_SLACK, 0.0), min(correlation + PAIR_SLACK, 0.99))
    ends = [float(np.clip(audience * people.share(rho), floor, ceiling)) for rho in (correlation, *correlation_range)]
    unique = np.zeros(shown.shape)
    unique[live] = np.minimum(audience * people.alone(correlation), reached[live])
    return TotalReach(
        reach=ends[0],
        low=min(ends),
        high=max(ends),
        floor=floor,
        ceiling=ceiling,
        frequency=_scaled_to(people.contacts(correlation, top), ends[0], audience),
        unique=unique,
    )


def _check_people(shown: Array, reached: Array, audience: float) -> None:
    if not audience > 0 or (reached > audience * (1 + 1e-9)).any() or (reached > shown * (1 + 1e-9)).any():
        raise ValueError(
            f"reach: found {reached.tolist()} of {shown.tolist()} impressions and {audience} people, "
            "expected reach <= impressions and <= audience; check which audience the figures belong to"
        )


def _scaled_to(shares: Array, reach: float, audience: float) -> Array:
    """Shares of people by contacts as people: 0 contacts are all the others, the rest sum to `reach`."""
    seen = shares[1:].sum()
    return np.concatenate([[audience - reach], shares[1:] * (reach / seen if seen > 0 else 0.0)])


@dataclass(frozen=True, eq=False)
class _People:
    """Channels that reach somebody, per person of the audience: mean contacts, share reached, evenness (C,)."""

    mean: Array
    reached: Array
    evenness: Array

    @classmethod
    def of(cls, mean: Array, reached: Array) -> "_People":
        return cls(mean, np.minimum(reached, 1.0), evenness_of(mean, np.minimum(reached, 1 - 1e-12)))

    def rates(self, correlation: float) -> tuple[Array, Array, Array]:
        """Contacts expected (C, Z, E) at the nodes of z and e, and the nodes' weights (Z,), (E,)."""
        z, z_weight = np.polynomial.hermite_e.hermegauss(PEOPLE_NODES)
        e, e_weight = np.polynomial.hermite_e.hermegauss(CHANNEL_NODES)
        share = ndtr(np.sqrt(correlation) * z[:, None] + np.sqrt(1 - correlation) * e)
        even = self.evenness[:, None, None]
        rates = gammaincinv(even, share[None]) * self.mean[:, None, None] / even
        return rates, z_weight / z_weight.sum(), e_weight / e_weight.sum()

    def unseen(self, correlation: float) -> tuple[Array, Array]:
        """P(no contact | z) (C, Z), rescaled so that each channel's own reach is exact; weights (Z,)."""
        rates, z_weight, e_weight = self.rates(correlation)
        return self._exact(np.exp(-rates) @ e_weight, z_weight), z_weight

    def _exact(self, unseen: Array, weight: Array) -> Array:
        seen = 1 - unseen
        have, want = seen @ weight, self.reached
        fewer = seen * (want / np.maximum(have, 1e-300))[:, None]
        more = 1 - unseen * ((1 - want) / np.maximum(1 - have, 1e-300))[:, None]
        unseen = 1 - np.where((want <= have)[:, None], fewer, more)
        return np.minimum(np.maximum(unseen, 0.0), 1.0)

    def share(self, correlation: float) -> float:
        """Share of people reached by any channel."""
        unseen, weight = self.unseen(correlation)
        return float(1 - weight @ unseen.prod(axis=0))

    def alone(self, correlation: float) -> Array:
        """Share of people reached by this channel and no other (C,)."""
        unseen, weight = self.unseen(correlation)
        others = np.array([np.delete(unseen, c, axis=0).prod(axis=0) for c in range(len(unseen))])
        return np.asarray((1 - unseen) * others @ weight, dtype=np.float64)

    def pairs(self, correlation: float) -> float:
        """Sum over pairs of channels of the share of people reached by both."""
        unseen, weight = self.unseen(correlation)
        seen = 1 - unseen
        return float((seen.sum(axis=0) ** 2 - (seen**2).sum(axis=0)) @ weight / 2)

    def correlation_for(self, overlap: float) -> float:
        """The correlation in [0, .95] whose pair overlap is the given one; the nearer end outside."""
        ends = (self.pairs(0.0) - overlap, self.pairs(0.95) - overlap)
        if ends[0] >= 0 or ends[1] <= 0:
            return 0.0 if ends[0] >= 0 else 0.95
        return float(brentq(lambda rho: self.pairs(rho) - overlap, 0.0, 0.95, xtol=1e-6))

    def contacts(self, correlation: float, top: int) -> Array:
        """Share of people with 0, 1, .. top-or-more contacts (top + 1,): channels convolved given z."""
        rates, z_weight, e_weight = self.rates(correlation)
        counts = np.arange(top + 1)
        logs = counts * np.log(np.maximum(rates, 1e-300))[..., None] - rates[..., None] - gammaln(counts + 1)
        own = np.einsum("czek,e->czk", np.exp(logs), e_weight)
        exact = self._exact(own[..., 0], z_weight)
        own[..., 1:] *= ((1 - exact) / np.maximum(1 - own[..., 0], 1e-300))[..., None]
        own[..., 0] = exact
        total = np.zeros((PEOPLE_NODES, top + 1))
        total[:, 0] = 1.0
        for channel in own:
            total = np.stack([(total[:, : k + 1] * channel[:, k::-1]).sum(axis=1) for k in counts], axis=1)
        total[:, top] = np.maximum(1 - total[:, :top].sum(axis=1), 0.0)
        shares: Array = z_weight @ total
        return shares
