"""Blocks that stand across: who the audience is, and counts by content format, as plain long tables."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from budget.exports.cells import Cell, Row, is_blank, text_of
from budget.exports.formats import Title
from budget.exports.numbers import convert, read_token, scan
from budget.money import MICROS

SHARE = "audience_share"
_DIGITS = re.compile(r"\d{1,3}")
_AGE = re.compile(r"\d")
# The parts of a whole may add up to a little more than it, each being rounded.
_WHOLE = 1.5 * MICROS


class Long(NamedTuple):
    """A block as a table: header, role and evidence of each column, rows and the physical row of each.

    The block's title heads its values, in the last column of a block that stood across.
    """

    header: list[str]
    roles: list[str]
    evidence: list[str]
    rows: list[Row]
    lines: list[int]

    def on(self, day: date) -> "Long":
        """The same rows, all of one day, in a column without a header."""
        rows: list[Row] = [[day, *row] for row in self.rows]
        return Long(["", *self.header], ["day", *self.roles], ["file", *self.evidence], rows, self.lines)

    def percents(self, cells: Sequence[Cell]) -> "Long":
        """The same rows with other shares."""
        place = self.roles.index(SHARE)
        rows = [[*row[:place], cell, *row[place + 1 :]] for row, cell in zip(self.rows, cells, strict=True)]
        return self._replace(rows=rows)


def read_profile(rows: Sequence[Row], lines: Sequence[int], text: str, title: Title, segment: str) -> Long | None:
    """A block of the audience: ages by gender, places across or one a row, or the number of followers."""
    if not segment:
        return _stock(rows, lines, text, title)
    if segment == "age":
        return _ages(rows, lines, text, title)
    return _paired(_across(rows) or _down(rows), lines, text, title, segment)


def read_formats(rows: Sequence[Row], lines: Sequence[int], text: str, title: Title) -> Long | None:
    """Counts by content format: a row of formats, a row of counts."""
    return _paired(_across(rows), lines, text, title, "format")


def as_percents(longs: Sequence[Long], delimiter: str) -> list[Long]:
    """Shares of all blocks of a file in one way: with a percent sign, unless they are parts of one already.

    A file that writes a sign anywhere means percents everywhere; a number that a workbook formats as percent is a part
    of one. Without any sign, shares that add up to more than one are percents.
    """
    cells = [[row[one.roles.index(SHARE)] for row in one.rows] if SHARE in one.roles else [] for one in longs]
    signed = any(isinstance(cell, str) and "%" in cell for own in cells for cell in own)
    if not signed and max((_sum(own, delimiter) for own in cells), default=0) <= _WHOLE:
        return list(longs)
    return [
        one.percents([_percent(cell, signed) for cell in own]) if own else one
        for one, own in zip(longs, cells, strict=True)
    ]


def _sum(cells: Sequence[Cell], delimiter: str) -> int:
    known = scan(cells)
    mark = known.decided or ("," if delimiter == ";" else ".")
    return sum(value or 0 for value in convert(cells, known, mark, as_count=False).values)


def _percent(cell: Cell, signed: bool) -> Cell:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return f"{round(cell * 100, 10) if signed else cell}%"
    if isinstance(cell, str) and "%" not in cell and read_token(cell).kind == "number":
        return f"{cell}%"
    return cell


def _is_number(cell: Cell) -> bool:
    """Whether a cell is meant as a number, be it damaged."""
    if isinstance(cell, str):
        return read_token(cell).kind in ("number", "bound", "date")
    return not is_blank(cell)


def _stock(rows: Sequence[Row], lines: Sequence[int], text: str, title: Title) -> Long | None:
    for row, line in zip(rows, lines, strict=True):
        if number := next((cell for cell in row if _is_number(cell)), None):
            return Long([text], [title.metric], [title.evidence], [[number]], [line])
    return None


def _ages(rows: Sequence[Row], lines: Sequence[int], text: str, title: Title) -> Long | None:
    """Ages down and genders across, or the other way round; a row without an age (a total) is none."""
    head, *body = rows
    out: list[Row] = []
    own: list[int] = []
    for row, line in zip(body, lines[1:], strict=True):
        for label, cell in zip(head[1:], row[1:], strict=False):
            age, gender = text_of(row[0]), text_of(label)
            age, gender = (gender, age) if _AGE.search(gender) else (age, gender)
            if gender and _AGE.search(age):
                out.append([age.replace("–", "-"), gender, cell])
                own.append(line)
    return Long(["", "", text], ["age", "gender", SHARE], ["file", "file", title.evidence], out, own) if out else None


Pair = tuple[int, str, Cell]


def _paired(pairs: Sequence[Pair], lines: Sequence[int], text: str, title: Title, segment: str) -> Long | None:
    """Pairs of label and value, each with the place of its row."""
    if not pairs:
        return None
    values: list[Row] = [[label, value] for _, label, value in pairs]
    own = [lines[place] for place, _, _ in pairs]
    return Long(["", text], [segment, title.metric], ["file", title.evidence], values, own)


def _across(rows: Sequence[Row]) -> list[Pair]:
    """Labels in the first row, values in the second; none where the rows are anything else."""
    if len(rows) != 2 or any(map(_is_number, rows[0])):
        return []
    first = next((cell for cell in rows[1] if not is_blank(cell)), None)
    if first is None or not (_is_number(first) or read_token(text_of(first)).kind == "null"):
        return []
    raw, values = _trimmed(rows[0]), _trimmed(rows[1])
    labels = _together(raw)
    intact = any("," in text_of(label) for label in raw) or len(values) * 2 > len(labels)
    if len(values) > len(labels) or not intact:
        # The rows cannot be told apart any more: every value is unreadable rather than somebody else's.
        return [(1, label, f"{len(values)} / {len(labels)}") for label in labels if label]
    cells = [*values, *[None] * (len(labels) - len(values))]
    return [(1, label, cell) for label, cell in zip(labels, cells, strict=True) if label]


def _down(rows: Sequence[Row]) -> list[Pair]:
    """One row a place, its share last; a place that a comma split over cells is put together."""
    out: list[Pair] = []
    for place, row in enumerate(rows):
        cells = _trimmed(row)
        *names, value = cells if len(cells) > 1 else [*cells, None]
        head = place == 0 and len(rows) > 1 and isinstance(value, str) and not _AGE.search(value)
        if head and read_token(str(value)).kind == "bad":
            continue
        texts = [text_of(cell) for cell in names]
        if len(texts) > 1 and _DIGITS.fullmatch(texts[-1]):
            # A decimal comma was split as well.
            value = f"{texts.pop()} {text_of(value)}"
        if label := ", ".join(text for text in texts if text):
            out.append((place, label, value))
    return out


def _trimmed(row: Row) -> list[Cell]:
    cells = list(row)
    while cells and is_blank(cells[-1]):
        cells.pop()
    return cells


def _together(cells: Sequence[Cell]) -> list[str]:
    """Labels; a cell that begins with a space was part of the one before."""
    labels: list[str] = []
    for cell in cells:
        if labels and isinstance(cell, str) and cell[:1] == " ":
            labels[-1] = f"{labels[-1]}, {text_of(cell)}"
        else:
            labels.append(text_of(cell))
    return labels
