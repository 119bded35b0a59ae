"""What is read all at once equals what is read cell by cell."""

import random
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
import pytest

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
