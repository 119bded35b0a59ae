"""The facts of a pack, from the same cached results as the screens."""

from datetime import UTC, datetime

from budget.forecast import Forecast
from budget.frontier import Frontier
from budget.next_hundred import NextHundred
from budget.pack import Kind, Pack, Results, pack_of
from budget.plan import StoredPlan
from budget.weeks import Period
from pages.parts import decided, overview_budgets, results
from pages.parts.app import App


def packed(app: App, plan: StoredPlan, kind: Kind, span: Period | None = None) -> Pack:
    """The pack of a span of days (None all to date) as the screens show it in this run; `plan` judges."""
    now = app.plan or plan
    forecast, budgets = results.forecasted(app, plan), results.budgets(app, now, overview_budgets.question(app, now))
    hundred, decisions = results.next_hundred(app, now), app.store.decisions(plan.workspace_id)
    effects = {one.decision_id: decided.came(app, now, one) for one in decisions}
    found = Results(
        firm=app.workspace.name if app.workspace else "",
        plan=plan,
        now=now,
        data_version=results.key_of(app, plan).data_version,
        today=app.today,
        made_at=datetime.now(UTC),
        span=span,
        review=results.reviewed(app, plan, span),
        to_date=results.reviewed(app, plan),
        pacing=results.paced(app, plan),
        projection=results.projected(app, plan),
        forecast=forecast if isinstance(forecast, Forecast) else None,
        frontier=budgets if isinstance(budgets, Frontier) and budgets.points else None,
        record=results.record(app, plan),
        trust=results.trust(app, plan),
        campaigns=results.campaigns(app, plan),
        uploads=tuple(one for one in app.store.imports(plan.workspace_id) if one.status == "active"),
        decisions=decisions,
        notes=app.store.notes(plan.workspace_id),
        platforms=results.platforms_paced(app, plan),
        early=results.immature(app, plan),
        hundred=hundred if isinstance(hundred, NextHundred) else None,
        first_to_go=results.first_to_go(app, now),
        closings=app.store.closings(plan.workspace_id),
        versions=app.store.plans(plan.workspace_id),
        effects={number: found for number, found in effects.items() if found},
    )
    return pack_of(found, kind)
