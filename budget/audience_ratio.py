"""A rate as the ratio of two sums, with its denominator's name and the range that counting leaves open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.rates import count_range, share_range

FEW = 30
"""Fewer events than this show their range, not a colour."""
PEOPLE, SHOWN = ("reach",), ("impressions", "views")
BASES = ("reach", "impressions", "views", "followers")
"""Denominators from the best to the last resort."""


@dataclass(frozen=True)
class Ratio:
    """`top` events over `bottom` of `basis`; `per` 1,000 says them per thousand. A `share` can not pass 1."""

    top: int
    bottom: int
    basis: str
    per: int = 1
    share: bool = False

    @property
    def value(self) -> float | None:
        """None where nothing stands below."""
        return self.per * self.top / self.bottom if self.bottom > 0 else None

    @property
    def is_few(self) -> bool:
        """Whether too few events happened for a colour."""
        return self.top < FEW

    @property
    def span(self) -> tuple[float, float] | None:
        """8 of 10: where the true rate lies, as far as chance goes."""
        if self.bottom <= 0 or self.top < 0:
            return None
        if self.share and self.top <= self.bottom:
            low, high = share_range(self.top, self.bottom)
        else:
            low, high = count_range(self.top, self.bottom)
        return self.per * low, self.per * high


def whole(parts: Iterable[Ratio | None]) -> Ratio | None:
    """All parts as one ratio of sums; None without parts. Parts of one basis, `per` and kind."""
    known = [part for part in parts if part is not None]
    if not known:
        return None
    first = known[0]
    top, bottom = sum(part.top for part in known), sum(part.bottom for part in known)
    return Ratio(top, bottom, first.basis, first.per, first.share)


def by_week(
    tops: Sequence[int | None], bottoms: Sequence[int | None], basis: str, *, per: int = 1, share: bool = False
) -> tuple[Ratio | None, ...]:
    """One ratio a week, None where one of the two is not known."""
    return tuple(
        None if top is None or bottom is None else Ratio(top, bottom, basis, per, share)
        for top, bottom in zip(tops, bottoms, strict=True)
    )


def values(parts: Iterable[Ratio | None]) -> tuple[float | None, ...]:
    """The values for a drawing."""
    return tuple(None if part is None else part.value for part in parts)
