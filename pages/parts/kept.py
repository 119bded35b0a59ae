"""Forecasts kept and judged as the person works; the work itself never fails for it."""

import logging
from dataclasses import replace
from functools import partial

import streamlit as st

from budget import desk
from budget.errors import PayoffError
from budget.log import note
from budget.plan import StoredPlan
from budget.sales_model import Missing, SalesModel
from budget.store import Store, StoredForecast
from pages.parts import sales_results
from pages.parts.app import App

ASKED = "asked"


def settle(plan: StoredPlan, reason: str) -> None:
    """Say that data, matches or a baseline moved, forth or back: forecasts settle once the next screen is drawn."""
    _waiting()[(plan.workspace_id, plan.plan_id)] = reason


def settle_waiting(app: App) -> None:
    """After a screen is drawn: judge what was forecast, keep what is forecast now, for all that moved since."""
    while waiting := _waiting():
        (workspace_id, plan_id), reason = waiting.popitem()
        try:
            plan = app.store.plan(workspace_id, plan_id)
            desk.settle(app.store, plan, reason, fit=partial(_fitted, app, plan))
        except PayoffError as error:
            note("forecast_not_kept", level=logging.WARNING, error=type(error).__name__)


def _waiting() -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = st.session_state.setdefault("_to_settle", {})
    return found


def judge(store: Store, plan: StoredPlan) -> None:
    """Judge the kept forecasts by the data as they are, wherever these were changed."""
    try:
        desk.score_forecasts(store, plan)
    except PayoffError as error:
        note("forecast_not_judged", level=logging.WARNING, error=type(error).__name__)


def keep(app: App, plan: StoredPlan, note: str, reason: str = ASKED) -> StoredForecast | None:
    """Keep the present forecast because the person asks for it; the last one where nothing has changed since."""
    return desk.keep_forecast(app.store, plan, reason, note, fit=lambda: _fitted(app, plan))


def _fitted(app: App, plan: StoredPlan) -> SalesModel | Missing:
    """The sales model of the data as they are by now, which the next screen then reads."""
    return sales_results.model(replace(app, workspace=app.store.workspace(plan.workspace_id)), plan)
