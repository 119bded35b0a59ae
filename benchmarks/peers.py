"""`make peers`: our sales model beside pymc-marketing's on the same firms in the same run, from known truth.

`python -m benchmarks.peers [--write]` does it where pymc-marketing is installed; `--write` makes docs/peers.md.
"""

import resource
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks.accuracy import least_squares
from benchmarks.firms import REGIMES, Firm, firm
from models import MODEL_VERSION, fit_sales
from models.arrays import Array

ROOT = Path(__file__).parents[1]
FIRMS = 4
CLEAR = 3.18  # standard errors that chance exceeds in 5 of 100 cases with that many firms: Student's t
Fit = Callable[[Firm], Array]  # contributions in draws (D, C)
BESIDE = ("usual", "correlated", "short")
PEER = "pymc-marketing"
SAMPLER = "nutpie"
CARRY_OVER_WEEKS, HARMONICS = 8, 2  # those of the quick start of pymc-marketing
PAGE = ROOT / "docs" / "peers.md"
MISSING = (
    "pymc-marketing is not installed: run `make peers`, or `pip install --require-hashes -r requirements-peers.txt`.\n"
)
PAGE_TEXT = """# Beside pymc-marketing

Made by `make peers` on {today}: Payoff's sales model (version {ours}) and pymc-marketing {theirs}, both with numpy
{numpy}, in one process with linear algebra on one thread, on the same firms. All firms are simulated; nothing here is
measured on a real one. It takes some ten minutes of processor time and is part of neither `make test` nor `make
bench`; `requirements-peers.txt` is an environment of its own, so the application never has these packages.

{firms} firms a regime with 5 channels each, the first ones of [accuracy](accuracy.md), made by `benchmarks/firms.py`.
Error: mean of |median contribution / truth - 1|, with its standard error over firms. Cover: share of 90 % ranges that
hold the truth. CPU s: processor time of a fit, children included, median over firms. With claims: the platforms' own
figures, 1.4 times too high and uneven, are given too; pymc-marketing is not told them. Least squares has no ranges.

| regime | model | error | cover 90 % | CPU s |
|---|---|---|---|---|
{table}

Without claims, counted as different where the mean is beyond three standard errors (95 % for four firms):

{verdicts}

## What to hold against this comparison

- So few firms tell large differences only: a cover of {firms} x 5 ranges is uncertain by some .07, and neighbouring
  channels of a firm err together.
- The firms are ours. Spend decays over up to 13 weeks and saturates as `spend / (spend + half)`, which our model can
  be exactly and a logistic curve cannot; before the first week they spent what they spent on average, as our model
  assumes, while pymc-marketing assumes nothing was spent, which weighs more the fewer the weeks. Its curve of that
  form, `MichaelisMentenSaturation`, was tried as well on the usual firms: its default prior expects a channel at full
  height to bring twice the sales of the best week, and the mean error came out at 13.7 with a cover of .65 (tried
  once, on 2026-11-23). That says something about this prior and nothing about the curve, so it is not in the table.
- pymc-marketing runs as its quick start shows it: `MMM` of `pymc_marketing.mmm.multidimensional`,
  `GeometricAdstock(l_max=8)`, `LogisticSaturation()`, `yearly_seasonality=2`, a straight trend as control, its own
  priors and scaling; 1,000 steps of tuning and 1,000 draws a chain, {draws} draws a fit here (more chains on machines
  of more cores). Sampler: nutpie, the faster way that its documentation offers; PyMC's own, tried once on 2026-11-23,
  needed 174 CPU s for the first usual firm and came to the same error. What has to be compiled the first time is kept
  for later and hardly moves the median.
- Somebody who knows a firm would give pymc-marketing priors, lift tests, a baseline that moves; nobody did here.
- It does more than ours: several regions, hierarchies, other curves and likelihoods, any model that PyMC can say.
"""


@dataclass(frozen=True, eq=False)
class Judged:
    """Fits of F firms with C channels: |median / truth - 1| and whether the 90 % range holds it (F, C), CPU s (F,)."""

    error: Array
    held: npt.NDArray[np.bool_]
    cpu_s: Array
    draws: int

    @property
    def error_se(self) -> float:
        """Standard error of the mean error, firms being independent of each other and channels of one firm not."""
        return float(self.error.mean(axis=1).std(ddof=1) / np.sqrt(len(self.error)))


def judged(firms: list[Firm], fit: Fit) -> Judged:
    """Judge `fit` on each firm."""
    errors, held, took = [], [], []
    for one in firms:
        before = cpu_seconds()
        ratio = fit(one) / one.contribution
        took.append(cpu_seconds() - before)
        errors.append(np.abs(np.median(ratio, axis=0) - 1))
        low, high = np.quantile(ratio, [0.05, 0.95], axis=0)
        held.append((low <= 1) & (high >= 1))
        sys.stderr.write(f"{fit.__name__}: {np.mean(errors[-1]):.2f}, {took[-1]:.1f} CPU s\n")
    return Judged(np.stack(errors), np.stack(held), np.array(took), len(ratio))


