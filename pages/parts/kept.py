"""Forecasts kept and judged as the person works; the work itself never fails for it."""

import logging
from dataclasses import replace

from budget import desk
from budget.errors import PayoffError
from budget.log import note
from budget.plan import StoredPlan
from budget.sales_model import Missing, SalesModel
from budget.store import Store, StoredForecast
from pages.parts import sales_results
from pages.parts.app import App

ASKED = "asked"


def settle(app: App, plan: StoredPlan, reason: str) -> None:
    """After data, matches or a baseline moved, forth or back: judge what was forecast, keep what is forecast now."""
    try:
        desk.settle(app.store, plan, reason, fit=lambda: _fitted(app, plan))
    except PayoffError as error:
        note("forecast_not_kept", level=logging.WARNING, error=type(error).__name__)


def judge(store: Store, plan: StoredPlan) -> None:
    """Judge the kept forecasts by the data as they are, wherever these were changed."""
    try:
        desk.score_forecasts(store, plan)
    except PayoffError as error:
        note("forecast_not_judged", level=logging.WARNING, error=type(error).__name__)


def keep(app: App, plan: StoredPlan, note: str) -> StoredForecast | None:
    """Keep the present forecast because the person asks for it; the last one where nothing has changed since."""
    return desk.keep_forecast(app.store, plan, ASKED, note, fit=lambda: _fitted(app, plan))


def _fitted(app: App, plan: StoredPlan) -> SalesModel | Missing:
    """The sales model of the data as they are by now, which the next screen then reads."""
    return sales_results.model(replace(app, workspace=app.store.workspace(plan.workspace_id)), plan)
