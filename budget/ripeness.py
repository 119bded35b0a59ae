"""How conversions arrive: which share of a day's and of a week's has been reported, platform by platform."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd

from budget.money import MICROS
from budget.weeks import Period
from models import completeness

Array = np.ndarray
HORIZON_DAYS = 28
RIPE = 0.8
"""What rests on conversions is judged once this share of them has arrived."""
LOOKED_BACK_DAYS = 120
LEAST = 0.05
"""A week is never taken for emptier: dividing by less would make one conversion into many."""


@dataclass(frozen=True, eq=False)
class Ripeness:
    """By platform: the share of a day's conversions that has arrived by its age in days, and the moment of the data.

    `days` has those platforms alone of which some day was looked at twice: the share of each of their days that had
    arrived at the last look at it, 1 where nobody knows when that was. `ranges` holds 8 of 10 outcomes of `shares`.
    """

    shares: Mapping[str, Array]
    as_of: Mapping[str, datetime]
    days: Mapping[str, Mapping[date, float]] = field(default_factory=dict)
    ranges: Mapping[str, tuple[Array, Array]] = field(default_factory=dict)

    def of_week(self, platform: str, week: date) -> float:
        """The share of a week's conversions that has arrived; 0 for a platform that was never looked at."""
        if platform not in self.as_of:
            return 0.0
        known = self.days.get(platform, {})
        return float(np.mean([known.get(day, self._by_age(platform, day)) for day in _days(week)]))

    def _by_age(self, platform: str, day: date) -> float:
        age, shares = (self.as_of[platform].date() - day).days, self.shares[platform]
        return float(shares[min(age, len(shares) - 1)]) if age >= 0 else 0.0

    def reported(self, weeks: Sequence[date], within: Period | None = None) -> dict[str, tuple[float, ...]]:
        """Shares of weeks by platform, each between `LEAST` and 1, over the days (`within`) that were exported.

        Left out: platforms of which no day was ever looked at twice. Nothing tells how their conversions arrive.
        """
        days = self.days
        if within is not None:
            days = {
                p: {day: x for day, x in row.items() if within.start <= day < within.end} for p, row in days.items()
            }
        return {platform: tuple(_share(known, week) for week in weeks) for platform, known in days.items()}


def _days(week: date) -> Iterator[date]:
    return (week + timedelta(days=n) for n in range(7))


def _share(known: Mapping[date, float], week: date) -> float:
    found = [known[day] for day in _days(week) if day in known]
    return float(np.clip(np.mean(found), LEAST, 1.0)) if found else 1.0


def ripeness(snapshots: pd.DataFrame, coverage: pd.DataFrame, *, seed: tuple[int, ...]) -> Ripeness:
    """How conversions arrive, from `Store.snapshots` (sure looks alone) and `Store.coverage`.

    A platform seen only once rests on the usual delay (MODELS, maturity).
    """
    newest = coverage.groupby("platform")["newest_as_of"].min()
    as_of = {str(platform): pd.Timestamp(at).to_pydatetime() for platform, at in newest.items()}
    shares, days, ranges = {}, {}, {}
    for n, platform in enumerate(sorted(as_of)):
        mine = snapshots[snapshots["platform"] == platform]
        age, reported = _triangle(mine[mine["as_of_sure"].astype(bool)])
        rng = np.random.default_rng((*seed, 3, n))
        found = completeness(age, reported, horizon=HORIZON_DAYS, rng=rng)
        shares[platform], ranges[platform] = found.share, (found.low, found.high)
        if _seen_twice(age):
            days[platform] = _last_looks(mine, shares[platform])
    return Ripeness(shares, as_of, days, ranges)


def _triangle(rows: pd.DataFrame) -> tuple[Array, Array]:
    """Ages in days and counts (looks, dates): a column for each day of an account, level and setting."""
    if rows.empty:
        return np.full((1, 0), np.nan), np.full((1, 0), np.nan)
    days, looks = _dated(rows)
    recent = (days >= days.max() - pd.Timedelta(days=LOOKED_BACK_DAYS)).to_numpy(bool)
    kept, days, looks = rows[recent], days[recent], looks[recent]
    keys = ["account_id", "entity_level", "attribution_setting"]
    column = pd.MultiIndex.from_frame(kept[keys].fillna("").astype(str).assign(day=days)).factorize()[0]
    row = looks.factorize(sort=True)[0]
    shape = (row.max() + 1, column.max() + 1)
    age, reported = np.full(shape, np.nan), np.full(shape, np.nan)
    age[row, column] = (looks.dt.normalize() - days).dt.days.clip(lower=0)
    reported[row, column] = kept["conversions_micros"].astype("Float64").to_numpy(float, na_value=np.nan) / MICROS
    return age, reported


def _dated(rows: pd.DataFrame) -> tuple["pd.Series[pd.Timestamp]", "pd.Series[pd.Timestamp]"]:
    """Days, and the moments at which they were looked at."""
    return pd.to_datetime(rows["date_day"]), pd.to_datetime(rows["as_of"], utc=True).dt.tz_localize(None)


def _seen_twice(age: Array) -> bool:
    """Whether a day was looked at again while its conversions may still have been arriving."""
    young = np.where(age <= HORIZON_DAYS, age, np.nan)
    known = np.isfinite(age).sum(axis=0) >= 2
    return bool((known & np.isfinite(young).any(axis=0)).any())


def _last_looks(rows: pd.DataFrame, shares: Array) -> dict[date, float]:
    """The share of each day that had arrived at the last look at it: the mean over accounts."""
    days, looks = _dated(rows)
    seen = pd.DataFrame(
        {"account": rows["account_id"].fillna(""), "day": days, "look": looks, "sure": rows["as_of_sure"]}
    )
    last = seen.sort_values("look").drop_duplicates(["account", "day"], keep="last")
    age = (last["look"].dt.normalize() - last["day"]).dt.days.clip(0, len(shares) - 1).to_numpy(int)
    share = np.where(last["sure"].astype(bool), shares[age], 1.0)
    mean = pd.Series(share, index=last["day"]).groupby(level=0).mean()
    return {pd.Timestamp(day).date(): float(x) for day, x in mean.items()}  # type: ignore[arg-type]  # days by construction
