"""A post table's own total rows, held against the posts of the same table."""

from collections.abc import Mapping, Sequence

from budget.exports.columns import Places, integers
from budget.exports.numbers import Numbers
from budget.exports.reading import DeclaredTotal
from budget.exports.side.collect import Collect
from budget.exports.tables import Table
from budget.exports.totals import TotalRow
from budget.money import MICROS

# Persons come again, and follows also come from elsewhere than a post: their total is more than the rows.
_ADDED = ("views", "impressions", "likes", "comments", "shares", "saves", "clicks", "link_clicks")
_HOUR = 3600


def declare_totals(
    table: Table, totals: Sequence[TotalRow], numbers: Mapping[str, Numbers], detail: Places, collect: Collect
) -> None:
    """Keep every total row; what adds up must agree exactly with the rows, else the difference is said."""
    for total in totals:
        said = {role: one.values[total.place] for role, one in numbers.items()}
        declared = {role: value for role, value in said.items() if value is not None}
        for role in _ADDED:
            if role in declared:
                summed = integers(numbers[role].values).take(detail).total()
                _compare(role, declared[role], summed, _reason(table, numbers[role]), collect)
        if (hours := declared.pop("watch_hours", None)) is not None:
            declared["watch_seconds"] = round(hours * _HOUR / MICROS)
        elif "watch_seconds" in declared:
            declared["watch_seconds"] = round(declared["watch_seconds"] / MICROS)
        collect.totals.append(DeclaredTotal(total.label, total.scope, declared, table.lines[total.place]))


def _reason(table: Table, column: Numbers) -> str:
    if table.cut:
        return "cut"
    return "unreadable" if column.unreadable or column.dates else "bounds" if column.bounds else "unknown"


def _compare(role: str, declared: int, summed: int, reason: str, collect: Collect) -> None:
    if declared == summed:
        return
    facts = {
        "metric": role, "sum": str(summed), "declared": str(declared), "difference": str(abs(summed - declared)),
        "reason": reason,
    }  # fmt: skip
    collect.find("TOTAL_DIFFERS", role, facts)
