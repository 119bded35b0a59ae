"""The store's metrics and posts as plain rows: each with its network, its days and what it counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from budget.audience_networks import network_of

VIDEO = ("tiktok", "youtube")
"""Networks whose posts are videos where the file does not say otherwise."""
INTERACTIONS = ("likes", "comments", "shares", "saves")
Segment = Mapping[str, str]


@dataclass(frozen=True)
class Fact:
    """One value of one metric over [start, end); `network` is None for a website. Counts and money in micros."""

    network: str | None
    platform: str
    account: str
    metric: str
    segment: Segment
    start: date
    end: date
    grain: str
    currency: str
    micros: int

    @property
    def dimensions(self) -> frozenset[str]:
        """By what the row is split."""
        return frozenset(self.segment)


@dataclass(frozen=True)
class Post:
    """One post and what it has brought so far; None where its export does not say."""

    network: str
    key: str
    title: str
    link: str
    day: date | None
    kind: str
    counts: Mapping[str, int]

    @property
    def interactions(self) -> int | None:
        """Likes, comments, shares and saves: those that the export knows."""
        said = [self.counts[name] for name in INTERACTIONS if name in self.counts]
        return sum(said) if said else None


def facts_of(metrics: pd.DataFrame) -> tuple[Fact, ...]:
    """Rows of `Store.metrics`; a row without days or value says nothing."""
    return tuple(made for row in metrics.to_dict("records") if (made := _fact(row)))


def _fact(row: Mapping[Any, Any]) -> Fact | None:
    if any(pd.isna(row[name]) for name in ("value_micros", "period_start", "period_end", "metric")):
        return None
    platform = _text(row, "platform")
    return Fact(
        network_of(platform, _text(row, "surface") or None), platform, _text(row, "account_name"), row["metric"],
        segment_of(_text(row, "segment")), row["period_start"].date(), row["period_end"].date(), _text(row, "grain"),
        _text(row, "currency"), int(row["value_micros"]),
    )  # fmt: skip


def segment_of(text: str) -> dict[str, str]:
    """`age=25-34|gender=women` by dimension."""
    return {name: value for part in text.split("|") if "=" in part for name, value in [part.split("=", 1)]}


def posts_of(posts: pd.DataFrame) -> tuple[Post, ...]:
    """Rows of `Store.posts` on a network, by day and key."""
    found = [made for row in posts.to_dict("records") if (made := _post(row))]
    return tuple(sorted(found, key=lambda post: (post.day or date.min, post.network, post.key)))


def _post(row: Mapping[Any, Any]) -> Post | None:
    network = network_of(_text(row, "platform"), _text(row, "surface") or None)
    if network is None:
        return None
    names = (
        "views", "reach", "impressions", *INTERACTIONS, "follows", "clicks", "link_clicks", "negative_feedback",
    )  # fmt: skip
    counts = {name: int(row[name]) for name in names if not pd.isna(row[name])}
    link, title = _text(row, "permalink"), _text(row, "title")
    day = None if pd.isna(row["published_on"]) else row["published_on"].date()
    kind = _text(row, "post_type") or ("video" if network in VIDEO else "")
    return Post(network, _text(row, "post_id") or link or f"{day} {title}", title, link, day, kind, counts)


def _text(row: Mapping[Any, Any], name: str) -> str:
    value = row[name]
    return "" if value is None or pd.isna(value) else str(value)


def networks_in(facts: Iterable[Fact], posts: Iterable[Post]) -> frozenset[str]:
    """The networks of which anything was uploaded."""
    return frozenset({fact.network for fact in facts if fact.network} | {post.network for post in posts})
