"""Which alerts hold: one rule each, from what `budget.watch` has read; money first, no judgement on unripe days."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from budget.alert_tracking import FEWEST_RESULTS, tracking_alerts
from budget.alerts import Alert, Code
from budget.findings import Fact
from budget.money import MICROS, micros
from budget.objectives import MONEY_KPIS
from budget.pacing import Pacing
from budget.watch import Watch
from budget.weeks import DAY

FEWEST_DAYS = 3
"""Days of data before a pace is judged: the first days of a flight jump."""
OUT_WITHIN = timedelta(days=14)
"""Money that ends later than this is not about to end."""
EARLY_BY = timedelta(days=3)
"""Money that ends in the last days of a flight is spent as meant."""
STILL_NEWS = timedelta(days=35)
"""What pages did before that is no news."""
LOW_CHANCE, FALL = 0.5, 0.2


def alerts_of(of: Watch) -> tuple[Alert, ...]:
    """All alerts that hold, in no order."""
    money = [*_out(of)]
    ending = {_platform_of(of, alert.where) for alert in money}
    return (
        *money,
        *(alert for alert in _paces(of) if alert.code == "PACING_UNDER" or alert.where not in ending),
        *_goal(of),
        *tracking_alerts(of),
        *_pages(of),
    )


def _paces(of: Watch) -> Iterator[Alert]:
    """Platforms whose projected end lies outside the band."""
    for found in of.platforms:
        off = found.projected_micros - found.budget_micros
        agrees = off > 0 if found.state == "over" else off < 0
        if of.whole and found.state != "on" and agrees and found.budget_micros and _can_move(of, of.whole):
            code: Code = "PACING_OVER" if off > 0 else "PACING_UNDER"
            facts: dict[str, Fact] = {
                "platform": found.platform, "share": abs(off) / found.budget_micros, "off_micros": abs(off),
                "budget_micros": found.budget_micros, "suggested_micros": found.suggested_micros,
            }  # fmt: skip
            yield Alert(code, "warn", found.platform, facts, abs(off), "review", abs(off))


def _can_move(of: Watch, found: Pacing) -> bool:
    """Whether enough days are known, and some day is left on which another sum can be spent."""
    return found.days_done >= FEWEST_DAYS and found.days_left > 0 and found.days[-1] >= of.today


def _out(of: Watch) -> Iterator[Alert]:
    """Lines, and the whole plan, whose money ends well before their last day."""
    named = {"": of.whole} if of.whole else {}
    for key, found in (named | dict(sorted(of.lines.items()))).items():
        end = found.days[-1]
        day = _last_day_with_money(found)
        if day is None or day > end - EARLY_BY or found.pace.state != "over" or not _can_move(of, found):
            continue
        if day > found.days[found.days_done - 1] + OUT_WITHIN:
            continue
        over = max(micros(round(found.pace.projected, 2)) - found.budget_micros, 1)
        spent = found.spent_micros >= found.budget_micros
        facts: dict[str, Fact] = {
            "line": key, "day": day.isoformat(), "end": end.isoformat(), "budget_micros": found.budget_micros,
            "spent_micros": found.spent_micros, "over_micros": over, "late": int(day < of.today),
        }  # fmt: skip
        yield Alert("BUDGET_SPENT" if spent else "BUDGET_OUT", "warn", key, facts, over, "optimise", over)


def _last_day_with_money(found: Pacing) -> date | None:
    """The day on which the path reaches the budget; None where it does not."""
    over = np.flatnonzero(found.pace.path >= found.budget_micros / MICROS * (1 - 1e-9))
    return found.days[int(over[0])] if over.size else None


def _platform_of(of: Watch, key: str) -> str:
    return next((line.platform for line in of.plan.lines if line.line_key == key), "")


def _goal(of: Watch) -> Iterator[Alert]:
    """A goal that is likelier missed than reached, or whose chance fell by a fifth of all outcomes."""
    found = of.end
    if found is None or of.results < FEWEST_RESULTS or not found.weeks_left:
        return
    goal = found.goal
    ahead = max(found.spend_micros - _spent(of), 0)
    short = max(goal.target_micros - found.profit_micros, 0) if goal.kpi == "profit" else ahead
    facts: dict[str, Fact] = {
        "chance": found.p_target, "target_micros": goal.target_micros, "kpi": goal.kpi,
        "money": int(goal.kpi in MONEY_KPIS),
    }  # fmt: skip
    level, before = max(micros(1 - found.p_target), 1), of.before
    if before is not None and before.p_target is not None and before.p_target - found.p_target >= FALL:
        facts |= {"before": before.p_target, "day": (before.until - DAY).isoformat()}
        yield Alert("GOAL_FELL", "warn", "", facts, level, "optimise", short)
    elif found.p_target < LOW_CHANCE:
        yield Alert("GOAL_AT_RISK", "warn", "", facts, level, "optimise", short)


def _spent(of: Watch) -> int:
    return sum(found.spend_micros or 0 for days in of.daily.values() for found in days.values())


def _pages(of: Watch) -> Iterator[Alert]:
    """Visits that leave at once, and people who turn away, beyond the alert lines of the pages' measures."""
    codes: dict[str, Code] = {"bounce_rate": "BOUNCE_OVER", "negative_feedback": "NEGATIVE_OVER"}
    for found in of.pages:
        recent = found.week is not None and found.week >= of.today - STILL_NEWS
        if found.kpi in codes and recent:
            facts: dict[str, Fact] = {"network": found.network, "value": found.value, "line_value": found.line.value}
            yield Alert(codes[found.kpi], "warn", found.network, facts, max(micros(found.value), 1), "audience")
