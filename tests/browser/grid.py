"""A hand on the data grids: they are drawn on a canvas, their cells are named in a table beside it."""

from playwright.sync_api import Locator, Page

from tests.browser.visit import settled

ROW_PX = 34
MOST_CLICKS = 9
TOLD_AFTER_MS = 300
EDITOR = ".gdg-input"


class Grid:
    """The n-th data grid of the page; rows count from 0, columns go by their header."""

    def __init__(self, page: Page, n: int = 0) -> None:
        self._page = page
        self._frame = page.get_by_test_id("stDataFrame").nth(n)
        self._frame.wait_for()
        self._canvas = self._frame.locator("canvas").first

    def column(self, header: str) -> int:
        """The number of a column, from 1."""
        found = self._frame.get_by_role("columnheader", include_hidden=True).filter(has_text=header)
        return int(found.first.get_attribute("aria-colindex") or 0)

    def text(self, row: int, header: str) -> str:
        """The value of a cell as the grid knows it."""
        return self._cell(row, self.column(header)).inner_text()

    def type(self, row: int, header: str, text: str, delay_ms: int = 20) -> None:
        """Double-click a cell, replace what it holds as a person would, and confirm."""
        self._page.mouse.dblclick(*self._place(row, self.column(header)))
        editor = self._page.locator(EDITOR)
        editor.wait_for()
        self._page.keyboard.press("Control+A")
        self._page.keyboard.type(text, delay=delay_ms)
        self._page.keyboard.press("Enter")
        editor.wait_for(state="detached")
        settled(self._page)

    def _cell(self, row: int, column: int) -> Locator:
        return self._frame.locator(f'td[data-testid^="glide-cell-"][data-testid$="-{row}"][aria-colindex="{column}"]')

    def _place(self, row: int, column: int) -> tuple[float, float]:
        """Where the cell is drawn: clicks halve the row until the table says that the wanted one is selected."""
        self._canvas.scroll_into_view_if_needed()
        box = self._canvas.bounding_box()
        assert box is not None
        left, right, y = box["x"], box["x"] + box["width"], box["y"] + ROW_PX * (row + 1.5)
        for _ in range(MOST_CLICKS):
            x = (left + right) / 2
            found = self._selected(row, x, y)
            if found == column:
                return x, y
            left, right = (x, right) if found < column else (left, x)
        raise AssertionError(f"no column {column} in row {row} can be seen")

    def _selected(self, row: int, x: float, y: float) -> int:
        """The number of the column at a place: the cell there is clicked and left again."""
        self._page.mouse.click(x, y)
        self._page.wait_for_timeout(TOLD_AFTER_MS)
        found = self._frame.locator(f'td[data-testid$="-{row}"][aria-selected="true"]')
        column = int(found.first.get_attribute("aria-colindex") or 0) if found.count() else 0
        self._page.keyboard.press("Escape")
        return column
