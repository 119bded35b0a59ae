"""Draws from a density with a gradient: its mode, the shape around it, and many short Hamiltonian chains at once."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from models.arrays import Array

Density = Callable[[Array], tuple[Array, Array]]  # (N, P) -> log density (N,), gradient (N, P)

SUPERCHAINS, CHAINS = 8, 8  # chains of a superchain start at one point
FIRST, WARM, KEPT = 20, 8, 8
MORE, TRIES = 8, 6
LEAPFROGS = (4, 8)
STEP, JITTER, ACCEPTED = 0.35, 0.3, 0.8
HEAVY, OFFERED = 9, 64  # degrees of freedom of the points from which the superchains' starts are chosen
SETTLED_AT = 1.05
CLIMBS, ENOUGH, LONGEST = 200, 1e-6, 2.0  # steps to the mode; gain of a step that ends them; prior sd a step may go


@dataclass(frozen=True, eq=False)
class Sample:
    """Draws (64 x 8, P), whether the chains agree, and the nested R-hat that says so."""

    draws: Array
    settled: bool
    nested_rhat: float


def sample(density: Density, starts: Array, prior_sd: Array, *, rng: np.random.Generator) -> Sample:
    """Draws of a density over P parameters; `starts` (S, P) begin the search for its mode, `prior_sd` (P,)."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        mode = highest(density, starts, prior_sd)
        scale = _shape(density, mode, prior_sd)
        return _chains(density, mode, scale, rng)


def highest(density: Density, starts: Array, prior_sd: Array) -> Array:
    """The highest point (P,) reached: BFGS of all starts (S, P) at once, in units of `prior_sd`.

    A step that does not rise enough is tried again at a quarter; where the density is not finite nothing rises.
    """

    def at(points: Array) -> tuple[Array, Array]:
        value, slope = density(points * prior_sd)
        return np.where(np.isfinite(value), value, -np.inf), np.nan_to_num(slope * prior_sd, posinf=0.0, neginf=0.0)

    place = starts / prior_sd
    value, slope = at(place)
    inverse = np.repeat(np.eye(place.shape[1])[None], len(place), axis=0)
    share = np.ones(len(place))
    for _ in range(CLIMBS):
        way = np.matvec(inverse, slope)
        rise = np.vecdot(way, slope)
        if (rise < ENOUGH).all():
            break
        way *= (share * LONGEST / np.maximum(np.linalg.norm(way, axis=1), LONGEST))[:, None]
        new_value, new_slope = at(place + way)
        taken = (new_value >= value + 1e-4 * np.vecdot(way, slope)) & (rise >= ENOUGH)
        inverse[taken] = _bent(inverse[taken], way[taken], (slope - new_slope)[taken])
        place, slope = np.where(taken[:, None], place + way, place), np.where(taken[:, None], new_slope, slope)
        value, share = np.where(taken, new_value, value), np.where(taken, 1.0, share / 4)
    best: Array = place[value.argmax()] * prior_sd
    return best


def _bent(inverse: Array, way: Array, fall: Array) -> Array:
    """(S, P, P) inverse curvatures after steps `way` (S, P) on which the slope fell by `fall`: the BFGS formula."""
    along = np.vecdot(way, fall)
    moved = np.matvec(inverse, fall)
    good = along > 1e-10
    along = np.where(good, along, 1.0)[:, None, None]
    twice = way[:, :, None] * moved[:, None, :]
    size = (1 + np.vecdot(moved, fall)[:, None, None] / along) / along
    bent = inverse - (twice + twice.transpose(0, 2, 1)) / along + size * way[:, :, None] * way[:, None, :]
    out: Array = np.where(good[:, None, None], bent, inverse)
    return out


def _shape(density: Density, mode: Array, prior_sd: Array) -> Array:
    """(P, P) L with L L' = the inverse curvature at the mode; directions without any get the prior's width."""
    size = len(mode)
    shift = 1e-4 * np.eye(size)
    _, slopes = density(np.concatenate([mode + shift, mode - shift]))
    hessian = -(slopes[:size] - slopes[size:]) / 2e-4
    hessian = np.where(np.isfinite(hessian), hessian, 0.0)
    values, vectors = np.linalg.eigh((hessian + hessian.T) / 2)
    floor = 0.5 / prior_sd.max() ** 2
    scale: Array = vectors / np.sqrt(np.maximum(values, floor))
    return scale


