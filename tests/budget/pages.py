"""Rows of pages, posts and visits for tests, as the store gives them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

from budget.actuals import Actuals
from budget.audience_desk import Audience, Uploaded, audience_of, uploaded_of
from budget.audience_series import window_of
from budget.measures import Measures
from budget.plan import PlanAudience, StoredPlan
from tests.budget.builders import START, usual_plan

WEEK = timedelta(days=7)
METRICS = (
    "date_day", "grain", "period_start", "period_end", "platform", "surface", "account_name", "metric", "segment",
    "unit", "currency", "value_micros",
)  # fmt: skip
POSTS = (
    "platform", "surface", "account_name", "post_id", "published_on", "post_type", "title", "permalink", "grain",
    "views", "reach", "impressions", "likes", "comments", "shares", "saves", "follows", "clicks", "link_clicks",
    "watch_seconds_micros", "negative_feedback",
)  # fmt: skip
LEADS = ("date_day", "platform", "campaign_name", "form_name", "status", "is_organic", "leads")
COUNTS = POSTS[9:]
WINDOW = window_of(START + 8 * WEEK, 8)


def metric(
    name: str, value: float, day: date = START, *, days: int = 1, grain: str = "", network: str = "instagram",
    segment: str | None = None, account: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """One value of a page's metric, or of a website's where `network` is `ga4`."""
    meta = network in ("instagram", "facebook")
    return {
        "grain": grain or ("day" if days == 1 else "week" if days == 7 else "period"), "period_start": day,
        "period_end": day + timedelta(days=days), "platform": "meta" if meta else network,
        "surface": network if meta else None, "account_name": account, "metric": name, "segment": segment,
        "value_micros": round(value * 1_000_000),
    }  # fmt: skip


def post(key: str, kind: str | None = "image", day: date = START, network: str = "instagram", **counts: int) -> Any:
    """One post with what it brought."""
    meta = network in ("instagram", "facebook")
    return {
        "platform": "meta" if meta else network, "surface": network if meta else None, "post_id": key,
        "published_on": day, "post_type": kind, "title": f"Post {key}", "grain": "lifetime", **counts,
    }  # fmt: skip


def visit(
    source: str, sessions: int, engaged: int | None = None, events: int | None = None, page: str = "/",
    week: date = START,
) -> list[dict[str, Any]]:  # fmt: skip
    """Sessions of a week from a source on a landing page."""
    said = {"sessions": sessions, "engaged_sessions": engaged, "key_events": events}
    segment = f"source={source}|landing_page={page}"
    return [
        metric(name, value, week, days=7, network="ga4", segment=segment)
        for name, value in said.items()
        if value is not None
    ]


def lead(status: str | None, count: int, day: date = START, platform: str = "facebook", organic: Any = None) -> Any:
    """Leads of one day and status."""
    return {"date_day": day, "platform": platform, "status": status, "is_organic": organic, "leads": count}


def frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], whole: Sequence[str]) -> pd.DataFrame:
    """Rows with the store's types."""
    made = pd.DataFrame([{name: row.get(name) for name in columns} for row in rows], columns=list(columns))
    for name in columns:
        if name in whole:
            made[name] = made[name].astype("Int64")
        elif name in ("date_day", "period_start", "period_end", "published_on"):
            made[name] = pd.to_datetime(made[name]).astype("datetime64[us]")
        elif name == "is_organic":
            made[name] = made[name].astype("boolean")
        else:
            made[name] = made[name].astype("str").where(made[name].notna())
    return made


def uploaded(
    metrics: Sequence[Mapping[str, Any]] = (), posts: Sequence[Mapping[str, Any]] = (),
    leads: Sequence[Mapping[str, Any]] = (),
) -> Uploaded:  # fmt: skip
    """What was uploaded."""
    return uploaded_of(
        frame(metrics, METRICS, ("value_micros",)), frame(posts, POSTS, COUNTS), frame(leads, LEADS, ("leads",))
    )


def delivery(rows: Mapping[str, tuple[int, int]], weeks: int = 8) -> Actuals:
    """The same spend (manat) and impressions in each week of each plan line."""
    mondays = tuple(START + n * WEEK for n in range(weeks))
    measures = {
        key: tuple(Measures(spend_micros=spend * 1_000_000, impressions=views) for _ in mondays)
        for key, (spend, views) in rows.items()
    }
    none = Measures()
    return Actuals(mondays, measures, {}, none, {}, frozenset())


def audience(found: Uploaded, plan: StoredPlan | None = None, actuals: Actuals | None = None) -> Audience:
    """The measures of the eight weeks from `START`."""
    return audience_of(plan or usual_plan(), found, actuals or delivery({}), WINDOW)


def speaking_to(plan: StoredPlan, *segments: str) -> StoredPlan:
    """The plan with these audiences, met wherever it runs."""
    return replace(plan, audiences=tuple(PlanAudience(f"a{n}", text) for n, text in enumerate(segments)))
