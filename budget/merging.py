"""Two people's changes of one plan put together: what only one changed is taken, what both changed is said."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from budget.editing import free_key
from budget.findings import Finding
from budget.phasing import rephased
from budget.plan import PlanLine, StoredPlan

_KEYS: Mapping[str, Callable[[Any], Hashable]] = {
    "lines": lambda x: x.line_key,
    "weeks": lambda x: (x.line_key, x.week_start),
    "objectives": lambda x: x.objective_key,
    "audiences": lambda x: x.audience_key,
    "challenges": lambda x: x.challenge,
    "assumptions": lambda x: (x.scope, x.key),
    "costs": lambda x: (x.kind, x.month_start),
    "events": lambda x: (x.name, x.start_date),
}


@dataclass(frozen=True)
class Merged:
    """The plan with both changes, of the version of `theirs`; a finding MERGE_CONFLICT for what both changed."""

    plan: StoredPlan
    conflicts: tuple[Finding, ...] = ()


def merged(before: StoredPlan, mine: StoredPlan, theirs: StoredPlan, *, mine_wins: bool = False) -> Merged:
    """My change from `before` to `mine`, made to `theirs`; of what both changed theirs stays, or mine with `mine_wins`.

    Fields of a line are merged one by one, everything else by its key. Weeks add up to their lines afterwards.
    """
    mine = _with_own_keys(before, mine, theirs)
    conflicts: list[Finding] = []
    parts: dict[str, Any] = {
        name: _part(name, getattr(before, name), getattr(mine, name), getattr(theirs, name), mine_wins, conflicts)
        for name in _KEYS
    }
    keys = {line.line_key for line in parts["lines"]}
    parts["weeks"] = tuple(week for week in parts["weeks"] if week.line_key in keys)
    lost = {line.line_key for plan in (before, mine, theirs) for line in plan.lines} - keys
    parts["assumptions"] = tuple(a for a in parts["assumptions"] if a.scope not in lost)
    name = mine.name if mine.name != before.name and theirs.name == before.name else theirs.name
    return Merged(rephased(replace(theirs, name=name, **parts)), tuple(conflicts))


def _with_own_keys(before: StoredPlan, mine: StoredPlan, theirs: StoredPlan) -> StoredPlan:
    """My plan with other keys for lines that I added while they added a different one of the same key."""
    old, found = {line.line_key for line in before.lines}, {line.line_key: line for line in theirs.lines}
    for line in mine.lines:
        key = line.line_key
        if key in old or key not in found or found[key] == line:
            continue
        new = free_key(replace(theirs, lines=(*theirs.lines, *mine.lines)), line.platform, line.tactic)
        lines = tuple(replace(x, line_key=new) if x.line_key == key else x for x in mine.lines)
        weeks = tuple(replace(x, line_key=new) if x.line_key == key else x for x in mine.weeks)
        figures = tuple(replace(x, scope=new) if x.scope == key else x for x in mine.assumptions)
        mine = replace(mine, lines=lines, weeks=weeks, assumptions=figures)
    return mine


def _part(
    name: str,
    before: Sequence[Any],
    mine: Sequence[Any],
    theirs: Sequence[Any],
    mine_wins: bool,
    conflicts: list[Finding],
) -> tuple[Any, ...]:
    old, own, found = (_by_key(name, items) for items in (before, mine, theirs))
    for key in [*own, *(key for key in old if key not in own)]:
        ours, was, is_now = own.get(key), old.get(key), found.get(key)
        if ours in (was, is_now):
            continue
        if is_now == was:
            chosen = ours
        elif name == "lines" and ours and was and is_now:
            chosen = _line(was, ours, is_now, mine_wins, conflicts)
        else:
            chosen = ours if mine_wins else is_now
            if name != "weeks":
                conflicts.append(Finding("MERGE_CONFLICT", "warn", _where(ours or was), {"field": name}))
        if chosen is None:
            found.pop(key, None)
        else:
            found[key] = chosen
    return tuple(found[key] for key in own) if found.keys() == own.keys() else tuple(found.values())


def _by_key(name: str, items: Sequence[Any]) -> dict[Hashable, Any]:
    found: dict[Hashable, Any] = {}
    for item in items:
        key = _KEYS[name](item)
        turn = 0
        while (key, turn) in found:
            turn += 1
        found[key, turn] = item
    return found


def _line(was: PlanLine, ours: PlanLine, is_now: PlanLine, mine_wins: bool, conflicts: list[Finding]) -> PlanLine:
    changes: dict[str, Any] = {}
    for field in fields(PlanLine):
        old, own, found = (getattr(line, field.name) for line in (was, ours, is_now))
        if own in (old, found):
            continue
        if found != old:
            facts = {"field": field.name, "mine": str(own), "theirs": str(found)}
            conflicts.append(Finding("MERGE_CONFLICT", "warn", was.line_key, facts))
        if found == old or mine_wins:
            changes[field.name] = own
    return replace(is_now, **changes)


def _where(item: Any) -> str:
    return str(getattr(item, "line_key", getattr(item, "scope", "")))
