"""The datasets beside delivery, declared: which columns each has, what one fact of it is about, what can change."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

import pandas as pd
from sqlalchemy import Table

from budget.store import schema
from budget.store.cells import NONE, day_of
from budget.store.grains import BY_NAME, SEPARATOR, hex_day, name_key
from budget.store.rows import breakdown_names

Key = tuple[object, ...]


@dataclass(frozen=True)
class Side:
    """One dataset. `name` is the reading's attribute, `owner` the column that says where its rows come from.

    `start, end` are the columns of the days that a row covers (`end` None: one day). `numbers` and `flags` are what a
    row says (a later look may say otherwise), `said` the texts and `moves` the days (`start`, `end`) that count as
    saying; `marks` are flags of the key.
    `scope`: rows of which a file that states days is taken to hold all; None where a file never holds all.
    """

    name: str
    table: Table
    owner: str
    start: str
    end: str | None
    texts: tuple[str, ...]
    needed: tuple[str, str] | None
    numbers: tuple[str, ...]
    key: Callable[["pd.DataFrame"], list[str]]
    said: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    scope: tuple[str, ...] | None = None
    dated: bool = True
    counted: str = ""

    @property
    def sums(self) -> tuple[str, ...]:
        """The numbers that an import's record sums; reach is never summed."""
        return tuple(name for name in self.numbers if name != "reach")

    @property
    def values(self) -> tuple[str, ...]:
        """Everything that is compared as a whole number."""
        return (*self.numbers, *self.flags, *self.moves)


def _digest(start: int, parts: tuple[object, ...]) -> str:
    words = SEPARATOR.join("" if part is None else str(part) for part in parts)
    return hex_day(start) + blake2b(words.encode(), digest_size=14).hexdigest()[:27]


def _keyed(columns: tuple[str, ...], of: Callable[..., tuple[int, Key]]) -> Callable[[pd.DataFrame], list[str]]:
    def keys(frame: pd.DataFrame) -> list[str]:
        rows = zip(*(frame[name].tolist() for name in columns), strict=True)
        return [_digest(*of(*row)) for row in rows]

    return keys


def _named(name: str | None) -> str:
    return BY_NAME + name_key(name or "")


def _metric(
    platform: str,
    surface: str | None,
    account: str | None,
    metric: str,
    grain: str,
    start: int,
    end: int,
    segment: str | None,
) -> tuple[int, Key]:
    return start, (platform, surface, _named(account), metric, grain, start, end, segment)


def _post(
    platform: str,
    surface: str | None,
    account: str | None,
    post: str | None,
    link: str | None,
    day: int,
    title: str | None,
) -> tuple[int, Key]:
    """The day is no part of the key of a post that has an id: files tell it in different zones."""
    own = ("id", post) if post else ("link", link) if link else ("text", _day(day), title)
    return 0, (platform, surface, _named(account), *own)


def _day(number: int) -> str | None:
    return None if number == NONE else str(day_of(number))


def _order(source: str, order: str) -> tuple[int, Key]:
    return 0, (source, order)


def _lead(
    start: int,
    platform: str,
    campaign: str | None,
    campaign_name: str | None,
    group: str | None,
    group_name: str | None,
    ad: str | None,
    ad_name: str | None,
    form: str | None,
    organic: int,
    status: str | None,
) -> tuple[int, Key]:
    ids = ((campaign, campaign_name), (group, group_name), (ad, ad_name))
    marks = (form, None if organic == NONE else organic, status)
    return start, (platform, *(number or _named(name) for number, name in ids), *marks)


def _sale(source: str, grain: str, start: int) -> tuple[int, Key]:
    return start, (source, grain)


METRICS = Side(
    "metrics",
    schema.fact_metric,
    "platform",
    "period_start",
    "period_end",
    texts=("platform", "surface", "account_name", "metric", "segment", "unit", "currency", "grain"),
    needed=("metric", "METRIC_UNKNOWN"),
    numbers=("value_micros",),
    key=_keyed(
        ("platform", "surface", "account_name", "metric", "grain", "start", "end", "segment"), _metric
    ),
    said=("unit", "currency"),
    scope=("platform", "surface", "account_name", "metric", "grain", "segment"),
)  # fmt: skip
POSTS = Side(
    "posts",
    schema.fact_post,
    "platform",
    "published_on",
    None,
    texts=("platform", "surface", "account_name", "post_id", "post_type", "title", "permalink", "grain"),
    needed=None,
    numbers=(
        *("views", "reach", "impressions", "likes", "comments", "shares", "saves", "follows", "clicks"),
        *("link_clicks", "watch_seconds_micros", "negative_feedback"),
    ),
    key=_keyed(("platform", "surface", "account_name", "post_id", "permalink", "start", "title"), _post),
    said=("post_type",),
    dated=False,
)
ORDERS = Side(
    "orders",
    schema.fact_order,
    "source",
    "order_date",
    None,
    texts=("source", "order_id", "currency", "status", "discount_code", "customer_key"),
    needed=("order_id", "ORDER_UNKNOWN"),
    numbers=("total_micros", "shipping_micros", "tax_micros", "discount_micros", "refunded_micros", "items"),
    key=_keyed(("source", "order_id"), _order),
    said=("currency", "status", "discount_code", "customer_key"),
    flags=("cancelled",),
    moves=("start",),
    scope=("source",),
    dated=False,
)
LEADS = Side(
    "leads",
    schema.fact_lead,
    "platform",
    "date_day",
    None,
    texts=(
        *("platform", "campaign_id", "campaign_name", "ad_group_id", "ad_group_name", "ad_id", "ad_name"),
        *("form_name", "status"),
    ),
    needed=None,
    numbers=("leads",),
    key=_keyed(
        (
            *("start", "platform", "campaign_id", "campaign_name", "ad_group_id", "ad_group_name", "ad_id", "ad_name"),
            *("form_name", "is_organic", "status"),
        ),
        _lead,
    ),
    marks=("is_organic",),
    scope=("platform", "form_name"),
    counted="leads",
)
SALES = Side(
    "sales",
    schema.fact_sales,
    "source",
    "period_start",
    "period_end",
    texts=("source", "grain", "currency"),
    needed=None,
    numbers=("orders", "new_customers", "revenue_micros", "units"),
    key=_keyed(("source", "grain", "start"), _sale),
    said=("currency",),
    moves=("end",),
    scope=("source", "grain"),
)
SIDES = (METRICS, POSTS, ORDERS, LEADS, SALES)


def scope_of(side: Side, frame: pd.DataFrame) -> list[tuple[object, ...]]:
    """What each row shares with those beside which it would be missed: names folded, a segment by its dimension."""

    def column(name: str) -> list[object]:
        values = [value or "" for value in frame[name].tolist()]
        if name == "account_name":
            return [name_key(value) for value in values]
        return [breakdown_names(value) if value else () for value in values] if name == "segment" else list(values)

    return list(zip(*(column(name) for name in side.scope or ()), strict=True))


def side_named(name: str) -> Side | None:
    """The dataset of that name."""
    return next((side for side in SIDES if side.name == name), None)
