"""Cells of a column as exact integers; the decimal mark is decided once, from all cells of the column."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

import numpy as np

from budget.exports.cells import Cell
from budget.exports.columns import Column, Integers, coded
from budget.exports.currencies import CODES, SIGNS
from budget.exports.limits import MAX_DIGITS
from budget.exports.months import is_day_and_month
from budget.exports.plain import Texts, plain_values
from budget.exports.whole import Whole, whole_floats, whole_texts

MILLION = 1_000_000
MAX_INT = (1 << 63) - 1
NULLS = frozenset({"", "-", "--", "–", "—", "−", "n/a", "nan", "undefined", "null", "∞"})
_PLAIN = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,15})?")
_BODY = re.compile(r"[0-9][0-9., ]*|[.,][0-9]+")
_BOUND = re.compile(r"([<>]=?|[≤≥])\s*([0-9][0-9., ]*)\s*%?")
_EDGE_CODE = re.compile(r"^([A-Za-z]{3})(?=[\s0-9.,\-−(])|(?<=[\s0-9.,)])([A-Za-z]{3})$")
_EDGE_SIGN = re.compile(r"^(?:[A-Z]{0,3}\$|zł)|(?:[A-Z]{0,3}\$|zł)$")


class Token(NamedTuple):
    """One distinct text: `kind` is `number null bound date bad`; `body` holds digits, marks and single spaces."""

    kind: str
    body: str = ""
    negative: bool = False
    op: str = ""
    currency: str = ""


def read_token(text: str) -> Token:
    """What a text can be as a number, before its marks have a meaning."""
    if _PLAIN.fullmatch(text):
        return Token("number", text.removeprefix("-"), text.startswith("-"))
    clean = " ".join(unicodedata.normalize("NFKC", text[:200]).split()).replace("’", "'")
    if clean.casefold() in NULLS:
        return Token("null")
    if bound := _BOUND.fullmatch(clean):
        return Token("bound", bound[2].strip(), op=bound[1])
    body, currency = _without_currency(clean)
    body, negative = _without_sign(body)
    body, inner = _without_currency(body)
    body = body.removesuffix("%").strip().replace("'", "")
    if _BODY.fullmatch(body):
        return Token("number", body, negative, currency=currency or inner)
    return Token("date" if is_day_and_month(clean) else "bad")


def _without_currency(text: str) -> tuple[str, str]:
    match = _EDGE_CODE.search(text)
    if match and (code := (match[1] or match[2]).upper()) in CODES:
        return (text[: match.start()] + text[match.end() :]).strip(), code
    if sign := _EDGE_SIGN.search(text):
        return (text[: sign.start()] + text[sign.end() :]).strip(), SIGNS.get(sign[0], "")
    for edge in (text[:1], text[-1:]):
        if edge and unicodedata.category(edge) == "Sc":
            return text.strip(edge).strip(), SIGNS.get(edge, "")
    return text, ""


def _without_sign(text: str) -> tuple[str, bool]:
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    if text[:1] in ("-", "−"):
        return text[1:].strip(), True
    if text[-1:] in ("-", "−"):
        return text[:-1].strip(), True
    return text.removeprefix("+").strip(), False


def vote(body: str) -> str:
    """The mark that must be decimal in this body: `.` or `,`; `?` where either could be, empty where none is."""
    marks = [char for char in body if char in ".,"]
    if not marks:
        return ""
    if len(set(marks)) == 2:
        return marks[-1]
    mark = marks[0]
    if len(marks) > 1:
        return "," if mark == "." else "."
    head, _, tail = body.partition(mark)
    grouped = len(tail) == 3 and 0 < len(head) <= 3 and not head.startswith("0")
    return "?" if grouped else mark


def _ungrouped(whole: str, group: str) -> str | None:
    """Digits of the whole part with its grouping taken out; None where the groups are not groups."""
    if whole.isdecimal() or not whole:
        return whole
    marks = {char for char in whole if not char.isdecimal()}
    if len(marks) != 1 or not marks <= {group, " "}:
        return None
    parts = whole.split(marks.pop())
    inner = [len(part) for part in parts[1:-1]]
    by_three = 1 <= len(parts[0]) <= 3 and all(size == 3 for size in inner)
    indian = 1 <= len(parts[0]) <= 2 and all(size == 2 for size in inner)
    return "".join(parts) if len(parts[-1]) == 3 and (by_three or indian) else None


def body_value(body: str, decimal: str) -> Decimal | None:
    """The exact value of a body when `decimal` is its decimal mark; None where it cannot be read so."""
    whole, mark, fraction = body.rpartition(decimal) if decimal in body else (body, "", "")
    digits = _ungrouped(whole, "." if decimal == "," else ",")
    if digits is None or (mark and not fraction.isdecimal()) or not (digits or fraction):
        return None
    if len((digits + fraction).lstrip("0")) > MAX_DIGITS:
        return None
    return Decimal(f"{digits or '0'}.{fraction}" if fraction else digits)


@dataclass
class Scan:
    """The distinct texts of one column and what they say about the decimal mark.

    `tokens` are the texts that are not plain numbers of at most 15 digits; those are read all at once. Of a `whole`
    column nothing else is known or needed.
    """

    column: Column[Cell]
    texts: Texts | None
    tokens: dict[str, Token]
    votes: Counter[str]
    ambiguous: str | None
    currencies: frozenset[str]
    whole: Whole | None = None

    @property
    def decided(self) -> str | None:
        """The decimal mark that the column itself proves, by majority; None where it proves none."""
        dots, commas = self.votes["."], self.votes[","]
        return None if dots == commas == 0 else "." if dots >= commas else ","


def scan(cells: Sequence[Cell]) -> Scan:
    """Read every distinct text of a column once, or all cells at once where they are plain numbers."""
    column = coded(cells)
    if column.rows is None:
        return _scan_texts(column)
    whole = whole_floats(column.rows) if isinstance(column.rows, np.ndarray) else whole_texts(column.rows)
    if whole is None:
        return _scan_texts(column)
    votes = Counter({".": whole.dotted})
    return Scan(column, None, {}, votes, None, frozenset(), whole)


def _scan_texts(cells: Column[Cell]) -> Scan:
    column = cells.compact()
    texts = Texts(column)
    counts = column.counts()[texts.places]
    hard = np.flatnonzero(~texts.plain)
    tokens = {text: read_token(text) for text in texts.at(hard)}
    votes = Counter({mark: int(counts[yes].sum()) for mark, yes in texts.votes().items()})
    open_places = [(place, texts.at(np.array([place]))[0].removeprefix("-")) for place in texts.first_open()]
    for place, token in zip(hard.tolist(), tokens.values(), strict=True):
        if token.kind == "number":
            mark = vote(token.body)
            votes[mark] += int(counts[place])
            if mark == "?":
                open_places.append((place, token.body))
    ambiguous = min(open_places)[1] if open_places else None
    return Scan(column, texts, tokens, votes, ambiguous, frozenset(one.currency for one in tokens.values()) - {""})


@dataclass
class Numbers:
    """A column as integers: micros or counts, None where nothing can be said. Places are indices of the cells."""

    values: Sequence[int | None]
    decimals: int = 0
    from_text: bool = False
    unreadable: list[int] = field(default_factory=list)
    dates: list[int] = field(default_factory=list)
    bounds: list[tuple[int, str, Decimal]] = field(default_factory=list)


class _One(NamedTuple):
    value: int | None
    decimals: int
    fault: str = ""


def convert(cells: Sequence[Cell], scanned: Scan, decimal: str, *, as_count: bool) -> Numbers:
    """The column's cells (those that were scanned) as integers: counts as they are, else x 10^6 (half to even)."""
    if scanned.whole and (settled := scanned.whole.integers(as_count=as_count)):
        return Numbers(settled, 0 if as_count else scanned.whole.decimals, scanned.whole.from_text)
    if (texts := scanned.texts) is None:
        return convert(cells, _scan_texts(scanned.column), decimal, as_count=as_count)
    column = scanned.column
    data, valid, done, decimals = plain_values(texts, decimal, as_count=as_count)
    faults: dict[int, str] = {}
    for place in np.flatnonzero(~done).tolist():
        one = _convert_one(column.values[place], scanned, decimal, as_count)
        decimals = max(decimals, one.decimals)
        if one.fault:
            faults[place] = one.fault
        elif one.value is not None:
            data[place], valid[place] = one.value, True
    if not len(column):
        return Numbers(Integers(data, valid))
    out = Numbers(Integers(data[column.codes], valid[column.codes]), decimals, bool(len(texts.places)))
    if faults:
        _place_faults(out, cells, scanned, decimal, faults)
    return out


