"""Everything that a screen asks about one plan, answered from the store: one call a question."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

import numpy as np
from pandas import DataFrame

from budget.actuals import Actuals, across_micros, actuals_of, cut_to, until_of, with_claims
from budget.booked import Books, books_of
from budget.business import Business, business_of
from budget.immature import Immature, immature
from budget.learning import seed_of
from budget.lifts import Lift, lifts_of
from budget.origin import Origin, keys_of, origin_of, span_of
from budget.pacing import Pacing, pacing
from budget.plan import StoredPlan
from budget.platform_pacing import PlatformPace, platform_paces
from budget.rates import Rate
from budget.record import Record, family, record_of
from budget.record_weeks import JudgedWeek
from budget.record_weeks import judged_weeks as judged_weeks_of
from budget.ripeness import Ripeness, ripeness
from budget.sales_model import Missing, SalesModel, sales_model
from budget.scoring import Cell, Happened, caused_of, happened, lines_of, opened_by, score
from budget.store import Note, Store, StoredForecast
from budget.weekly_ranges import is_same, keepable, new_forecast
from budget.weekly_sales import WeeklySales, weekly_sales
from budget.weekly_spend import WeeklySpend, weekly_spend
from budget.weeks import WEEK, Period, weeks_of

_BY_LINE = ("platform", "line_key")


def actuals(store: Store, plan: StoredPlan, *, now: StoredPlan | None = None, span: Period | None = None) -> Actuals:
    """What was uploaded, laid beside the plan; `now` says what orders are worth where no platform does.

    A `span` that is not made of whole weeks is cut to its days, from the rows that are days.
    """
    uploads = _uploads(store, plan.workspace_id)
    whole = uploads.beside(plan, now)
    if span is None or span.is_whole_weeks:
        return whole
    facts = store.facts(plan.workspace_id, start=span.start, end=span.end, by=_BY_LINE)
    across = across_micros(store.period_facts(plan.workspace_id), span, plan.currency, uploads.rates)
    return replace(uploads.cut(plan, now, whole, facts, span), across_micros=across)


@dataclass(frozen=True, eq=False)
class _Uploads:
    """What was uploaded, read once, to be laid beside any plan."""

    store: Store
    firm: int
    version: int
    facts: DataFrame
    coverage: DataFrame
    rates: tuple[Rate, ...]
    ripe: Ripeness
    known: dict[tuple[str, bool], Books] = field(default_factory=dict)

    def beside(self, plan: StoredPlan, now: StoredPlan | None = None) -> Actuals:
        business = business_of(now or plan)
        found = actuals_of(plan, self.facts, until_of(self.coverage), self.rates, business=business)
        found = replace(found, reported=self.ripe.reported(found.weeks))
        return with_claims(found, self.books(plan.currency, business), business)

    def cut(self, plan: StoredPlan, now: StoredPlan | None, whole: Actuals, facts: DataFrame, span: Period) -> Actuals:
        business = business_of(now or plan)
        part = actuals_of(plan, facts, until_of(self.coverage), self.rates, business=business)
        reported = self.ripe.reported(part.weeks, span)
        part = replace(part, reported=reported, outside=whole.outside, earlier=whole.earlier)
        return cut_to(whole, part, business, span)

    def books(self, currency: str, business: Business) -> Books:
        key = currency, business.result_is_lead
        if key not in self.known:
            self.known[key] = _books(self.store, self.firm, currency, self.rates, leads=business.result_is_lead)
        return self.known[key]


def _books(store: Store, firm: int, currency: str, rates: Sequence[Rate], *, leads: bool) -> Books:
    """What the firm booked, with its leads where they are what counts."""
    return books_of(
        store.daily_sales(firm), store.daily_orders(firm), store.leads(firm) if leads else None, currency, rates
    )


def _uploads(store: Store, firm: int) -> _Uploads:
    facts, version, coverage = (
        store.facts(firm, by=_BY_LINE),
        store.data_version(firm),
        store.coverage(firm),
    )
    ripe = ripeness(store.snapshots(firm), coverage, seed=(firm, version))
    return _Uploads(store, firm, version, facts, coverage, store.rates(firm), ripe)


def paced(store: Store, plan: StoredPlan) -> Pacing | None:
    """Daily spend beside the plan's calendar."""
    until = until_of(store.coverage(plan.workspace_id))
    daily = store.daily(plan.workspace_id, by=("platform",))
    return pacing(plan, daily, until, store.rates(plan.workspace_id), seed=seed(store, plan))


