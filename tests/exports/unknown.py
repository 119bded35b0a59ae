"""Tables that nobody described: asked for a mapping, then read as the person says."""

import json
from collections.abc import Iterator
from datetime import timedelta

from tests.exports.tables import FIRST, Expected, sums, week
from tests.exports.writers import Value, csv_bytes, xlsx_bytes

Piece = tuple[str, bytes, Expected]


def _mapping(columns: dict[str, str], row: int, **more: str) -> dict[str, str]:
    answer = {"kind": "delivery", "platform": "other", "header_row": row, "columns": columns} | more
    return {"mapping": json.dumps(answer, ensure_ascii=False)}


def by_hand() -> Iterator[Piece]:
    """A list kept by hand in Azerbaijani, with a sum below and a column of persons."""
    rows = week("by hand", names=("Novruz", "Yay"), ads=2)
    cells: list[list[Value]] = [
        ["Reklam hesabatı"],
        [],
        ["Tarix", "Xərc", "Göstərilmə", "Klik", "Menecer e-mail", "Layihə"],
    ]
    for row in rows:
        money = f"{row.cents // 100},{row.cents % 100:02d}"
        cells.append([f"{row.day:%d.%m.%Y}", money, str(row.impressions), str(row.clicks), "a@b.az", row.campaign])
    cents = sum(row.cents for row in rows)
    cells.append(
        ["Cəmi", f"{cents // 100},{cents % 100:02d}", str(sum(row.impressions for row in rows)),
         str(sum(row.clicks for row in rows)), "", ""]
    )  # fmt: skip
    data = csv_bytes(cells, delimiter=";")
    nothing = Expected(kind="unknown", grain="", start=None, end=None)
    nothing.findings, nothing.questions = ["UNKNOWN_FORMAT"], ["mapping"]
    yield "other/by-hand.csv", data, nothing
    columns = {"Tarix": "day", "Xərc": "spend_micros", "Göstərilmə": "impressions", "Klik": "clicks",
               "Layihə": "campaign_name"}  # fmt: skip
    total = sums(rows, "spend_micros", "impressions", "clicks")
    mapped = Expected(
        "other", "", "", "AZN", level="campaign", rows=len(rows), sums=total, declared=total,
        findings=["COLUMNS_IGNORED"], answers=_mapping(columns, 3, currency="AZN"),
    )  # fmt: skip
    yield "other/by-hand-mapped.csv", data, mapped
    book = xlsx_bytes({"Fevral": cells})
    mapped.answers = _mapping(columns, 3, currency="AZN", sheet="Fevral")
    yield "other/by-hand-mapped.xlsx", book, mapped


def open_conventions() -> Iterator[Piece]:
    """Dates and amounts that could be read both ways are asked, and read as the person says."""
    cells: list[list[Value]] = [["When", "Project", "Paid", "Seen"]]
    cells += [["05/06/2026", "A", "1,234", "10"], ["07/06/2026", "A", "2,345", "20"]]
    data = csv_bytes(cells, delimiter="\t")
    columns = {"When": "day", "Project": "campaign_name", "Paid": "spend_micros", "Seen": "impressions"}
    asked = Expected("other", "", "", "USD", level="campaign", rows=2)
    asked.start, asked.end = FIRST.replace(month=6, day=5), FIRST.replace(month=6, day=8)
    asked.sums = {"spend_micros": 3_579_000_000, "impressions": 30}
    asked.findings, asked.questions = ["DAY_ORDER_UNKNOWN", "DECIMAL_UNKNOWN"], ["day_order", "decimal"]
    asked.answers = _mapping(columns, 1, currency="USD")
    yield "other/both-ways.tsv", data, asked
    settled = Expected("other", "", "", "USD", level="campaign", rows=2)
    settled.start, settled.end = FIRST.replace(month=5, day=6), FIRST.replace(month=7, day=7)
    settled.sums = {"spend_micros": 3_579_000, "impressions": 30}
    settled.answers = asked.answers | {"day_order": "mdy", "decimal": ","}
    yield "other/both-ways-answered.tsv", data, settled


def no_year() -> Iterator[Piece]:
    """Dates without a year run forward over the new year; the year of the last is asked."""
    cells: list[list[Value]] = [["Date of ad", "Project", "Paid", "Seen"]]
    cells += [["December 30", "A", "1.50", "10"], ["December 31", "A", "2.25", "20"], ["January 1", "A", "4.00", "30"]]
    columns = {"Date of ad": "day", "Project": "campaign_name", "Paid": "spend_micros", "Seen": "impressions"}
    answered = Expected("other", "", "", "USD", level="campaign", rows=3)
    answered.start, answered.end = FIRST.replace(year=2023, month=12, day=30), FIRST.replace(year=2024, month=1, day=2)
    answered.sums = {"spend_micros": 7_750_000, "impressions": 60}
    answered.answers = _mapping(columns, 1, currency="USD") | {"year": "2024"}
    yield "other/no-year-answered.csv", csv_bytes(cells), answered
    asked = Expected("other", "", "", "USD", level="campaign", rows=3, sums=answered.sums)
    asked.start, asked.end = FIRST.replace(year=2025, month=12, day=30), FIRST.replace(month=1, day=2)
    asked.findings, asked.questions = ["YEAR_UNKNOWN"], ["year"]
    asked.answers = _mapping(columns, 1, currency="USD")
    yield "other/no-year.csv", csv_bytes(cells), asked


def weeks() -> Iterator[Piece]:
    """Weeks as ranges stay weeks."""
    first = FIRST - timedelta(days=0)
    cells: list[list[Value]] = [["Semana", "Campaña", "Coste", "Impr.", "Clics", "Código de moneda"]]
    cells += [[f"{first:%Y-%m-%d}", "Uno", "10,50", "1.000", "5", "EUR"]]
    cells += [[f"{first + timedelta(days=7):%Y-%m-%d}", "Uno", "20,25", "2.000", "6", "EUR"]]
    expected = Expected("google", "google/ads", "es", "EUR", grain="week", level="campaign", rows=2)
    expected.end = first + timedelta(days=14)
    expected.sums = {"spend_micros": 30_750_000, "impressions": 3_000, "clicks": 11}
    yield "google/weeks-es.csv", csv_bytes(cells, encoding="utf-8"), expected


def samples() -> Iterator[Piece]:
    """All of them."""
    yield from by_hand()
    yield from open_conventions()
    yield from no_year()
    yield from weeks()
