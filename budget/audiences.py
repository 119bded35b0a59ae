"""Whom the lines speak to: an audience's size is the number of people that its lines can reach."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from budget.errors import InvalidValue
from budget.findings import Finding
from budget.plan import PlanAssumption, PlanAudience, PlanLine, StoredPlan

KEY, UNIT, SOURCE = "audience", "count", "audience"
SPREAD = 0.3
"""Platforms show the size of an audience as a range: this share to either side of the middle."""
Origin = Literal["own", "audience", "unknown"]


def audience_of(plan: StoredPlan, line: PlanLine) -> PlanAudience | None:
    """The audience that a line refers to; None where it names none of the plan's."""
    return next((a for a in plan.audiences if line.audience_key and a.audience_key == line.audience_key), None)


def universe(plan: StoredPlan, line_key: str) -> PlanAssumption | None:
    """People that the line's audience holds, with the source `audience`; None without one or without its size."""
    line = next((line for line in plan.lines if line.line_key == line_key), None)
    found = audience_of(plan, line) if line else None
    if found is None or found.size <= 0:
        return None
    low, high = found.size * (1 - SPREAD), found.size * (1 + SPREAD)
    return PlanAssumption(line_key, KEY, low, float(found.size), high, UNIT, SOURCE, found.region)


def own_size(plan: StoredPlan, line_key: str) -> PlanAssumption | None:
    """The number of people that the plan gives this line itself, which goes before its audience's."""
    return next((a for a in plan.assumptions if (a.scope, a.key) == (line_key, KEY) and a.likely > 0), None)


def origin_of(plan: StoredPlan, line_key: str) -> Origin:
    """Where the number of people comes from that a line is computed with."""
    if own_size(plan, line_key):
        return "own"
    return "audience" if universe(plan, line_key) else "unknown"


def lines_of(plan: StoredPlan, audience_key: str) -> tuple[PlanLine, ...]:
    """The lines that speak to an audience."""
    return tuple(line for line in plan.lines if audience_key and line.audience_key == audience_key)


def joined(plan: StoredPlan, line_key: str, audience_key: str) -> StoredPlan:
    """The line speaks to this audience ("" to none) and takes its size; a number of its own gives way to it."""
    known = {audience.audience_key for audience in plan.audiences}
    if audience_key and audience_key not in known:
        raise InvalidValue(f"audience: found {audience_key!a:.60}, expected one of {sorted(known)}")
    lines = tuple(
        replace(line, audience_key=audience_key) if line.line_key == line_key else line for line in plan.lines
    )
    edited = replace(plan, lines=lines)
    return _without_own(edited, {line_key}) if universe(edited, line_key) else edited


def with_audiences(plan: StoredPlan, audiences: Sequence[PlanAudience]) -> StoredPlan:
    """The plan with these audiences. Lines of one that is gone speak to nobody named.

    A line whose own number of people was its audience's size follows the new size. Raises `InvalidValue` for a key
    twice.
    """
    keys = [audience.audience_key for audience in audiences]
    if len(set(keys)) < len(keys):
        raise InvalidValue(f"audiences: found a key twice among {keys}, expected each once")
    old = {audience.audience_key: audience.size for audience in plan.audiences}
    moved = {audience.audience_key for audience in audiences if audience.size != old.get(audience.audience_key)}
    following = {
        line.line_key
        for line in plan.lines
        if line.audience_key in moved
        and (own := own_size(plan, line.line_key))
        and own.likely == old.get(line.audience_key)
    }
    lines = tuple(replace(line, audience_key="") if _lost(line, old, keys) else line for line in plan.lines)
    return _without_own(replace(plan, audiences=tuple(audiences), lines=lines), following)


def _lost(line: PlanLine, old: Iterable[str], keys: Iterable[str]) -> bool:
    """Whether a line's audience was there and is gone; names that were never known stay as they are."""
    return line.audience_key in old and line.audience_key not in keys


def _without_own(plan: StoredPlan, line_keys: set[str]) -> StoredPlan:
    kept = tuple(a for a in plan.assumptions if not (a.key == KEY and a.scope in line_keys))
    return replace(plan, assumptions=kept)


def free_key(taken: Iterable[str], segment: str) -> str:
    """A short key that no other audience has, from the segment's words."""
    known = set(taken)
    base = re.sub(r"[^a-z0-9]+", "_", segment.casefold())[:40].strip("_") or "audience"
    return next(key for n in range(1, len(known) + 2) if (key := base if n == 1 else f"{base}_{n}") not in known)


def networks_of(audience: PlanAudience) -> tuple[str, ...]:
    """The platform keys on which an audience is met; empty where nothing was said."""
    return tuple(part.strip() for part in audience.networks.split(",") if part.strip())


def check_audiences(plan: StoredPlan) -> tuple[Finding, ...]:
    """Lines on a network where their audience is not met, and audiences whose size nobody said."""
    found = []
    for line in plan.lines:
        audience = audience_of(plan, line)
        networks = networks_of(audience) if audience else ()
        if audience and networks and line.platform not in networks:
            facts = {"audience": audience.segment or audience.audience_key, "platform": line.platform}
            found.append(Finding("AUDIENCE_ELSEWHERE", "warn", line.line_key, facts))
    for audience in plan.audiences:
        if audience.size <= 0 and lines_of(plan, audience.audience_key):
            facts = {"audience": audience.segment or audience.audience_key}
            found.append(Finding("AUDIENCE_SIZE_MISSING", "warn", audience.audience_key, facts))
    return tuple(found)
