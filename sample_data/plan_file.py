"""The sample's plan as TOML, with the sources of its assumptions."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone

from sample_data import year_before
from sample_data.firm import Line
from sample_data.nar_ev import AUDIENCES, BUSINESS, CAMPAIGNS, COSTS, LINES, OBJECTIVE, START
from sample_data.sales import Sales

OWN = "Nar Ev, own accounts of spring 2026"
GUESS = "Nar Ev, estimate: no account yet"
SHARES = ("ctr", "cvr")
HEAD = """\
# Nar Ev: the plan as it stood before the first week. Made by sample_data/make.py; edit the script, not this file.
# Money in manat. Shares are 0 to 1. Lists of three are low, likely, high (10 %, 50 %, 90 %). Ranges are [start, end).
"""
MORNING = time(9, tzinfo=timezone(timedelta(hours=4)))
NOTHING: Mapping[str, str] = {}
YEAR = {"year": str(START.year)}
ASKED = ("TikTok-Studio.zip",)
"""Files whose days have no year: the person of the sample said it."""
KPIS = (
    ("kpi", "engagement_rate.target", 0.045),
    ("kpi", "bounce_rate.target", 0.48),
    ("kpi", "bounce_rate.alert", 0.72),
    ("kpi", "visits.target", 13_000),
    ("kpi", "reach_value.target", 160),
    ("kpi", "profile.target", 0.65),
    ("kpi", "followers.target", 36_000),
    ("kpi", "negative_feedback.alert", 1.5),
)
NOTES = {
    "media_vat_share": "registered for VAT: the 18 % on foreign media is recovered; 0.18 where it is not",
    "incrementality": "share of claimed orders that advertising caused; between published lift tests",
    "order_value": "average basket with VAT, before the discount",
}


def plan_toml(
    written: Mapping[str, date], earlier: Mapping[str, date], pages: Mapping[str, date], sales: Sales
) -> bytes:
    """The whole plan file; `written` names the exports and the days on whose mornings they were downloaded.

    `earlier` are the same of the year before the plan, `pages` those of pages and web analytics; `sales` all sales of
    the shop, as the person pasted them.
    """
    parts = [HEAD, _table("plan", {"name": "Payız 2026", "currency": "AZN", "timezone": "Asia/Baku", "start": START})]
    parts += [_business(), _table("costs_monthly", COSTS), _table("objective", OBJECTIVE)]
    for key, (segment, size, region) in AUDIENCES.items():
        parts.append(_table("[audience]", {"audience_key": key, "segment": segment, "size": size, "region": region}))
    parts += [_line(line) for line in LINES]
    parts += [_file("[earlier_export]", name, day) for name, day in earlier.items()]
    parts += [_file("[export]", name, day) for name, day in written.items()]
    parts += [_file("[page_export]", name, day, YEAR if name in ASKED else {}) for name, day in pages.items()]
    parts += [_table("[kpi]", {"scope": scope, "key": key, "value": value}) for scope, key, value in KPIS]
    sold = zip(sales.weeks, sales.sold, strict=True)
    parts += [_test(), _table("sales_weekly", {week.isoformat(): amount for week, amount in sold})]
    return "\n".join(parts).encode()


def _file(table: str, name: str, day: date, answered: Mapping[str, str] = NOTHING) -> str:
    return _table(table, {"file": name, "as_of": datetime.combine(day, MORNING), **answered})


def _test() -> str:
    """The lift study, as the person of the sample entered it."""
    made = year_before.lift_study()
    line = next(line for line in LINES if line.line_key == made.line_key)
    fields = {
        "kind": "lift", "platform": line.platform, "tactic": line.tactic, "start_date": made.period.start,
        "end_date": made.period.end, "spend_before": 0, "spend_change": made.spend_change,
        "sales_change": made.sales_change, "low": made.low, "high": made.high,
    }  # fmt: skip
    return _table("[test]", fields)


def _business() -> str:
    lines = [f"{key} = {_value(value)}{_note(key)}\n" for key, value in BUSINESS.items()]
    return "[business]\n" + "".join(lines)


def _note(key: str) -> str:
    return f"  # {NOTES[key]}" if key in NOTES else ""


def _line(line: Line) -> str:
    known = line.platform != "tiktok"
    fields = {
        "line_key": line.line_key, "platform": line.platform, "tactic": line.tactic, "audience_key": line.audience,
        "start_date": line.flight.start, "end_date": line.flight.end, "budget": line.budget,
        "commitment": line.commitment, "owner": line.owner, "utm_campaign": f"nar_ev_{line.line_key}",
        "campaigns": [campaign.name for campaign in CAMPAIGNS if campaign.line_key == line.line_key],
        "earlier_campaigns": _earlier_names(line),
        "audience": (round(line.audience_size * 0.7), line.audience_size, round(line.audience_size * 1.3)),
        "cpm": line.cpm, "ctr": line.ctr, "cvr": line.cvr, "source": OWN if known else GUESS,
        "source_date": "2026-06", "region": "az", "confidence": "medium" if known else "low",
    }  # fmt: skip
    weeks = "".join(f"{week.isoformat()} = {amount}\n" for week, amount in line.weekly.items())
    return _table("[line]", fields) + "[line.weeks]\n" + weeks


def _earlier_names(line: Line) -> list[str]:
    """Campaigns of the year before that run no more."""
    now = {campaign.name for campaign in CAMPAIGNS}
    own = [campaign.name for campaign in year_before.CAMPAIGNS if campaign.line_key == line.line_key]
    return [name for name in own if name not in now]


def _table(name: str, fields: Mapping[str, object]) -> str:
    return f"[{name}]\n" + "".join(f"{key} = {_value(value)}\n" for key, value in fields.items())


def _value(value: object) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, Sequence):
        return "[" + ", ".join(_value(each) for each in value) + "]"
    return value.isoformat() if isinstance(value, date) else repr(value)
