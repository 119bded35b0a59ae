"""The simulated firm of tests/budget/shops.py in a store: a plan, matched campaigns, spend by day, weekly totals."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pandas as pd

from budget.money import micros
from budget.plan import PlanEvent
from budget.starting import FiveNumbers, first_plan
from budget.store import CampaignMatch, SalesTotal, Store
from tests.budget.shops import AVERAGE_ORDER, CLAIMED, Firm, day
from tests.budget.store.given import Bare, row
from tests.pages.own import PLANNED_ON


def opened(store: Store, found: Firm, *, sales: bool = True) -> int:
    """The firm's id; its plan has a line for each channel from 19 October 2026, and an event of the spring before."""
    firm = store.create_workspace("Xəzər Ev", currency="AZN", timezone="Asia/Baku").workspace_id
    plan = first_plan(store.create_plan(firm, name="My plan", currency="AZN"), FiveNumbers(50, 0.4, 3.0, 1500, 30_000),
                      [platform for platform, _ in found.channels], PLANNED_ON)  # fmt: skip
    tactics = dict(found.channels)
    lines = tuple(replace(line, tactic=tactics[line.platform]) for line in plan.lines)
    store.save_plan(firm, replace(plan, lines=lines, events=(PlanEvent("Novruz", day(41), day(43)),)))
    store.add_import(firm, Bare(frame(found), platform=None), b"all spend")
    store.set_matches(firm, [
        CampaignMatch(each["platform"], each["account_id"], each["campaign_slot"], tactics[each["platform"]])
        for each in store.campaigns(firm).to_dict("records")
    ])  # fmt: skip
    if sales:
        store.add_sales(firm, totals(found))
    return firm


def frame(found: Firm) -> pd.DataFrame:
    """One campaign a channel, its week's money and claims on the seven days alike."""
    rows: list[dict[str, Any]] = []
    for (platform, tactic), spent, brings in zip(found.channels, found.spend, found.iroas, strict=True):
        for week, paid in enumerate(spent):
            claimed = float(paid) / 7 * brings * CLAIMED
            rows += [
                row(
                    date_day=day(week, n), platform=platform, campaign_id=tactic, campaign_name=tactic,
                    spend_micros=micros(float(paid) / 7), conversions_micros=micros(claimed / AVERAGE_ORDER),
                    value_micros=micros(claimed),
                )
                for n in range(7)
            ]  # fmt: skip
    return pd.DataFrame(rows)


def totals(found: Firm) -> list[SalesTotal]:
    """The firm's sales by week."""
    return [
        SalesTotal(day(week), day(week) + timedelta(days=7), "AZN", micros(float(sold)))
        for week, sold in enumerate(found.sales)
    ]