def platforms_paced(store: Store, plan: StoredPlan) -> tuple[PlatformPace, ...]:
    """The same by platform, and what to spend there a day; nothing where there is no pacing."""
    found = paced(store, plan)
    if found is None:
        return ()
    daily, rates = store.daily(plan.workspace_id, by=("platform",)), store.rates(plan.workspace_id)
    return platform_paces(plan, daily, rates, found, seed=seed(store, plan))


def immature_days(store: Store, plan: StoredPlan) -> Immature:
    """Which of the plan's weeks, and which days, are still early."""
    firm = plan.workspace_id
    coverage, seeds = store.coverage(firm), (firm, store.data_version(firm))
    ripe = ripeness(store.snapshots(firm), coverage, seed=seeds)
    return immature(ripe, weeks_of(plan.period) if plan.period else (), until_of(coverage))


def origin(store: Store, plan: StoredPlan, weeks: Sequence[date], key: str = "") -> Origin:
    """The rows behind the review's actual figures of a channel ("" all) and a run of whole weeks."""
    start, end = span_of(weeks)
    rows = store.lineage(plan.workspace_id, start=start, end=end, **keys_of(key))
    return origin_of(plan, rows, store.matches(plan.workspace_id), key, store.rates(plan.workspace_id))


def booked(store: Store, plan: StoredPlan) -> WeeklySales:
    """All sales of the firm by week, in the plan's currency."""
    return weekly_sales(store.daily_sales(plan.workspace_id), plan.currency, store.rates(plan.workspace_id))


def sales(store: Store, plan: StoredPlan, lifts: Sequence[Lift] = ()) -> SalesModel | Missing:
    """What advertising adds to all sales: over all uploaded weeks, whatever the plan; its events are the controls."""
    firm = plan.workspace_id
    spend, seeds = _spend(store, plan), (firm, store.data_version(firm))
    return sales_model(booked(store, plan), spend, seed=seeds, events=plan.events, lifts=lifts)


def _spend(store: Store, plan: StoredPlan) -> WeeklySpend:
    firm, rates = plan.workspace_id, store.rates(plan.workspace_id)
    facts, coverage = store.facts(firm, by=("platform", "tactic")), store.coverage(firm)
    business = business_of(plan)
    books = _books(store, firm, plan.currency, rates, leads=business.result_is_lead)

    def reported(weeks: Sequence[date]) -> Mapping[str, Sequence[float]]:
        return ripeness(store.snapshots(firm), coverage, seed=(firm, store.data_version(firm))).reported(weeks)

    return weekly_spend(facts, coverage, plan.currency, business, rates, books=books, reported=reported)


def lifts(store: Store, plan: StoredPlan) -> tuple[Lift, ...]:
    """Lift tests with a result, in the plan's currency."""
    return lifts_of(store.experiments(plan.workspace_id), plan.currency, store.rates(plan.workspace_id))


def _sales_basis(store: Store, plan: StoredPlan) -> str:
    """SHA-256 of what the sales model of a plan rests on; "" while no sales are known."""
    sold = booked(store, plan).amounts
    if not sold:
        return ""
    spend = _spend(store, plan)
    parts = (*sorted(sold.items()), spend.weeks, spend.channels, plan.events, lifts(store, plan))
    figures = np.concatenate([spend.spend.ravel(), spend.claimed_roas.ravel()])
    return sha256(repr(parts).encode() + figures.tobytes()).hexdigest()


def seed(store: Store, plan: StoredPlan) -> tuple[int, ...]:
    """The seed of this plan and these data: the same page twice shows the same numbers."""
    return seed_of(plan.workspace_id, plan.plan_id, plan.version, store.data_version(plan.workspace_id))


Fit = Callable[[], SalesModel | Missing]
"""Gives the sales model, where it is asked for: a screen may have it at hand."""


def keep_forecast(
    store: Store, plan: StoredPlan, reason: str, note: str = "", *, fit: Fit | None = None
) -> StoredForecast | None:
    """Keep what the plan promises for the weeks ahead of the data, to be judged later; None where there is nothing.

    `plan` as stored. Where the plan and what was learned are as in its last kept forecast, that one is returned. `note`
    says why in the person's words, and stays with the forecast; the same words are kept once.
    """
    kept = _keep(store, plan, reason, _uploads(store, plan.workspace_id), fit)
    if kept is not None and note and note not in _notes(store, plan.workspace_id).get(kept.forecast_id, ()):
        store.add_note(plan.workspace_id, Note(note, "forecast", kept.forecast_id))
    return kept


def _notes(store: Store, firm: int) -> dict[int, tuple[str, ...]]:
    """What was written about each forecast, oldest first."""
    found: dict[int, tuple[str, ...]] = {}
    for each in reversed(store.notes(firm)):
        if each.subject_type == "forecast" and each.subject_id is not None:
            found[each.subject_id] = (*found.get(each.subject_id, ()), each.body)
    return found


