"""The weeks after the sample: what Nar Ev would download on the coming Mondays, made in memory from the same market."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from budget.weeks import WEEK, Period
from sample_data import year_before
from sample_data.exports import Seen, google_text, meta_csv, seen, tiktok_xlsx
from sample_data.firm import Campaign
from sample_data.market import Delivery, deliveries
from sample_data.nar_ev import CAMPAIGNS, EARLY, LATE, PLANNED, REPORTED
from sample_data.sales import weekly_sales
from sample_data.sheets import cents
from sample_data.truth import Look

MORNINGS = (date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 7))
"""Mondays on which last week's exports are downloaded."""
CORRECTED = Period(date(2026, 11, 16), date(2026, 11, 23))
"""The week of which Google pays something back two weeks later."""
LOOK_BACK = 4 * WEEK
"""Each export holds that many days: later orders of earlier days are restated."""


@dataclass(frozen=True)
class Moves:
    """What was decided: line, the Monday from which it holds, and the factor on the line's planned money."""

    factors: tuple[tuple[str, date, float], ...] = ()

    def of(self, campaign: Campaign) -> Campaign:
        """The campaign as it runs after the decisions."""
        own = sorted((start, factor) for line, start, factor in self.factors if line == campaign.line_key)
        weekly = dict(campaign.weekly)
        for start, factor in own:
            weekly |= {week: campaign.weekly[week] * factor for week in weekly if week >= start}
        return replace(campaign, weekly=weekly)


NONE = Moves()


@cache
def market(moves: Moves) -> tuple[Delivery, ...]:
    """All that runs in the thirteen planned weeks; the ten that the sample's files hold are as they are there."""
    return tuple(deliveries([moves.of(campaign) for campaign in CAMPAIGNS], PLANNED))


def exports_on(morning: date, moves: Moves = NONE) -> dict[str, bytes]:
    """The three platforms' exports of the last four weeks by file name."""
    rows, period = _held(market(moves), morning), _span(morning)
    google = google_text(_of(rows, "google"), period, morning, ",")
    return {
        f"Nar-Ev-Ad-sets-{_dates(period)}.csv": meta_csv(_of(rows, "meta"), period, "en", morning),
        f"Campaign report {_dates(period)}.csv": google.encode(),
        f"TikTok_Ad_Group_{_dates(period)}.xlsx": tiktok_xlsx(_of(rows, "tiktok"), morning),
    }


def correction(moves: Moves = NONE) -> dict[str, bytes]:
    """Google's report of one past week again, with clicks that it has found invalid since paid back."""
    rows = [_paid_back(row) for row in market(moves) if CORRECTED.start <= row.day < CORRECTED.end]
    text = google_text(_of(rows, "google"), CORRECTED, MORNINGS[-1], ",")
    return {f"Campaign report corrected {_dates(CORRECTED)}.csv": text.encode()}


def sales_on(morning: date, moves: Moves = NONE) -> dict[date, int]:
    """All sales of the shop in whole manat by Monday, from the year before up to that morning."""
    before = deliveries(year_before.CAMPAIGNS, year_before.EARLIER, year_before.ERA)
    rows = [*before, *(row for row in market(moves) if row.day < morning)]
    found = weekly_sales(rows, Period(year_before.EARLIER.start, morning), year_before.CAUSED)
    return dict(zip(found.weeks, found.sold, strict=True))


def looks_on(morning: date, moves: Moves = NONE) -> list[Look]:
    """Every delivery up to that morning with the newest file that holds it, the sample's own files included."""
    mornings = [day for day in MORNINGS if day <= morning]
    return [Look(row, _seen_on(row, mornings)) for row in market(moves) if row.day < morning]


def truth_on(morning: date, moves: Moves = NONE, *, corrected: bool = False) -> dict[tuple[str, str, date], Seen]:
    """What all files up to that morning say by platform, plan line ("" none) and day; money as shown, in cents."""
    cells: dict[tuple[str, str, date], list[Look]] = {}
    for look in looks_on(morning, moves):
        known = Look(_paid_back(look.row), MORNINGS[-1]) if corrected and _is_corrected(look.row) else look
        cells.setdefault((known.row.campaign.platform, known.row.campaign.line_key, known.row.day), []).append(known)
    return {key: _added([_shown(look) for look in found]) for key, found in cells.items()}


def _is_corrected(row: Delivery) -> bool:
    return row.campaign.platform == "google" and CORRECTED.start <= row.day < CORRECTED.end


def _paid_back(row: Delivery) -> Delivery:
    return replace(row, spend_micros=row.spend_micros * 96 // 100)


def _shown(look: Look) -> Seen:
    """One row of a file: it shows whole cents."""
    found = seen([look.row], look.on)
    return replace(found, spend_micros=cents(found.spend_micros) * 10_000)


def _seen_on(row: Delivery, mornings: Sequence[date]) -> date:
    """The newest morning whose file holds the row: one of the coming weeks, else the sample's own."""
    later = [day for day in mornings if day - LOOK_BACK <= row.day < day]
    if later:
        return later[-1]
    return EARLY.end if row.campaign.platform == "meta" and row.day < LATE.start else REPORTED.end


def _added(parts: Sequence[Seen]) -> Seen:
    names = Seen.__dataclass_fields__
    return Seen(*(sum(getattr(part, name) for part in parts) for name in names))


def _held(rows: Sequence[Delivery], morning: date) -> list[Delivery]:
    span = _span(morning)
    return [row for row in rows if span.start <= row.day < span.end]


def _span(morning: date) -> Period:
    return Period(morning - LOOK_BACK, morning)


def _of(rows: Sequence[Delivery], platform: str) -> list[Delivery]:
    return [row for row in rows if row.campaign.platform == platform]


def _dates(period: Period) -> str:
    return f"{period.start}-{date.fromordinal(period.end.toordinal() - 1)}"
