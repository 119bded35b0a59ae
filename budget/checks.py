"""What in a forecast deserves a look before the plan is locked."""

import numpy as np

from budget.findings import Finding
from budget.forecast import Forecast
from budget.measures import total
from budget.objectives import CHANCE_LOW

LEARNING_RESULTS_WEEK = 50.0
"""About what an ad set needs a week before a platform's delivery settles."""
FREQUENCY_WEEK = 6.0


def check_forecast(found: Forecast) -> tuple[Finding, ...]:
    """Warnings about lines that cannot learn, people shown too much, and goals out of reach; worst first."""
    findings = list(found.findings)
    if found.p_target is not None and found.p_target < CHANCE_LOW:
        findings.append(Finding("TARGET_UNLIKELY", "warn", "goal", {"chance": found.p_target}))
    for line in found.lines:
        active = [m for m in found.likely.measures[line.line_key] if m.spend_micros]
        orders = (total(active).conversions or 0.0) / max(len(active), 1)
        if 0 < orders < LEARNING_RESULTS_WEEK and line.objective_key in ("sales", "leads", ""):
            findings.append(Finding("LOW_RESULTS", "info", line.line_key, {"results": orders}))
        reached = found.fans["reach", line.line_key].mid[-1]
        shown = float(np.sum(found.fans["impressions", line.line_key].mid))
        weekly = shown / reached / max(len(active), 1) if reached else 0.0
        if weekly > FREQUENCY_WEEK:
            findings.append(Finding("FREQUENCY_HIGH", "warn", line.line_key, {"frequency": weekly}))
    return tuple(findings)
