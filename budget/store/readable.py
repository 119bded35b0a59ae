"""Tables as CSV for people: UTF-8 with a mark for Excel, no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import IO, Any

from sqlalchemy import Table

from budget.present.escape import cell

TABLES = frozenset(
    {
        *("plan", "plan_line", "plan_week", "plan_assumption", "plan_objective", "plan_audience", "plan_challenge"),
        *("plan_cost", "plan_event", "import_batch", "import_issue", "import_answer", "campaign_match", "fx_rate"),
        *("fact_delivery", "fact_period", "fact_metric", "fact_post", "fact_order", "fact_lead", "fact_sales"),
        *("forecast", "forecast_week", "forecast_score", "decision", "note", "experiment"),
        *("closing", "acknowledgement"),
        "audit_event",
    }
)
HIDDEN = frozenset({"workspace_id", "grain_key", "slice_rank", "prev_hash", "hash", "customer_key"})


def write(out: IO[bytes], table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """One line a row; text that could begin a formula gets an apostrophe, numbers stay numbers."""
    names = [column.name for column in table.c if column.name not in HIDDEN]
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    lines = csv.writer(text)
    lines.writerow(names)
    lines.writerows([shown(row[name]) for name in names] for row in rows)
    text.flush()
    text.detach()


def shown(value: Any) -> Any:
    """A cell: text made harmless, moments in ISO 8601, nothing for nothing."""
    if isinstance(value, str):
        return cell(value)
    return value.isoformat(sep=" ") if hasattr(value, "hour") else value
