"""Makes every file of the samples: `python -m sample_data.make [folder]`; the same bytes each time."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from budget.weeks import Period
from sample_data import khazar_tea, nar_ev, organic_exports, year_before
from sample_data.exports import google_text, google_weeks_text, meta_csv, meta_weeks_csv, meta_xlsx, tiktok_xlsx
from sample_data.market import Delivery, deliveries
from sample_data.organic import landings, page_days, posts_of
from sample_data.organic_truth import organic_json
from sample_data.plan_file import plan_toml
from sample_data.sales import sales_json, weekly_sales
from sample_data.truth import Look, truth_json

FOLDER = Path(__file__).parent


def files() -> dict[str, bytes]:
    """All files by their path below `sample_data`."""
    return {
        **{f"nar_ev/{name}": data for name, data in _nar_ev().items()},
        **{f"nar_ev_year_before/{name}": data for name, data in _year_before().items()},
        **{f"nar_ev_pages/{name}": data for name, data in _pages().items()},
        **{f"own_upload/{name}": data for name, data in _khazar_tea().items()},
    }


def make(folder: Path) -> None:
    """Write all files below the folder."""
    for name, data in files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _nar_ev() -> dict[str, bytes]:
    rows = deliveries(nar_ev.CAMPAIGNS, nar_ev.REPORTED)
    early, late = nar_ev.EARLY, nar_ev.LATE
    meta = _of(rows, "meta")
    exports = {
        f"Nar-Ev-Reklam-setleri-{_dates(early)}.csv": meta_csv(_in(meta, early), early, "tr", early.end),
        f"Nar-Ev-Gruppy-obyavleniy-{_dates(late)}.xlsx": meta_xlsx(_in(meta, late), late, "ru", late.end),
        "Campaign report.csv": _utf16(google_text(_of(rows, "google"), nar_ev.REPORTED, late.end, "\t")),
        f"TikTok_Ad_Group_{_dates(nar_ev.REPORTED)}.xlsx": tiktok_xlsx(_of(rows, "tiktok"), late.end),
    }
    looks = [
        Look(row, early.end if row.campaign.platform == "meta" and row.day < late.start else late.end) for row in rows
    ]
    written = dict(zip(exports, (early.end, late.end, late.end, late.end), strict=True))
    whole = Period(year_before.EARLIER.start, nar_ev.REPORTED.end)
    sales = weekly_sales([*_earlier(), *rows], whole, year_before.CAUSED)
    return {
        "plan.toml": plan_toml(written, _reports(), _page_files(), sales),
        "sales_truth.json": sales_json(sales, "AZN"),
        **exports,
        "truth.json": truth_json(looks, written, "AZN"),
    }


def _year_before() -> dict[str, bytes]:
    rows, period = _earlier(), year_before.EARLIER
    meta, google = _reports()
    exports = {
        meta: meta_weeks_csv(_of(rows, "meta"), period, period.end),
        google: google_weeks_text(_of(rows, "google"), period, period.end, ",").encode(),
    }
    looks = [Look(row, period.end) for row in rows]
    return {**exports, "truth.json": truth_json(looks, _reports(), "AZN", weekly=True)}


def _earlier() -> list[Delivery]:
    return deliveries(year_before.CAMPAIGNS, year_before.EARLIER, year_before.ERA)


def _reports() -> dict[str, date]:
    """The weekly reports of the year before and the day on which they were downloaded."""
    period = year_before.EARLIER
    return dict.fromkeys((f"Nar-Ev-Campaigns-{_dates(period)}.csv", "Campaign report weekly.csv"), period.end)


def _pages() -> dict[str, bytes]:
    """What the pages, posts and the shop's web analytics say of the plan's weeks."""
    period, on = nar_ev.REPORTED, nar_ev.REPORTED.end
    posts, days = posts_of(period), page_days(period)
    visits = landings(deliveries(nar_ev.CAMPAIGNS, period), posts, period)
    data = (
        organic_exports.business_suite(posts, days, _dates(period)), organic_exports.tiktok_days(days),
        organic_exports.tiktok_studio(posts, days, on), organic_exports.landing_report(visits, period),
    )  # fmt: skip
    files = dict(zip(_page_files(), data, strict=True))
    return {**files, "truth.json": organic_json(posts, days, visits, _page_files())}


def _page_files() -> dict[str, date]:
    """The exports of the pages and of web analytics, and the day on which they were downloaded."""
    names = (
        "Meta-Business-Suite.zip", "TikTok-business-overview.csv", "TikTok-Studio.zip", "Landing page by source.csv",
    )  # fmt: skip
    return dict.fromkeys(names, nar_ev.REPORTED.end)


def _khazar_tea() -> dict[str, bytes]:
    period = khazar_tea.REPORTED
    rows = deliveries(khazar_tea.CAMPAIGNS, period)
    exports = {
        f"Khazar-Tea-Ad-sets-{_dates(period)}.csv": meta_csv(_of(rows, "meta"), period, "en", period.end),
        "Campaign report.csv": google_text(_of(rows, "google"), period, period.end, ",").encode(),
        f"TikTok_Ad_Group_{_dates(period)}.xlsx": tiktok_xlsx(_of(rows, "tiktok"), period.end),
    }
    looks = [Look(row, period.end) for row in rows]
    return {**exports, "truth.json": truth_json(looks, dict.fromkeys(exports, period.end), "AZN")}


def _of(rows: Sequence[Delivery], platform: str) -> list[Delivery]:
    return [row for row in rows if row.campaign.platform == platform]


def _in(rows: Sequence[Delivery], period: Period) -> list[Delivery]:
    return [row for row in rows if period.start <= row.day < period.end]


def _dates(period: Period) -> str:
    last = date.fromordinal(period.end.toordinal() - 1)
    return f"{period.start}-{last}"


def _utf16(text: str) -> bytes:
    return b"\xff\xfe" + text.encode("utf-16-le")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
