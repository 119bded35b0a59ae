"""What a plan workbook remembers of the plan that it was made from, on a sheet that nobody needs to see."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, get_type_hints

from budget.errors import InvalidValue
from budget.exports.book import Book
from budget.exports.headers import plain
from budget.plan import (
    PlanAssumption,
    PlanAudience,
    PlanChallenge,
    PlanCost,
    PlanEvent,
    PlanLine,
    PlanObjective,
    PlanWeek,
    StoredPlan,
)
from budget.present.plan_sheets import META_TITLE
from budget.store.plan_checks import checked

FORMAT = "payoff-plan/1"
PIECE = 30_000
MOST_PIECES = 400
PARTS: Mapping[str, type[Any]] = {
    "lines": PlanLine, "weeks": PlanWeek, "objectives": PlanObjective, "audiences": PlanAudience,
    "challenges": PlanChallenge, "assumptions": PlanAssumption, "costs": PlanCost, "events": PlanEvent,
}  # fmt: skip


@dataclass(frozen=True)
class Meta:
    """The plan behind a workbook; `origin` is the plan as it was written, None in a template or where it was lost."""

    plan_id: int = 0
    workspace_id: int = 0
    version: int = 0
    name: str = ""
    status: str = ""
    currency: str = ""
    language: str = "en"
    content_sha256: str = ""
    origin: StoredPlan | None = None


def meta_rows(plan: StoredPlan, lang: str, *, whole: bool) -> list[tuple[str, str]]:
    """The rows of the sheet: name and text; `whole` keeps the plan itself."""
    rows = [
        ("format", FORMAT), ("plan_id", str(plan.plan_id)), ("workspace_id", str(plan.workspace_id)),
        ("version", str(plan.version)), ("name", plan.name), ("status", plan.status), ("currency", plan.currency),
        ("language", lang), ("content_sha256", plan.content_sha256), ("money", "major units of the currency"),
        ("shares", "fractions: 0.05 is 5 %"), ("days", "the last day belongs to it"),
    ]  # fmt: skip
    if not whole:
        return rows
    body = {part: [_plain(asdict(item)) for item in getattr(plan, part)] for part in PARTS}
    text = json.dumps(body, ensure_ascii=True, separators=(",", ":"))
    pieces = [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
    return rows + [("plan", piece) for piece in pieces] if len(pieces) <= MOST_PIECES else rows


def _plain(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in item.items()}


def meta_of(book: Book) -> Meta | None:
    """What the workbook remembers; None where the sheet is gone. Whatever stands there is checked, never trusted."""
    sheet = next((one for one in book.sheets if plain(one.name) == META_TITLE), None)
    if sheet is None:
        return None
    rows = [(str(row[0]), str(row[1])) for row in sheet.rows if len(row) > 1]
    said = dict(rows)
    if said.get("format") != FORMAT:
        return None
    head = {name: said.get(name, "")[:200] for name in ("name", "status", "currency", "language", "content_sha256")}
    ids = {name: _number(said.get(name, "")) for name in ("plan_id", "workspace_id", "version")}
    text = "".join(piece for name, piece in rows if name == "plan")
    origin = _origin(text, head, ids) if text else None
    said_by: dict[str, Any] = {**ids, **head}
    return Meta(**said_by, origin=origin)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0


def _origin(text: str, head: Mapping[str, str], ids: Mapping[str, int]) -> StoredPlan | None:
    try:
        body = json.loads(text)
        parts: dict[str, Any] = {part: tuple(_item(kind, raw) for raw in body[part]) for part, kind in PARTS.items()}
        plan = StoredPlan(ids["plan_id"], ids["workspace_id"], head["name"], head["currency"], **parts)
        return checked(plan)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, InvalidValue):
        return None


def _item(kind: type[Any], raw: Mapping[str, Any]) -> Any:
    hints = get_type_hints(kind)
    values = {field.name: raw[field.name] for field in fields(kind)}
    days = {name for name, hint in hints.items() if hint in (date, date | None)}
    return kind(**{n: date.fromisoformat(x) if n in days and x is not None else x for n, x in values.items()})
