"""The sales model, fitted once per data version, plan events and order value, whatever screen asks."""

from contextlib import nullcontext
from typing import NamedTuple

import streamlit as st

from budget import desk
from budget.business import business_of
from budget.lifts import Lift
from budget.plan import PlanEvent, StoredPlan
from budget.sales_model import Missing, SalesModel
from budget.store import Store, default_url
from budget.weekly_sales import WeeklySales
from pages.parts.app import App


class Key(NamedTuple):
    """What the fit depends on; a plan's other edits leave it as it is."""

    url: str
    workspace_id: int
    data_version: int
    currency: str
    order_value: float
    events: tuple[PlanEvent, ...]
    tested: bool = True


def model(app: App, plan: StoredPlan, *, tested: bool = True) -> SalesModel | Missing:
    """What advertising adds to all sales; without what lift tests said where not `tested`. Says that it computes."""
    key = _key(app, plan, tested=tested)
    known: set[Key] = st.session_state.setdefault("_sales_fitted", set())
    with nullcontext() if key in known else st.spinner(app.say("Taking sales apart …")):
        found = fitted(key, app.store, plan)
    known.add(key)
    return found


def measured(app: App, plan: StoredPlan) -> SalesModel | None:
    """The same for forecasts; None where it is missing."""
    found = model(app, plan)
    return None if isinstance(found, Missing) else found


def lifts(app: App, plan: StoredPlan) -> tuple[Lift, ...]:
    """Lift tests with a result, in the plan's currency."""
    return desk.lifts(app.store, plan)


def booked(app: App, plan: StoredPlan) -> WeeklySales:
    """All sales by week, in the plan's currency."""
    return _booked(_key(app, plan), app.store, plan)


def _key(app: App, plan: StoredPlan, *, tested: bool = True) -> Key:
    firm, business = app.workspace or app.store.workspace(plan.workspace_id), business_of(plan)
    order = business.order_value.likely * business.customers_per_conversion
    order = -order if business.result_is_lead else order
    return Key(default_url(), plan.workspace_id, firm.data_version, plan.currency, order, plan.events, tested)


@st.cache_data(max_entries=8, scope="session", show_spinner=False)
def fitted(key: Key, _store: Store, _plan: StoredPlan) -> SalesModel | Missing:
    """The fit of this key."""
    return desk.sales(_store, _plan, desk.lifts(_store, _plan) if key.tested else ())


@st.cache_data(max_entries=8, scope="session", show_spinner=False)
def _booked(key: Key, _store: Store, _plan: StoredPlan) -> WeeklySales:
    return desk.booked(_store, _plan)
