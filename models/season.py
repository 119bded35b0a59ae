"""What is known beforehand of single weeks: multipliers of conversions a click and of the price."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.arrays import Array, as_array


@dataclass(frozen=True, eq=False)
class Season:
    """Multipliers > 0 by channel and week (C, T): `demand` of conversions a click, `price` of what impressions cost.

    A usual week has 1 and 1; with ones everywhere every result is bit for bit what it is without a season.
    """

    demand: Array
    price: Array

    def __post_init__(self) -> None:
        demand = factors("demand", self.demand, (None, None))
        object.__setattr__(self, "demand", demand)
        object.__setattr__(self, "price", factors("price", self.price, demand.shape))

    @classmethod
    def usual(cls, channels: int, weeks: int) -> "Season":
        """Nothing known: 1 everywhere."""
        return cls(np.ones((channels, weeks)), np.ones((channels, weeks)))

    @property
    def is_usual(self) -> bool:
        """Whether it changes nothing."""
        return bool((self.demand == 1).all() and (self.price == 1).all())

    def weeks(self, places: npt.ArrayLike) -> "Season":
        """The multipliers of some weeks, by their places."""
        at = np.asarray(places, dtype=np.intp)
        return Season(self.demand[:, at], self.price[:, at])


def factors(name: str, values: npt.ArrayLike, shape: tuple[int | None, ...]) -> Array:
    """Values as multipliers > 0 of that shape; `ValueError` otherwise."""
    found = as_array(name, values, shape)
    if not (found > 0).all():
        raise ValueError(f"{name}: found {float(found.min())}, expected multipliers > 0; 1 is a usual week")
    return found