def cpu_seconds() -> float:
    """CPU seconds of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def ours(one: Firm) -> Array:
    """From spend and sales alone."""
    return fit_sales(one.spend, one.sales, rng=np.random.default_rng(0)).contribution


def ours_with_claims(one: Firm) -> Array:
    """The platforms' own figures, 1.4 times too high and uneven, are given as well."""
    rng = np.random.default_rng(0)
    return fit_sales(one.spend, one.sales, rng=rng, attributed_roas=one.roas_claimed).contribution


def plain(one: Firm) -> Array:
    """One draw: least squares with fixed carry-over."""
    return least_squares(one)[None]


def peer(one: Firm) -> Array:
    """MMM of pymc-marketing as its quick start has it, its priors untouched."""
    parts = import_module("pymc_marketing.mmm")
    weeks = one.spend.shape[1]
    names = [f"x{number}" for number in range(len(one.spend))]
    table = pd.DataFrame(dict(zip(names, one.spend, strict=True)))
    table["date_week"] = pd.date_range("2023-01-02", periods=weeks, freq="7D")
    table["t"] = np.arange(weeks) / weeks
    mmm = import_module("pymc_marketing.mmm.multidimensional").MMM(
        date_column="date_week",
        channel_columns=names,
        control_columns=["t"],
        adstock=parts.GeometricAdstock(l_max=CARRY_OVER_WEEKS),
        saturation=parts.LogisticSaturation(),
        yearly_seasonality=HARMONICS,
    )
    sales = pd.Series(one.sales, name="y")
    with redirect_stdout(sys.stderr):
        found = mmm.fit(table, sales, progressbar=False, random_seed=0, nuts_sampler=SAMPLER)
    whole = found["posterior"]["channel_contribution"].sum("date").transpose("chain", "draw", "channel")
    scale = float(found["constant_data"]["target_scale"].to_numpy().item())
    return scale * np.asarray(whole, dtype=np.float64).reshape(-1, len(names))


MODELS: tuple[tuple[str, Fit], ...] = (
    ("Payoff", ours),
    ("Payoff, with claims", ours_with_claims),
    (PEER, peer),
    ("least squares", plain),
)


def rows(regime: str, found: dict[str, Judged]) -> list[str]:
    """One line a model."""
    lines = []
    for name, one in found.items():
        cover = f"{one.held.mean():.2f}" if one.draws > 1 else "none"
        cost = f"{np.median(one.cpu_s):.2f}" if one.draws > 1 else "0.00"
        lines.append(f"| {regime} | {name} | {one.error.mean():.2f} ± {one.error_se:.2f} | {cover} | {cost} |")
    return lines


def verdict(regime: str, found: dict[str, Judged]) -> str:
    """Who is nearer to the truth, in one sentence."""
    mine, other = found["Payoff"], found[PEER]
    nearer = int((mine.error < other.error).sum())
    gap = (mine.error - other.error).mean(axis=1)
    se = gap.std(ddof=1) / np.sqrt(len(gap))
    ahead = "Payoff nearer" if gap.mean() < 0 else f"{PEER} nearer"
    said = ahead if abs(gap.mean()) > CLEAR * se else "no clear difference"
    return (
        f"- {regime}: {said} (error of Payoff less that of {PEER}: {gap.mean():+.2f} ± {se:.2f}; nearer in {nearer} of "
        f"{mine.error.size} channels)."
    )


def page() -> str:
    """The whole report as Markdown."""
    table, verdicts, draws = [], [], 0
    for regime in (one for one in REGIMES if one.name in BESIDE):
        firms = [firm(regime, seed) for seed in range(FIRMS)]
        found = {name: judged(firms, fit) for name, fit in MODELS}
        table += rows(regime.name, found)
        verdicts.append(verdict(regime.name, found))
        draws = found[PEER].draws
    return PAGE_TEXT.format(
        today=f"{datetime.now(UTC):%Y-%m-%d}",
        ours=MODEL_VERSION,
        theirs=version("pymc-marketing"),
        numpy=np.__version__,
        firms=FIRMS,
        draws=draws,
        table="\n".join(table),
        verdicts="\n".join(verdicts),
    )


def main(arguments: list[str]) -> int:
    """Print the report; 2 where pymc-marketing is missing."""
    if find_spec("pymc_marketing") is None:
        sys.stderr.write(MISSING)
        return 2
    report = page()
    sys.stdout.write(report)
    if "--write" in arguments:
        PAGE.write_text(report, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
