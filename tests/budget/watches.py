"""What alerts look at, made without a store: days by line, spent and answered by rules that a test gives."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from budget.money import MICROS
from budget.pacing import day_weights, pacing
from budget.plan import StoredPlan
from budget.platform_pacing import platform_paces
from budget.watch import End, Watch, daily_of, pace_of_line
from tests.budget.builders import START, usual_plan

SEED = (1, 1, 1, 0)
COLUMNS = ("spend_micros", "impressions", "clicks", "conversions_micros", "value_micros")
Rule = Callable[[str, int], float]


def as_planned(_key: str, _day: int) -> float:
    """Every line and day as the plan has it."""
    return 1.0


@dataclass(frozen=True)
class Told:
    """By line and day number: spend, clicks for it, conversions of these, each times the usual; NaN spend: no row."""

    spend: Rule = as_planned
    clicks: Rule = as_planned
    conversions: Rule = as_planned


def ending(chance: float, profit: int, weeks_left: int = 9) -> End:
    """The end of the usual plan: the chance of its goal of 1,000, and its profit."""
    return End(usual_plan().objectives[0], chance, profit * MICROS, 16_800 * MICROS, weeks_left)


def watch_of(
    done: int, told: Told | None = None, *, plan: StoredPlan | None = None, today: date | None = None
) -> Watch:
    """The first `done` days of a plan: 2 clicks for a manat, one conversion for 20 clicks."""
    plan = plan or usual_plan()
    rows = _rows(plan, done, told or Told())
    until = dict.fromkeys({line.platform for line in plan.lines}, START + timedelta(days=done))
    whole = pacing(plan, rows, until, [], seed=SEED)
    lines = {
        line.line_key: pace_of_line(plan, line.line_key, rows, until[line.platform], [], SEED) for line in plan.lines
    }
    return Watch(
        plan=plan,
        today=today or START + timedelta(days=done),
        until=until,
        daily=daily_of(plan, rows, []),
        whole=whole,
        platforms=platform_paces(plan, rows, [], whole, seed=SEED) if whole else (),
        lines={key: found for key, found in lines.items() if found},
        end=ending(0.8, 2000),
    )


def _rows(plan: StoredPlan, done: int, told: Told) -> pd.DataFrame:
    assert plan.period is not None
    days = [START + timedelta(days=n) for n in range(plan.period.days)]
    rows = []
    for line in plan.lines:
        own = [week for week in plan.weeks if week.line_key == line.line_key]
        part = StoredPlan(1, 1, "", plan.currency, lines=(line,), weeks=tuple(own))
        for n, planned in enumerate(day_weights(part, days)[:done]):
            spent = planned * told.spend(line.line_key, n)
            if planned and spent == spent:  # a NaN is a day without a row
                clicks = round(2 * spent / MICROS * told.clicks(line.line_key, n))
                orders = round(clicks / 20 * told.conversions(line.line_key, n) * MICROS)
                rows.append(
                    (
                        pd.Timestamp(days[n]),
                        line.platform,
                        line.line_key,
                        "AZN",
                        round(spent),
                        100 * clicks,
                        clicks,
                        orders,
                        0,
                    )
                )
    frame = pd.DataFrame(rows, columns=["date_day", "platform", "line_key", "currency", *COLUMNS])
    return frame.astype(dict.fromkeys(COLUMNS, "Int64")).astype({"date_day": "datetime64[ns]"})
