"""The forecast record week by week: the range of profit that was promised, and what came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd


@dataclass(frozen=True)
class JudgedWeek:
    """A week's programme profit in micros: 8 of 10 outcomes as forecast before its data, and the result."""

    week: date
    low_micros: int
    high_micros: int
    actual_micros: int

    @property
    def is_inside(self) -> bool:
        """Whether the result fell into the range."""
        return self.low_micros <= self.actual_micros <= self.high_micros


def judged_weeks(scores: pd.DataFrame) -> tuple[JudgedWeek, ...]:
    """Weeks with a result (`Store.scores`), each by the last forecast that was kept before its data; oldest first."""
    rows = scores[(scores["metric"] == "profit") & (scores["maturity"] > 0)]
    last = rows.sort_values("forecast_id").drop_duplicates("week_start", keep="last").sort_values("week_start")
    return tuple(_weeks(last))


def right(weeks: Sequence[JudgedWeek]) -> int:
    """How many results fell into their range."""
    return sum(week.is_inside for week in weeks)


def _weeks(rows: pd.DataFrame) -> Iterator[JudgedWeek]:
    for row in rows.to_dict("records"):
        figures = (row[name] for name in ("q10_micros", "q90_micros", "actual_micros"))
        yield JudgedWeek(pd.Timestamp(row["week_start"]).date(), *map(int, figures))