def _chains(density: Density, mode: Array, scale: Array, rng: np.random.Generator) -> Sample:
    size = len(mode)

    def inner(points: Array) -> tuple[Array, Array]:
        value, slope = density(mode + points @ scale.T)
        return value, slope @ scale

    walk = _Walk(inner, np.repeat(_beginnings(inner, size, rng), CHAINS, axis=0), rng)
    for turn in range(FIRST):
        walk.move(adapt=turn < WARM)
    for again in range(TRIES + 1):
        kept = np.stack(walk.visited[-KEPT:], axis=1)
        rhat = nested_rhat(kept)
        if rhat < SETTLED_AT or again == TRIES:
            break
        for _ in range(MORE):
            walk.move(adapt=False)
    return Sample(mode + kept.reshape(-1, size) @ scale.T, bool(rhat < SETTLED_AT), rhat)


def _beginnings(density: Density, size: int, rng: np.random.Generator) -> Array:
    """(SUPERCHAINS, P) of many Student-t points, drawn without replacement by how much likelier the density finds them.

    A start far out, where the density falls steeply, would refuse every step that suits the others.
    """
    heavy = np.sqrt(HEAVY / rng.chisquare(HEAVY, (OFFERED, 1)))
    points = heavy * rng.standard_normal((OFFERED, size))
    proposed = -(HEAVY + size) / 2 * np.log1p((points**2).sum(axis=1) / HEAVY)
    value, _ = density(points)
    likelier = np.where(np.isfinite(value), value - proposed, -np.inf) + rng.gumbel(size=OFFERED)
    chosen: Array = points[np.argsort(-likelier, kind="stable")[:SUPERCHAINS]]
    return chosen


class _Walk:
    """All chains together, one common step; a move that meets a non-finite density is refused."""

    def __init__(self, density: Density, state: Array, rng: np.random.Generator) -> None:
        self.density, self.state, self.rng = density, state, rng
        self.value, self.slope = density(state)
        self.step, self.visited = STEP, list[Array]()

    def move(self, *, adapt: bool) -> None:
        """One Hamiltonian step of every chain: leapfrogs, then accepted or refused."""
        step = self.step * self.rng.uniform(1 - JITTER, 1 + JITTER)
        speed = self.rng.standard_normal(self.state.shape)
        energy = self.value - (speed**2).sum(axis=1) / 2
        place, slope = self.state, self.slope
        for _ in range(int(self.rng.integers(LEAPFROGS[0], LEAPFROGS[1] + 1))):
            speed = speed + step / 2 * slope
            place = place + step * speed
            value, slope = self.density(place)
            speed = speed + step / 2 * slope
        gained = value - (speed**2).sum(axis=1) / 2 - energy
        chance = np.where(np.isfinite(gained), np.exp(np.minimum(gained, 0.0)), 0.0)
        taken = self.rng.random(len(place)) < chance
        self.state = np.where(taken[:, None], place, self.state)
        self.slope = np.where(taken[:, None], slope, self.slope)
        self.value = np.where(taken, value, self.value)
        self.visited.append(self.state)
        if adapt:
            self.step = float(np.clip(self.step * np.exp(chance.mean() - ACCEPTED), 0.02, 1.5))


def nested_rhat(kept: Array) -> float:
    """The greatest nested R-hat of (chains, iterations, P): superchains of `CHAINS` that began at one point.

    Margossian et al. (2024): sqrt(1 + variance between superchains / variance within them).
    """
    groups = kept.reshape(SUPERCHAINS, CHAINS, *kept.shape[1:])
    chain = groups.mean(axis=2)
    between = chain.mean(axis=1).var(axis=0, ddof=1)
    within = (chain.var(axis=1, ddof=1) + groups.var(axis=2, ddof=1).mean(axis=1)).mean(axis=0)
    return float(np.sqrt(1 + between / np.maximum(within, 1e-300)).max())
