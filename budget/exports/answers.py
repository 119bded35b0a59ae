"""What the person said, cleaned: an answer that no question could have is not an answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from budget.exports.currencies import CODES
from budget.exports.formats import PLATFORMS
from budget.exports.roles import MAPPABLE_OF, NEEDED_OF, ROLES
from budget.weeks import Period

_ORDERS = ("dmy", "mdy")
_DECIMALS = (".", ",")


@dataclass(frozen=True)
class TableMapping:
    """The person's word on an unknown table: header text -> role, and what the file does not say itself."""

    columns: Mapping[str, str]
    kind: str = "delivery"
    platform: str = "other"
    header_row: int = 1
    sheet: str = ""
    currency: str = ""
    decimal: str = ""
    day_order: str = ""


@dataclass(frozen=True)
class Answers:
    """Valid answers only; `given` are their texts as they came."""

    given: Mapping[str, str] = field(default_factory=dict)
    currency: str | None = None
    day_order: str | None = None
    decimal: str | None = None
    year: str | None = None
    period: Period | None = None
    platform: str | None = None
    sheet: str | None = None
    mapping: TableMapping | None = None


def read_answers(raw: Mapping[str, str]) -> Answers:
    """The answers that are of their question's form; the others are dropped, so their question stays."""
    texts = {key: value for key, value in raw.items() if isinstance(value, str)}
    valid: dict[str, Any] = {
        "currency": _one_of(texts.get("currency"), CODES),
        "day_order": _one_of(texts.get("day_order"), _ORDERS),
        "decimal": _one_of(texts.get("decimal"), _DECIMALS),
        "year": _year(texts.get("year")),
        "period": _period(texts.get("period")),
        "platform": _one_of(texts.get("platform"), PLATFORMS),
        "sheet": texts.get("sheet"),
        "mapping": read_mapping(texts.get("mapping")),
    }
    valid = {key: value for key, value in valid.items() if value is not None}
    return Answers(given=MappingProxyType({key: texts[key] for key in valid}), **valid)


def _one_of(text: str | None, options: tuple[str, ...] | frozenset[str]) -> str | None:
    return text if text in options else None


def _year(text: str | None) -> str | None:
    return (
        text if text and len(text) == 4 and text.isascii() and text.isdecimal() and "1990" <= text <= "2100" else None
    )


def _period(text: str | None) -> Period | None:
    """`2026-02-02/2026-02-09`: the second date is the first day after."""
    first, _, after = (text or "").partition("/")
    try:
        period = Period(date.fromisoformat(first), date.fromisoformat(after))
    except ValueError:
        return None
    return period if period.days else None


def read_mapping(text: str | None) -> TableMapping | None:
    """The mapping that a JSON text describes; None where it is not one or names no metric."""
    try:
        raw = json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(raw, dict) or not isinstance(raw.get("columns"), dict):
        return None
    kind = _text(raw, "kind") or "delivery"
    allowed = ROLES if kind == "delivery" else frozenset(MAPPABLE_OF.get(kind, ()))
    columns = {str(key): value for key, value in raw["columns"].items() if value in allowed}
    roles = set(columns.values())
    if len(roles) != len(columns) or not all(roles & group for group in NEEDED_OF.get(kind, (frozenset[str](),))):
        return None
    row = raw.get("header_row", 1)
    return TableMapping(
        columns=MappingProxyType(columns),
        kind=kind,
        platform=_one_of(_text(raw, "platform"), PLATFORMS) or "other",
        header_row=row if isinstance(row, int) and row > 0 else 1,
        sheet=_text(raw, "sheet"),
        currency=_one_of(_text(raw, "currency"), CODES) or "",
        decimal=_one_of(_text(raw, "decimal"), _DECIMALS) or "",
        day_order=_one_of(_text(raw, "day_order"), _ORDERS) or "",
    )


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    return value if isinstance(value, str) else ""
