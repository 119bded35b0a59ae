"""Results of the domain, computed once per plan version and data version, whatever screen asks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import streamlit as st

from budget import desk
from budget.actuals import Actuals
from budget.advice import Advice, advise
from budget.ahead import Ahead, ahead_of
from budget.claims import Claims
from budget.due import datasets_of, gaps_of
from budget.evidence import Evidence, evidence
from budget.fatigue import Fatigue, fatigue
from budget.forecast import Forecast, Missing, forecast
from budget.frontier import Frontier, frontier_of
from budget.funnels import channels_of
from budget.ground import Ground, ground_of
from budget.immature import Immature
from budget.next_hundred import NextHundred, next_hundred_of
from budget.optional_lines import OptionalLine, optional_lines
from budget.origin import Origin
from budget.pacing import Pacing
from budget.plan import BUSINESS, StoredPlan
from budget.platform_pacing import PlatformPace
from budget.projection import Projection, project
from budget.promised import Promised, promised_before
from budget.question import Question
from budget.record import Record
from budget.record_weeks import JudgedWeek
from budget.review import Review, review
from budget.sales_model import SalesModel
from budget.store import Store, default_url
from budget.trust import Campaign, Trust, campaigns_of, trust_of
from budget.weeks import Period
from pages.parts import sales_results
from pages.parts.app import App
from pages.parts.kept import judge


class Key(NamedTuple):
    """What a result depends on; part of every cache.

    `now_id` is the plan whose economics hold for what happened, `economics` a mark of them.
    """

    url: str
    workspace_id: int
    data_version: int
    plan_id: int
    plan_version: int
    now_id: int
    economics: int = 0

    @property
    def seed(self) -> tuple[int, ...]:
        """Random numbers depend on the same, so the same page twice shows the same figures."""
        return (self.workspace_id, self.plan_id, self.plan_version, self.data_version)


def key_of(app: App, plan: StoredPlan) -> Key:
    """The key of this plan and the data as they were when this run began."""
    firm = app.workspace or app.store.workspace(plan.workspace_id)
    now = working(app, plan)
    mark = 0 if now is plan else hash(_differing(now))
    return Key(default_url(), plan.workspace_id, firm.data_version, plan.plan_id, plan.version, now.plan_id, mark)


def working(app: App, plan: StoredPlan) -> StoredPlan:
    """The plan whose economics and team costs hold for what happened, and whose money holds for what is to come.

    For a baseline the draft that it came from; the plan itself where the two do not differ in these.
    """
    draft = app.plan
    if draft is None or plan.status != "locked" or draft.plan_id != plan.based_on_plan_id:
        return plan
    return plan if draft.currency != plan.currency or _differing(draft) == _differing(plan) else draft


def _differing(plan: StoredPlan) -> tuple[object, ...]:
    return tuple(a for a in plan.assumptions if a.scope == BUSINESS), plan.costs, plan.challenges, plan.weeks


def actuals(app: App, plan: StoredPlan) -> Actuals:
    """Uploads beside the plan."""
    return _actuals(key_of(app, plan), app.store, plan)


def reviewed(app: App, plan: StoredPlan, span: Period | None = None) -> Review | None:
    """Plan against actual to date, or of a span of days; None before uploads."""
    return _review(key_of(app, plan), app.store, plan, span)


def claims(app: App, plan: StoredPlan) -> Claims:
    """What platforms claim beside what was booked, over all weeks to date."""
    found = reviewed(app, plan)
    return found.claims if found else Claims(())


def forecasted(app: App, plan: StoredPlan) -> Forecast | Missing:
    """What the plan should return, or what it still lacks."""
    return _forecast(key_of(app, plan), app.store, plan, sales_results.measured(app, plan))


def advised(app: App, plan: StoredPlan, question: Question) -> Advice | Missing:
    """The best split for this question, or what stands in its way."""
    return _advice(key_of(app, plan), app.store, plan, question, sales_results.measured(app, plan))


def ground(app: App, plan: StoredPlan) -> Ground | Missing:
    """What every question about the money still to come stands on, or what is missing."""
    return _ground(key_of(app, plan), app.today, app.store, plan, sales_results.measured(app, plan))


def budgets(app: App, plan: StoredPlan, question: Question) -> Frontier | Missing:
    """Less and more money inside the question's limits; the same whatever it asks for."""
    limits = replace(question, aim="profit", budget_micros=None, target=0.0)
    return _budgets(key_of(app, plan), app.store, plan, limits, sales_results.measured(app, plan))


