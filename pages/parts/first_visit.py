"""The first visit: look at a finished example, or start with five numbers."""

import streamlit as st

from budget.editing import PLATFORMS
from budget.money import COMMON_CURRENCIES
from budget.present.escape import esc
from budget.present.vocabulary import PLATFORMS as PLATFORM_NAMES
from budget.sample import open_sample
from budget.starting import FiveNumbers, first_plan
from pages.parts import state
from pages.parts.app import App
from pages.parts.screen import title

USUAL = ("meta", "google")


def show(app: App) -> None:
    """The two ways to begin; the second opens its form below."""
    another = st.session_state.get("_another")
    title(app, app.say("Another firm") if another else app.say("Nothing here yet."))
    st.write(app.say("Payoff needs a plan before it can say what comes back. Look at a finished example first, "
                     "or start with your own five numbers."))  # fmt: skip
    with st.container(horizontal=True):
        sample = st.button(app.say("Open the sample firm"), key="go_sample", type="primary")
        own = st.button(app.say("Start my plan"), key="start_plan")
        if another and st.button(app.say("Back"), key="start_back", type="tertiary"):
            done()
            st.rerun()
    if sample:
        open_example(app)
    if own:
        st.session_state["_starting"] = True
    if st.session_state.get("_starting"):
        start_form(app)


def open_example(app: App) -> None:
    """Make the sample firm, with progress, and go there."""
    bar = st.progress(0.0)

    def told(done: int, steps: int, what: str) -> None:
        facts = {"n": str(min(done + 1, steps)), "of": str(steps), "name": esc(what)}
        bar.progress(done / steps, app.say("Reading {n} of {of} files · {name}", **facts))

    firm = open_sample(app.store, progress=told)
    done()
    state.open_firm(firm.workspace_id)
    st.rerun()


def done() -> None:
    """Leave the choice of a firm."""
    for flag in ("_starting", "_another"):
        st.session_state.pop(flag, None)


def start_form(app: App) -> None:
    """Five numbers and a name."""
    with st.form("start", border=True):
        st.header(app.say("My plan"), anchor=False)
        left, right = st.columns(2)
        name = left.text_input(app.say("Name of the firm"), key="start_name", max_chars=100)
        currency = right.selectbox(app.say("Currency"), COMMON_CURRENCIES, key="start_currency")
        order = left.number_input(app.say("Average order"), 0.0, 1e8, None, step=1.0, key="start_order")
        goods = right.number_input(app.say("Cost of goods, %"), 0.0, 100.0, None, step=1.0, key="start_goods")
        delivery = left.number_input(app.say("Delivery per order"), 0.0, 1e8, 0.0, step=0.5, key="start_delivery")
        team = right.number_input(app.say("Team, a month"), 0.0, 1e9, 0.0, step=100.0, key="start_team")
        budget = left.number_input(
            app.say("Advertising budget, 13 weeks"), 0.0, 1e9, None, step=100.0, key="start_budget"
        )
        platforms = right.multiselect(
            app.say("Platforms"), PLATFORMS, USUAL, key="start_platforms",
            format_func=lambda key: app.say(PLATFORM_NAMES[key]),
        )  # fmt: skip
        pressed = st.form_submit_button(app.say("Make my plan"), key="go_start", type="primary")
    if not pressed:
        return
    if not (name.strip() and order and budget and goods is not None):
        st.error(app.say("Give a name, an average order, the cost of goods and a budget."), icon=":material/error:")
        return
    start(app, name.strip(), currency, FiveNumbers(order, goods / 100, delivery, team, budget), platforms)


def start(app: App, name: str, currency: str, numbers: FiveNumbers, platforms: list[str]) -> None:
    """Make the firm and its plan, and go there."""
    firm = app.store.create_workspace(name, currency=currency, timezone=st.context.timezone or "UTC")
    empty = app.store.create_plan(firm.workspace_id, name=app.say("My plan"), currency=currency)
    app.store.save_plan(firm.workspace_id, first_plan(empty, numbers, platforms, app.today))
    done()
    state.open_firm(firm.workspace_id)
    st.rerun()
