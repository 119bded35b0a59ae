"""Text or workbook -> grids of cells with their physical rows."""

import csv
from collections.abc import Callable, Iterator
from io import BytesIO

from budget.exports.cells import Grid, Row
from budget.exports.guard import Refused, column_letters
from budget.exports.limits import MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS
from budget.exports.reading import found
from budget.exports.repair import Lines

_MARKS = (",", ";", "\t", "|")
_RECORDS = 50
_SAMPLE_LINES = 400


def text_grid(lines: Lines, known: Callable[[str], int]) -> Grid:
    """The records of a text; `known` says how many reports know a header. Raises `Refused` beyond the limits."""
    csv.field_size_limit(MAX_CELL_CHARS)
    delimiter = lines.separator or delimiter_of(lines.lines, known)
    rows: list[Row] = []
    numbers: list[int] = []
    width = 0
    for first_line, record in _records(lines.lines, delimiter):
        width = max(width, len(record))
        if width > MAX_COLUMNS:
            raise Refused(found("SHEET_TOO_LARGE", facts={"cell": f"{column_letters(width)}1"}))
        if len(rows) >= MAX_ROWS:
            raise Refused(found("SHEET_TOO_LARGE", facts={"cell": f"A{MAX_ROWS + 1}"}))
        rows.append(list(record))
        numbers.append(first_line + lines.skipped)
    if rows:
        _refuse_open_quote(lines.lines, numbers[-1] - lines.skipped, delimiter, numbers[-1])
    return Grid("", rows, numbers, delimiter)


def delimiter_of(lines: list[str], known: Callable[[str], int]) -> str:
    """The delimiter that the first lines of a text show."""
    return _delimiter(lines[:_SAMPLE_LINES], known)


def _records(lines: list[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Records with the first physical line of each."""
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter)
    line = 1
    try:
        for record in reader:
            yield line, record
            line = reader.line_num + 1
    except csv.Error as err:
        raise Refused(found("TEXT_TOO_LONG", facts={"row": line})) from err


def _refuse_open_quote(lines: list[str], last: int, delimiter: str, row: int) -> None:
    """A last record that never closes its quote has swallowed the rest of the file."""
    rest = lines[last - 1 :]
    if sum(line.count('"') for line in rest) % 2 == 0:
        return
    try:
        for _ in csv.reader((line + "\n" for line in rest), delimiter=delimiter, strict=True):
            pass
    except csv.Error as err:
        if "end of data" in str(err):
            raise Refused(found("TEXT_TOO_LONG", facts={"row": row})) from err


def _delimiter(sample: list[str], known: Callable[[str], int]) -> str:
    """The mark under which most headers are known, then the one that gives the most even width."""

    def merit(mark: str) -> tuple[int, int, int]:
        records = []
        try:
            for _, record in _records(sample, mark):
                records.append(record)
                if len(records) >= _RECORDS:
                    break
        except Refused:
            return (0, 0, 0)
        headers = max((sum(map(known, record)) for record in records), default=0)
        widths = [len(record) for record in records if len(record) > 1]
        usual = max(set(widths), key=lambda width: (widths.count(width), width)) if widths else 0
        return headers, widths.count(usual), usual

    return max(_MARKS, key=merit)


def workbook_grids(data: bytes) -> list[Grid]:
    """The work sheets of a guarded workbook, in order; only ever called in the child. Raises calamine's errors."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    grids = []
    for meta in workbook.sheets_metadata:
        if meta.typ == SheetTypeEnum.WorkSheet:
            rows: list[Row] = workbook.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)  # type: ignore[assignment]  # calamine's cells are ours
            if rows:
                grids.append(Grid(meta.name, rows, range(1, len(rows) + 1)))
    return grids
