"""The roles that a column can have in each kind of report, and the canonical columns of a delivery frame."""

from collections.abc import Mapping
from types import MappingProxyType

from budget.metric_names import METRICS as MEASURED

ENTITIES = (
    "account_id", "account_name", "campaign_id", "campaign_name", "ad_group_id", "ad_group_name", "ad_id", "ad_name",
)  # fmt: skip
LEVELS = ("account", "campaign", "ad_group", "ad")
IDS = frozenset(role for role in ENTITIES if role.endswith("_id"))
BREAKDOWNS = (
    "age", "gender", "region", "country", "city", "placement", "publisher", "device", "hour", "product", "asset",
    "conversion",
)  # fmt: skip
MICROS = ("spend_micros", "conversions_micros", "value_micros")
MONEY = ("spend_micros", "value_micros")
COUNTS = ("impressions", "reach", "clicks", "link_clicks", "landing_page_views", "engagements", "results")
METRICS = MICROS + COUNTS
RECONCILED = ("spend_micros", "impressions", "clicks", "link_clicks", "conversions_micros")
DATES = ("day", "week", "month", "start", "end")
TEXTS = ("result_type", "attribution_setting")
OTHER = ("currency", "level", "label", "platform")
ROLES = frozenset((*ENTITIES, *BREAKDOWNS, *METRICS, *DATES, *TEXTS, *OTHER))
# What the mapper's screen may offer, in the order it shows.
MAPPABLE = (*DATES, *ENTITIES, *METRICS, "result_type", "currency", *BREAKDOWNS)

FRAME_COLUMNS = (
    "date_day", "period_start", "period_end", "grain", "platform", *ENTITIES, "entity_level", "breakdown", "currency",
    "spend_micros", "impressions", "reach", "clicks", "link_clicks", "landing_page_views", "engagements", "results",
    "result_type", "conversions_micros", "value_micros", "attribution_setting", "source_sheet", "source_row",
)  # fmt: skip
FRAME_DATES = frozenset({"date_day", "period_start", "period_end"})
FRAME_INTEGERS = frozenset({*METRICS, "source_row"})

# The other datasets: what a column of theirs can be.
SEGMENTS = (
    "age", "gender", "country", "city", "channel", "source", "page", "device", "query", "format", "video", "hour",
    "event", "landing_page", "first_channel", "first_source", "appearance",
)  # fmt: skip
POST_COUNTS = (
    "views", "reach", "impressions", "likes", "comments", "shares", "saves", "follows", "clicks", "link_clicks",
    "negative_feedback",
)  # fmt: skip
POST_TEXTS = ("post_id", "account_name", "post_type", "title", "permalink", "platform", "surface")
ORDER_MICROS = ("total_micros", "shipping_micros", "tax_micros", "discount_micros", "refunded_micros")
_POSTS = {*POST_COUNTS, *POST_TEXTS, "published_on", "day", "watch_seconds", "watch_hours", "comment"}
_METRICS = {
    *MEASURED,
    *SEGMENTS,
    *DATES,
    "nth_day",
    "nth_week",
    "nth_month",
    "value",
    "account_name",
    "surface",
    "currency",
    "bounce_rate",
    "engagement_rate",
    "watch_hours",
}
_ORDERS = {
    "order_name", "order_id", "order_date", "currency", *ORDER_MICROS, "status", "cancelled_on", "items", "source",
    "discount_code", "email",
}  # fmt: skip
_LEADS = {
    "day", "platform", "campaign_id", "campaign_name", "ad_group_id", "ad_group_name", "ad_id", "ad_name", "form_name",
    "is_organic", "status",
}  # fmt: skip
ROLES_OF: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "delivery": ROLES,
        "metrics": frozenset(_METRICS),
        "posts": frozenset(_POSTS),
        "orders": frozenset(_ORDERS),
        "leads": frozenset(_LEADS),
        "sales": frozenset(("day", "week", "orders", "new_customers", "revenue_micros", "units", "currency")),
    }
)
SIDES = ("metrics", "posts", "orders", "leads", "sales")
# What the mapper's screen may offer for each kind of table, and what it must be told of it.
MAPPABLE_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "delivery": MAPPABLE,
        "orders": (
            "order_id", "order_date", *ORDER_MICROS, "currency", "status", "cancelled_on", "items", "source",
            "discount_code", "email",
        ),
    }
)  # fmt: skip
NEEDED_OF: Mapping[str, tuple[frozenset[str], ...]] = MappingProxyType(
    {
        "delivery": (frozenset({"spend_micros", "impressions", "clicks", "conversions_micros"}),),
        "orders": tuple(frozenset({role}) for role in ("order_id", "order_date", "total_micros")),
    }
)
# Datasets whose rows are about persons: their files are not kept.
PERSONAL = frozenset({"orders", "leads"})
