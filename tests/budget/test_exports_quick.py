"""What is read all at once equals what is read cell by cell."""

import random
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
import pytest

from budget.exports.bodies import _code_floats, _code_texts, body_of
from budget.exports.cells import Cell, Row
from budget.exports.columns import Column, Integers, coded, together
from budget.exports.extents import far_corner
from budget.exports.grids import delimiter_of, text_grid
from budget.exports.guard import _corner_with_care
from budget.exports.levels import count_duplicates
from budget.exports.numbers import convert, scan
from budget.exports.quick import quick_grid
from budget.exports.repair import repair
from budget.exports.tables import known_header

HEADER = "Day,Campaign name,Amount spent (EUR),Impressions"
LINES = 2_100


def _text(middle: list[str], end: str = "\n", above: str = "") -> bytes:
    lines = [HEADER, *(f"2026-02-{1 + place % 28:02d},Spring,{place}.50,{place}" for place in range(LINES)), *middle]
    return (above + end.join(lines) + end).encode()


def _same(data: bytes) -> bool:
    """Whether the quick reader takes the text; where it does, its rows and lines are the careful reader's."""
    quick = quick_grid(data, lambda lines: delimiter_of(lines, known_header))
    if quick is None:
        return False
    careful = text_grid(repair(data.decode("utf-8-sig")), known_header)
    rows = [(line, row) for line, row in zip(careful.lines, careful.rows, strict=True) if any(row)]
    assert [(line, row) for line, row in zip(quick.lines, quick.rows, strict=True) if any(row)] == rows
    assert quick.rows[5:9] == [quick.rows[place] for place in range(5, 9)] == careful.rows[5:9]
    return True


@pytest.mark.parametrize(
    "data",
    [
        _text([]),
        _text([], end="\r\n"),
        b"\xef\xbb\xbf" + _text([]),
        _text([], above="Campaign report\n"),
        _text([], above="sep=,\n"),
        _text([], above="A title\n\n"),
        _text(['2026-02-01,"a, b",1.00,2', '2026-02-01,"say ""so""",1.00,2', '"","",1,""']),
        _text(["", "2026-02-01,after a gap,1.00,2"]),
        _text([" , NaN ,null,1e5", "ü,=SUM(A1),<5,(7)"]),
    ],
)
def test_even_texts_are_read_quickly_and_equally(data: bytes) -> None:
    """Byte-order marks, line ends, lines above, quoted and odd cells change nothing."""
    assert _same(data)


@pytest.mark.parametrize(
    "line",
    ['2026-02-01,"two\nlines",1,2', "2026-02-01,short", 'x,a "b" c,1,2', 'x,"a"b,1,2', 'x,"open,1,2', "a,b,c,\x00",
     "2026-02-01,old\rmac,1,2"],
)  # fmt: skip
def test_other_texts_are_left_to_the_careful_reader(line: str) -> None:
    """Cells over lines, ragged records, odd quotes, empty bytes are not for the quick reader."""
    assert not _same(_text([line, "2026-02-01,last,1,2"]))


def test_quotes_at_random_are_read_equally_or_not_at_all() -> None:
    """Whatever stands in a line, both readers agree wherever the quick one answers."""
    chance = random.Random(11)  # noqa: S311  a fixed course of tests
    taken = 0
    for _ in range(60):
        cells = ["".join(chance.choices('"",a b', k=chance.randrange(6))) for _ in range(4)]
        plain = [chance.choice((cell, '"' + cell.replace('"', '""') + '"')) for cell in cells]
        taken += _same(_text([",".join(plain)]))
    assert 5 < taken < 60


def _exact(text: str) -> int:
    return int((Decimal(text) * 1_000_000).quantize(Decimal(1), ROUND_HALF_EVEN))


