"""Websites, shops and lead forms: what their files say in odd ways, and laws that hold of every reading."""

import json
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pandas.testing import assert_frame_equal

from budget.exports import Reading, read_export
from budget.present.words import words_for
from budget.reports.fill_in import fill_in
from budget.weeks import Period
from tests.exports.lead_lists import meta_rows
from tests.exports.shops import shop, shopify_rows, woo_rows
from tests.exports.tables import FIRST
from tests.exports.web import search_tables
from tests.exports.writers import Value, csv_bytes, xlsx_bytes

TODAY = date(2026, 9, 1)
COMMENT = "# " + "-" * 40


def _read(rows: list[list[Value]], **answers: str) -> Reading:
    return read_export("file.csv", csv_bytes(rows, encoding="utf-8"), answers, today=TODAY)


def _codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


def _values(reading: Reading, metric: str) -> list[float]:
    return reading.metrics.loc[reading.metrics["metric"] == metric, "value"].tolist()


def _dated(*rows: list[Value], first: str = "20260131", last: str = "20260302") -> list[list[Value]]:
    return [[COMMENT], [f"# Start date: {first}"], [f"# End date: {last}"], *rows]


# web analytics


def test_days_weeks_and_months_count_from_the_tables_own_start() -> None:
    """A day is the start and so many days; a week seven of them; a month that of the calendar; all cut to the range."""
    for head, number, wanted in (
        ("Nth day", "0001", Period(date(2026, 2, 1), date(2026, 2, 2))),
        ("Nth week", "0004", Period(date(2026, 2, 28), date(2026, 3, 3))),
        ("Nth month", "0000", Period(date(2026, 1, 31), date(2026, 2, 1))),
        ("Nth month", "0001", Period(date(2026, 2, 1), date(2026, 3, 1))),
    ):
        reading = _read(_dated([head, "Sessions"], [number, "7"]))
        row = reading.metrics.iloc[0]
        assert (row["period_start"].date(), row["period_end"].date()) == tuple(wanted), head
        assert row["grain"] == head.removeprefix("Nth ")


def test_a_count_beyond_the_range_is_no_day() -> None:
    """What lies after the stated end, or is no number, is left out with a finding."""
    reading = _read(_dated(["Nth day", "Sessions"], ["0000", "7"], ["0400", "9"], ["x", "2"]))
    assert _values(reading, "sessions") == [7]
    assert "DATE_UNREADABLE" in _codes(reading)


@pytest.mark.parametrize("stated", ["00010101-99991231", "20260208-20260202", "20260230-20260301", "20991231-99991231"])
def test_a_range_that_cannot_be_is_not_stated(stated: str) -> None:
    """A line of digits that is no range of days of this age is passed over, and the days are asked for."""
    reading = _read([[f"# {stated}"], ["Event name", "Event count"], ["scroll", "3"]])
    assert [question.key for question in reading.questions] == ["period"]
    assert not len(reading.metrics)


def test_days_that_count_from_nowhere_are_asked_for() -> None:
    """Without a start date the person says when the range began."""
    rows: list[list[Value]] = [["Nth day", "Sessions"], ["0000", "7"], ["0002", "9"]]
    assert [question.key for question in _read(rows).questions] == ["period"]
    told = _read(rows, period="2026-02-02/2026-02-09")
    assert [str(day.date()) for day in told.metrics["date_day"]] == ["2026-02-02", "2026-02-04"]
    assert not told.questions


def test_an_unknown_table_of_a_stack_does_not_run_into_the_one_above() -> None:
    """Its lines belong to no other table; its headers are named as not used."""
    known = _dated(["Nth day", "Sessions"], ["0000", "7"])
    unknown: list[list[Value]] = [[""], [COMMENT], ["Nth day", "Average engagement time"], ["0000", "41"]]
    reading = _read([*known, *unknown, [""], *_dated(["Nth day", "New users"], ["0001", "3"])])
    assert _values(reading, "sessions") == [7]
    assert _values(reading, "new_users") == [3]
    assert "COLUMNS_IGNORED" in _codes(reading)


def test_an_unknown_dimension_splits_the_rows_under_its_own_name() -> None:
    """Rows of a browser are not rows about everything; an address in a dimension is scrubbed."""
    rows = _dated(["Browser", "Country", "Sessions"], ["Chrome", "Azerbaijan", "7"], ["Safari x@y.az", "", "9"])
    reading = _read(rows)
    assert reading.metrics["segment"].tolist() == [
        "country=Azerbaijan|browser=Chrome", "country=(not set)|browser=Safari …",
    ]  # fmt: skip
    assert "PERSONAL_DATA_REMOVED" in _codes(reading)


