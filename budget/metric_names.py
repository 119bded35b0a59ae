"""Every metric of pages, profiles, websites and search that we keep: its unit, and whether it may be added up."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

Unit = Literal["count", "share", "seconds", "micros"]
Kind = Literal["flow", "stock", "people", "share"]


class Metric(NamedTuple):
    """`flow` adds up over days and segments; `stock` is the last value; `people` and `share` never add up."""

    unit: Unit
    kind: Kind


_COUNTED: Mapping[Kind, str] = {
    "flow": "visits follows unfollows net_follows page_likes views video_views profile_views link_clicks clicks "
    "impressions interactions engagements likes comments shares saves replies reposts bookmarks reactions published "
    "sessions engaged_sessions events key_events entrances exits new_users returning_users phone_clicks leads "
    "negative_feedback orders",
    "stock": "followers subscribers",
    "people": "reach viewers new_viewers returning_viewers visitors users total_users engaged_audience "
    "active_followers",
}
METRICS: Mapping[str, Metric] = MappingProxyType(
    {name: Metric("count", kind) for kind, names in _COUNTED.items() for name in names.split()}
    | {
        "revenue": Metric("micros", "flow"),
        "watch_time": Metric("seconds", "flow"),
        "audience_share": Metric("share", "share"),
        "active_share": Metric("share", "share"),
        "position": Metric("count", "share"),
    }
)


def additive(metric: str) -> bool:
    """Whether values of this metric, of one segment, may be summed over days; an unknown metric never is."""
    known = METRICS.get(metric)
    return known is not None and known.kind == "flow"
