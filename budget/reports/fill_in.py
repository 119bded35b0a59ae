"""The workbook to fill in where a platform has no export: delivery by day, sales by week, what the columns mean.

It is read back by `budget/exports/formats/template.toml`, in every language, without a question. The example stands
above the header: what stands there is never read as data.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # ships no types
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # ships no types

from budget.money import COMMON_CURRENCIES
from budget.present.template_words import DAILY, SALES, Column
from budget.present.vocabulary import PLATFORMS
from budget.present.words import Words
from budget.reports.workbook import workbook

EXAMPLE_ROW, HEADER_ROW, MOST_ROWS = 1, 2, 10_000
EARLIEST = date(2000, 1, 1)
DAY_FORMAT, AMOUNT_FORMAT, COUNT_FORMAT = "yyyy-mm-dd", "#,##0.00", "#,##0"
EXAMPLES: Mapping[str, object] = {
    "day": date(2026, 1, 31), "platform": "Telegram", "impressions": 12_000, "clicks": 340, "conversions_micros": 9,
    "value_micros": 378, "spend_micros": 120.5, "period_start": date(2026, 1, 26), "orders": 212, "new_customers": 140,
    "revenue_micros": 8904, "units": 260,
}  # fmt: skip
WIDTHS = {"day": 16, "platform": 20, "text": 34, "currency": 18, "amount": 22, "count": 20}


def fill_in(currency: str, words: Words) -> bytes:
    """The workbook in the person's language; `currency` (the firm's) leads the list of currencies."""
    out = io.BytesIO()
    with workbook(out) as book:
        lists = {
            "currency": [currency, *(code for code in COMMON_CURRENCIES if code != currency)],
            "platform": [words.say(name) for name in PLATFORMS.values()],
        }
        lead = words.say("Fill in below the blue line, save, and drop this file on the Upload screen.")
        _table(book, words.say("Delivery by day"), DAILY, words, lists, lead)
        later = words.say("Sales of all kinds, for the sales model to come: Payoff does not read this sheet yet.")
        _table(book, words.say("Sales by week"), SALES, words, lists, later)
        _notes(book, words)
    return out.getvalue()


def _table(
    book: Workbook, name: str, columns: Sequence[Column], words: Words, lists: Mapping[str, Sequence[str]], lead: str
) -> None:
    """One sheet: what to do, an example, the header, and cells that take only what belongs there."""
    sheet: Worksheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#24405c", "font_color": "#ffffff", "text_wrap": True})
    sheet.write_string(0, 0, lead, book.add_format({"italic": True, "font_color": "#56616d"}))
    for place, column in enumerate(columns):
        sheet.set_column(place, place, WIDTHS[column.kind], book.add_format(_look(column.kind)))
        sheet.write_string(HEADER_ROW, place, words.say(column.header), head)
        _example(book, sheet, place, column, words, lists)
        _check(sheet, place, column, words, lists)
    mark = book.add_format({"italic": True, "font_color": "#b3243a"})
    sheet.write_string(EXAMPLE_ROW, len(columns), "← " + words.say("an example, never read"), mark)
    sheet.set_column(len(columns), len(columns), 30)
    sheet.freeze_panes(HEADER_ROW + 1, 0)


def _look(kind: str) -> dict[str, str]:
    formats = {"day": DAY_FORMAT, "amount": AMOUNT_FORMAT, "count": COUNT_FORMAT}
    return {"num_format": formats[kind]} if kind in formats else {"num_format": "@"}


def _example(
    book: Workbook, sheet: Worksheet, place: int, column: Column, words: Words, lists: Mapping[str, Sequence[str]]
) -> None:
    look = book.add_format({"italic": True, "font_color": "#56616d", **_look(column.kind)})
    value = EXAMPLES.get(column.name)
    if isinstance(value, date):
        sheet.write_datetime(EXAMPLE_ROW, place, value, look)
    elif isinstance(value, int | float):
        sheet.write_number(EXAMPLE_ROW, place, value, look)
    else:
        text = lists["currency"][0] if column.kind == "currency" else str(value or words.say("Spring sale"))
        sheet.write_string(EXAMPLE_ROW, place, text, look)


def _check(sheet: Worksheet, place: int, column: Column, words: Words, lists: Mapping[str, Sequence[str]]) -> None:
    """What the cells below the header take, and what is said to whoever types something else."""
    rules: dict[str, dict[str, object]] = {
        "day": {"validate": "date", "criteria": ">=", "value": EARLIEST},
        "platform": {"validate": "list", "source": lists.get("platform")},
        "currency": {"validate": "list", "source": lists.get("currency"), "error_type": "warning"},
        "amount": {"validate": "decimal", "criteria": ">=", "value": 0},
        "count": {"validate": "integer", "criteria": ">=", "value": 0},
    }
    errors = {
        "day": words.say("A day such as 2026-01-31"),
        "platform": words.say("Choose a platform from the list"),
        "currency": words.say("Three letters, such as AZN"),
        "amount": words.say("A number, without letters"),
        "count": words.say("A whole number"),
    }
    if column.kind in rules:
        said = {"error_title": words.say("This cell"), "error_message": errors[column.kind]}
        sheet.data_validation(HEADER_ROW + 1, place, HEADER_ROW + MOST_ROWS, place, rules[column.kind] | said)


def _notes(book: Workbook, words: Words) -> None:
    """What each column means, by sheet."""
    sheet: Worksheet = book.add_worksheet(words.say("Notes"))
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 28, wrapped)
    sheet.set_column(1, 1, 16, wrapped)
    sheet.set_column(2, 2, 70, wrapped)
    row = 0
    for name, columns in ((words.say("Delivery by day"), DAILY), (words.say("Sales by week"), SALES)):
        sheet.write_string(row, 0, name, bold)
        for row, column in enumerate(columns, row + 1):
            sheet.write_string(row, 0, words.say(column.header))
            sheet.write_string(row, 1, words.say("needed") if column.needed else words.say("optional"))
            sheet.write_string(row, 2, words.say(column.meaning))
        row += 2
