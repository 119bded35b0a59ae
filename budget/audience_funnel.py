"""From fan to customer: how many remain at each step, which export says so, and what is not known."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from budget.audience_leads import Leads
from budget.audience_measured import Network, engagement, followers, reached
from budget.audience_ratio import Ratio
from budget.audience_web import Visits, Web

StepName = Literal["followers", "reached", "engaged", "visits", "leads", "customers"]
STEPS: tuple[StepName, ...] = ("followers", "reached", "engaged", "visits", "leads", "customers")


@dataclass(frozen=True)
class Step:
    """One step: a number with what it counts; `missing` names the export that brings it, `no_leads` a firm without.

    `rate` is per unit of the step before that is known, `of` its name; `left_out` networks that this step lacks.
    """

    name: StepName
    value: int | None
    counts: str = ""
    missing: str = ""
    rate: Ratio | None = None
    of: StepName | None = None
    left_out: tuple[str, ...] = ()


def funnel_of(
    name: str, networks: Sequence[Network], web: Web, leads: Leads | None, *, sells_leads: bool
) -> tuple[Step, ...]:
    """The steps of these networks together: `name` is the one network, or "" for all.

    Visits that an ad brought are left out. A rate stands only between steps of the same networks, and reactions only
    over the people to whom the same posts or page were shown: else it would compare two crowds.
    """
    visits = web.unpaid.get(name)
    steps = [_fans(networks), _reached(networks), _engaged(networks), _visited(visits, web)]
    steps += [_leads(leads, visits, sells_leads=sells_leads), _customers(leads, visits, sells_leads=sells_leads)]
    made: list[Step] = []
    for step in steps:
        before = next((s for s in reversed(made) if s.value), None)
        fits = step.name != "engaged" or _counted_alike(networks)
        if step.value is not None and before and before.value and before.left_out == step.left_out and fits:
            step = _with_rate(step, Ratio(step.value, before.value, before.counts), before.name)
        made.append(step)
    return tuple(made)


def _with_rate(step: Step, rate: Ratio, of: StepName) -> Step:
    return Step(step.name, step.value, step.counts, step.missing, rate, of, step.left_out)


def _counted_alike(networks: Sequence[Network]) -> bool:
    """Whether reactions and people reached come from the same posts, or pages, of every network."""
    pairs = [(engagement(network), reached(network)) for network in networks]
    known = [(rates, counted) for rates, counted in pairs if rates and counted]
    return all((r.origin, r.total.basis) == (c.origin, c.basis) for r, c in known) and len(known) == len(pairs)


def _added(name: StepName, networks: Sequence[Network], parts: Sequence[tuple[int, str] | None], missing: str) -> Step:
    known = [part for part in parts if part]
    left = tuple(n.name for n, part in zip(networks, parts, strict=True) if part is None)
    if not known:
        return Step(name, None, missing=missing)
    counts = {what for _, what in known}
    return Step(name, sum(n for n, _ in known), counts.pop() if len(counts) == 1 else "mixed", left_out=left)


def _fans(networks: Sequence[Network]) -> Step:
    last = [next((x for x in reversed(followers(network)) if x is not None), None) for network in networks]
    return _added("followers", networks, [None if x is None else (x, "people") for x in last], "followers")


def _reached(networks: Sequence[Network]) -> Step:
    found = [reached(network) for network in networks]
    return _added("reached", networks, [(one.total, one.basis) if one else None for one in found], "reach")


def _engaged(networks: Sequence[Network]) -> Step:
    found = [engagement(network) for network in networks]
    return _added("engaged", networks, [(one.total.top, "interactions") if one else None for one in found], "posts")


def _visited(visits: Visits | None, web: Web) -> Step:
    if visits is None or visits.sessions.total is None:
        return Step("visits", None, missing="sources" if web.has_sessions else "web")
    return Step("visits", visits.sessions.total, "sessions")


def _leads(leads: Leads | None, visits: Visits | None, *, sells_leads: bool) -> Step:
    if leads:
        return Step("leads", leads.total, "leads")
    if not sells_leads:
        return Step("leads", None, missing="no_leads")
    if visits and visits.key_events.total is not None:
        return Step("leads", visits.key_events.total, "key_events")
    return Step("leads", None, missing="leads")


def _customers(leads: Leads | None, visits: Visits | None, *, sells_leads: bool) -> Step:
    if leads and leads.has_stages:
        return Step("customers", leads.stages.get("won", 0), "won")
    if sells_leads or leads:
        return Step("customers", None, missing="statuses")
    if visits and visits.key_events.total is not None:
        return Step("customers", visits.key_events.total, "key_events")
    return Step("customers", None, missing="web")
