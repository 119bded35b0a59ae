"""Cells as a person leaves them, read as values of the plan: typed numbers and dates, or texts that look like them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from math import isfinite

from budget.exports.cells import Cell, example_of, is_blank, text_of
from budget.exports.dates import Triple, decide_order, read_date
from budget.exports.headers import plain
from budget.exports.numbers import body_value, read_token, vote
from budget.money import MICROS
from budget.present.plan_sheets import LABELS, Column
from budget.reports.plan_labels import is_known, known_words, read_label
from budget.weeks import DAY

MOST_MICROS = 10**15
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
SHORT, LONG = 200, 5_000
LONG_TEXTS = ("note", "source")
CLOSED = ("commitment", "cost")
"""Lists that know all their codes: nothing else can be stored."""


@dataclass(frozen=True)
class Fault:
    """A cell that is not what its column holds: what was found, and a code of what was expected."""

    found: str
    expected: str


Value = str | int | float | bool | date | None | Fault
"""What a cell says; None where it says nothing."""


def read_values(column: Column, cells: Sequence[Cell], lang: str) -> list[Value]:
    """The cells of one column as values: money and amounts in micros, days as [start, end) has them.

    The decimal mark and the order of day and month of texts are decided once, from all cells of the column.
    """
    read = _reader(column, cells, lang)
    return [None if is_blank(cell) and not _is_kept_text(column, cell) else read(cell) for cell in cells]


def _is_kept_text(column: Column, cell: Cell) -> bool:
    return column.kind == "text" and isinstance(cell, str) and cell != ""


def _reader(column: Column, cells: Sequence[Cell], lang: str) -> Callable[[Cell], Value]:
    kind = column.kind
    if kind in ("money", "amount", "count", "figure", "number"):
        mark = _decimal_mark(cells)
        return lambda cell: _number(cell, kind, mark)
    if kind in ("day", "last_day"):
        order = _day_order(cells, lang)
        return lambda cell: _day(cell, order, lang, after=kind == "last_day")
    if kind == "flag":
        return lambda cell: _flag(cell, lang)
    if kind == "text":
        return lambda cell: _text(cell if isinstance(cell, str) else text_of(cell), column)
    return lambda cell: _label(cell, column, lang)


def _decimal_mark(cells: Sequence[Cell]) -> str | None:
    """The mark that the column's texts prove; None where they prove none."""
    votes = Counter(vote(read_token(cell).body) for cell in cells if isinstance(cell, str))
    return None if votes["."] == votes[","] else "." if votes["."] > votes[","] else ","


_EXPECTED = {"money": "money", "amount": "amount", "count": "count", "figure": "amount", "number": "amount"}
_FINEST: Mapping[str, Decimal] = {"money": Decimal(MICROS), "amount": Decimal(MICROS), "count": Decimal(1)}


def _number(cell: Cell, kind: str, mark: str | None) -> Value:
    exact = _exact(cell, mark)
    if isinstance(exact, Fault):
        return exact
    if exact is None:
        return Fault(example_of(cell), _EXPECTED[kind])
    if kind in ("figure", "number"):
        return float(exact)
    whole = (exact * _FINEST[kind]).quantize(Decimal(1), ROUND_HALF_EVEN)
    least = -MOST_MICROS if kind == "amount" else 0
    if not least <= whole <= MOST_MICROS or (kind == "count" and whole != exact):
        return Fault(example_of(cell), _EXPECTED[kind])
    return int(whole)


def _exact(cell: Cell, mark: str | None) -> Decimal | Fault | None:
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    if not isinstance(cell, str):
        return Decimal(repr(cell)) if isfinite(cell) else None
    token = read_token(cell)
    if token.kind != "number":
        return None
    asked = vote(token.body)
    if asked == "?" and mark is None:
        return Fault(example_of(cell), "clear_number")
    value = body_value(token.body, asked if asked in (".", ",") else mark or ".")
    if value is None:
        return None
    value = value / 100 if cell.strip().endswith("%") else value
    return -value if token.negative else value


def _day_order(cells: Sequence[Cell], lang: str) -> str | None:
    triples = [one for cell in cells if isinstance(cell, str) and isinstance(one := read_date(cell, lang), Triple)]
    order, sure = decide_order(triples, None, None) if triples else ("dmy", True)
    return order if sure else None


def _day(cell: Cell, order: str | None, lang: str, *, after: bool) -> Value:
    found = read_date(cell, lang)
    if isinstance(found, Triple):
        if order is None:
            return Fault(example_of(cell), "clear_day")
        first, second = (found.first, found.second) if order == "dmy" else (found.second, found.first)
        found = _date(found.year, second, first)
    if isinstance(found, datetime):
        found = found.date()
    if not isinstance(found, date) or not FIRST_DAY <= found < LAST_DAY:
        return Fault(example_of(cell), "day")
    return found + DAY if after else found


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _flag(cell: Cell, lang: str) -> Value:
    if isinstance(cell, bool) or cell in (0, 1):
        return bool(cell)
    code = known_words("flag", lang).get(plain(text_of(cell))) or _TRUTH.get(plain(text_of(cell)))
    return Fault(example_of(cell), "flag") if code is None else code == "yes"


_TRUTH = {"true": "yes", "false": "no", "1": "yes", "0": "no"}


def _text(text: str, column: Column) -> Value:
    most = LONG if column.name in LONG_TEXTS else SHORT
    return Fault(example_of(text), f"text_{most}") if len(text) > most else text


def _label(cell: Cell, column: Column, lang: str) -> Value:
    code = read_label(column.kind, cell if isinstance(cell, str) else text_of(cell), lang)
    if column.kind in CLOSED and not is_known(column.kind, code):
        return Fault(example_of(cell), column.kind)
    return _text(code, column)


def has_list(column: Column) -> bool:
    """Whether the column offers a list to choose from."""
    return column.kind in LABELS and column.kind != "source"
