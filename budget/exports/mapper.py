"""A table that nobody described: what its columns probably are, for the person to confirm; never applied unseen."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from budget.exports.answers import TableMapping
from budget.exports.cells import Cell, Grid, Row, filled, is_blank, text_of
from budget.exports.dates import read_date
from budget.exports.formats import load_reports
from budget.exports.headers import header
from budget.exports.numbers import read_token
from budget.exports.own_words import own_words
from budget.exports.privacy import is_person_column
from budget.exports.reading import Preview, PreviewColumn
from budget.exports.roles import DATES, MAPPABLE, METRICS, NEEDED_OF
from budget.exports.tables import Match, Use

_FIRST_ROWS = 40
_SAMPLE = 200
_SHOWN_ROWS = 10
_SHOWN_COLUMNS = 60
_CUTOFF = 85
_BEST = 5
_MASK = "…"


@dataclass(frozen=True)
class Proposal:
    """The likeliest reading of an unknown grid: `default` is the mapping answer as JSON, preselected."""

    grid: Grid
    row: int
    preview: Preview
    default: str


def kind_of(cells: Sequence[Cell]) -> str:
    """`number date text empty`: what most filled cells of a column are."""
    known = [cell for cell in cells if not is_blank(cell)]
    if not known:
        return "empty"
    dates = sum(not isinstance(cell, (int, float)) and read_date(cell) is not None for cell in known)
    if dates * 5 >= len(known) * 4:
        return "date"
    numbers = sum(_is_number(cell) for cell in known)
    return "number" if numbers * 5 >= len(known) * 4 else "text"


def _is_number(cell: Cell) -> bool:
    if isinstance(cell, str):
        return read_token(cell).kind in ("number", "null", "bound")
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def guess_header(grid: Grid) -> int | None:
    """The row of texts under which most columns change to numbers and dates; None where no row is like that."""
    best, merit = None, 0
    for row in range(min(len(grid.rows) - 1, _FIRST_ROWS)):
        cells = grid.rows[row]
        texts = [place for place, cell in enumerate(cells) if isinstance(cell, str) and cell.strip()]
        if len(texts) < 2 or any(_is_value(cells[place]) for place in texts):
            continue
        below = grid.rows[row + 1 : row + 11]
        changed = sum(kind_of(_column(below, place)) in ("number", "date") for place in texts[:200])
        if changed and changed * 100 + len(texts) > merit:
            best, merit = row, changed * 100 + len(texts)
    return best


def _is_value(cell: Cell) -> bool:
    return isinstance(cell, str) and (read_token(cell).kind == "number" or read_date(cell) is not None)


def _column(rows: Sequence[Row], place: int) -> list[Cell]:
    return [row[place] if place < len(row) else None for row in rows]


@cache
def _roles_by_header() -> dict[str, tuple[str, ...]]:
    roles: dict[str, dict[str, None]] = {}
    for report in (one for one in load_reports() if one.kind == "delivery"):
        for known in report.aliases.values():
            for key, alias in known.items():
                if alias.role in MAPPABLE:
                    roles.setdefault(key, {})[alias.role] = None
    for key, meant in own_words().items():
        roles[key] = dict.fromkeys(meant) | roles.get(key, {})
    return {key: tuple(found) for key, found in roles.items()}


def _likely(key: str, kind: str) -> dict[str, float]:
    """The five likeliest roles of a header with their scores, only such as the column's kind allows."""
    from rapidfuzz import fuzz, process

    known = _roles_by_header()
    scores: dict[str, float] = {}
    for name, score, _ in process.extract(
        key, list(known), scorer=fuzz.token_set_ratio, score_cutoff=_CUTOFF, limit=40
    ):
        for place, role in enumerate(known[name]):
            if _fits(role, kind):
                scores[role] = max(scores.get(role, 0.0), score + fuzz.ratio(key, name) / 100 - place / 1000)
    best = sorted(scores, key=lambda role: (-scores[role], MAPPABLE.index(role)))[:_BEST]
    return {role: scores[role] for role in best}


def _fits(role: str, kind: str) -> bool:
    if kind == "empty":
        return True
    if role in METRICS:
        return kind == "number"
    return role not in DATES or kind == "date"


def propose(grids: Sequence[Grid]) -> Proposal | None:
    """The likeliest table among the grids with its proposal; None where nothing looks like a table."""
    proposals = [one for grid in grids if (one := _propose(grid))]
    return max(proposals, key=lambda one: len(one.grid.rows), default=None)


