"""CPM, CTR and CPC of a line: any two give the third, and three that disagree are said."""

from dataclasses import dataclass
from typing import Literal

from budget.findings import Finding

TOLERANCE_SHARE = 0.02
"""Prices are typed rounded: a third figure within 2 % of the derived one agrees."""


@dataclass(frozen=True)
class Prices:
    """Money per 1,000 impressions, clicks per impression (a share), money per click; `derived` was computed."""

    cpm: float | None
    ctr: float | None
    cpc: float | None
    derived: Literal["cpm", "ctr", "cpc", ""] = ""
    finding: Finding | None = None


def complete_prices(cpm: float | None, ctr: float | None, cpc: float | None, *, where: str = "") -> Prices:
    """Fill in the missing one of `CPC = CPM / (1000 * CTR)`; 0 and None both mean "not given".

    Three that contradict each other by more than 2 %: CPM and CTR hold, and the finding PRICES_DISAGREE says so.
    """
    cpm, ctr, cpc = cpm or None, ctr or None, cpc or None
    if cpm and ctr:
        implied = cpm / (1000 * ctr)
        if cpc is None:
            return Prices(cpm, ctr, implied, "cpc")
        if abs(cpc / implied - 1) <= TOLERANCE_SHARE:
            return Prices(cpm, ctr, cpc)
        facts = {"cpc": cpc, "implied": implied, "cpm": cpm, "ctr": ctr}
        return Prices(cpm, ctr, implied, "cpc", Finding("PRICES_DISAGREE", "warn", where, facts))
    if cpm and cpc:
        return Prices(cpm, min(cpm / (1000 * cpc), 1.0), cpc, "ctr")
    if ctr and cpc:
        return Prices(1000 * ctr * cpc, ctr, cpc, "cpm")
    return Prices(cpm, ctr, cpc)
