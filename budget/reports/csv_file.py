"""CSV files that spreadsheets open as they are: UTF-8 with mark, quoted by RFC 4180, texts never run as formulas."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from budget.money import MICROS
from budget.present.escape import cell

Value = str | int | Decimal | date | None


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The table as a file; numbers stay numbers with a decimal point, dates are ISO, None is an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([cell(name) for name in header])
    writer.writerows([_written(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _written(value: Value) -> str:
    if isinstance(value, str):
        return cell(value.replace("\0", ""))
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def amount(micros: int | None) -> Decimal | None:
    """Micros as the exact decimal number of major units, without needless zeros but with two places."""
    if micros is None:
        return None
    exact = Decimal(micros) / MICROS
    cents = exact.quantize(Decimal("0.01"))
    return cents if cents == exact else exact.normalize()


def file_name(*parts: str, ending: str) -> str:
    """A safe name of our own: ASCII letters, digits, `-`, `_`, at most 80 signs, then the ending."""
    plain = "-".join("".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in part) for part in parts)
    whole = "-".join(piece for piece in plain.split("-") if piece)
    return f"{whole[:80].strip('-') or 'payoff'}.{ending}"