def test_a_blank_dimension_is_a_total_only_where_it_can_be_one() -> None:
    """Last and no less than any other line: the total. Less than another, or in the middle: a page without a name."""
    head: list[Value] = ["Landing page", "Sessions"]
    total = _read(_dated(head, ["/a", "7"], ["/b", "2"], ["", "9"]))
    assert (_values(total, "sessions"), total.totals[0].values) == ([7, 2], {"sessions": 9})
    nameless = _read(_dated(head, ["/a", "7"], ["", "5"], ["/b", "2"]))
    assert (_values(nameless, "sessions"), nameless.totals) == ([7, 5, 2], ())
    least = _read(_dated(head, ["/a", "7"], ["/b", "2"], ["", "1"]))
    assert (_values(least, "sessions"), least.totals) == ([7, 2, 1], ())
    assert least.metrics["segment"].tolist()[-1] == "landing_page=(not set)"


def test_a_grand_total_is_held_against_what_adds_up() -> None:
    """Events add up and must agree; users and sessions do not add up and are not compared."""
    head: list[Value] = ["Event name", "Event count", "Sessions"]
    rows: list[list[Value]] = [[f"# {FIRST:%Y%m%d}-20260208"], head, ["", "30", "11", "Grand total"]]
    good = _read([*rows, ["page_view", "20", "10"], ["scroll", "10", "9"]])
    assert "TOTAL_DIFFERS" not in _codes(good)
    assert "ROW_RAGGED" not in _codes(good)
    assert good.period == Period(FIRST, date(2026, 2, 9))
    bad = _read([*rows, ["page_view", "20", "10"], ["scroll", "9", "9"]])
    facts = next(finding.facts for finding in bad.findings if finding.code == "TOTAL_DIFFERS")
    assert (facts["sum"], facts["declared"], facts["difference"]) == ("29", "30", "1")


def test_engaged_sessions_need_enough_digits() -> None:
    """A rate of full length gives the whole number; `12.3%` of ten thousand could be ten of them: null."""
    head: list[Value] = ["Session default channel group", "Sessions", "Bounce rate"]
    exact = _read(_dated(head, ["Direct", "10007", repr(1 - 1234 / 10007)]))
    assert _values(exact, "engaged_sessions") == [1234]
    assert "COUNT_FROM_RATIO" in _codes(exact)
    small = _read(_dated([*head[:2], "Engagement rate"], ["Direct", "5749", "0.0038267524786919463"]))
    assert _values(small, "engaged_sessions") == [22]
    rough = _read(_dated(head, ["Direct", "10007", "12.3%"], ["Email", "100", "75.0%"]))
    assert _values(rough, "engaged_sessions") == [25]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(1, 200_000), st.floats(0, 1)), min_size=1, max_size=8))
def test_a_ratio_written_in_full_always_gives_its_count_back(pairs: list[tuple[int, float]]) -> None:
    """For every number of sessions: the engaged ones are exactly those that the rate was made of."""
    counts = [(base, int(base * part)) for base, part in pairs]
    body: list[list[Value]] = [
        [f"c{n}", str(base), f"{Decimal(repr(own / base)):f}"] for n, (base, own) in enumerate(counts)
    ]
    reading = _read(_dated(["Session source", "Sessions", "Engagement rate"], *body))
    assert _values(reading, "engaged_sessions") == [own for _, own in counts]


def test_revenue_without_a_currency_is_asked_for_only_where_there_is_some() -> None:
    """A site that sells nothing has no currency to ask for."""
    head: list[Value] = ["Session default channel group", "Sessions", "Total revenue"]
    assert not _read(_dated(head, ["Direct", "7", "0"])).questions
    asked = _read(_dated(head, ["Direct", "7", "12.5"]))
    assert [question.key for question in asked.questions] == ["currency"]
    told = _read(_dated(head, ["Direct", "7", "12.5"]), currency="AZN")
    assert (_values(told, "revenue"), told.currency) == ([12_500_000], "AZN")


def test_somebodys_own_table_of_ads_is_not_web_analytics() -> None:
    """A table with spend and sessions is asked about, not read as a website's."""
    rows: list[list[Value]] = [["Tarix", "Kanal", "Xərc", "Konversiya"], ["2026-02-02", "Radio", "10.5", "3"]]
    assert _read(rows).kind == "unknown"


# search


