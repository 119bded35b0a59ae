"""The last sheet of a plan workbook: how to fill it in, and what every column means."""

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from budget.present.plan_file_words import GUIDE, GUIDE_HEAD
from budget.present.plan_sheets import GUIDE_TITLE, TABLES
from budget.reports.plan_looks import Looks


def guide(book: Workbook, looks: Looks) -> None:
    """Sentences first, then the dictionary: sheet, column, meaning."""
    words = looks.words
    page: Worksheet = book.add_worksheet(words.say(GUIDE_TITLE))
    for place, width in enumerate((18, 26, 90)):
        page.set_column(place, place, width, looks.of("wrapped"))
    for row, text in enumerate(GUIDE):
        page.merge_range(row, 0, row, 2, "", looks.of("wrapped"))
        page.write_string(row, 0, words.say(text), looks.of("wrapped"))
    start = len(GUIDE) + 1
    for place, text in enumerate(GUIDE_HEAD):
        page.write_string(start, place, words.say(text), looks.of("head"))
    row = start
    for sheet in TABLES:
        for column in sheet.columns:
            row += 1
            page.write_string(row, 0, words.say(sheet.title), looks.of("strong"))
            page.write_string(row, 1, words.say(column.header), looks.of("wrapped"))
            page.write_string(row, 2, words.say(column.meaning), looks.of("wrapped"))
    page.fit_to_pages(1, 0)