@dataclass(frozen=True)
class KeptForecast:
    """A kept forecast with what was written about it, oldest first."""

    forecast: StoredForecast
    notes: tuple[str, ...]


def kept_forecasts(store: Store, plan: StoredPlan) -> tuple[KeptForecast, ...]:
    """The kept forecasts of the plan and its baselines, the newest first."""
    notes = _notes(store, plan.workspace_id)
    return tuple(KeptForecast(one, notes.get(one.forecast_id, ())) for one in reversed(_kept(store, plan)))


def score_forecasts(store: Store, plan: StoredPlan) -> int:
    """Judge the kept forecasts of the plan and its baselines by the data as they are; returns how many scores are new.

    A cell is judged again only when its figure has changed, or much more of it should have arrived.
    """
    return _judge(store, plan, _uploads(store, plan.workspace_id))


def settle(store: Store, plan: StoredPlan, reason: str, *, fit: Fit | None = None) -> None:
    """After the data moved: judge what was forecast, then keep what is forecast now."""
    found = _uploads(store, plan.workspace_id)
    _judge(store, plan, found)
    _keep(store, plan, reason, found, fit)


def _keep(store: Store, plan: StoredPlan, reason: str, uploads: _Uploads, fit: Fit | None) -> StoredForecast | None:
    found = keepable(plan, uploads.beside(plan), _sales_basis(store, plan))
    if found is None:
        return None
    kept = store.forecasts(plan.workspace_id, plan_id=plan.plan_id)
    before = kept[-1] if kept else None
    if before is not None and is_same(found, before):
        return before
    seeds = seed_of(plan.workspace_id, plan.plan_id, plan.version, uploads.version)
    fit = fit or (lambda: sales(store, plan, lifts(store, plan)))
    model = fit() if "sales" in found.inputs else None
    told = model if isinstance(model, SalesModel) else None
    made = new_forecast(found, seed=seeds, reason=reason, data_version=uploads.version, before=before, sales=told)
    return store.add_forecast(plan.workspace_id, made)


def _judge(store: Store, plan: StoredPlan, uploads: _Uploads) -> int:
    firm, kept = plan.workspace_id, _kept(store, plan)
    if not kept:
        return 0
    ids = [one.forecast_id for one in kept]
    ends = [*until_of(uploads.coverage).values(), *_scored_until(store, firm, ids)]
    if not ends:
        return 0
    cells = store.judged_cells(firm, ids, before=max(ends))
    if cells.empty:
        return 0
    fresh = score(cells, _known(store, plan, kept, uploads), uploads.version)
    return store.add_scores(firm, fresh) if fresh else 0


def _scored_until(store: Store, firm: int, ids: Sequence[int]) -> list[date]:
    """The day after the last week that has a score; nothing where none has."""
    weeks = store.scores(firm, forecast_ids=ids)["week_start"]
    return [] if weeks.empty else [(weeks.max() + WEEK).date()]


def _kept(store: Store, plan: StoredPlan) -> list[StoredForecast]:
    members = family(plan, store.plans(plan.workspace_id))
    return [one for one in store.forecasts(plan.workspace_id) if one.plan_id in members]


def _known(
    store: Store, plan: StoredPlan, kept: Sequence[StoredForecast], uploads: _Uploads
) -> dict[int, dict[Cell, Happened]]:
    """By forecast, what happened in the cells that its plan and lines could speak of."""
    plans = {number: store.plan(plan.workspace_id, number) for number in {one.plan_id for one in kept}}
    laid = {number: uploads.beside(one) for number, one in plans.items()}
    made: dict[tuple[int, str], dict[Cell, Happened]] = {}
    found = {}
    for one in kept:
        lines, caused = lines_of(one), caused_of(one)
        key = (one.plan_id, repr((sorted(lines.items()), sorted(caused.items()))))
        if key not in made:
            made[key] = happened(plans[one.plan_id], laid[one.plan_id], lines, uploads.ripe, caused)
        found[one.forecast_id] = made[key]
    return found


def record(store: Store, plan: StoredPlan) -> Record:
    """How the kept forecasts of the plan and its baselines did, by the latest scores."""
    opened = {one.forecast_id: opened_by(one) for one in _kept(store, plan)}
    return record_of(len(opened), store.scores(plan.workspace_id, forecast_ids=list(opened)), opened)


def judged_weeks(store: Store, plan: StoredPlan) -> tuple[JudgedWeek, ...]:
    """The weeks of the same forecasts: the range of profit and the result of each."""
    kept = [one.forecast_id for one in _kept(store, plan)]
    return judged_weeks_of(store.scores(plan.workspace_id, forecast_ids=kept))
