"""Who a row is about: ids and names as text, the file's level, parents that stand among their children."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from budget.exports.cells import Cell, each, example_of, text_of
from budget.exports.columns import Column, by_value, constant, joint_codes, together
from budget.exports.numbers import Numbers
from budget.exports.reading import found
from budget.exports.roles import BREAKDOWNS, ENTITIES, IDS, LEVELS
from budget.exports.tables import Table
from budget.findings import Finding
from budget.weeks import Period

_NAMELESS = frozenset({"", "-", "--", "—", "–"})
_ROUNDED = re.compile(r"\d([.,]\d{1,15})?E\+\d{1,3}", re.IGNORECASE)
_DAMAGE = re.compile("\ufffd|\\?{3,}")
_EXACT_ID = 10**15
_LEVEL_WORDS = {"account": 0, "campaign": 1, "adset": 2, "ad set": 2, "ad_group": 2, "ad group": 2, "ad": 3}


@dataclass
class Names:
    """Every entity role -> its texts row by row (all None where the file has no such column)."""

    columns: dict[str, Column[str | None]]
    findings: list[Finding] = field(default_factory=list)


def _name(cell: Cell) -> str | None:
    text = text_of(cell)
    return None if text in _NAMELESS else text


def id_of(cell: Cell) -> str | None:
    """An id as text; None where a spreadsheet has rounded it (`_lost` says so)."""
    return None if _lost(cell) else _name(cell)


def _lost(cell: Cell) -> bool:
    if isinstance(cell, (int, float)):
        return abs(cell) >= _EXACT_ID
    return isinstance(cell, str) and bool(_ROUNDED.fullmatch(cell.strip()))


def read_names(table: Table) -> Names:
    """Ids and names of all rows, with what a spreadsheet did to them."""
    out = Names({role: constant(None, len(table.rows)) for role in ENTITIES})
    for use in table.match.uses:
        if use.role not in ENTITIES:
            continue
        cells = table.cells(use)
        if use.role in IDS:
            out.columns[use.role] = each(cells, id_of)
            if cells.where(_lost).any():
                out.findings.append(found("ID_LOST_PRECISION", use.header, {"column": use.header}))
            continue
        out.columns[use.role] = each(cells, _name)
        damaged = next((cell for cell in cells.used() if isinstance(cell, str) and _DAMAGE.search(cell)), None)
        if damaged:
            out.findings.append(found("TEXT_DAMAGED", use.header, {"example": example_of(damaged)}))
    return out


def read_breakdowns(table: Table) -> tuple[Column[str], tuple[str, ...]]:
    """`age=25-34|gender=female` row by row (`none` without values), and the keys that have values."""
    columns = [
        (role, each(table.cells(use), _name)) for role in BREAKDOWNS if (use := table.match.column(role)) is not None
    ]
    columns = [(role, cells) for role, cells in columns if not cells.nulls().all()]
    if not columns:
        return constant("none", len(table.rows)), ()
    roles = tuple(role for role, _ in columns)
    texts = together([cells for _, cells in columns]).each(
        lambda cells: "|".join(f"{role}={cell}" for role, cell in zip(roles, cells, strict=True) if cell) or "none"
    )
    return texts, roles


@dataclass
class Levels:
    """The level of the rows that count; `subtotals` repeat their children exactly, `parents` stand beside them."""

    level: str
    subtotals: list[int] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)


def _depths(names: Mapping[str, Column[str | None]], count: int) -> NDArray[np.int64]:
    depths = np.zeros(count, np.int64)
    for depth, level in enumerate(LEVELS):
        depths[~(names[f"{level}_id"].nulls() & names[f"{level}_name"].nulls())] = depth
    return depths


def find_levels(
    table: Table,
    names: Mapping[str, Column[str | None]],
    spans: Column[Period | None],
    breakdowns: Column[str],
    numbers: Mapping[str, Numbers],
) -> Levels:
    """The deepest level with a name, and the shallower rows that only repeat what their children say."""
    count = len(table.rows)
    depths = _depths(names, count)
    deepest_named = int(depths.max(initial=0))
    out = Levels(LEVELS[deepest_named])
    said = table.match.column("level")
    if said:
        words = each(table.cells(said), lambda cell: _LEVEL_WORDS.get(text_of(cell).casefold()))
        deepest = max((word for word in words.used() if word is not None), default=0)
        out.level = LEVELS[max(deepest, deepest_named)]
        out.parents = np.flatnonzero(words.where(lambda word: word is not None and word < deepest)).tolist()
        return out
    for depth in np.unique(depths[depths < deepest_named]).tolist():
        _split_parents(depth, depths.tolist(), _keys(depth, names, spans, breakdowns, count), numbers, out)
    return out


Key = tuple[object, ...]


def _keys(
    depth: int,
    names: Mapping[str, Column[str | None]],
    spans: Column[Period | None],
    breakdowns: Column[str],
    count: int,
) -> list[Key]:
    roles = [role for level in LEVELS[: depth + 1] for role in (f"{level}_id", f"{level}_name")]
    return list(zip(spans, breakdowns, *(names[role] for role in roles), strict=True)) if count else []


def _split_parents(
    depth: int, depths: Sequence[int], keys: Sequence[Key], numbers: Mapping[str, Numbers], out: Levels
) -> None:
    """Rows of one depth: equal to the sum of their children = subtotal; alone and not less = parent; else detail."""
    children: dict[Key, list[int]] = {}
    own: dict[Key, list[int]] = {}
    for place, key in enumerate(keys):
        if depths[place] >= depth:
            (children if depths[place] > depth else own).setdefault(key, []).append(place)
    columns = [numbers[role].values for role in ("spend_micros", "impressions") if role in numbers]
    for key, places in own.items():
        if key not in children or len(places) != 1:
            continue
        pairs = [(values[places[0]] or 0, sum(values[child] or 0 for child in children[key])) for values in columns]
        if pairs and all(mine == theirs for mine, theirs in pairs):
            out.subtotals += places
        elif pairs and all(mine >= theirs for mine, theirs in pairs):
            out.parents += places


def count_duplicates(columns: Sequence[Column[Any]]) -> int:
    """How many rows share the values of all columns with another row."""
    columns = [by_value(column) for column in columns]
    keys = joint_codes([column.codes for column in columns], [len(column.values) for column in columns])
    keys.sort()
    same = keys[1:] == keys[:-1]
    return int((np.append(same, False) | np.append(False, same)).sum()) if len(keys) else 0
