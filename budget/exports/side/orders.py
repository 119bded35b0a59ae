"""Shop orders: one row an order, though the file may give it several lines; of the customer a keyed hash at most."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from budget.exports.cells import Cell, each
from budget.exports.columns import Column, constant
from budget.exports.headers import plain
from budget.exports.levels import id_of
from budget.exports.metrics import Metrics, read_metrics
from budget.exports.roles import ORDER_MICROS
from budget.exports.side.collect import Collect
from budget.exports.side.days import cover, read_days
from budget.exports.side.money import read_currencies
from budget.exports.side.persons import customer_key, masked_metrics, say_removed, without_slipped, word_of
from budget.exports.side.sections import Section
from budget.exports.tables import Table
from budget.exports.totals import is_null

# How a status begins that is no sale, in the words of shops.
_NO_SALE = (
    "void", "cancel", "fail", "expire", "trash", "draft", "отмен", "аннулир", "ləğv", "iptal", "anul", "storn",
)  # fmt: skip
_TEXTS = ("status", "source", "discount_code")


@dataclass(frozen=True)
class Order:
    """An order's number and the places of its lines."""

    order_id: str
    places: Sequence[int]


def read_orders(section: Section, collect: Collect) -> None:
    """Every order of the section's table: its own cells stand on one of its lines, pieces on all of them."""
    table, answers = without_slipped(section.table, collect), collect.task.answers
    report, mapping = table.match.report, answers.mapping
    usual = report.decimal if report else mapping.decimal or None if mapping else None
    metrics = masked_metrics(read_metrics(table, usual, answers.decimal, (*ORDER_MICROS, "items"), ("items",)))
    collect.take_metrics(metrics)
    collect.take_columns(table, metrics.conventions)
    say_removed(table, collect)
    orders = _orders(table, collect)
    columns = {**_texts(table), "order_date": read_days(table, "order_date", collect), **_persons(table, collect)}
    columns["currency"] = read_currencies(table, "total_micros", metrics, collect)
    rows = [_row(order, table, columns, metrics) for order in orders]
    dated = [row for row in rows if row["order_date"]]
    _say_incomplete(rows, orders, metrics, collect)
    for row in dated:
        collect.add("orders", row)
    cover([row["order_date"] for row in dated], collect)


def _orders(table: Table, collect: Collect) -> list[Order]:
    """The orders in the order of their first lines; a line without a number belongs to the order above it."""
    ids = _ids(table, collect)
    places: dict[str, list[int]] = {}
    above = None
    for place, number in enumerate(ids):
        above = number or above
        if above:
            places.setdefault(above, []).append(place)
    return [Order(number, own) for number, own in places.items()]


def _ids(table: Table, collect: Collect) -> list[str | None]:
    """The shop's own number, which stands on every line and survives a spreadsheet; else the long id."""
    name, long = table.match.column("order_name"), table.match.column("order_id")
    names = each(table.cells(name), _number) if name else constant(None, len(table.rows))
    ids = each(table.cells(long), id_of).each(_number) if long else constant(None, len(table.rows))
    if long and not name and (ids.nulls() & table.cells(long).where(lambda cell: not is_null(cell))).any():
        collect.find("ID_LOST_PRECISION", long.header, {"column": long.header})
    return [own or other for own, other in zip(names, ids, strict=True)]


def _number(cell: Cell) -> str | None:
    """An order's number holds a digit: whatever else stands there may be somebody's name."""
    text = word_of(cell)
    return text if text and "@" not in text and any(char.isdecimal() for char in text) else None


def _texts(table: Table) -> dict[str, Column[Any]]:
    """Status, source and code as written; a status in our word where the description has one."""
    report = table.match.report
    known = report.words.get("status", {}) if report else {}
    nothing: Column[Any] = constant(None, len(table.rows))
    found: dict[str, Column[Any]] = {
        role: each(table.cells(use), word_of) if (use := table.match.column(role)) else nothing for role in _TEXTS
    }
    found["status"] = found["status"].each(lambda text: known.get(plain(text), text) if text else None)
    return found


def _persons(table: Table, collect: Collect) -> dict[str, Column[Any]]:
    secret, email, until = collect.task.customer_key, table.match.column("email"), table.match.column("cancelled_on")
    nothing: Column[Any] = constant(None, len(table.rows))
    return {
        "customer_key": each(table.cells(email), lambda cell: customer_key(cell, secret)) if email else nothing,
        "cancelled": table.cells(until).each(lambda cell: True if not is_null(cell) else None) if until else nothing,
    }


def _row(order: Order, table: Table, columns: dict[str, Column[Any]], metrics: Metrics) -> dict[str, Any]:
    """One order: what its first filled line says; pieces of all its lines."""
    said = {key: _first(column, order.places) for key, column in columns.items()}
    money = {
        role: _first(metrics.numbers[role].values, order.places) for role in ORDER_MICROS if role in metrics.numbers
    }
    pieces = metrics.numbers["items"].values if "items" in metrics.numbers else ()
    known = [pieces[place] for place in order.places if pieces and pieces[place] is not None]
    if said["status"] == "refunded" and money.get("refunded_micros") is None:
        money["refunded_micros"] = money.get("total_micros")
    return {
        **said, **money, "order_id": order.order_id, "items": sum(known) if known else None,
        "cancelled": bool(said["cancelled"]) or plain(said["status"]).startswith(_NO_SALE),
        "source_sheet": table.grid.sheet or None, "source_row": table.lines[order.places[0]],
    }  # fmt: skip


def _first(column: Sequence[Any], places: Sequence[int]) -> Any:
    return next((column[place] for place in places if column[place] is not None), None)


def _say_incomplete(
    rows: Sequence[dict[str, Any]], orders: Sequence[Order], metrics: Metrics, collect: Collect
) -> None:
    """Count orders without a day or a total, those that state two totals, and amounts below nothing."""
    if undated := sum(not row["order_date"] for row in rows):
        collect.find("ROWS_UNDATED", facts={"count": undated})
    if unpriced := sum(row.get("total_micros") is None for row in rows):
        collect.find("ORDERS_UNPRICED", facts={"count": unpriced})
    totals = metrics.numbers["total_micros"].values if "total_micros" in metrics.numbers else ()
    stated = [{totals[place] for place in order.places if totals and totals[place] is not None} for order in orders]
    if several := sum(len(one) > 1 for one in stated):
        collect.find("ORDERS_DIFFER", facts={"count": several})
    negative = sum((row.get(role) or 0) < 0 for row in rows for role in ORDER_MICROS)
    if negative:
        collect.find("NEGATIVE_AMOUNT", facts={"count": negative})
