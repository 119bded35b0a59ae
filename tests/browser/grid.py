"""A hand on the data grids: they are drawn on a canvas, their cells are named in a table beside it."""

from contextlib import suppress

from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.browser.visit import settled

ROW_PX = 34
MOST_CLICKS = 9
TOLD_WITHIN_MS, OPEN_WITHIN_MS = 2_000, 4_000
PASTED_AFTER_MS = 300
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
        """Double-click a cell, replace what it holds once the caret stands in it, and confirm."""
        editor = self._opened(*self._place(row, self.column(header)))
        self._page.keyboard.press("Control+A")
        self._page.keyboard.type(text, delay=delay_ms)
        expect(editor).to_have_value(text)
        self._page.keyboard.press("Enter")
        editor.wait_for(state="detached")
        settled(self._page)

    def leave_typed(self, row: int, header: str, text: str, delay_ms: int = 30) -> None:
        """Like `type`, without waiting for anything after Enter."""
        self._opened(*self._place(row, self.column(header)))
        self._page.keyboard.press("Control+A")
        self._page.keyboard.type(text, delay=delay_ms)
        self._page.keyboard.press("Enter")

    def paste(self, row: int, header: str, block: str) -> None:
        """Paste a block of cells, as a spreadsheet copies it, with its first cell here."""
        self._page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self._page.evaluate("block => navigator.clipboard.writeText(block)", block)
        self._page.mouse.click(*self._place(row, self.column(header)))
        self._page.keyboard.press("Control+V")
        self._page.wait_for_timeout(PASTED_AFTER_MS)
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
                self._page.keyboard.press("Escape")
                return x, y
            left, right = (x, right) if found < column else (left, x)
        raise AssertionError(f"no column {column} in row {row} can be seen")

    def _selected(self, row: int, x: float, y: float) -> int:
        """The number of the column at a place, 0 where no cell is: the cell there is clicked and left again.

        A grid that was just drawn may miss a click; then it is clicked once more.
        """
        told = self._frame.locator(f'td[data-testid$="-{row}"][aria-selected="true"]')
        self._page.keyboard.press("Escape")
        told.first.wait_for(state="detached")
        for _ in range(2):
            self._page.mouse.click(x, y)
            with suppress(TimeoutError):
                told.first.wait_for(state="attached", timeout=TOLD_WITHIN_MS)
                break
        else:
            return 0
        return int(told.first.get_attribute("aria-colindex") or 0)

    def _opened(self, x: float, y: float) -> Locator:
        """The editor of the cell at a place, by a double click, or by a second one where the first was missed.

        A grid that is still settling may keep the caret: a person then clicks where it should be.
        """
        editor = self._page.locator(EDITOR)
        self._page.mouse.dblclick(x, y)
        with suppress(TimeoutError):
            editor.wait_for(timeout=OPEN_WITHIN_MS)
        if not editor.count():
            self._page.mouse.dblclick(x, y)
            editor.wait_for()
        editor.click()
        expect(editor).to_be_focused()
        return editor
