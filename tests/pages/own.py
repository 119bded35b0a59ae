"""An own firm with a first plan, and small exports made on the spot."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from streamlit.testing.v1 import AppTest

from budget.starting import FiveNumbers, first_plan
from budget.store import Store

PLANNED_ON = date(2026, 10, 16)
FIRST_WEEK = date(2026, 10, 19)
META_HEADER = (
    "Reporting starts", "Reporting ends", "Campaign name", "Ad set name", "Day", "Impressions", "Link clicks",
    "Results", "Result indicator", "Amount spent ({currency})",
)  # fmt: skip
PURCHASE = "actions:offsite_conversion.fb_pixel_purchase"


def own_firm(store: Store, platforms: Sequence[str] = ("meta", "google", "tiktok")) -> int:
    """A firm in manat with 13 weeks from 19 October 2026 and 30,000 for its platforms; returns its id."""
    firm = store.create_workspace("Xəzər Çay", currency="AZN", timezone="Asia/Baku").workspace_id
    plan = store.create_plan(firm, name="My plan", currency="AZN")
    store.save_plan(firm, first_plan(plan, FiveNumbers(42, 0.4, 3.0, 1500, 30_000), platforms, PLANNED_ON))
    return firm


def meta_csv(rows: Sequence[tuple[str, str, int, int, int, str]], currency: str = "AZN") -> bytes:
    """A Meta Ads Manager CSV by day: rows of campaign, day, impressions, link clicks, purchases, spend."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(name.format(currency=currency) for name in META_HEADER)
    days = sorted(day for _, day, *_ in rows)
    for campaign, day, impressions, clicks, results, spend in rows:
        writer.writerow((days[0], days[-1], campaign, "Baku", day, impressions, clicks, results, PURCHASE, spend))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def drop(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Drop files on the Upload screen."""
    for name, data in files:
        app.file_uploader[0].upload(name, data)
    return app.run()
