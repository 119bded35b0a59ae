"""What a channel delivered in some time: additive integers, and the ratios that come from their sums."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from math import sqrt


@dataclass(frozen=True)
class Measures:
    """Sums of a channel and period; None is "nobody said", never 0. Money and conversions are micros.

    `roas` is attributed order value over spend as platforms report them; `cpm`, `cpc`, `cpa` in major units.
    """

    spend_micros: int | None = None
    impressions: int | None = None
    clicks: int | None = None
    conversions_micros: int | None = None
    value_micros: int | None = None

    def __add__(self, other: "Measures") -> "Measures":
        """Sums; what neither side says stays unknown."""
        return Measures(*(_add(getattr(self, f.name), getattr(other, f.name)) for f in fields(self)))

    @property
    def spend(self) -> float | None:
        """Spend in major units."""
        return _ratio(self.spend_micros, 1_000_000)

    @property
    def conversions(self) -> float | None:
        """Conversions as a number."""
        return _ratio(self.conversions_micros, 1_000_000)

    @property
    def cpm(self) -> float | None:
        """Major units per 1,000 impressions."""
        return _ratio(self.spend_micros, self.impressions, 1e-3)

    @property
    def ctr(self) -> float | None:
        """Clicks per impression, a share."""
        return _ratio(self.clicks, self.impressions)

    @property
    def cpc(self) -> float | None:
        """Major units per click."""
        return _ratio(self.spend_micros, self.clicks, 1e-6)

    @property
    def cvr(self) -> float | None:
        """Conversions per click, a share."""
        return _ratio(self.conversions_micros, self.clicks, 1e-6)

    @property
    def cpa(self) -> float | None:
        """Major units per conversion."""
        return _ratio(self.spend_micros, self.conversions_micros)

    @property
    def roas(self) -> float | None:
        """Attributed order value per money spent."""
        return _ratio(self.value_micros, self.spend_micros)

    @property
    def cpa_range(self) -> tuple[float, float] | None:
        """About 8 of 10 outcomes of `cpa` by counting chance of the conversions; None below one conversion."""
        if not self.conversions or self.conversions < 1 or self.cpa is None:
            return None
        spread = 1.2816 / sqrt(self.conversions)
        return self.cpa / (1 + spread), self.cpa / max(1 - spread, 0.1)


def total(parts: Iterable[Measures]) -> Measures:
    """The sum of all; of nothing, everything unknown."""
    return sum(parts, Measures())


def _add(a: int | None, b: int | None) -> int | None:
    return b if a is None else a if b is None else a + b


def _ratio(above: int | None, below: int | None, scale: float = 1.0) -> float | None:
    return None if above is None or not below else above / below * scale
