"""The rows of a plan workbook as items of the plan, each built upon the item of that name that the plan has."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from budget.business import Business
from budget.editing import free_key
from budget.exports.headers import plain
from budget.findings import Finding
from budget.plan import (
    BUSINESS,
    PlanAssumption,
    PlanAudience,
    PlanChallenge,
    PlanCost,
    PlanEvent,
    PlanLine,
    PlanObjective,
    StoredPlan,
)
from budget.present.plan_sheets import LABELS, TABLES, Sheet
from budget.reports.plan_cells import Fault, Value
from budget.reports.plan_labels import is_known
from budget.reports.plan_tables import IDENTITY, Place, Row, Table, cell_finding

KINDS: Mapping[str, Callable[..., Any]] = {
    "lines": PlanLine, "figures": PlanAssumption, "business": PlanAssumption, "objectives": PlanObjective,
    "audiences": PlanAudience, "challenges": PlanChallenge, "costs": PlanCost, "events": PlanEvent,
}  # fmt: skip
NEEDED: Mapping[str, tuple[str, ...]] = {
    "lines": ("platform", "tactic"), "figures": ("scope", "key", "likely"), "business": ("key", "likely"),
    "objectives": ("kpi",), "costs": ("kind",), "events": ("name", "start_date", "end_date"),
    "challenges": ("challenge",),
}  # fmt: skip
BLANK: Mapping[str, Any] = {
    "money": 0, "amount": 0, "count": 0, "day": None, "last_day": None, "number": 1.0, "flag": False,
    "commitment": "committed", "figure": None,
}  # fmt: skip
LISTED = ("platform", "tactic", "kpi", "figure_key", "unit", "confidence", "objective")
"""Lists of which only known codes are taken, besides those that the plan has already."""
LONGEST = timedelta(days=3 * 366)


@dataclass
class Items:
    """The items of one sheet in its order, where each stands, and what is wrong with them."""

    items: list[Any] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def identity(key: str, item: Any) -> tuple[str, ...]:
    """What names an item among those of its sheet."""
    return tuple(getattr(item, name) for name in IDENTITY.get(key, ()))


def items_of(key: str, table: Table, base: StoredPlan, before: Sequence[Any], more: Iterable[str] = ()) -> Items:
    """The rows of one sheet as items; `before` are the plan's own of that sheet, `more` names that a row may use.

    A column that the sheet lacks stays as it was; a row that is as it was is taken as it is.
    """
    found = Items()
    sheet = next(sheet for sheet in TABLES if sheet.key == key)
    known, names = {identity(key, item): item for item in before}, set(more)
    taken: dict[tuple[str, ...], Place] = {}
    for place, row in enumerate(table.rows):
        if any(isinstance(value, Fault) for value in row.values.values()):
            continue
        values = _values(sheet, row)
        _settle_names(sheet, row, values, base, known, found, names)
        same = known.get(tuple(str(values.get(name, "")) for name in IDENTITY.get(key, ())))
        if key not in IDENTITY:
            same = before[place] if place < len(before) and len(before) == len(table.rows) else None
        item, fault = _item(sheet, row, values, same)
        faults = [fault] if fault else [] if item == same else _doubts(sheet, row, item, base, before, names)
        if not faults and IDENTITY.get(key):
            faults = _twice(key, item, row, taken)
        found.findings += faults
        if item is not None and not faults:
            found.items.append(item)
            found.rows.append(row)
    return found


def _values(sheet: Sheet, row: Row) -> dict[str, Any]:
    """The row's values by field; a blank cell of a present column says the usual nothing of its kind."""
    kinds = {column.name: column.kind for column in sheet.columns}
    return {name: BLANK.get(kinds[name], "") if value is None else value for name, value in row.values.items()}


def _settle_names(
    sheet: Sheet,
    row: Row,
    values: dict[str, Any],
    base: StoredPlan,
    known: Mapping[Any, Any],
    found: Items,
    names: set[str],
) -> None:
    """Names as the plan has them: another case or blanks beside are the same; a new row gets a name."""
    if sheet.key not in IDENTITY:
        return
    first = IDENTITY[sheet.key][0]
    is_blank = row.values.get(first) is None
    if values.get("audience_key") and sheet.key == "lines":
        values["audience_key"] = matched(values["audience_key"], {*names, *(line.audience_key for line in base.lines)})
    mine = {name for name, *_ in known} if sheet.key != "figures" else names
    if not is_blank:
        values[first] = matched(values[first], mine)
    elif sheet.key == "business":
        values[first] = BUSINESS
    elif sheet.key == "lines":
        made = replace(base, lines=(*base.lines, *found.items))
        values[first] = free_key(made, values.get("platform") or "line", values.get("tactic") or "1")
    elif sheet.key in ("objectives", "audiences"):
        taken = {*mine, *(getattr(item, first) for item in found.items)}
        stem = sheet.key.removesuffix("s")
        values[first] = next(key for n in range(1, len(taken) + 2) if (key := f"{stem}-{n}") not in taken)