def _place_faults(out: Numbers, cells: Sequence[Cell], scanned: Scan, decimal: str, faults: dict[int, str]) -> None:
    codes = scanned.column.codes
    for place in np.flatnonzero(np.isin(codes, list(faults))).tolist():
        fault = faults[int(codes[place])]
        if fault == "bound":
            token = scanned.tokens[str(cells[place])]
            out.bounds.append((place, token.op, body_value(token.body, decimal) or Decimal(0)))
        else:
            (out.dates if fault == "date" else out.unreadable).append(place)


def _convert_one(cell: Cell, scanned: Scan, decimal: str, as_count: bool) -> _One:
    if cell is None:
        return _One(None, 0)
    if isinstance(cell, bool):
        cell = str(cell)
    if isinstance(cell, (date, datetime, time, timedelta)):
        return _One(None, 0, "date")
    if isinstance(cell, (int, float)):
        number = Decimal(repr(cell))
        return _as_int(number, as_count) if number.is_finite() else _One(None, 0, "bad")
    token = scanned.tokens.get(cell) or read_token(cell)
    if token.kind != "number":
        return _One(None, 0, "" if token.kind == "null" else token.kind)
    value = body_value(token.body, decimal)
    return _One(None, 0, "bad") if value is None else _as_int(-value if token.negative else value, as_count)


def _as_int(number: Decimal, as_count: bool) -> _One:
    exponent = number.as_tuple().exponent
    decimals = max(-exponent, 0) if isinstance(exponent, int) else 0
    if abs(number) > MAX_INT:
        return _One(None, 0, "bad")
    if as_count:
        return _One(int(number), 0) if number == int(number) else _One(None, 0, "bad")
    scaled = int((number * MILLION).quantize(Decimal(1), ROUND_HALF_EVEN))
    return _One(scaled, decimals) if abs(scaled) <= MAX_INT else _One(None, 0, "bad")
