"""The workbook to fill in where a platform has no export: delivery by day, sales by week, what the columns mean.

It is read back by `budget/exports/formats/template.toml`, in every language, without a question. The example stands
above the header: what stands there is never read as data.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from budget.money import COMMON_CURRENCIES
from budget.present import template_words as texts
from budget.present.template_words import Column
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
        _table(book, texts.DAILY_SHEET, texts.DAILY, words, lists, texts.LEAD)
        _table(book, texts.SALES_SHEET, texts.SALES, words, lists, texts.LEAD)
        _notes(book, words)
    return out.getvalue()


def _table(
    book: Workbook, name: str, columns: Sequence[Column], words: Words, lists: Mapping[str, Sequence[str]], lead: str
) -> None:
    """One sheet: what to do, an example, the header, and cells that take only what belongs there."""
    sheet: Worksheet = book.add_worksheet(words.say(name))
    head = book.add_format({"bold": True, "bg_color": "#24405c", "font_color": "#ffffff", "text_wrap": True})
    sheet.write_string(0, 0, words.say(lead), book.add_format({"italic": True, "font_color": "#56616d"}))
    for place, column in enumerate(columns):
        sheet.set_column(place, place, WIDTHS[column.kind], book.add_format(_look(column.kind)))
        sheet.write_string(HEADER_ROW, place, words.say(column.header), head)
        _example(book, sheet, place, column, words, lists)
        _check(sheet, place, column, words, lists)
    mark = book.add_format({"italic": True, "font_color": "#b3243a"})
    sheet.write_string(EXAMPLE_ROW, len(columns), "← " + words.say(texts.EXAMPLE), mark)
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
        text = lists["currency"][0] if column.kind == "currency" else str(value or words.say(texts.EXAMPLE_NAME))
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
    if column.kind in rules:
        said = {"error_title": words.say(texts.WRONG_CELL), "error_message": words.say(texts.WRONG[column.kind])}
        sheet.data_validation(HEADER_ROW + 1, place, HEADER_ROW + MOST_ROWS, place, rules[column.kind] | said)


def _notes(book: Workbook, words: Words) -> None:
    """What each column means, by sheet."""
    sheet: Worksheet = book.add_worksheet(words.say(texts.NOTES_SHEET))
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 28, wrapped)
    sheet.set_column(1, 1, 16, wrapped)
    sheet.set_column(2, 2, 70, wrapped)
    line = 0
    for name, columns in ((texts.DAILY_SHEET, texts.DAILY), (texts.SALES_SHEET, texts.SALES)):
        sheet.write_string(line, 0, words.say(name), bold)
        for row, column in enumerate(columns, line + 1):
            sheet.write_string(row, 0, words.say(column.header))
            sheet.write_string(row, 1, words.say(texts.NEEDED if column.needed else texts.OPTIONAL))
            sheet.write_string(row, 2, words.say(column.meaning))
        line += len(columns) + 2
