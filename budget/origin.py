"""Where a number of the review comes from: the counted rows of the uploaded files behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from budget.actuals import UNMATCHED, actuals_of
from budget.measures import Measures, total
from budget.plan import StoredPlan
from budget.rates import Rate
from budget.store import CampaignMatch

SUMMED = ("spend_micros", "impressions", "clicks", "conversions_micros", "value_micros")
COLUMNS = (
    "file", "sheet", "row", "rows", "platform", "campaign", "ad_group", "start", "end", "currency", *SUMMED,
)  # fmt: skip
_SLOT = ["platform", "account_id", "campaign_slot"]
_GROUP = ["week_start", "platform", "line_key", "currency"]


@dataclass(frozen=True)
class Origin:
    """The rows behind a figure, and their sums as the review counts them.

    `rows` has `COLUMNS`, one counted row of a file each, in its own currency: `row` is the line in the sheet, `rows`
    how many lines of it were added up to this one (1 usual), `end` the day after the last. `sums` is in the plan's
    currency. `estimated`: order value was not reported and `sums` takes it from the average order.
    `converted`: some rows are in another currency than the plan.
    """

    rows: pd.DataFrame
    sums: Measures
    estimated: bool
    converted: bool

    @property
    def files(self) -> int:
        """How many files the rows come from."""
        return int(self.rows["file"].nunique())


def origin_of(
    plan: StoredPlan,
    lineage: pd.DataFrame,
    matches: Sequence[CampaignMatch],
    key: str = "",
    rates: Sequence[Rate] = (),
) -> Origin:
    """The rows of `Store.lineage` that a review channel counts ("" all channels); of whole weeks of the plan."""
    marked = _marked(plan, lineage, matches)
    rows = marked[marked["key"] == key] if key else marked
    found = actuals_of(plan, _facts(rows), {}, rates)
    sums = total(measures for channel in found.measures.values() for measures in channel)
    shown = rows.rename(
        columns={
            "original_name": "file", "source_sheet": "sheet", "source_row": "row", "merged_rows": "rows",
            "campaign_name": "campaign", "ad_group_name": "ad_group", "period_start": "start", "period_end": "end",
        }
    )  # fmt: skip
    foreign = bool((rows["currency"] != plan.currency).any())
    return Origin(shown[list(COLUMNS)].reset_index(drop=True), sums, bool(found.estimated), foreign)


def span_of(weeks: Sequence[date]) -> tuple[date, date]:
    """First day and day after the last of a run of weeks."""
    return weeks[0], weeks[-1] + timedelta(days=7)


def keys_of(key: str) -> dict[str, str | None]:
    """What narrows `Store.lineage` down to a review channel, or to a little more than it."""
    if key.startswith(UNMATCHED):
        return {"platform": key.removeprefix(UNMATCHED)}
    return {"line_key": key} if key else {}


def _marked(plan: StoredPlan, lineage: pd.DataFrame, matches: Sequence[CampaignMatch]) -> pd.DataFrame:
    """Rows with their line, review channel, week and the clicks that the review counts."""
    lines = {line.line_key for line in plan.lines}
    owner = {(m.platform, m.account_id, m.campaign_slot): m.line_key for m in matches}
    slots = [tuple(slot) for slot in lineage[_SLOT].itertuples(index=False)]
    line_keys = [owner.get(slot) or "" for slot in slots]
    weeks = lineage["period_start"] - pd.to_timedelta(lineage["period_start"].dt.day_of_week, unit="D")
    made = lineage.assign(
        line_key=line_keys,
        key=[k if k in lines else UNMATCHED + slot[0] for k, slot in zip(line_keys, slots, strict=True)],
        week_start=weeks,
    )
    leading = made.groupby(_GROUP)["link_clicks"].transform("count") > 0
    return made.assign(clicks=made["clicks"].where(~leading, made["link_clicks"]))


def _facts(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as `Store.facts` would add them up."""
    return rows.groupby(_GROUP, as_index=False)[list(SUMMED)].sum(min_count=1)
