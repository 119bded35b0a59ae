"""What the Audience screen shows, computed once per plan version, data version and number of weeks."""

from datetime import date

import streamlit as st

from budget.actuals import Actuals
from budget.audience_desk import Audience, Uploaded, audience_of, uploaded_of
from budget.plan import StoredPlan
from budget.store import Store
from pages.parts import results
from pages.parts.app import App
from pages.parts.results import Key


def uploaded(app: App, plan: StoredPlan) -> Uploaded:
    """Pages, posts, visits and leads, whatever the weeks."""
    key = results.key_of(app, plan)
    return _uploaded(key.url, key.workspace_id, key.data_version, app.store)


def found(app: App, plan: StoredPlan, weeks: int) -> Audience:
    """The measures of the last whole weeks."""
    key = results.key_of(app, plan)
    return _found(key, app.today, weeks, uploaded(app, plan), plan, results.actuals(app, plan))


@st.cache_resource(max_entries=4, scope="session", show_spinner=False)
def _uploaded(url: str, workspace_id: int, data_version: int, _store: Store) -> Uploaded:
    return uploaded_of(_store.metrics(workspace_id), _store.posts(workspace_id), _store.leads(workspace_id))


@st.cache_data(max_entries=8, scope="session", show_spinner=False)
def _found(key: Key, today: date, weeks: int, _uploaded: Uploaded, _plan: StoredPlan, _actuals: Actuals) -> Audience:
    return audience_of(_plan, _uploaded, _actuals, _uploaded.window(today, weeks))
