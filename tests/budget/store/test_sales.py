"""Booked sales: orders by day, totals that a person typed, and which of the two counts."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.store import InvalidValue, SalesTotal, Store, WorkspaceMissing
from budget.weeks import DAY
from tests.budget.store.given import MONDAY, at, beside, order

WEEK = timedelta(days=7)


def day(number: int) -> date:
    """So many days after the first Monday."""
    return MONDAY + timedelta(days=number)


def typed(number: int, days: int = 1, **said: Any) -> SalesTotal:
    """A total of so many days."""
    return SalesTotal(day(number), day(number + days), **{"currency": "AZN", "revenue_micros": 10, "orders": 1, **said})


def lines(store: Store, firm: int, **span: date) -> list[tuple[Any, ...]]:
    """Booked sales as plain rows: first day (from the first Monday), days, currency, then the sums."""
    frame = store.daily_sales(firm, **span)
    assert frame.columns.tolist() == [
        "period_start", "period_end", "grain", "currency", "orders", "new_customers", "revenue_micros", "units",
    ]  # fmt: skip
    made = []
    for start, end, _, currency, *sums in frame.itertuples(index=False):
        plain = [None if pd.isna(value) else int(value) for value in sums]
        made.append(((start.date() - MONDAY).days, (end - start).days, currency, *plain))
    return made


def test_orders_make_days(store: Store, firm: int) -> None:
    """Total less refunds, of orders that are not cancelled or voided, by day and currency."""
    rows = [
        order(1), order(2, total_micros=10, refunded_micros=3, items=1), order(3, cancelled=True),
        order(4, status="Voided"), order(5, currency="USD", total_micros=9, items=None),
        order(6, 2, cancelled=True), order(7, 3, total_micros=None),
    ]  # fmt: skip
    store.add_import(firm, beside(orders=rows), b"x")
    assert lines(store, firm) == [
        (0, 1, "AZN", 2, None, 50_000_007, 3),
        (0, 1, "USD", 1, None, 9, None),
        (2, 1, "AZN", 0, None, 0, 0),
        (3, 1, "AZN", 1, None, None, 2),
    ]
    assert lines(store, firm, start=day(1), end=day(3)) == [(2, 1, "AZN", 0, None, 0, 0)]


def test_what_customers_were_billed(store: Store, firm: int) -> None:
    """Total, tax, discount and refund of orders that count, by day and currency; null where no order says it."""
    rows = [
        order(1, total_micros=90, tax_micros=14, discount_micros=10, refunded_micros=None),
        order(2, total_micros=30, tax_micros=None, discount_micros=0, refunded_micros=5),
        order(3, cancelled=True), order(4, status="Voided"),
        order(5, 2, total_micros=7, tax_micros=None, discount_micros=None, refunded_micros=None),
    ]  # fmt: skip
    store.add_import(firm, beside(orders=rows), b"x")
    frame = store.daily_orders(firm)
    assert frame.columns.tolist() == [
        "date_day", "currency", "orders", "total_micros", "tax_micros", "discount_micros", "refunded_micros",
    ]  # fmt: skip
    found = [
        [(when.date() - MONDAY).days, currency, *(None if pd.isna(x) else int(x) for x in sums)]
        for when, currency, *sums in frame.itertuples(index=False)
    ]
    assert found == [[0, "AZN", 2, 120, 14, 10, 5], [2, "AZN", 1, 7, None, None, None]]
    assert len(store.daily_orders(firm, start=day(1))) == 1


def test_a_customer_is_new_once(store: Store, firm: int) -> None:
    """On the day of the first order that counts, whatever range is asked; null where no order names its customer."""
    rows = [
        order(1, 0, customer_key="a", cancelled=True), order(2, 1, customer_key="a"), order(3, 1, customer_key="b"),
        order(4, 1, customer_key="b"), order(5, 2, customer_key="a"), order(6, 3), order(7, 4, customer_key="c"),
    ]  # fmt: skip
    store.add_import(firm, beside(orders=rows), b"x")
    assert [(line[0], line[4]) for line in lines(store, firm)] == [(0, None), (1, 2), (2, 0), (3, None), (4, 1)]
    assert [(line[0], line[4]) for line in lines(store, firm, start=day(2))] == [(2, 0), (3, None), (4, 1)]


def test_typed_totals_are_an_import(store: Store, firm: int) -> None:
    """Kind `sales`, kept, audited, traced to its row, undone exactly."""
    before = store.data_version(firm)
    done = store.add_sales(firm, [typed(0), typed(7, 7, units=None, revenue_micros=70)])
    assert (done.status, done.rows, done.new, done.data_version) == ("added", 2, 2, before + 1)
    (record,) = store.imports(firm)
    assert (record.kind, record.name, record.kept) == ("sales", "typed", True)
    assert [event.action for event in store.audit(firm, 1)] == ["add"]
    assert store.side_lineage(firm, "sales")["source_row"].tolist() == [1, 2]
    assert store.sales(firm)["grain"].tolist() == ["day", "week"]
    assert lines(store, firm) == [(0, 1, "AZN", 1, None, 10, None), (7, 7, "AZN", 1, None, 70, None)]
    assert store.undo_import(firm, done.import_id).rows == 2
    assert lines(store, firm) == []


def test_what_is_typed_last_counts(store: Store, firm: int) -> None:
    """The same again changes nothing; a correction takes its place, and so does the former value typed once more."""
    first = store.add_sales(firm, [typed(0)])
    again = store.add_sales(firm, [typed(0)])
    assert (again.status, again.import_id, again.data_version) == ("unchanged", first.import_id, first.data_version)
    store.add_sales(firm, [typed(0, revenue_micros=11)])
    assert lines(store, firm)[0][5] == 11
    back = store.add_sales(firm, [typed(0)])
    assert (back.status, lines(store, firm)[0][5]) == ("added", 10)
    store.undo_import(firm, back.import_id)
    assert lines(store, firm)[0][5] == 11


def test_sources_add_up(store: Store, firm: int) -> None:
    """Two shops of one firm are two streams; each is restated by itself."""
    store.add_sales(firm, [typed(0)], source="shop")
    store.add_sales(firm, [typed(0, revenue_micros=5)], source="market")
    assert lines(store, firm) == [(0, 1, "AZN", 2, None, 15, None)]


def test_orders_win_over_totals(store: Store, firm: int) -> None:
    """A total of which any day has orders is left out; it is back when the orders are undone."""
    store.add_sales(firm, [typed(0), typed(1), typed(7, 7)])
    before = lines(store, firm)
    done = store.add_import(firm, beside(orders=[order(1, 1), order(2, 9)]), b"x")
    assert [line[:2] for line in lines(store, firm)] == [(0, 1), (1, 1), (9, 1)]
    store.undo_import(firm, done.import_id)
    assert lines(store, firm) == before


def test_shorter_totals_win(store: Store, firm: int) -> None:
    """A week of which a day is told, and a month of which a week is, would count days twice: they are left out."""
    store.add_sales(
        firm, [typed(0), typed(0, 7), typed(14, 7), SalesTotal(date(2026, 3, 1), date(2026, 4, 1), "AZN", 99)]
    )
    assert store.sales(firm)["grain"].tolist() == ["month", "day", "week", "week"]
    assert [line[:2] for line in lines(store, firm)] == [(0, 1), (14, 7)]


@pytest.mark.parametrize(
    "totals",
    [
        [],
        [typed(0), typed(0, revenue_micros=2)],
        [typed(0, 0)],
        [typed(0, currency="manat")],
        [typed(0, revenue_micros=None, orders=None)],
        [typed(0, orders=-1)],
        [typed(0, revenue_micros=2**63)],
        [typed(0, units=1.5)],
        [SalesTotal("2026-03-02", day(1), "AZN", 1)],  # type: ignore[arg-type]  # the fault tested
        [typed(0)] * 10_001,
    ],
    ids=[
        "none",
        "twice",
        "no days",
        "currency",
        "nothing said",
        "negative",
        "too large",
        "no whole number",
        "text",
        "many",
    ],
)
def test_totals_that_cannot_be(store: Store, firm: int, totals: list[SalesTotal]) -> None:
    """They are refused whole, and nothing of them is left."""
    with pytest.raises(InvalidValue):
        store.add_sales(firm, totals)
    assert store.imports(firm) == ()


def test_no_source_no_workspace(store: Store, firm: int) -> None:
    """Totals are of somebody."""
    with pytest.raises(InvalidValue):
        store.add_sales(firm, [typed(0)], source=" ")
    with pytest.raises(WorkspaceMissing):
        store.add_sales(99, [typed(0)])


made_orders: st.SearchStrategy[list[dict[str, Any]]] = st.lists(
    st.builds(
        dict,
        day=st.integers(0, 5),
        currency=st.sampled_from(["AZN", "USD"]),
        total_micros=st.none() | st.integers(0, 1000),
        refunded_micros=st.none() | st.integers(0, 10),
        customer_key=st.sampled_from([None, "a", "b", "c"]),
        cancelled=st.sampled_from([None, False, True]),
        status=st.sampled_from([None, "paid", "voided"]),
    ),
    max_size=12,
)
made_totals = st.lists(
    st.tuples(st.integers(0, 8), st.sampled_from([1, 2, 7])), max_size=4, unique_by=lambda span: (span[0], span[1])
)


def expected(rows: list[dict[str, Any]], totals: list[tuple[int, int]]) -> dict[tuple[int, int, str], list[int | None]]:
    """Orders, new customers and revenue in plain Python."""
    living = [row for row in rows if not row["cancelled"] and row["status"] != "voided"]
    first = {
        key: min((row["day"], row["currency"]) for row in living if row["customer_key"] == key)
        for key in {row["customer_key"] for row in living if row["customer_key"]}
    }
    made: dict[tuple[int, int, str], list[int | None]] = {}
    for number, currency in {(row["day"], row["currency"]) for row in rows}:
        mine = [row for row in rows if (row["day"], row["currency"]) == (number, currency)]
        counting = [row for row in mine if row in living]
        paid = [
            row["total_micros"] - (row["refunded_micros"] or 0) for row in counting if row["total_micros"] is not None
        ]
        known = any(row["customer_key"] for row in counting)
        fresh = sum(when == (number, currency) for when in first.values()) if known else None
        nothing = not paid and len(counting) == len(mine)
        made[number, 1, currency] = [len(counting), fresh, None if nothing else sum(paid)]
    taken = {row["day"] for row in rows}
    for start, length in sorted(totals, key=lambda span: (span[1], span[0])):
        if not taken & set(range(start, start + length)):
            taken |= set(range(start, start + length))
            made[start, length, "AZN"] = [1, None, 10]
    return made


@given(rows=made_orders, totals=made_totals)
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_booked_sales_are_those_of_a_plain_count(
    store: Store, rows: list[dict[str, Any]], totals: list[tuple[int, int]]
) -> None:
    """Any orders beside any totals: days, new customers, revenue, and no day twice."""
    firm = store.create_workspace("F", currency="AZN").workspace_id
    file = [order(n, **cells) for n, cells in enumerate(rows)]
    if file:
        store.add_import(firm, beside(orders=file), b"x", as_of=at(0))
    if totals:
        store.add_sales(firm, [typed(start, length) for start, length in totals])
    found = {line[:3]: list(line[3:6]) for line in lines(store, firm)}
    assert found == expected(rows, totals)
    seen: dict[date, int] = defaultdict(int)
    for start, length, _ in {(start, length, 0) for start, length, _ in found}:
        for number in range(start, start + length):
            seen[MONDAY + number * DAY] += 1
    assert set(seen.values()) <= {1}
