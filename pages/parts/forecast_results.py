"""What the Forecast screen works out besides the forecast, once per plan version and data version."""

import streamlit as st

from budget.feasibility import check_feasibility
from budget.findings import Finding
from budget.forecast import Forecast
from budget.plan import StoredPlan
from budget.sensitivity import Sensitivity, sensitivity
from pages.parts.app import App
from pages.parts.results import Key, key_of


def swung(app: App, plan: StoredPlan, found: Forecast) -> Sensitivity:
    """Which assumption moves the profit most."""
    return _swung(key_of(app, plan), found)


def noted(app: App, plan: StoredPlan, found: Forecast) -> tuple[Finding, ...]:
    """What stands in the way of the plan."""
    return _noted(key_of(app, plan), plan, found)


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _swung(key: Key, _found: Forecast) -> Sensitivity:
    return sensitivity(_found.middle)


@st.cache_data(max_entries=32, scope="session", show_spinner=False)
def _noted(key: Key, _plan: StoredPlan, _found: Forecast) -> tuple[Finding, ...]:
    return check_feasibility(_plan, _found)