def test_the_chart_alone_says_its_days_and_a_part_alone_asks() -> None:
    """Without the chart nobody knows the days of the queries."""
    tables = search_tables("en")
    assert not _read(tables["Chart"]).questions
    assert [question.key for question in _read(tables["Queries"]).questions] == ["period"]


def test_dates_in_the_filters_count_where_there_is_no_chart() -> None:
    """An explicit range in the list of filters is the days of the other sheets."""
    tables = search_tables("en", "2026-02-02 - 2026-02-08")
    data = xlsx_bytes({name: tables[name] for name in ("Queries", "Filters")})
    reading = read_export("performance.xlsx", data, today=TODAY)
    assert (reading.period, reading.questions) == (Period(FIRST, date(2026, 2, 9)), ())


# shops


def test_an_order_over_several_lines_is_one() -> None:
    """Totals stand once, pieces are summed, whether the order's cells are repeated or not."""
    orders = shop("law")
    cents = sum(order.total for order in orders) * 10_000
    pieces = sum(sum(order.pieces) for order in orders)
    for rows in (shopify_rows(orders), woo_rows(orders, by_item=True), woo_rows(orders, by_item=False)):
        reading = _read(rows)
        assert len(reading.orders) == len(orders)
        assert (reading.orders["total_micros"].sum(), reading.orders["items"].sum()) == (cents, pieces)


def test_an_orders_day_is_the_shops_own() -> None:
    """The date as written, whatever the zone behind it says."""
    orders = shop("zone", 3)
    days = [[str(day.date()) for day in _read(shopify_rows(orders, zone=zone)).orders["order_date"]]
            for zone in ("+0400", "+0000", "-1100")]  # fmt: skip
    assert days == [[str(order.day) for order in orders]] * 3


def test_voided_and_cancelled_orders_are_marked() -> None:
    """Marked, not left out: they do not count as sold, and later files may say otherwise."""
    orders = shop("voided", 40)
    marked = _read(shopify_rows(orders)).orders.set_index("order_id")["cancelled"]
    assert dict(marked) == {f"#{order.number}": order.status == "voided" for order in orders}
    assert 0 < marked.sum() < len(orders)


def test_a_refunded_order_without_an_amount_brought_nothing() -> None:
    """The status says that all of it went back; an amount in the file wins."""
    rows = woo_rows(shop("refund", 1), by_item=False)
    place = rows[0].index("refunded_total")
    rows[1][2] = "wc-refunded"
    for amount, wanted in (("", None), ("1.50", 1_500_000)):
        rows[1][place] = amount
        order = _read(rows).orders.iloc[0]
        assert order["refunded_micros"] == (wanted or order["total_micros"])


def test_a_long_id_that_a_spreadsheet_rounded_changes_no_order() -> None:
    """The shop's own number stands on every line and is the order's name."""
    rows = shopify_rows(shop("rounded", 5))
    whole = _read(rows)
    place = rows[0].index("Id")
    damaged = [rows[0], *([*row[:place], "5,E+12", *row[place + 1 :]] for row in rows[1:])]
    assert_frame_equal(_read(damaged).orders, whole.orders)


def test_columns_may_stand_in_any_order_beside_others() -> None:
    """Order of columns, columns more, delimiter and encoding change nothing."""
    rows = shopify_rows(shop("columns", 6))
    whole = _read(rows).orders
    turned = [[f"x{n}", *reversed(row)] for n, row in enumerate(rows)]
    assert_frame_equal(_read(turned).orders, whole)
    again = csv_bytes(rows, delimiter="\t", encoding="utf-16", quote_all=True)
    assert_frame_equal(read_export("orders.csv", again, today=TODAY).orders, whole)


def test_two_halves_hold_the_same_orders() -> None:
    """Splitting a file between orders splits its sums."""
    orders = shop("halves", 20)
    parts = [_read(shopify_rows(own)).orders for own in (orders, orders[:9], orders[9:])]
    for column in ("total_micros", "refunded_micros", "items"):
        assert parts[0][column].sum() == parts[1][column].sum() + parts[2][column].sum()


def test_orders_in_several_currencies_stay_apart() -> None:
    """Each order keeps its own; the file has none."""
    rows = woo_rows(shop("currencies", 4), by_item=False)
    rows[2][rows[0].index("order_currency")] = "USD"
    reading = _read(rows)
    assert (reading.currency, sorted(set(reading.orders["currency"]))) == (None, ["AZN", "USD"])
    assert "MIXED_CURRENCY" in _codes(reading)


