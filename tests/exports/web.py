"""Exports about the website and the shop: search, web analytics, orders, leads."""

import random
from collections.abc import Iterator
from datetime import timedelta

from tests.exports.archives import zip_bytes
from tests.exports.tables import DAYS, FIRST, Expected
from tests.exports.writers import csv_bytes


def search_console() -> Iterator[tuple[str, bytes, Expected]]:
    """The archive: only the chart adds up, the queries leave out the rare ones."""
    dice = random.Random("search console")  # noqa: S311  a fictional site
    chart = [(FIRST + timedelta(days=day), dice.randint(20, 90), dice.randint(900, 4_000)) for day in range(DAYS)]
    queries = [("nar ev", 101, 900), ("ev tekstili, bakı", 40, 700)]
    tail = ["3%", "7.25"]
    members = {
        "Chart.csv": [
            ["Date", "Clicks", "Impressions", "CTR", "Position"],
            *([str(day), str(clicks), str(shown), *tail] for day, clicks, shown in chart),
        ],
        "Queries.csv": [
            ["Top queries", "Clicks", "Impressions", "CTR", "Position"],
            *([text, str(clicks), str(shown), *tail] for text, clicks, shown in queries),
        ],
        "Filters.csv": [["Filter", "Value"], ["Search type", "Web"], ["Date", "Last 7 days"]],
    }  # fmt: skip
    clicks = sum(row[1] for row in chart) + sum(row[1] for row in queries)
    shown = sum(row[2] for row in chart) + sum(row[2] for row in queries)
    data = zip_bytes({name: csv_bytes([[*row] for row in rows], encoding="utf-8") for name, rows in members.items()})
    yield (
        "search_console/en.zip", data,
        Expected(
            "search_console", "search_console/chart", "en", kind="metrics", grain="mixed",
            findings=["COLUMNS_IGNORED"], tables={"metrics": 3 * (DAYS + len(queries))},
            side={"metrics.clicks": clicks, "metrics.impressions": shown},
        ),
    )  # fmt: skip


def samples() -> Iterator[tuple[str, bytes, Expected]]:
    """Every file of these sources."""
    yield from search_console()
