"""Numbers and dates are decided once a column, from all of its cells."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from budget.exports.cells import Cell
from budget.exports.dates import Dates, read_dates, read_span
from budget.exports.headers import header, plain
from budget.exports.numbers import Numbers, convert, scan
from budget.exports.results import result_type
from budget.exports.sniff import sniff
from budget.weeks import Period

TODAY = date(2026, 9, 1)


def _numbers(*cells: Cell, as_count: bool = False, decimal: str | None = None) -> Numbers:
    scanned = scan(cells)
    return convert(cells, scanned, decimal or scanned.decided or ".", as_count=as_count)


def _micros(*cells: Cell) -> list[str | None]:
    return [None if value is None else str(Decimal(value) / 1_000_000) for value in _numbers(*cells).values]


@pytest.mark.parametrize(
    ("cells", "amounts"),
    [
        (("1,164.10", "2,565"), ["1164.1", "2565"]),
        (("1.164,10", "2.565"), ["1164.1", "2565"]),
        (("2473,94", "18\u00a0158,50"), ["2473.94", "18158.5"]),
        (("1,234,567", "1.5"), ["1234567", "1.5"]),
        (("12,34,567.50", "1.25"), ["1234567.5", "1.25"]),
        (("-5.00", "(3.20)", "4.10-", "−1.5"), ["-5", "-3.2", "-4.1", "-1.5"]),
        (("$1,234.50", "US$ 3.20", "€7.1", "8.25 AZN", "₼9.5"), ["1234.5", "3.2", "7.1", "8.25", "9.5"]),
        (("１２．５０", "3.25"), ["12.5", "3.25"]),
        (("1'234.50", "2’000.25"), ["1234.5", "2000.25"]),
        (("6.2527773973", "0.125"), ["6.252777", "0.125"]),
        ((12, 12.0, 0.1 + 0.2), ["12", "12", "0.3"]),
        (("", "-", "--", " --", "–", "N/A", "NAN", "undefined", "null", "∞"), [None] * 10),
        (("9999999999.99",), ["9999999999.99"]),
    ],
)
def test_amounts(cells: tuple[Cell, ...], amounts: list[str | None]) -> None:
    """Marks, groups, signs, currencies and placeholders as EXPORTS section 4 has them, exact to the micro."""
    assert _micros(*cells) == amounts
    assert not _numbers(*cells).unreadable


@pytest.mark.parametrize(
    "cell",
    ["1.2E+5", "Infinity", "12a", "1 23", "1,23,45", "1.2.3", "12345678901234567890", "9e18", "1..2", True,
     float("nan"), float("inf")],
)  # fmt: skip
def test_unreadable_amounts_are_null(cell: Cell) -> None:
    """Exponents, letters, wrong groups, more than 18 digits, infinity: null, with their place."""
    column = _numbers("1.50", cell)
    assert column.values == [1_500_000, None]
    assert column.unreadable == [1]


@pytest.mark.parametrize("cell", ["07.дек", "3.апр", "7-Dec", "Apr-03", "28.фев", "12 сен", date(2026, 12, 7),
                                  datetime(2026, 4, 3)])  # fmt: skip
def test_numbers_that_became_dates_are_null(cell: Cell) -> None:
    """A number that a spreadsheet turned into a day and month is blank and said, never repaired."""
    column = _numbers("1.50", cell)
    assert column.values == [1_500_000, None]
    assert column.dates == [1]


def test_majority_decides_the_mark() -> None:
    """Of decisive cells that contradict each other the majority holds; the others are null."""
    column = _numbers("1.50", "2.50", "3,50")
    assert column.values == [1_500_000, 2_500_000, None]
    assert column.unreadable == [2]


def test_counts_have_no_fraction() -> None:
    """A count of 12.0 is 12; one of 12.5 is null."""
    assert _numbers("12.0", "12.5", 3.0, 3.5, as_count=True).values == [12, None, 3, None]


def test_bounds_are_kept() -> None:
    """`<5` is null and a bound of 5."""
    column = _numbers("<5", "< 10%", ">90%")
    assert column.values == [None, None, None]
    assert column.bounds == [(0, "<", Decimal(5)), (1, "<", Decimal(10)), (2, ">", Decimal(90))]


def _dates(*cells: Cell, usual: str | None = None, stated: Period | None = None, order: str | None = None) -> Dates:
    return read_dates(cells, language=None, stated=stated, usual=usual, answers=(order, None), today=TODAY)


@pytest.mark.parametrize(
    "cell",
    ["2026-02-08", "2026-02-08T01:00:00", "2026-02-08 12:30:00 +0400", "2026/02/08", "20260208", "8.2.2026",
     "Feb 8, 2026", "Sun, Feb 8, 2026", "Sun Feb 8 2026", "8 February 2026", "8 de febrero de 2026",
     "8 februari 2026 00:00", "dom, 8 feb 2026", "8 Şubat 2026", "8 февраля 2026 г.", "8 fevral 2026", "2026年2月8日",
     "2026. 2. 8.", datetime(2026, 2, 8, 5), date(2026, 2, 8), 46061, 46061.0, 20260208],
)  # fmt: skip
def test_dates(cell: Cell) -> None:
    """Every form of 8 February 2026 that EXPORTS section 4 accepts."""
    assert _dates(cell).values == [date(2026, 2, 8)]


@pytest.mark.parametrize("cell", ["31.02.2026", "2026-13-01", "99/99/2026", "soon", "8.2.", 5, 1e300, True])
def test_impossible_dates_are_null(cell: Cell) -> None:
    """What cannot be a date is null, with its place."""
    column = _dates("2026-02-08", cell)
    assert column.values == [date(2026, 2, 8), None]
    assert column.unreadable == [1]


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (("13/02/2026", "01/02/2026"), "dmy"),
        (("02/13/2026", "02/01/2026"), "mdy"),
        (("02/01/2026", "02/02/2026", "02/03/2026"), "mdy"),
        (("01/02/2026", "02/02/2026", "03/02/2026"), "dmy"),
    ],
)
def test_day_order_is_decided_by_the_column(cells: tuple[Cell, ...], order: str) -> None:
    """A part above 12 decides; else the reading under which the dates step by one day."""
    column = _dates(*cells)
    assert (column.order, column.question) == (order, "")
    assert None not in column.values


def test_stated_range_decides_the_day_order() -> None:
    """A date that could be both is the one inside the range that the report states."""
    stated = Period(date(2026, 6, 1), date(2026, 7, 1))
    assert _dates("05/06/2026", stated=stated).values == [date(2026, 6, 5)]
    assert _dates("06/05/2026", stated=stated).values == [date(2026, 6, 5)]


def test_open_day_order_is_asked() -> None:
    """Where nothing decides, the order is asked; the answer or the description's order settles it."""
    assert _dates("05/06/2026").question == "day_order"
    assert _dates("05/06/2026", usual="mdy").question == ""
    assert _dates("05/06/2026", order="mdy").values == [date(2026, 5, 6)]


