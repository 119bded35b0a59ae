"""What the firm pays for a thousand views of its ads: the price at which free reach is valued."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from budget.actuals import UNMATCHED, Actuals
from budget.plan import StoredPlan

Said = Literal["own", "plan"]
VIEWS = 1_000


@dataclass(frozen=True)
class Price:
    """Micros of the plan's currency for so many ad views; `said` by the firm's own delivery or by its plan."""

    micros: int
    views: int
    said: Said

    def worth(self, people: int) -> int:
        """Micros for so many views, one for each person, rounded once."""
        return round(people * Fraction(self.micros, self.views))


@dataclass(frozen=True)
class Prices:
    """Own delivery by platform and week, (spend micros, impressions), and the plan's price where nothing ran."""

    weeks: Mapping[tuple[str, date], tuple[int, int]]
    planned: Mapping[str, tuple[int, int]]

    def price(self, platform: str, weeks: Sequence[date], *, fallback: Sequence[date] = ()) -> Price | None:
        """Of these weeks' own delivery, else of `fallback`'s, else as planned; None where nothing is known."""
        for asked in (weeks, fallback):
            cells = [self.weeks.get((platform, week), (0, 0)) for week in asked]
            spend, views = sum(cell[0] for cell in cells), sum(cell[1] for cell in cells)
            if spend > 0 and views > 0:
                return Price(spend, views, "own")
        known = self.planned.get(platform)
        return Price(*known, "plan") if known else None


def prices_of(plan: StoredPlan, actuals: Actuals) -> Prices:
    """Spend and impressions of all campaigns of a platform, matched or not; the plan's as ratio of its sums."""
    platforms = {line.line_key: line.platform for line in plan.lines}
    weeks: dict[tuple[str, date], tuple[int, int]] = {}
    for key, row in actuals.measures.items():
        platform = key.removeprefix(UNMATCHED) if key.startswith(UNMATCHED) else platforms.get(key, "")
        for week, cell in zip(actuals.weeks, row, strict=True):
            if cell.spend_micros is not None and cell.impressions is not None:
                spend, views = weeks.get((platform, week), (0, 0))
                weeks[platform, week] = (spend + cell.spend_micros, views + cell.impressions)
    return Prices(weeks, _planned(plan))


def _planned(plan: StoredPlan) -> dict[str, tuple[int, int]]:
    cpm = {a.scope: a.likely for a in plan.assumptions if a.key == "cpm" and a.likely > 0}
    found: dict[str, tuple[int, int]] = {}
    for line in plan.lines:
        if line.line_key in cpm and line.budget_micros > 0:
            views = round(line.budget_micros / 1e6 / cpm[line.line_key] * VIEWS)
            spend, before = found.get(line.platform, (0, 0))
            found[line.platform] = (spend + line.budget_micros, before + views)
    return {platform: (spend, views) for platform, (spend, views) in found.items() if views > 0}
