"""Assumptions as data: what advertising costs and returns elsewhere, with region, year, source and confidence."""

from budget.benchmarks.combine import FLOORS, METRICS, TACTICS, Benchmark, range_for
from budget.benchmarks.figure import Confidence, Figure, figures
from budget.benchmarks.rates import Rate, factor, rates

__all__ = [
    "FLOORS", "METRICS", "TACTICS", "Benchmark", "Confidence", "Figure", "Rate", "factor", "figures", "range_for",
    "rates",
]  # fmt: skip
