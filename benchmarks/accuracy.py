"""`python benchmarks/accuracy.py [--write]`: are the models right, are their ranges honest, what does a mistake cost.

Everything is simulated from known truth. `--write` puts the tables into docs/accuracy.md.
"""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from scipy.optimize import nnls

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.calibration import Calibration, funnel_calibration, sales_calibration  # noqa: E402  folder made known
from benchmarks.firms import REGIMES, WEEKS, Firm, Regime, firm  # noqa: E402  as above
from models import MODEL_VERSION, ResponseTable, SalesFit, allocate, fit_sales, learn_funnel  # noqa: E402  as above
from models.arrays import Array  # noqa: E402  as above
from tests.models.test_learning import world  # noqa: E402  as above

FIRMS = 16
LATE, FOLLOWS, BELOW_ZERO, YEAR = 0.01, 1.2, 0.5, 52
HONEST = 0.85
GRID = np.linspace(0, 1, 33) ** 1.5
PAGE = ROOT / "docs" / "accuracy.md"


def regime_row(regime: Regime) -> str:
    """Error, coverage, what is said to be mostly prior, loss of staying and of following the advice."""
    errors, plain, covered, quiet, lost, stayed, told = [], [], [], [], [], [], []
    for seed in range(FIRMS):
        one = firm(regime, seed)
        claims = one.roas_claimed if regime.claims else None
        fit = fit_sales(one.spend, one.sales, rng=np.random.default_rng(seed), attributed_roas=claims)
        ratio = fit.contribution / one.contribution
        errors.append(np.abs(np.median(ratio, axis=0) - 1))
        plain.append(np.abs(least_squares(one) / one.contribution - 1))
        low, high = np.quantile(ratio, [0.05, 0.95], axis=0)
        covered.append((low <= 1) & (high >= 1))
        quiet.append([name == "mostly prior" for name in fit.evidence])
        told.append(warned(one, fit))
        loss, stay = regret(one, fit.response)
        lost.append(loss)
        stayed.append(stay)
    return (
        f"| {regime.name} | {np.mean(errors):.2f} | {np.mean(plain):.2f} | {np.mean(covered):.2f} | "
        f"{np.mean(quiet):.0%} | {np.mean(stayed):.1%} | {np.mean(lost):.1%} | {np.mean(told):.0%} |"
    )


def weak_spots(rows: list[str]) -> str:
    """Regimes whose 90 % ranges hold less than 85 %, and whether the screen says so there."""
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    found = [f"{row[0]} ({row[3]}, warned {row[7]})" for row in cells if float(row[3]) < HONEST]
    return f"Weak, where 90 % ranges hold less than {HONEST:.0%}: {', '.join(found) or 'nowhere'}."


def warned(one: Firm, fit: SalesFit) -> bool:
    """Whether the screen warns of this fit as a whole (budget/sales_doubts.py): short, odd, late, unsettled."""
    odd = fit.stands_out or fit.late_effect < LATE or fit.durbin_watson < FOLLOWS or fit.below_zero > BELOW_ZERO
    return bool(odd or not fit.settled or one.spend.shape[1] < YEAR or "mostly prior" in fit.evidence)


def regret(one: Firm, response: object) -> tuple[float, float]:
    """Share of the best split's true worth that the advised split, and today's, leave on the table."""
    now = one.spend.mean(axis=1, keepdims=True)
    grid = 2 * now * GRID
    budget = float(now.sum())
    truth = ResponseTable(grid, one.brings(grid)[None])
    best = one.brings(allocate(truth, budget, current=now, rule="mean").spend).sum()
    advised = allocate(ResponseTable(grid, response(grid)), budget, current=now)  # type: ignore[operator]  # a function
    return tuple(float(1 - one.brings(split).sum() / best) for split in (advised.spend, now))  # type: ignore[return-value]  # two


def least_squares(one: Firm) -> Array:
    """(C,): contribution by the usual spreadsheet way: sales on halfway carried-over spend and a yearly wave."""
    time_ = np.arange(one.spend.shape[1])
    stock = np.zeros_like(one.spend)
    for week in time_:
        stock[:, week] = 0.5 * (stock[:, week - 1] if week else one.spend.mean(axis=1)) + 0.5 * one.spend[:, week]
    angle = 2 * np.pi * time_ / 52.18
    wave = np.stack([np.sin(angle), -np.sin(angle), np.cos(angle), -np.cos(angle)])
    columns = np.vstack([stock, np.ones_like(time_)[None], time_[None] / WEEKS, wave])
    found, _ = nnls(columns.T, one.sales)
    brought: Array = np.maximum(found[: len(stock)] * stock.sum(axis=1), 1e-9)
    return brought


