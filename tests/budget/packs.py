"""Packs for tests, computed from a store as the screens compute them."""

from datetime import UTC, date, datetime

from budget import desk
from budget.actuals import Actuals
from budget.business import business_of
from budget.effects import Effect, effect
from budget.forecast import Forecast, forecast
from budget.frontier import Frontier, frontier_of
from budget.ground import Ground, ground_of
from budget.immature import Immature
from budget.next_hundred import next_hundred_of
from budget.optional_lines import optional_lines
from budget.pack import Results
from budget.plan import StoredPlan
from budget.projection import project
from budget.question import Question, usual_locks
from budget.review import review
from budget.sales_model import SalesModel
from budget.store import Decision, Store
from budget.trust import campaigns_of, trust_of
from budget.weeks import Period

TODAY = date(2026, 11, 22)
MADE_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def results_of(store: Store, firm: int, span: Period | None = None, today: date = TODAY) -> Results:
    """All results of a firm's newest baseline, or of its draft while nothing is locked."""
    heads = store.plans(firm)
    now = store.plan(firm, next(head.plan_id for head in heads if head.status != "locked"))
    locked = max((head.plan_id for head in heads if head.status == "locked"), default=None)
    plan = store.plan(firm, locked) if locked else now
    uploaded, seed = desk.actuals(store, plan), desk.seed(store, plan)
    fitted = desk.sales(store, plan, desk.lifts(store, plan))
    sales = fitted if isinstance(fitted, SalesModel) else None
    found = None if uploaded.is_empty else uploaded
    expected, reviewed = forecast(plan, seed=seed, actuals=found, sales=sales), review(plan, uploaded, now=now)
    ground, early = _ground(store, now, today, sales), desk.immature_days(store, plan)
    return Results(
        firm=store.workspace(firm).name,
        plan=plan,
        now=now,
        data_version=store.data_version(firm),
        today=today,
        made_at=MADE_AT,
        span=span,
        review=review(plan, uploaded, now=now, span=span) if span else reviewed,
        to_date=reviewed,
        pacing=desk.paced(store, plan),
        projection=project(plan, uploaded, seed=seed, sales=sales),
        forecast=expected if isinstance(expected, Forecast) else None,
        frontier=frontier_of(ground, Question(today, locked=usual_locks(now, ground.ahead.running)))
        if ground
        else None,
        record=desk.record(store, plan),
        trust=trust_of(plan, uploaded, store.coverage(firm)),
        campaigns=campaigns_of(plan, store.campaigns(firm)),
        uploads=tuple(one for one in store.imports(firm) if one.status == "active"),
        decisions=store.decisions(firm),
        notes=store.notes(firm),
        platforms=desk.platforms_paced(store, plan),
        early=early,
        hundred=next_hundred_of(ground) if ground else None,
        first_to_go=optional_lines(ground) if ground else (),
        closings=store.closings(firm),
        versions=heads,
        effects={one.decision_id: came for one in store.decisions(firm) if (came := _came(one, now, uploaded, early))},
    )


def _came(one: Decision, plan: StoredPlan, uploaded: Actuals, early: Immature) -> Effect | None:
    return effect(one, plan, business_of(plan), uploaded, early)


def _frontier(ground: Ground | None, plan: StoredPlan, today: date) -> Frontier | None:
    if ground is None:
        return None
    return frontier_of(ground, Question(today, locked=usual_locks(plan, ground.ahead.running)))


def _ground(store: Store, plan: StoredPlan, today: date, sales: SalesModel | None) -> Ground | None:
    uploaded = desk.actuals(store, plan)
    found = None if uploaded.is_empty else uploaded
    ground = ground_of(plan, today, seed=desk.seed(store, plan), actuals=found, sales=sales)
    return ground if isinstance(ground, Ground) else None