@pytest.mark.parametrize(
    "text",
    ["March 27, 2026 - April 23, 2026", "27 March 2026 - 23 April 2026", "27 de marzo de 2026 - 23 de abril de 2026",
     "2026-03-27 – 2026-04-23", "27.03.2026 - 23.04.2026"],
)  # fmt: skip
def test_ranges(text: str) -> None:
    """The last day of a stated range belongs to it."""
    assert read_span(text, None) == Period(date(2026, 3, 27), date(2026, 4, 24))


def test_headers_are_compared_normalised() -> None:
    """Full-width brackets, NBSP, soft hyphens and Turkish capitals meet; a unit is taken off and kept."""
    assert header("消化金額（JPY）") == ("消化金額", "JPY")
    assert header("Amount spent [USD]") == ("amount spent", "USD")
    assert header("Clicks (all)") == ("clicks (all)", None)
    assert header("Start Date (in UTC)") == ("start date (in utc)", None)
    assert plain("ERİŞİM") == plain("Erişim")
    assert plain("Auf\u00adrufe\u00a0 heute ") == "aufrufe heute"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("actions:offsite_conversion.fb_pixel_purchase", "purchase"),
        ("Website purchases", "purchase"),
        ("actions:onsite_conversion.lead_grouped", "lead"),
        ("actions:link_click", "link_click"),
        ("actions:onsite_conversion.messaging_conversation_started_7d", "conversation"),
        ("reach", "reach"),
        ("Мой результат", "other:Мой результат"),
        ("", None),
    ],
)
def test_result_types(text: str, kind: str | None) -> None:
    """Indicators and labels become one name a kind of event."""
    assert result_type(text) == kind


def test_content_decides_the_container() -> None:
    """A file is what its bytes are, whatever its name."""
    assert sniff(b"BM,RIFF\n1,2").container == "text"
    assert sniff(b"Day,Cost\n").container == "text"
    assert sniff("Day\tCost".encode("utf-16")).container == "text"
    assert sniff(b"PK\x03\x04").container == "zip"
    assert sniff(b"<html>") == ("other", "web")
