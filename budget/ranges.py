"""An uncertain figure as three numbers: low, likely, high (10 %, 50 %, 90 %)."""

from dataclasses import dataclass
from math import isfinite

from budget.errors import InvalidValue


@dataclass(frozen=True)
class Range:
    """Three numbers in order: `low <= likely <= high`, all finite and not negative.

    Raises `InvalidValue` otherwise.
    """

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        if not all(isfinite(x) and x >= 0 for x in (self.low, self.likely, self.high)):
            raise InvalidValue(f"range {self.low}, {self.likely}, {self.high}: expected numbers of 0 or more")
        if not self.low <= self.likely <= self.high:
            raise InvalidValue(f"range {self.low}, {self.likely}, {self.high}: expected low <= likely <= high")

    @classmethod
    def around(cls, likely: float, spread_share: float) -> "Range":
        """`likely` give or take a share of it: from `likely / (1 + s)` to `likely * (1 + s)`."""
        return cls(likely / (1 + spread_share), likely, likely * (1 + spread_share))

    @property
    def spread_share(self) -> float:
        """How far `high` lies above `likely`, as a share; 0 where likely is 0."""
        return self.high / self.likely - 1 if self.likely else 0.0

    def moved_to(self, likely: float) -> "Range":
        """The same proportions around another middle; a range around 0 becomes a point."""
        if not self.likely:
            return Range(likely, likely, likely)
        return Range(self.low * likely / self.likely, likely, self.high * likely / self.likely)
