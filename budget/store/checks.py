"""Values that come from people, checked before they meet the database."""

import math
import re
from datetime import date

from budget.errors import InvalidValue

NAME_LENGTH = 200
NOTE_LENGTH = 5_000
CELL_LIMIT = 10**15
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
_CURRENCY = re.compile(r"[A-Z]{3}")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def words(what: str, value: object, length: int = NAME_LENGTH, *, needed: bool = False) -> str:
    """The text, if it can be stored and is not too long; else `InvalidValue`."""
    if not isinstance(value, str) or _UNSTORABLE.search(value):
        raise InvalidValue(f"{what}: found {value!a:.60}, expected text without control signs")
    if len(value) > length or (needed and not value.strip()):
        raise InvalidValue(f"{what}: found {len(value)} letters, expected {int(needed)} to {length}")
    return value


def currency(value: object) -> str:
    """Three capital letters; else `InvalidValue`."""
    if not isinstance(value, str) or not _CURRENCY.fullmatch(value):
        raise InvalidValue(f"currency: found {value!a:.20}, expected an ISO 4217 code such as EUR")
    return value


def whole(what: str, value: object, low: int = -CELL_LIMIT, high: int = CELL_LIMIT) -> int:
    """A whole number in [low, high]; else `InvalidValue`."""
    number = None if isinstance(value, bool | float | str | bytes) else getattr(value, "__index__", lambda: None)()
    if number is None or not low <= number <= high:
        raise InvalidValue(f"{what}: found {value!a:.40}, expected a whole number from {low} to {high}")
    return int(number)


def real(what: str, value: object) -> float:
    """A finite number; else `InvalidValue`."""
    try:
        number = float(value)  # type: ignore[arg-type]  # whatever came in is what is being checked
    except (TypeError, ValueError, OverflowError) as err:
        raise InvalidValue(f"{what}: found {value!a:.40}, expected a number") from err
    if not math.isfinite(number):
        raise InvalidValue(f"{what}: found {number}, expected a finite number")
    return number


def day(what: str, value: object) -> date:
    """A date from 2000 to 2100, without a time; else `InvalidValue`."""
    if not isinstance(value, date) or type(value) is not date or not FIRST_DAY <= value <= LAST_DAY:
        raise InvalidValue(f"{what}: found {value!a:.40}, expected a date from 2000 to 2100")
    return value


def day_or_none(what: str, value: object) -> date | None:
    """A date as in `day`, or None."""
    return None if value is None else day(what, value)


def identity(what: str, value: object) -> int:
    """A row id as an integer; anything else is an id that nobody has: -1."""
    try:
        return whole(what, value, 1, 2**62)
    except InvalidValue:
        return -1