def _propose(grid: Grid) -> Proposal | None:
    row = guess_header(grid)
    if row is None:
        return None
    body = [cells for cells in grid.rows[row + 1 :] if filled(cells)]
    columns: list[PreviewColumn] = []
    scores: list[tuple[float, int, str]] = []
    width = min(len(grid.rows[row]), _SHOWN_COLUMNS)
    for place in range(width):
        text, sample = text_of(grid.rows[row][place]), _column(body[:_SAMPLE], place)
        kind = "person" if is_person_column(text, sample) else kind_of(sample)
        likely = {} if kind == "person" or not text else _likely(header(text).key, kind)
        if kind == "date" and text:
            likely.setdefault("day", 0.0)
        scores += [(score, -place, role) for role, score in likely.items()]
        columns.append(PreviewColumn(text[:100], kind, tuple(likely), ""))
    chosen = _choose(scores)
    orders = _as_orders(columns)
    columns = [
        replace(one, proposed=chosen.get(place, ""), as_order=orders.get(place, ""))
        for place, one in enumerate(columns)
    ]
    if not any(one.kind == "number" for one in columns):
        return None
    preview = Preview(grid.sheet, grid.lines[row], tuple(columns), _shown(body, columns))
    return Proposal(grid, row, preview, _default(preview))


def _choose(scores: list[tuple[float, int, str]]) -> dict[int, str]:
    """Place -> role: the best pairs first, each column and each role once."""
    chosen: dict[int, str] = {}
    for _, place, role in sorted(scores, reverse=True):
        dated = role in DATES and any(other in DATES and {role, other} != {"start", "end"} for other in chosen.values())
        if -place not in chosen and role not in chosen.values() and not dated:
            chosen[-place] = role
    return chosen


def _as_orders(columns: Sequence[PreviewColumn]) -> dict[int, str]:
    """Place -> role if each row is an order: the person's own words for it, whole."""
    words, chosen = own_words("orders"), dict[int, str]()
    for place, one in enumerate(columns):
        role = next((known for known in words.get(header(one.header).key, ()) if known not in chosen.values()), "")
        fits = one.kind == "person" if role == "email" else one.kind not in ("person", "empty")
        if role.endswith(("_micros", "items")):
            fits = one.kind == "number"
        if role and fits and (role != "order_date" or one.kind == "date"):
            chosen[place] = role
    return chosen


def _is_shop(columns: Sequence[PreviewColumn]) -> bool:
    """Whether the words say orders rather than ads: all that an order needs, and nothing of a campaign."""
    orders, ads = {one.as_order for one in columns}, {one.proposed for one in columns}
    return all(orders & group for group in NEEDED_OF["orders"]) and not ads & {"campaign_name", "impressions", "clicks"}


def _shown(body: Sequence[Row], columns: Sequence[PreviewColumn]) -> tuple[tuple[str, ...], ...]:
    def cell(row: Row, place: int) -> str:
        text = text_of(row[place])[:100] if place < len(row) else ""
        return _MASK if text and columns[place].kind == "person" else text

    return tuple(tuple(cell(row, place) for place in range(len(columns))) for row in body[:_SHOWN_ROWS])


def _default(preview: Preview) -> str:
    shop = _is_shop(preview.columns)
    roles = {one.header: one.as_order if shop else one.proposed for one in preview.columns}
    columns = {text: role for text, role in roles.items() if role}
    answer = {
        "kind": "orders" if shop else "delivery",
        "platform": "other",
        "header_row": preview.header_row,
        "columns": columns,
    }
    if preview.sheet:
        answer["sheet"] = preview.sheet
    return json.dumps(answer, ensure_ascii=False)


def apply_mapping(grid: Grid, mapping: TableMapping) -> Match | None:
    """The match that the person's mapping describes; None where its headers do not stand in that row."""
    if mapping.header_row not in grid.lines:
        return None
    row = grid.lines.index(mapping.header_row)
    wanted = {header(text).key: role for text, role in mapping.columns.items()}
    uses = []
    for place, cell in enumerate(grid.rows[row]):
        one, text = header(cell), text_of(cell)
        role = wanted.pop(one.key, "") if one.key else ""
        uses.append(Use(place, text, role, "mapping" if role else "", one.currency))
    if wanted:
        return None
    return Match(None, mapping.platform, None, row, tuple(uses), len(mapping.columns))
