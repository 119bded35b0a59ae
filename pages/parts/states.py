"""What a screen shows when there is nothing to show: why, and the next step."""

from typing import NoReturn

import streamlit as st

from budget.plan import StoredPlan
from budget.present.escape import esc
from pages.parts import plan_switch, plan_versions
from pages.parts.app import App
from pages.parts.screen import title


def plan_or_stop(app: App) -> StoredPlan:
    """The plan that the Plan screens look at, with the switch above it; without one the screen says where to begin."""
    found = app.opened or main_or_stop(app)
    plan_switch.show(app, found)
    return found


def editable_or_stop(app: App) -> StoredPlan:
    """The same where it can be edited; of a locked one the screen shows what it says and ends."""
    found = plan_or_stop(app)
    if found.status == "locked":
        plan_versions.read_only(app, found)
        st.stop()
    return found


def main_or_stop(app: App) -> StoredPlan:
    """The plan that is worked with, whatever was opened; without one the screen says where to begin and ends."""
    if app.plan is None:
        nothing_yet(
            app,
            app.say("Nothing here yet."),
            app.say("Payoff needs a plan before it can say what comes back."),
            "pages/overview.py",
            app.say("Start on the overview"),
        )
    return app.plan


def nothing_yet(app: App, finding: str, why: str, page: str, label: str) -> NoReturn:
    """An empty screen: the finding, why, and a link to the screen that mends it."""
    title(app, finding)
    st.write(esc(why))
    st.page_link(page, label=label, icon=":material/arrow_forward:")
    st.stop()
