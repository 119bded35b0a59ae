"""Who a row is about: ids and names as text, the file's level, parents that stand among their children."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from budget.exports.cells import Cell, each, example_of, text_of
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

    columns: dict[str, Sequence[str | None]]
    findings: list[Finding] = field(default_factory=list)


def _name(cell: Cell) -> str | None:
    text = text_of(cell)
    return None if text in _NAMELESS else text


def _id(cell: Cell) -> str | None:
    """An id as text; None where a spreadsheet has rounded it (`_lost` says so)."""
    return None if _lost(cell) else _name(cell)


def _lost(cell: Cell) -> bool:
    if isinstance(cell, (int, float)):
        return abs(cell) >= _EXACT_ID
    return isinstance(cell, str) and bool(_ROUNDED.fullmatch(cell.strip()))


def read_names(table: Table) -> Names:
    """Ids and names of all rows, with what a spreadsheet did to them."""
    out = Names({role: [None] * len(table.rows) for role in ENTITIES})
    for use in table.match.uses:
        if use.role not in ENTITIES:
            continue
        cells = table.cells(use)
        if use.role in IDS:
            out.columns[use.role] = each(cells, _id)
            if any(each(cells, _lost)):
                out.findings.append(found("ID_LOST_PRECISION", use.header, {"column": use.header}))
            continue
        out.columns[use.role] = each(cells, _name)
        damaged = next((cell for cell in dict.fromkeys(cells) if isinstance(cell, str) and _DAMAGE.search(cell)), None)
        if damaged:
            out.findings.append(found("TEXT_DAMAGED", use.header, {"example": example_of(damaged)}))
    return out


def read_breakdowns(table: Table) -> tuple[list[str], tuple[str, ...]]:
    """`age=25-34|gender=female` row by row (`none` without values), and the keys that have values."""
    columns = [
        (role, each(table.cells(use), _name)) for role in BREAKDOWNS if (use := table.match.column(role)) is not None
    ]
    columns = [(role, cells) for role, cells in columns if any(cells)]
    if not columns:
        return ["none"] * len(table.rows), ()
    texts = [
        "|".join(f"{role}={cells[place]}" for role, cells in columns if cells[place]) or "none"
        for place in range(len(table.rows))
    ]
    return texts, tuple(role for role, _ in columns)


@dataclass
class Levels:
    """The level of the rows that count; `subtotals` repeat their children exactly, `parents` stand beside them."""

    level: str
    subtotals: list[int] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)


def _depths(names: Mapping[str, Sequence[str | None]], count: int) -> list[int]:
    depths = [0] * count
    for depth, level in enumerate(LEVELS):
        for place, (by_id, name) in enumerate(zip(names[f"{level}_id"], names[f"{level}_name"], strict=True)):
            if by_id or name:
                depths[place] = depth
    return depths


def find_levels(
    table: Table,
    names: Mapping[str, Sequence[str | None]],
    spans: Sequence[Period | None],
    breakdowns: Sequence[str],
    numbers: Mapping[str, Numbers],
) -> Levels:
    """The deepest level with a name, and the shallower rows that only repeat what their children say."""
    count = len(table.rows)
    depths = _depths(names, count)
    out = Levels(LEVELS[max(depths, default=0)])
    said = table.match.column("level")
    if said:
        words = [_LEVEL_WORDS.get(text_of(cell).casefold()) for cell in table.cells(said)]
        deepest = max((word for word in words if word is not None), default=0)
        out.level = LEVELS[max(deepest, max(depths, default=0))]
        out.parents = [place for place, word in enumerate(words) if word is not None and word < deepest]
        return out
    deepest = max(depths, default=0)
    for depth in sorted({one for one in depths if one < deepest}):
        _split_parents(depth, depths, _keys(depth, names, spans, breakdowns, count), numbers, out)
    return out


Key = tuple[object, ...]


def _keys(
    depth: int,
    names: Mapping[str, Sequence[str | None]],
    spans: Sequence[Period | None],
    breakdowns: Sequence[str],
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


def count_duplicates(keys: Sequence[Key]) -> int:
    """How many rows share their whole key with another row."""
    seen: dict[Key, int] = {}
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
    return sum(count for count in seen.values() if count > 1)
