"""The raw cells of a workbook as plain values of JSON: the child's side of `book`."""

from datetime import date
from math import isfinite
from typing import Any

from budget.exports.cells import Cell
from budget.exports.formula_places import formula_places
from budget.exports.grids import workbook_grids
from budget.exports.guard import Refused, guard_archive
from budget.exports.reading import found

MAX_BOOK_CELLS = 1_000_000
MAX_BOOK_SHEETS = 60


def cells_of(data: bytes) -> dict[str, Any]:
    """The workbook's sheets, or why they are not read; only ever called in the child. Raises calamine's errors."""
    try:
        container = guard_archive(data)
        if container == "zip":
            raise Refused(found("NOT_A_TABLE", facts={"what": "archive"}))
        grids = workbook_grids(data)
    except Refused as stop:
        return {"refused": [stop.finding.code, stop.finding.where, dict(stop.finding.facts)]}
    cells = sum(len(row) for grid in grids for row in grid.rows)
    if cells > MAX_BOOK_CELLS or len(grids) > MAX_BOOK_SHEETS:
        return {"refused": ["SHEET_TOO_LARGE", "", {"cell": f"A{max(len(grid.rows) for grid in grids)}"}]}
    places = formula_places(data) if container == "xlsx" else {}
    return {
        "sheets": [
            {
                "name": grid.sheet,
                "rows": [[_plain(cell) for cell in row] for row in grid.rows],
                "formulas": places.get(grid.sheet, []),
            }
            for grid in grids
        ]
    }


def _plain(cell: Cell) -> Any:
    if cell is None or isinstance(cell, str | bool | int):
        return cell
    if isinstance(cell, float):
        return cell if isfinite(cell) else str(cell)
    return [cell.isoformat()[:10]] if isinstance(cell, date) else str(cell)