def ahead(app: App, plan: StoredPlan) -> Ahead:
    """The weeks whose money can still move."""
    found = actuals(app, plan)
    return ahead_of(channels_of(plan), None if found.is_empty else found, app.today)


def projected(app: App, plan: StoredPlan) -> Projection | None:
    """Where the plan will end; None where nothing can be computed."""
    return _projection(key_of(app, plan), app.store, plan, sales_results.measured(app, plan))


def paced(app: App, plan: StoredPlan) -> Pacing | None:
    """Daily spend beside the plan; None before a full day."""
    return _pacing(key_of(app, plan), app.store, plan)


def platforms_paced(app: App, plan: StoredPlan) -> tuple[PlatformPace, ...]:
    """The same by platform, and what to spend there a day."""
    return _platforms(key_of(app, plan), app.store, plan)


def immature(app: App, plan: StoredPlan) -> Immature:
    """Which weeks and days of the plan are still early."""
    return _immature(key_of(app, plan), app.store, plan)


def fatigued(app: App, plan: StoredPlan) -> tuple[Fatigue, ...]:
    """Frequency, click rate and price of views of each line against its first weeks."""
    return _fatigued(key_of(app, plan), app.store, plan)


def next_hundred(app: App, plan: StoredPlan) -> NextHundred | Missing:
    """What the next 100 a week earns on each line that still runs, or what stands in the way."""
    return _next_hundred(key_of(app, plan), app.today, app.store, plan, sales_results.measured(app, plan))


def learned(app: App, plan: StoredPlan) -> Evidence | Missing:
    """What the uploads taught, line by line."""
    return _learned(key_of(app, plan), app.store, plan, sales_results.measured(app, plan))


def record(app: App, plan: StoredPlan) -> Record:
    """How the kept forecasts did, by the data as they are."""
    kept = app.store.forecasts(plan.workspace_id)
    return _record(key_of(app, plan), app.store, plan, kept[-1].forecast_id if kept else 0)


def judged_weeks(app: App, plan: StoredPlan) -> tuple[JudgedWeek, ...]:
    """The range of profit of each judged week and its result, of the same forecasts as the record."""
    kept = app.store.forecasts(plan.workspace_id)
    return _judged_weeks(key_of(app, plan), app.store, plan, kept[-1].forecast_id if kept else 0)


def promised(app: App, plan: StoredPlan) -> Promised | None:
    """What the last forecast with fewer weeks of data said of the end of the plan; None where none was kept."""
    kept = app.store.forecasts(plan.workspace_id)
    return _promised(key_of(app, plan), app.store, plan, kept[-1].forecast_id if kept else 0)


def first_to_go(app: App, plan: StoredPlan) -> tuple[OptionalLine, ...]:
    """Lines that may be cut, in the order in which they go; nothing where no week is left."""
    return _first_to_go(key_of(app, plan), app.today, app.store, plan, sales_results.measured(app, plan))


def kept_forecasts(app: App, plan: StoredPlan) -> tuple[desk.KeptForecast, ...]:
    """The kept forecasts of the plan and its baselines, the newest first; read anew, as they come at any time."""
    return desk.kept_forecasts(app.store, plan)


def origin(app: App, plan: StoredPlan, weeks: Sequence[date], channel: str) -> Origin:
    """The uploaded rows behind a channel ("" all) and a run of weeks."""
    return _origin(key_of(app, plan), app.store, plan, tuple(weeks), channel)


def campaigns(app: App, plan: StoredPlan) -> tuple[Campaign, ...]:
    """Campaigns of the exports and their lines, those without one first."""
    return _campaigns(key_of(app, plan), app.store, plan)


def trust(app: App, plan: StoredPlan) -> Trust:
    """How far the data can be trusted."""
    return _trust(key_of(app, plan), app.store, plan)


class Covered(NamedTuple):
    """What was uploaded, whatever the plan: days without rows by platform, other datasets that are there."""

    gaps: Mapping[str, int]
    datasets: frozenset[str]


