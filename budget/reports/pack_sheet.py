"""One sheet of a pack while it is written: from the top down, printed on A4 with its title and header rows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from budget.present.numbers import UNKNOWN
from budget.reports.pack_cells import Cell
from budget.reports.pack_looks import PackLooks
from budget.reports.plan_looks import Exact

A4 = 9
NUMBERS = ("money", "count", "share", "ratio", "fine", "points", "said")
MOST_FROZEN = 10
"""A header further down does not stay on the screen: too little room would be left below it."""
LINE, PIXELS_OF_LINE, PIXELS_OF_LETTER = 15.0, 20, 7.2
"""Height of a line of text in points and pixels, and the pixels of one letter of a column's width."""


class Sheet:
    """A sheet with a cursor: `row` is where the next thing is written, from 0."""

    def __init__(self, book: Workbook, looks: PackLooks, title: str, widths: Sequence[float]) -> None:
        self.book, self.looks, self.words = book, looks, looks.words
        self.name = looks.words.say(title)
        self.page: Worksheet = book.add_worksheet(self.name, Exact)
        self.row = 0
        self._finding = self.name
        self._widths = widths
        for place, width in enumerate(widths):
            self.page.set_column(place, place, width)
        self._print()

    def _print(self) -> None:
        self.page.hide_gridlines(2)
        self.page.set_paper(A4)
        self.page.set_landscape()
        self.page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.page.fit_to_pages(1, 0)
        self.page.set_footer("&L&8&A&R&8&P / &N")

    def heading(self, finding: str, *leads: str) -> None:
        """The finding on top, below it what the figures are."""
        self._finding = finding
        self.page.set_row(self.row, 24)
        self.page.write_string(self.row, 0, finding, self.looks.of("finding"))
        self.row += 1
        for lead in leads:
            self.note(lead, "lead")
        self.row += 1

    def note(self, said: str, kind: str = "note") -> None:
        """A sentence over the whole width, as many lines high as it needs."""
        self._wide(self.row, 0, Cell(kind, said), "bare")
        self.page.set_row(self.row, LINE * _lines(said, sum(self._widths)))
        self.row += 1

    def section(self, said: str) -> None:
        """The title of a block, after an empty row."""
        self.row += 1
        self.page.write_string(self.row, 0, said, self.looks.of("section"))
        self.row += 1

    def head(self, said: Sequence[str], kinds: Sequence[str] = (), *, repeat: bool = False) -> None:
        """The header of a table; texts stand left, numbers right. `repeat` prints it on every page from here on."""
        lines = max(_lines(name, width) for name, width in zip(said, self._widths, strict=False))
        self.page.set_row(self.row, LINE * lines + 4)
        for place, name in enumerate(said):
            right = place > 0 if not kinds else kinds[place].removesuffix("_signed") in NUMBERS
            self.page.write_string(self.row, place, name, self.looks.of("head_right" if right else "head"))
        if repeat:
            self.page.repeat_rows(self.row)
            if self.row < MOST_FROZEN:
                self.page.freeze_panes(self.row + 1, 1)
        self.row += 1

    def line(self, cells: Sequence[Cell | None], state: str = "", *, wide: bool = False) -> int:
        """Write the cells of one row, as high as its texts need; its number from 0. None leaves a cell empty.

        `wide` gives the last cell all columns to its right.
        """
        last = len(cells) - 1
        rooms = [*self._widths[:last], sum(self._widths[last:]) if wide else self._widths[last]]
        texts = [(cell.value, room) for cell, room in zip(cells, rooms, strict=True) if cell]
        lines = max((_lines(said, room) for said, room in texts if isinstance(said, str)), default=1)
        if lines > 1:
            self.page.set_row(self.row, LINE * lines)
        for place, cell in enumerate(cells):
            if wide and cell and place == last:
                self._wide(self.row, place, cell, state)
            else:
                self._put(self.row, place, cell, state)
        self.row += 1
        return self.row - 1

    def break_page(self) -> None:
        """Print what follows on a new page."""
        self.page.set_h_pagebreaks([self.row])

    def _wide(self, row: int, place: int, cell: Cell, state: str) -> None:
        """One cell over all columns from `place` on."""
        if place < len(self._widths) - 1:
            self.page.merge_range(row, place, row, len(self._widths) - 1, "", self.looks.of(cell.kind, state))
        self._put(row, place, cell, state)

    def _put(self, row: int, place: int, cell: Cell | None, state: str) -> None:
        if cell is None:
            self.page.write_blank(row, place, None, self.looks.of("text", state))
        elif cell.formula:
            self.page.write_formula(row, place, cell.formula, self.looks.of(cell.kind, state), cell.value)
        else:
            self._value(row, place, cell, state)

    def _value(self, row: int, place: int, cell: Cell, state: str) -> None:
        look: Any = self.looks.of(cell.kind, state)
        if cell.value is None:
            self.page.write_string(row, place, UNKNOWN, self.looks.of("unknown", state))
        elif isinstance(cell.value, str):
            self.page.write_string(row, place, cell.value, look)
        elif isinstance(cell.value, date):
            self.page.write_datetime(row, place, cell.value, look)
        else:
            self.page.write_number(row, place, cell.value, look)

    def at(self, row: int, place: int) -> str:
        """A cell for formulas of other sheets and for charts."""
        return f"{self._quoted}!${xl_col_to_name(place)}${row + 1}"

    def span(self, first: int, last: int, place: int) -> str:
        """The cells of a column from a row to another, both included."""
        column = xl_col_to_name(place)
        return f"{self._quoted}!${column}${first + 1}:${column}${last + 1}"

    def here(self, row: int, place: int) -> str:
        """A cell for formulas of this sheet."""
        return f"{xl_col_to_name(place)}{row + 1}"

    @property
    def _quoted(self) -> str:
        return "'" + self.name.replace("'", "''") + "'"

    def picture(self, chart: Any, *, rows: int = 14) -> None:
        """A chart below what is written, as wide as the sheet; the cursor goes below it."""
        self.beside(chart, self.row + 1, 0, rows=rows)
        self.row += rows + 2

    def beside(self, chart: Any, row: int, place: int, *, rows: int) -> None:
        """A chart from a cell to the right edge, read out as the finding of the sheet; the cursor stays."""
        width = int(sum(self._widths[place:]) * PIXELS_OF_LETTER)
        chart.set_size({"width": width, "height": rows * PIXELS_OF_LINE})
        self.page.insert_chart(
            row, place, chart, {"object_position": 1, "x_offset": 4, "y_offset": 2, "description": self._finding}
        )


def _lines(said: str, width: float) -> int:
    """How many lines a text takes in so many letters."""
    room = max(int(width), 1)
    return sum(max(1, -(-len(part) // room)) for part in said.split("\n"))
