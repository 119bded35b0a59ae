"""A firm in a store whose platforms report conversions late: every Monday it uploads the four weeks before."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from math import exp

import pandas as pd

from budget.plan import StoredPlan
from budget.store import CampaignMatch, Store
from tests.budget.builders import LINES, usual_plan, week
from tests.budget.store.given import Bare, row

DAILY = {"impressions": 20_000, "clicks": 400, "conversions": 16, "value": 960, "spend": 90}
CPA = DAILY["spend"] / DAILY["conversions"]
"""What a conversion of every line truly costs, once all are in."""
RESTATED_DAYS = 28


def arrived(age_days: int, mean_days: float) -> float:
    """The share of a day's conversions that is reported at this age; 0 days late: all at once."""
    return 1.0 if not mean_days else 1 - exp(-(age_days + 1) / mean_days)


def late_firm(store: Store) -> StoredPlan:
    """A workspace with the usual plan, before any upload."""
    firm = store.create_workspace("Gec", currency="AZN").workspace_id
    return store.add_plan(firm, replace(usual_plan(), workspace_id=firm))


def upload(
    store: Store,
    plan: StoredPlan,
    weeks: int,
    *,
    mean_days: float = 5.0,
    restated: int = RESTATED_DAYS,
    factor: int = 1,
) -> int:
    """The export of the Monday after so many weeks of the plan, all platforms in one file; returns its number.

    It holds the days of the last `restated` ones; `factor` times the usual conversions.
    """
    monday = week(weeks)
    days = [monday - timedelta(days=n) for n in range(1, min(restated, 7 * weeks) + 1)]
    rows = [_row(day, monday, place, mean_days, factor) for day in days for place in range(len(LINES))]
    at = datetime.combine(monday, time(9), UTC)
    name = f"{weeks}-{mean_days}-{restated}-{factor}"
    made = store.add_import(plan.workspace_id, Bare(pd.DataFrame(rows), name, platform=None), name.encode(), as_of=at)
    matches = [CampaignMatch(platform, "A", "1", tactic, key) for key, platform, tactic, *_ in LINES]
    if not store.matches(plan.workspace_id):
        store.set_matches(plan.workspace_id, matches)
    return made.import_id


def _row(day: date, look: date, place: int, mean_days: float, factor: int) -> dict[str, object]:
    share = arrived((look - day).days, mean_days) * factor
    return row(
        date_day=day, platform=LINES[place][1], campaign_id="1", campaign_name="One",
        spend_micros=DAILY["spend"] * 1_000_000, impressions=DAILY["impressions"], clicks=DAILY["clicks"],
        conversions_micros=round(DAILY["conversions"] * share * 1_000_000),
        value_micros=round(DAILY["value"] * share * 1_000_000),
    )  # fmt: skip