def speed_rows() -> list[str]:
    """CPU seconds on one thread, and as a multiple of a fixed piece of work in the same run."""
    unit = min(seconds(work) for _ in range(3))
    rows = []
    for weeks, channels in ((26, 2), (104, 5), (156, 10)):
        rng = np.random.default_rng(1)
        spend = rng.lognormal(7, 0.5, (channels, weeks))
        sales = 5 * spend.sum(axis=0).mean() + spend.sum(axis=0) * rng.uniform(0.9, 1.1, weeks)
        took = min(seconds(lambda s=spend, y=sales: fit_sales(s, y, rng=np.random.default_rng(2))) for _ in range(3))
        rows.append(f"| fit_sales, {channels} channels x {weeks} weeks | {took:.2f} | {took / unit:.1f} |")
    prior, _, seen = world(1, 50)
    took = min(seconds(lambda: learn_funnel(seen, prior, rng=np.random.default_rng(1))) for _ in range(3))
    rows.append(f"| learn_funnel, 5 channels x 50 weeks | {took:.2f} | {took / unit:.1f} |")
    table, plan = wide_table(20, 52, 1000)
    for rule in ("mean", "gain_cvar"):
        split = allocate(table, float(plan.sum()), current=plan, rule=rule)
        took = min(seconds(lambda r=rule: allocate(table, float(plan.sum()), current=plan, rule=r)) for _ in range(3))
        name = f"allocate {rule}, 20 channels x 52 weeks x 1000 draws (gap {split.gap:.0e})"
        rows.append(f"| {name} | {took:.2f} | {took / unit:.1f} |")
    return rows


def wide_table(channels: int, weeks: int, draws: int) -> tuple[ResponseTable, Array]:
    """A table of saturating curves and an uneven plan."""
    rng = np.random.default_rng(3)
    top = rng.uniform(500, 3000, (channels, 1))
    grid = top * np.linspace(0, 1, 97) ** 1.5
    half = top * rng.uniform(0.1, 0.6, (channels, 1)) * np.exp(0.4 * rng.standard_normal((draws, channels, 1)))
    worth = half * rng.uniform(1, 4, (channels, 1)) * grid / (grid + half)
    return ResponseTable(grid, worth), top * 0.4 * rng.uniform(0.8, 1.2, (channels, weeks))


def work() -> None:
    """A fixed piece of work: exponentials and a product of 500 x 500 numbers, a few times."""
    square = np.linspace(0, 1, 250_000).reshape(500, 500)
    for _ in range(5):
        square = np.exp(-square) @ square / 500


def seconds(call: object) -> float:
    """CPU seconds of a call."""
    start = time.process_time()
    call()  # type: ignore[operator]  # a function without arguments
    return time.process_time() - start


def calibration_row(name: str, one: Calibration) -> str:
    """One quantity's ranks and coverage."""
    return (
        f"| {name} | {one.sets} | {one.chi_square:.1f} | {one.cover(0.5):.2f} | {one.cover(0.8):.2f} | "
        f"{one.cover(0.9):.2f} |"
    )


def page() -> str:
    """The whole report as Markdown."""
    regimes = [regime_row(regime) for regime in REGIMES]
    parts = [
        "# Accuracy",
        f"Made by `python benchmarks/accuracy.py --write` on {datetime.now(UTC):%Y-%m-%d}, model version "
        f"{MODEL_VERSION}. All firms are simulated; nothing here is measured on a real one.",
        "## Calibration: does truth fall where the ranges say?",
        "Truth drawn from the prior, data simulated, the model fitted, the truth's rank among the draws counted. Ranks "
        "of an honest model are even: chi-square over ten bins (9 degrees of freedom) is below 16.9 in 19 of 20 cases.",
        "| quantity | data sets | chi-square | 50 % range | 80 % | 90 % |\n|---|---|---|---|---|---|",
        *(calibration_row(f"sales model: {name}", one) for name, one in sales_calibration().items()),
        *(calibration_row(f"funnel: {name}", one) for name, one in funnel_calibration().items()),
        "## Sales model outside its own family",
        f"{FIRMS} firms a line, 5 channels, 104 weeks unless short; carry-over that may peak late, half-saturation of "
        "another form, noise that follows itself. Error: mean of |median contribution / truth - 1|; beside it least "
        "squares with fixed carry-over. Cover: share of 90 % ranges that hold the truth. Loss: what today's split and "
        "the advised one leave of the best split's true worth. "
        "Warned: firms in which the screen says that weeks are few, stand out or follow each other, that media works "
        "late, or that some channel is mostly prior.",
        "| regime | error | least squares | cover 90 % | mostly prior | loss of staying | loss of advice | warned |\n"
        "|---|---|---|---|---|---|---|---|",
        *regimes,
        weak_spots(regimes),
        "## Speed",
        "CPU seconds, best of three, and as a multiple of a fixed numpy workload in the same run.",
        "| call | CPU s | multiple |\n|---|---|---|",
        *speed_rows(),
    ]
    out = ""
    for before, part in zip(["", *parts], parts, strict=False):
        out += ("\n" if before.startswith("|") and part.startswith("|") else "\n\n" if before else "") + part
    return out + "\n"


if __name__ == "__main__":
    report = page()
    sys.stdout.write(report)
    if "--write" in sys.argv:
        PAGE.write_text(report, "utf-8")
