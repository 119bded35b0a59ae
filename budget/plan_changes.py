"""What differs between two states of a plan, item by item and field by field."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from budget.plan import StoredPlan


@dataclass(frozen=True)
class Change:
    """One difference: `kind` is `added removed changed moved`; `item` names what it is about.

    `before` and `after` are the field's values of a changed item, the whole items of an added or removed one.
    """

    kind: str
    part: str
    item: tuple[Any, ...]
    field: str = ""
    before: Any = None
    after: Any = None


NAMES: Mapping[str, Callable[[Any], tuple[Any, ...]]] = {
    "lines": lambda x: (x.line_key,),
    "weeks": lambda x: (x.line_key, x.week_start),
    "objectives": lambda x: (x.objective_key,),
    "audiences": lambda x: (x.audience_key,),
    "challenges": lambda x: (x.challenge,),
    "assumptions": lambda x: (x.scope, x.key),
    "costs": lambda x: (x.kind, x.month_start),
    "events": lambda x: (x.name, x.start_date),
}
ORDERED = ("lines", "objectives", "audiences", "challenges", "costs", "events")


def changes_of(before: StoredPlan, after: StoredPlan) -> tuple[Change, ...]:
    """All differences, lines first; weeks and figures of lines that came or went are not listed by themselves."""
    found: list[Change] = []
    for part in NAMES:
        found += _part(part, getattr(before, part), getattr(after, part))
    new = {change.item[0] for change in found if change.part == "lines" and change.kind in ("added", "removed")}
    return tuple(one for one in found if one.part not in ("weeks", "assumptions") or one.item[0] not in new)


def _part(part: str, before: Sequence[Any], after: Sequence[Any]) -> list[Change]:
    old, now = _by_name(part, before), _by_name(part, after)
    gone = [Change("removed", part, key[0], before=old[key]) for key in old if key not in now]
    come = [Change("added", part, key[0], after=now[key]) for key in now if key not in old]
    changed = [change for key in now if key in old for change in _fields(part, key[0], old[key], now[key])]
    moved = [key for key in old if key in now] != [key for key in now if key in old]
    return gone + come + changed + [Change("moved", part, ())] * (moved and part in ORDERED)


def _by_name(part: str, items: Sequence[Any]) -> dict[tuple[tuple[Any, ...], int], Any]:
    """Items by what names them; those of one name are told apart by their turn."""
    found: dict[tuple[tuple[Any, ...], int], Any] = {}
    turns: dict[Hashable, int] = {}
    for item in items:
        name = NAMES[part](item)
        turns[name] = turns.get(name, 0) + 1
        found[name, turns[name]] = item
    return found


def _fields(part: str, name: tuple[Any, ...], before: Any, after: Any) -> list[Change]:
    values = ((field.name, getattr(before, field.name), getattr(after, field.name)) for field in fields(before))
    return [Change("changed", part, name, field, old, new) for field, old, new in values if old != new]