def matched(name: str, names: Iterable[str]) -> str:
    """The known name that this one means: the same, or the only one that differs in case or blanks; else itself."""
    known = set(names)
    if name in known:
        return name
    alike = [one for one in known if plain(one) == plain(name)]
    return alike[0] if len(alike) == 1 else name


def _item(sheet: Sheet, row: Row, values: Mapping[str, Any], same: Any) -> tuple[Any, Finding | None]:
    """The item of a row, or the finding that says which cell it lacks."""
    fields = dict(values)
    if sheet.part == "assumptions":
        likely = fields.get("likely", getattr(same, "likely", None))
        for end in ("low", "high"):
            if (end in fields and fields[end] is None) or (end not in fields and same is None):
                fields[end] = likely
        if _is_point(same) and all(_like(same.low, fields.get(end, same.low)) == same.low for end in ("low", "high")):
            fields |= {"low": likely, "high": likely}
    for name in NEEDED.get(sheet.key, ()):
        lacks = fields.get(name) in ("", None) if name in fields else same is None
        if lacks and not (same is not None and getattr(same, name) == fields.get(name, getattr(same, name))):
            column = sheet.column(name)
            where = str(row.places.get(name) or next(iter(row.places.values())))
            facts = {"found": "", "expected": _expected(column.kind), "column": column.header}
            return None, Finding("PLANBOOK_EMPTY", "stop", where, facts)
    if same is not None:
        return replace(same, **{name: _like(getattr(same, name), value) for name, value in fields.items()}), None
    return KINDS[sheet.key](**fields), None


def _is_point(figure: PlanAssumption | None) -> bool:
    """Whether a figure has no range: then whoever types its likely value means all three."""
    return figure is not None and figure.low == figure.likely == figure.high


def _expected(kind: str) -> str:
    return kind if kind in LABELS or kind in ("day", "money", "amount", "text") else "day" if "day" in kind else "text"


def _like(before: Any, value: Any) -> Any:
    """The value as the plan has it, where a spreadsheet keeps only 15 digits of it."""
    if isinstance(before, float) and isinstance(value, float) and f"{before:.15g}" == f"{value:.15g}":
        return before
    return value


def _twice(key: str, item: Any, row: Row, taken: dict[tuple[str, ...], Place]) -> list[Finding]:
    name, place = identity(key, item), next(iter(row.places.values()))
    if name in taken:
        facts = {"found": " · ".join(name), "first": str(taken[name])}
        return [Finding("PLANBOOK_TWICE", "stop", str(place), facts)]
    taken[name] = place
    return []


def _doubts(
    sheet: Sheet, row: Row, item: Any, base: StoredPlan, before: Sequence[Any], names: set[str]
) -> list[Finding]:
    """What a changed or new row says that a plan cannot hold."""
    faults: list[tuple[str, str]] = []
    for column in sheet.columns:
        if column.name not in row.values or column.kind not in LISTED:
            continue
        code = getattr(item, column.name)
        usual = code == "" or is_known(column.kind, code) or code in {getattr(one, column.name) for one in before}
        if not usual and not (column.kind == "objective" and code in {o.objective_key for o in base.objectives}):
            faults.append((column.name, column.kind))
    faults += _dates(item) + _range(item) + _references(sheet, item, before, names)
    return [
        cell_finding(row.places.get(name) or next(iter(row.places.values())), Fault(_said(item, name), expected))
        for name, expected in faults
    ]


def _said(item: Any, name: str) -> str:
    value: Value = getattr(item, name)
    return value.isoformat() if isinstance(value, date) else str(value)


def _dates(item: Any) -> list[tuple[str, str]]:
    if not isinstance(item, PlanLine | PlanEvent):
        return []
    start, end = item.start_date, item.end_date
    if start is None or end is None:
        return []
    return [("end_date", "later_day")] if end <= start else [("end_date", "three_years")] * (end - start > LONGEST)


def _range(item: Any) -> list[tuple[str, str]]:
    if isinstance(item, PlanEvent):
        return [(name, "factor") for name in ("factor", "price_factor") if not 0 < getattr(item, name) <= 1000]
    if not isinstance(item, PlanAssumption):
        return []
    points = {name: getattr(item, name) for name in ("low", "likely", "high")}
    if item.unit == "share" or (item.scope == "business" and item.key in _SHARES):
        faults = [(name, "share") for name, x in points.items() if not 0 <= x <= 1]
    else:
        faults = [(name, "not_negative") for name, x in points.items() if not 0 <= x <= 1e12]
    if not faults and not item.low <= item.likely <= item.high:
        faults = [("likely", "between")]
    return faults


_SHARES = frozenset(name for name in Business.__dataclass_fields__ if name.endswith("_share")) | {"incrementality"}


def _references(sheet: Sheet, item: Any, before: Sequence[Any], names: set[str]) -> list[tuple[str, str]]:
    """References to names that nobody has."""
    if sheet.key == "lines" and item.audience_key and item.audience_key not in names:
        known = {line.audience_key for line in before}
        return [("audience_key", "audience")] * (item.audience_key not in known)
    if sheet.key == "figures" and item.scope not in names:
        return [("scope", "line")]
    return []
