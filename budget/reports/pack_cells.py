"""The cells of a pack: a text, a number, or a formula with the value that it comes to."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from budget.money import MICROS, major
from budget.present.numbers import UNKNOWN

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: `value` None is shown as unknown; `formula` (with its `=`) has `value` as its result."""

    kind: str
    value: str | float | date | None
    formula: str = ""


def text(value: str, kind: str = "text") -> Cell:
    """A text, whoever wrote it: it is never run."""
    return Cell(kind, value)


def money(amount_micros: int | None, kind: str = "money") -> Cell:
    """An amount in major units with every micro of it."""
    return Cell(kind, None if amount_micros is None else major(amount_micros))


def number(kind: str, value: float | None) -> Cell:
    """A count, share, ratio or amount in major units."""
    return Cell(kind, value)


def day(value: date | None) -> Cell:
    """A day, or unknown."""
    return Cell("day", value)


def live(kind: str, formula: str, value: float | None) -> Cell:
    """A formula without its `=`; where `value` is None it comes to the sign for unknown."""
    return Cell(kind, UNKNOWN if value is None else value, "=" + formula)


def cents_of(amount_micros: int) -> float:
    """Major units of micros in whole cents, half to even, as the screens show them."""
    return float((Decimal(amount_micros) / MICROS).quantize(CENT, ROUND_HALF_EVEN))


def ratio_of(above: str, below: str, more: str = "") -> str:
    """The formula of a ratio that is unknown where nothing stands below."""
    return f'IF({below}=0,"{UNKNOWN}",{above}/{below}{more})'
