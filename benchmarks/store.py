"""`python -m benchmarks.store [rows]`: weekly facts of one workspace beside hand-written SQL on a plain table."""

import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from budget.store import Store, open_store
from tests.budget.store.given import Bare, at

ROOT = Path(__file__).parents[1]
ROWS, WORKSPACES, DAYS, ROUNDS = 1_000_000, 5, 100, 5
PLAIN = """
CREATE TABLE plain AS SELECT workspace_id, week_start, platform, currency, spend_micros, impressions, clicks,
link_clicks, landing_page_views, engagements, conversions_micros, value_micros FROM fact_delivery WHERE counted
"""
BY_HAND = """
SELECT week_start, platform, currency, sum(spend_micros), sum(impressions), sum(clicks), sum(link_clicks),
sum(landing_page_views), sum(engagements), sum(conversions_micros), sum(value_micros)
FROM plain WHERE workspace_id = ? GROUP BY week_start, platform, currency ORDER BY 1, 2, 3
"""


def file_of(number: int, rows: int) -> Bare:
    """A file of so many rows: campaigns by days, one level, one slice."""
    days = [date(2025, 1, 6) + timedelta(days=n % DAYS) for n in range(rows)]
    numbers = {name: range(1, rows + 1) for name in ("spend_micros", "impressions", "clicks", "conversions_micros")}
    frame = pd.DataFrame({"date_day": days, "campaign_id": [f"{number}-{n // DAYS}" for n in range(rows)], **numbers})
    return Bare(
        frame.assign(
            platform="meta", account_id="A", campaign_name="One", entity_level="campaign", breakdown="none",
            currency="AZN", source_row=2,
        )
    )  # fmt: skip


def fill(store: Store, rows: int) -> int:
    """So many rows in five workspaces, in files of 10,000; returns the last workspace."""
    firm = 0
    for n in range(WORKSPACES):
        firm = store.create_workspace(f"Firm {n}", currency="AZN").workspace_id
        left, number = rows // WORKSPACES, 0
        while left > 0:
            number, count = number + 1, min(left, 10_000)
            store.add_import(firm, file_of(number, count), f"{n} {number}".encode(), as_of=at(number))
            left -= count
    return firm


def cpu_ms(act: Callable[[], object]) -> float:
    """Least CPU time of an act over the rounds, the first (which fills caches) apart."""
    act()
    found = []
    for _ in range(ROUNDS):
        before = time.process_time()
        act()
        found.append((time.process_time() - before) * 1000)
    return min(found)


def main() -> None:
    """Print rows a second of importing, CPU of both ways and their ratio, peak memory."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'payoff.db'}")
        started = time.perf_counter()
        firm = fill(store, rows)
        print(f"import       {rows / (time.perf_counter() - started):9.0f} rows/s of {rows} rows", flush=True)
        with closing(sqlite3.connect(store.path)) as raw:
            raw.execute(PLAIN)
            raw.commit()
            by_hand = cpu_ms(lambda: raw.execute(BY_HAND, [firm]).fetchall())
            total = sum(row[3] for row in raw.execute(BY_HAND, [firm]))
        ours = cpu_ms(lambda: store.facts(firm, by=("platform",)))
        if int(store.facts(firm, by=("platform",))["spend_micros"].sum()) != total:
            raise SystemExit("both ways must give the same sum: no figure counts")
        store.close()
    print(f"weekly facts {ours:9.0f} ms CPU, by hand {by_hand:.0f} ms, ratio {ours / by_hand:.2f} (2 at most)")
    print(f"peak memory  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:9.0f} MB")


if __name__ == "__main__":
    main()
