"""What the files of a sample say in all, after the newer look wins: sums kept apart from any reader."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from budget.weeks import week_of
from sample_data.exports import seen
from sample_data.market import Delivery
from sample_data.sheets import cents


@dataclass(frozen=True)
class Look:
    """A delivery and the morning on which the newest file that holds it was written."""

    row: Delivery
    on: date


def truth_json(looks: Sequence[Look], files: Mapping[str, date], currency: str, *, weekly: bool = False) -> bytes:
    """`files` with the day of download; `rows` per platform, campaign and week; null where no row says anything.

    `weekly`: the files have one row a campaign and week, rounded once.
    """
    keys = dict.fromkeys((x.row.campaign.platform, x.row.campaign.name, week_of(x.row.day)) for x in looks)
    rows = [_row(key, [look for look in looks if _key(look) == key], weekly) for key in sorted(keys)]
    body = {"currency": currency, "files": {name: day.isoformat() for name, day in files.items()}, "rows": rows}
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def _key(look: Look) -> tuple[str, str, date]:
    return look.row.campaign.platform, look.row.campaign.name, week_of(look.row.day)


def _row(key: tuple[str, str, date], looks: Sequence[Look], weekly: bool) -> dict[str, object]:
    platform, campaign, week = key
    rows = [look.row for look in looks]
    parts = [seen(rows, looks[0].on)] if weekly else [seen([look.row], look.on) for look in looks]
    google, silent = platform == "google", not any(part.credits for part in parts) and platform != "google"
    return {
        "platform": platform,
        "campaign": campaign,
        "line_key": looks[0].row.campaign.line_key or None,
        "week_start": week.isoformat(),
        "spend_micros": sum(cents(part.spend_micros) * 10_000 for part in parts),
        "impressions": sum(part.impressions for part in parts),
        "clicks": sum(part.link_clicks if google else part.clicks for part in parts),
        "link_clicks": None if google else sum(part.link_clicks for part in parts),
        "conversions_micros": None if silent else sum(part.credits * 10_000 for part in parts),
        "value_micros": None if silent else sum(part.value_micros for part in parts),
    }