OWN = [
    ["Sifariş №", "Tarix", "Yekun", "Status", "E-poçt", "Müştəri", "Miqdar"],
    ["17", "05.02.2026", "10,50", "Ödənilib", "a@b.az", "Əli", "2"],
    ["18", "06.02.2026", "1.020,00", "Ləğv edilib", "", "Vəli", "1"],
]


def test_a_shop_that_nobody_described_is_mapped() -> None:
    """Orders are proposed by their words, read as the person confirms, and no person is offered as a column."""
    rows: list[list[Value]] = [list[Value](row) for row in OWN]
    asked = _read(rows)
    proposal = json.loads(asked.questions[0].default)
    assert (asked.kind, proposal["kind"]) == ("unknown", "orders")
    assert proposal["columns"] == {
        "Sifariş №": "order_id", "Tarix": "order_date", "Yekun": "total_micros", "Status": "status",
        "E-poçt": "email", "Miqdar": "items",
    }  # fmt: skip
    assert asked.preview
    assert all("Əli" not in row and "a@b.az" not in row for row in asked.preview.rows)
    told = _read(rows, mapping=json.dumps(proposal | {"currency": "AZN"}))
    assert (told.kind, told.currency, told.keep_raw) == ("orders", "AZN", False)
    assert told.orders["total_micros"].tolist() == [10_500_000, 1_020_000_000]
    assert told.orders["cancelled"].tolist() == [False, True]


@pytest.mark.parametrize("missing", ["order_id", "order_date", "total_micros"])
def test_a_mapping_of_orders_needs_number_day_and_total(missing: str) -> None:
    """Less is no answer: the question stays."""
    columns = {"Sifariş №": "order_id", "Tarix": "order_date", "Yekun": "total_micros"}
    kept = {text: role for text, role in columns.items() if role != missing}
    reading = _read([list[Value](row) for row in OWN], mapping=json.dumps({"kind": "orders", "columns": kept}))
    assert (reading.kind, [question.key for question in reading.questions]) == ("unknown", ["mapping"])


# leads


def test_letters_before_ids_are_not_part_of_them() -> None:
    """With and without them a lead is of the same ad, ad set and campaign, as the delivery names them."""
    rows, _ = meta_rows(12)
    bare = [[str(cell).split(":", 1)[-1] if 1 < place < 8 else cell for place, cell in enumerate(row)] for row in rows]
    first = _read(rows).leads
    assert_frame_equal(_read(bare).leads, first)
    assert set(first["campaign_id"].dropna()) == {"120220000000000007"}
    assert set(first["platform"]) == {"meta"}


def test_ids_of_leads_that_a_spreadsheet_rounded_are_blank() -> None:
    """Names remain."""
    rows, _ = meta_rows(6)
    damaged = [rows[0], *([*row[:6], "1,2022E+17", *row[7:]] for row in rows[1:])]
    reading = _read(damaged)
    assert reading.leads["campaign_id"].isna().all()
    assert "ID_LOST_PRECISION" in _codes(reading)


# sales


def _fill(sheet: Worksheet, *values: datetime | str | float) -> None:
    for place, value in enumerate(values, 1):
        sheet.cell(4, place, value)


@pytest.mark.parametrize("language", ["en", "az"])
@pytest.mark.parametrize("delivered", [True, False])
def test_the_sheet_of_sales_is_read_beside_delivery_and_alone(language: str, delivered: bool) -> None:
    """Both sheets of our own workbook are read, in every language; the example above is not."""
    book = load_workbook(BytesIO(fill_in("AZN", words_for(language))))
    if delivered:
        _fill(book.worksheets[0], datetime(2026, 2, 2), "Telegram", "Bahar", "AZN", 12.5)
    _fill(book.worksheets[1], datetime(2026, 2, 2), 100, 40, 1234.56, "AZN", 130)
    out = BytesIO()
    book.save(out)
    reading = read_export("fill-in.xlsx", out.getvalue(), today=TODAY)
    assert (reading.kind, len(reading.frame)) == (("delivery", 1) if delivered else ("sales", 0))
    assert (reading.questions, _codes(reading)) == ((), set())
    row = reading.sales.iloc[0]
    assert (row["grain"], row["period_end"].date(), len(reading.sales)) == ("week", date(2026, 2, 9), 1)
    assert [row[name] for name in ("orders", "new_customers", "revenue_micros", "units", "currency")] == [
        100, 40, 1_234_560_000, 130, "AZN",
    ]  # fmt: skip