def test_plain_numbers_are_exact_to_the_micro() -> None:
    """Texts and floats of up to 15 digits, and those beyond, are the decimal text times 10^6."""
    chance = random.Random(3)  # noqa: S311  a fixed course of tests
    texts = [f"{chance.randrange(10 ** chance.randrange(1, 12))}.{chance.randrange(10**6):06d}" for _ in range(3_000)]
    texts += [
        "0.000001",
        "999999999.999999",
        "1000000000.000001",
        "-0.5",
        "0.0000005",
        "0.0000015",
        "-999999999.999999",
    ]
    assert list(convert(texts, scan(texts), ".", as_count=False).values) == [_exact(text) for text in texts]
    floats = [float(text) for text in texts]
    expected = [_exact(repr(number)) for number in floats]
    assert list(convert(floats, scan(floats), ".", as_count=False).values) == expected


@pytest.mark.parametrize(("cells", "digits"), [(["1.5", "2.25"], 2), ([1.5, 2.0], 1), ([0.125], 3), (["7"], 0)])
def test_digits_shown_are_counted(cells: list[str | float], digits: int) -> None:
    """The most digits after the mark that any cell shows; a float shows at least one."""
    assert convert(cells, scan(cells), ".", as_count=False).decimals == digits


def test_the_far_corner_is_the_same_quickly_and_with_care() -> None:
    """References in their usual form give the same corner as the patient search; any other form is left to it."""
    text = b'<sheetData><row r="7"><c r="A7" s="1"/><c r="xfd12"/></row><row r="41"></row></sheetData></worksheet>'
    assert far_corner(text) == _corner_with_care(text) == (41, 16_384)
    for other in (b"<c r='B9'/>", b'<c r = "B9"/>', b'<c r="AAAA1"/>', b'<c r="B99999999"/>'):
        assert far_corner(text[:40] + other + text[40:]) is None


def test_columns_keep_their_rows() -> None:
    """Coding, taking, compacting and joining leave every row its value; True, 1 and 1.0 stay three values."""
    cells = ["b", None, "a", "b", True, 1, 1.0]
    column = coded(cells)
    assert list(column) == cells
    assert [type(value) for value in column][-3:] == [bool, int, float]
    few = column.take(np.array([3, 0]))
    few = few.compact()
    assert (list(few), list(few.values)) == (["b", "b"], ["b"])
    assert list(together([coded(["x", "x", "y"]), coded([1, 2, 1])])) == [("x", 1), ("x", 2), ("y", 1)]


def test_duplicates_are_counted_over_all_columns() -> None:
    """Rows count as the same when all their values are the same, whatever cells those came from."""
    left: Column[str] = Column(["a", "a", "b"], coded([0, 1, 2, 0]).codes)
    assert count_duplicates([left, coded(["x", "x", "x", "y"])]) == 2


def test_sums_beyond_64_bits_are_exact() -> None:
    """A sum that no machine word holds is still the sum."""
    column = Integers(np.full(4, (1 << 63) - 1), np.array([True, True, True, False]))
    assert column.total() == 3 * ((1 << 63) - 1)


def _careful(
    cells: list[str] | list[float], decimal: str, *, as_count: bool
) -> tuple[list[int | None], int, list[int]]:
    column: Column[Cell] = Column(list(cells), np.arange(len(cells)))
    read = convert(column, scan(column), decimal, as_count=as_count)
    return list(read.values), read.decimals, read.unreadable


@pytest.mark.parametrize("as_count", [True, False])
@pytest.mark.parametrize(
    "cells",
    [
        ["1", "25", "999999999"],
        ["1.5", "2.25", "7"],
        ["0.000001", "999999999.999999"],
        ["1.5", "12", "x"],
        ["1,234", "5"],
        ["1.234", "5.5"],
        ["-1.5", "2"],
        ["1.2.3", "4"],
        ["5.", ".5"],
        ["", "1"],
        ["1/2", "3"],
        ["1000000000", "2"],
        ["0.1234567", "1"],
        ["0x1F", "1"],
        ["٣", "1"],
    ],
)
def test_columns_read_at_once_equal_those_read_text_by_text(cells: list[str], as_count: bool) -> None:
    """Whatever a column holds, reading it whole gives the values, digits and faults of reading each text."""
    rows: Column[Cell] = Column(_code_texts, None, pa.array(cells))
    scanned, careful = scan(rows), scan(Column(list(cells), np.arange(len(cells))))
    assert scanned.decided == careful.decided
    assert scanned.ambiguous == careful.ambiguous
    read = convert(rows, scanned, ".", as_count=as_count)
    assert (list(read.values), read.decimals, read.unreadable) == _careful(cells, ".", as_count=as_count)
    assert read.from_text


