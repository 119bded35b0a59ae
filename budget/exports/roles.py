"""The roles that a column can have, and the canonical columns of a delivery frame."""

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
