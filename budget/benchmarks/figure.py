"""One figure as its source gives it, read from `figures/*.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any, Literal

from budget.errors import InvalidValue

Unit = Literal["money", "share", "ratio", "count"]
Confidence = Literal["very_low", "low", "medium", "high"]
CONFIDENCES: tuple[Confidence, ...] = ("very_low", "low", "medium", "high")
ANY = "any"
ASSUMPTION: Literal["assumption"] = "assumption"
DATA = Path(__file__).parent


@dataclass(frozen=True)
class Figure:
    """A range or point that somebody published, or that we assume (`status == "assumption"`).

    `low`, `likely`, `high` are as given; what the source leaves out is None, at least one is there. `unit` `money` is
    in `currency`; a `share` is 0 to 1, never percent. `objective` `all` fits every tactic; `platform` `any` every
    platform. `regions` are lower-case country codes or `eu`, `global`, `amer`, `emea`, `apac`, `unknown`.
    """

    platform: str
    objective: str
    regions: tuple[str, ...]
    metric: str
    unit: Unit
    year: str
    status: str
    confidence: Confidence
    source: str
    low: float | None = None
    likely: float | None = None
    high: float | None = None
    currency: str = ""
    sample: str = ""
    definition: str = ""
    note: str = ""
    url: str = ""

    @property
    def assumed(self) -> bool:
        """Whether this is our assumption: nobody has published it."""
        return self.status == ASSUMPTION

    @property
    def span(self) -> tuple[float, float, float]:
        """Low, likely, high with what is missing filled in: the geometric middle, or the outermost point given."""
        given = [x for x in (self.low, self.likely, self.high) if x is not None]
        low, high = min(given), max(given)
        return low, self.likely if self.likely is not None else sqrt(low * high), high


@cache
def figures() -> tuple[Figure, ...]:
    """All figures of `figures/*.toml`, by file name and place in it."""
    paths = sorted((DATA / "figures").glob("*.toml"))
    return tuple(figure_of(row) for path in paths for row in tomllib.loads(path.read_text("utf-8"))["figure"])


def figure_of(row: Mapping[str, Any]) -> Figure:
    """The figure of one TOML table. Raises `InvalidValue` for one without a number or with numbers out of order."""
    figure = Figure(**{**row, "regions": tuple(row["regions"])})
    given = [x for x in (figure.low, figure.likely, figure.high) if x is not None]
    if not given or given != sorted(given) or given[0] <= 0:
        raise InvalidValue(f"{figure.platform} {figure.metric}: found {given}, expected numbers above 0 in order")
    return figure