@pytest.mark.parametrize("cells", [[1.0, 2.5], [0.125, 7.0], [1e9, 2.0], [0.1234567], [-3.0, 4.0], [1.0, 2.0]])
@pytest.mark.parametrize("as_count", [True, False])
def test_floats_read_at_once_equal_those_read_one_by_one(cells: list[float], as_count: bool) -> None:
    """A workbook's column of numbers has the same values, digits and faults either way."""
    rows: Column[Cell] = Column(_code_floats, None, np.array(cells))
    read = convert(rows, scan(rows), ".", as_count=as_count)
    assert (list(read.values), read.decimals, read.unreadable) == _careful(cells, ".", as_count=as_count)
    assert not read.from_text


def test_random_amounts_are_exact_when_read_at_once() -> None:
    """Every plain text of nine and six digits becomes its decimal value times 10^6."""
    chance = random.Random(5)  # noqa: S311  a fixed course of tests
    texts = [f"{chance.randrange(10 ** chance.randrange(1, 10))}.{chance.randrange(10**6):06d}" for _ in range(9_000)]
    rows: Column[Cell] = Column(_code_texts, None, pa.array(texts))
    scanned = scan(rows)
    assert scanned.whole is not None
    assert list(convert(rows, scanned, ".", as_count=False).values) == [_exact(text) for text in texts]


def test_large_texts_give_what_the_careful_reader_gives() -> None:
    """Records over many blocks, with numbers kept as they are and names coded, come out cell for cell."""
    lines = [
        HEADER,
        *(f"2026-02-{1 + place % 28:02d},Spring {place % 7},{place}.50,{place}" for place in range(90_000)),
    ]
    data = "\n".join(lines).encode()
    quick = quick_grid(data, lambda some: delimiter_of(some, known_header))
    careful = text_grid(repair(data.decode()), known_header)
    assert quick is not None
    assert list(quick.rows) == careful.rows
    left, right = body_of(quick.rows, 1), body_of(careful.rows, 1)
    assert all(list(left.column(place)) == list(right.column(place)) for place in range(4))
    assert left.column(3).rows is not None
    assert left.take(range(5, 9)).column(3) == [str(place) for place in range(5, 9)]


def test_columns_of_a_workbook_are_the_same_however_many_rows() -> None:
    """Texts and numbers coded at once are what they are cell by cell, blanks included."""
    rows: list[Row] = [[f"name {place % 9}" if place % 5 else " ", float(place % 11)] for place in range(5_000)]
    many = body_of(rows, 0)
    for place in range(2):
        assert list(many.column(place)) == [None if row[place] == " " else row[place] for row in rows]


@pytest.mark.parametrize("seed", range(3))
def test_the_far_corner_of_random_references(seed: int) -> None:
    """Any usual references give the corner of the patient search."""
    chance = random.Random(seed)  # noqa: S311  a fixed course of tests
    names = ["".join(chance.choices("ABXz", k=chance.randrange(4))) for _ in range(200)]
    rows = [chance.randrange(1, 10 ** chance.randrange(1, 8)) for _ in names]
    cells = [f'<c r="{name}{row}"/>' if name else f'<row r="{row}">' for name, row in zip(names, rows, strict=True)]
    text = "".join(cells).encode() + b"</row></sheetData></worksheet>"
    assert far_corner(text) == _corner_with_care(text)