def covered(app: App, plan: StoredPlan) -> Covered:
    """Gaps and other datasets of the firm's uploads."""
    return _covered(key_of(app, plan), app.store)


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _covered(key: Key, _store: Store) -> Covered:
    gaps = gaps_of(_store.coverage(key.workspace_id))
    return Covered(gaps, frozenset(datasets_of(_store.imports(key.workspace_id))))


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _learned(key: Key, _store: Store, _plan: StoredPlan, _sales: SalesModel | None) -> Evidence | Missing:
    return evidence(_plan, _actuals(key, _store, _plan), seed=key.seed, sales=_sales)


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _record(key: Key, _store: Store, _plan: StoredPlan, newest: int) -> Record:
    judge(_store, _plan)
    return desk.record(_store, _plan)


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _judged_weeks(key: Key, _store: Store, _plan: StoredPlan, newest: int) -> tuple[JudgedWeek, ...]:
    _record(key, _store, _plan, newest)
    return desk.judged_weeks(_store, _plan)


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _promised(key: Key, _store: Store, _plan: StoredPlan, newest: int) -> Promised | None:
    return promised_before([one.forecast for one in reversed(desk.kept_forecasts(_store, _plan))])


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _first_to_go(
    key: Key, today: date, _store: Store, _plan: StoredPlan, _sales: SalesModel | None
) -> tuple[OptionalLine, ...]:
    ground = _ground(key, today, _store, _plan, _sales)
    return () if isinstance(ground, Missing) else optional_lines(ground)


@st.cache_data(max_entries=4, scope="session", show_spinner=False)
def _origin(key: Key, _store: Store, _plan: StoredPlan, weeks: tuple[date, ...], channel: str) -> Origin:
    return desk.origin(_store, _plan, weeks, channel)


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _campaigns(key: Key, _store: Store, _plan: StoredPlan) -> tuple[Campaign, ...]:
    return campaigns_of(_plan, _store.campaigns(_plan.workspace_id))


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _trust(key: Key, _store: Store, _plan: StoredPlan) -> Trust:
    return trust_of(_plan, _actuals(key, _store, _plan), _store.coverage(_plan.workspace_id))


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _actuals(key: Key, _store: Store, _plan: StoredPlan, cut: Period | None = None) -> Actuals:
    return desk.actuals(_store, _plan, now=_now(key, _store, _plan), span=cut)


def _now(key: Key, store: Store, plan: StoredPlan) -> StoredPlan:
    return plan if key.now_id == plan.plan_id else store.plan(key.workspace_id, key.now_id)


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _review(key: Key, _store: Store, _plan: StoredPlan, span: Period | None = None) -> Review | None:
    found = _actuals(key, _store, _plan, None if span is None or span.is_whole_weeks else span)
    return review(_plan, found, now=_now(key, _store, _plan), span=span)


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _forecast(key: Key, _store: Store, _plan: StoredPlan, _sales: SalesModel | None) -> Forecast | Missing:
    found = _actuals(key, _store, _plan)
    return forecast(_plan, seed=key.seed, actuals=None if found.is_empty else found, sales=_sales)


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _advice(
    key: Key, _store: Store, _plan: StoredPlan, question: Question, _sales: SalesModel | None
) -> Advice | Missing:
    ground = _ground(key, question.today, _store, _plan, _sales)
    return ground if isinstance(ground, Missing) else advise(ground, question)


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _budgets(
    key: Key, _store: Store, _plan: StoredPlan, question: Question, _sales: SalesModel | None
) -> Frontier | Missing:
    ground = _ground(key, question.today, _store, _plan, _sales)
    return ground if isinstance(ground, Missing) else frontier_of(ground, question)


@st.cache_resource(max_entries=2, scope="session", show_spinner=False)
def _ground(key: Key, today: date, _store: Store, _plan: StoredPlan, _sales: SalesModel | None) -> Ground | Missing:
    found = _actuals(key, _store, _plan)
    return ground_of(_plan, today, seed=key.seed, actuals=None if found.is_empty else found, sales=_sales)


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _next_hundred(
    key: Key, today: date, _store: Store, _plan: StoredPlan, _sales: SalesModel | None
) -> NextHundred | Missing:
    ground = _ground(key, today, _store, _plan, _sales)
    return ground if isinstance(ground, Missing) else next_hundred_of(ground)


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _platforms(key: Key, _store: Store, _plan: StoredPlan) -> tuple[PlatformPace, ...]:
    return desk.platforms_paced(_store, _plan)


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _immature(key: Key, _store: Store, _plan: StoredPlan) -> Immature:
    return desk.immature_days(_store, _plan)


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _fatigued(key: Key, _store: Store, _plan: StoredPlan) -> tuple[Fatigue, ...]:
    return fatigue(_plan, _actuals(key, _store, _plan))


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _projection(key: Key, _store: Store, _plan: StoredPlan, _sales: SalesModel | None) -> Projection | None:
    now = _now(key, _store, _plan)
    return project(_plan, _actuals(key, _store, _plan), seed=key.seed, sales=_sales, now=now)


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _pacing(key: Key, _store: Store, _plan: StoredPlan) -> Pacing | None:
    return desk.paced(_store, _plan)
