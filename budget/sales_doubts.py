"""What must be said beside a sales model: each doubt as a finding with its facts."""

from collections.abc import Iterator

import numpy as np

from budget.findings import Fact, Finding
from budget.weekly_spend import WeeklySpend
from models import SalesFit

Array = np.ndarray
MOSTLY_PRIOR = "mostly prior"
YEAR_WEEKS = 52
LEVEL_PRIOR = 0.75
PRIOR_CONFLICT = 2.5
LOW_DURBIN_WATSON = 1.2
BELOW_ZERO = 0.5
LATE_EFFECT = 0.01


def doubts(fit: SalesFit, sold: Array, spend: WeeklySpend) -> tuple[Finding, ...]:
    """All that the gates of the model say; empty where nothing does. `sold` (T,): NaN where a week is not known."""
    return tuple(Finding(code, "warn", "sales", facts) for code, facts in _said(fit, sold, spend))


def _said(fit: SalesFit, sold: Array, spend: WeeklySpend) -> Iterator[tuple[str, dict[str, Fact]]]:
    known = int(np.isfinite(sold).sum())
    if not fit.settled:
        yield "SALES_UNSETTLED", {}
    if known < YEAR_WEEKS:
        yield "SALES_FEW_WEEKS", {"weeks": known, "more": YEAR_WEEKS - known}
    if fit.level_share > LEVEL_PRIOR:
        yield "SALES_LEVEL_PRIOR", {}
    prior = [c.key for c, evidence in zip(spend.channels, fit.evidence, strict=True) if evidence == MOSTLY_PRIOR]
    if prior:
        yield "SALES_MOSTLY_PRIOR", {"channels": ", ".join(prior), "count": len(prior)}
    if fit.prior_conflict > PRIOR_CONFLICT:
        yield "SALES_PRIOR_CONFLICT", {}
    if fit.durbin_watson < LOW_DURBIN_WATSON:
        yield "SALES_FOLLOW_ON", {}
    if fit.below_zero > BELOW_ZERO:
        yield "SALES_BELOW_ZERO", {"chance": fit.below_zero}
    if fit.stands_out:
        days = ", ".join(spend.weeks[t].isoformat() for t in fit.stands_out)
        yield "SALES_STANDS_OUT", {"weeks": days, "count": len(fit.stands_out)}
    if fit.late_effect < LATE_EFFECT:
        yield "SALES_LATE_EFFECT", {}
    if fit.s_shaped:
        steep = ", ".join(spend.channels[c].key for c in fit.s_shaped)
        yield "SALES_S_SHAPE", {"channels": steep, "count": len(fit.s_shaped)}
