"""Forecasts kept and judged as the person works; the work itself never fails for it."""

import logging

from budget import desk
from budget.errors import PayoffError
from budget.log import note
from budget.plan import StoredPlan
from pages.parts.app import App


def settle(app: App, plan: StoredPlan, reason: str) -> None:
    """After data, matches or a baseline were saved: judge what was forecast, keep what is forecast now."""
    try:
        desk.settle(app.store, plan, reason)
    except PayoffError as error:
        note("forecast_not_kept", level=logging.WARNING, error=type(error).__name__)
