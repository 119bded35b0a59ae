"""Everything that the Audience screen shows, from the uploads and the plan, for a run of whole weeks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from budget.actuals import Actuals
from budget.audience_content import Candidate, Cell, candidates, content
from budget.audience_funnel import Step, funnel_of
from budget.audience_goals import Goal, goal_of, measure_of, passed
from budget.audience_kpis import ALL, KPIS, Kpi, Name, of_all, of_network
from budget.audience_leads import Leads, leads_of
from budget.audience_measured import networks_of
from budget.audience_networks import NETWORKS, platform_of
from budget.audience_price import prices_of
from budget.audience_profile import Profile, profile_of
from budget.audience_rows import Fact, Post, facts_of, networks_in, posts_of
from budget.audience_series import Window, window_of
from budget.audience_target import targets_of
from budget.audience_web import SITE, Web, web_of
from budget.business import business_of
from budget.plan import StoredPlan
from budget.weeks import DAY, WEEK, week_of

WEEKS = (4, 8, 13, 26)
USUAL_WEEKS = 8


@dataclass(frozen=True)
class Uploaded:
    """What was uploaded beside delivery, as rows."""

    facts: tuple[Fact, ...]
    posts: tuple[Post, ...]
    leads: pd.DataFrame

    @property
    def is_empty(self) -> bool:
        """Whether neither a page nor a website said anything."""
        return not self.networks and not any(fact.platform == SITE for fact in self.facts) and self.leads.empty

    @property
    def networks(self) -> tuple[str, ...]:
        """The networks of which anything was uploaded, in their usual order."""
        found = networks_in(self.facts, self.posts)
        return tuple(name for name in NETWORKS if name in found)

    def window(self, today: date, weeks: int = USUAL_WEEKS) -> Window:
        """The last so many weeks that are over, up to the week of the last day that is known."""
        known = self.last_day()
        over = week_of(today) - DAY
        return window_of(min(over, week_of(known) + WEEK - DAY) if known else over, weeks)

    def last_day(self) -> date | None:
        """The last day that anything is known of."""
        ends = [fact.end - DAY for fact in self.facts if fact.grain != "lifetime"]
        ends += [fact.start - DAY for fact in self.facts if fact.grain == "lifetime"]
        return max([*ends, *(post.day for post in self.posts if post.day)], default=None)


@dataclass(frozen=True)
class Audience:
    """The screen's results: measures by network (`ALL` first), content, candidates, visits, funnels, hand-over."""

    window: Window
    networks: tuple[str, ...]
    kpis: Mapping[str, Mapping[Name, Kpi]]
    profiles: Mapping[str, Profile]
    cells: tuple[Cell, ...]
    candidates: tuple[Candidate, ...]
    web: Web
    funnels: Mapping[str, tuple[Step, ...]]
    leads: Leads | None


@dataclass(frozen=True)
class Alert:
    """A measure of a network beyond its alert line: over all weeks looked at, or in the newest one."""

    kpi: Name
    network: str
    value: float
    line: Goal
    week: date | None
    basis: str


def uploaded_of(metrics: pd.DataFrame, posts: pd.DataFrame, leads: pd.DataFrame) -> Uploaded:
    """`Store.metrics`, `Store.posts` and `Store.leads` as rows."""
    return Uploaded(facts_of(metrics), posts_of(posts), leads)


def audience_of(plan: StoredPlan, uploaded: Uploaded, actuals: Actuals, window: Window) -> Audience:
    """Everything of the window's weeks."""
    networks = networks_of(uploaded.facts, uploaded.posts, window, uploaded.networks)
    prices, web = prices_of(plan, actuals), web_of(uploaded.facts, window)
    profiles = {
        network.name: found
        for network in networks
        if (found := profile_of(network.facts, targets_of(plan, platform_of(network.name))))
    }
    cells = content(networks)
    each = {n.name: of_network(n, profiles.get(n.name), web, cells, prices) for n in networks}
    everything = of_all(networks, each, web, cells)
    sells_leads = business_of(plan).result_is_lead
    groups = {ALL: networks} | {network.name: [network] for network in networks}
    of_leads = {name: leads_of(uploaded.leads, window.period, name) for name in groups}
    funnels = {name: funnel_of(name, own, web, of_leads[name], sells_leads=sells_leads) for name, own in groups.items()}
    return Audience(
        window, uploaded.networks, {ALL: everything, **each}, profiles, cells, candidates(networks, prices), web,
        funnels, of_leads[ALL],
    )  # fmt: skip


def target_for(plan: StoredPlan, kpi: Kpi) -> Goal | None:
    """The plan's target of a measure, in its own denominator."""
    name = measure_of(kpi.name, kpi.basis)
    return None if kpi.name == "best_content" else goal_of(plan, name, "target", kpi.network)


def alert_for(plan: StoredPlan, kpi: Kpi) -> Goal | None:
    """The alert line of a measure, the plan's or a published one."""
    name = measure_of(kpi.name, kpi.basis)
    return None if kpi.name == "best_content" else goal_of(plan, name, "alert", kpi.network)


def alerts_of(plan: StoredPlan, found: Audience) -> tuple[Alert, ...]:
    """Measures of single networks whose newest known week, or all weeks together, lie beyond the line.

    Where fewer than 30 events stand behind a value, only a range that lies beyond the line as a whole counts.
    """
    alerts = []
    for network in found.networks:
        for name in KPIS:
            kpi = found.kpis[network][name]
            line = alert_for(plan, kpi)
            if line and (alert := _alert(kpi, line, found.window)):
                alerts.append(alert)
    return tuple(alerts)


def _alert(kpi: Kpi, line: Goal, window: Window) -> Alert | None:
    measure = measure_of(kpi.name, kpi.basis)
    newest = next((at for at in reversed(range(len(kpi.weeks))) if kpi.weeks[at] is not None), None)
    value = kpi.weeks[newest] if newest is not None else kpi.value
    if value is None or not passed(measure, value, line):
        return None
    if kpi.is_few and kpi.ratio and kpi.ratio.span:
        low, high = kpi.ratio.span
        if not (passed(measure, low, line) and passed(measure, high, line)):
            return None
    return Alert(kpi.name, kpi.network, value, line, window.weeks[newest] if newest is not None else None, kpi.basis)
