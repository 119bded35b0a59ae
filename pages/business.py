"""Business: what one order earns, what the team costs, what the goal is."""

from dataclasses import replace

import streamlit as st

from budget.business import Business, business_of, with_business
from budget.economics import break_even, order_economics
from budget.editing import funnel_averages
from budget.plan import StoredPlan
from budget.present import headlines
from budget.present.charts.waterfall import waterfall
from budget.present.steps import order_steps
from budget.present.words import N_
from pages.parts import edits, frame, goal_form, order_form, states

CPA_HELP = N_("Share truly caused × what an order leaves: the most that an order may cost.")
CPC_HELP = N_("Break-even CPA × conversion rate of the plan, weighted by budget.")
CPM_HELP = N_("1,000 × click rate of the plan × break-even CPC.")

app = frame.enter()
plan = states.plan_or_stop(app)


@st.fragment
def screen(stored: StoredPlan) -> None:
    """The whole screen: typing redraws it alone."""
    current = app.store.plan(stored.workspace_id, stored.plan_id)
    heading = st.container()
    form, answer = st.columns([5, 7], gap="medium")
    with form:
        business = order_form.order(app, current, business_of(current))
        business = replace(business, monthly_micros=order_form.monthly_costs(app, current, business))
    edited = with_business(current, business) if business != business_of(current) else current
    with answer:
        what_ads_may_cost(edited, business)
        what_is_left(business)
        edited = goal_form.goal(app, edited)
    edits.save(app, current, edited)
    with heading:
        finding = headlines.of_business(app.words, app.numbers, order_economics(business))
        frame.title(app, finding, app.say("Business · economics of one order, used on every other screen"))


def what_ads_may_cost(edited: StoredPlan, business: Business) -> None:
    """Break-even figures beside the inputs."""
    ctr, cvr = funnel_averages(edited)
    edge = break_even(business, ctr=ctr, cvr=cvr)
    with st.container(gap="xxsmall"):
        st.header(app.say("What an advertisement may cost at most"), anchor=False)
        st.caption(app.say("Break-even at the middle of your ranges; below it an order earns money"))
    with st.grid(4, min_column_width=120, gap="small"):
        st.metric("ROAS", app.numbers.times(edge.roas), border=True, help=roas_help(edge.roas_reported))
        st.metric("CPA", app.numbers.unit_price(edge.cpa), border=True, help=app.say(CPA_HELP))
        st.metric("CPC", app.numbers.unit_price(edge.cpc), border=True, help=app.say(CPC_HELP))
        st.metric("CPM", app.numbers.unit_price(edge.cpm), border=True, help=app.say(CPM_HELP))


def roas_help(reported: float | None) -> str:
    """The definition, and how the same edge reads in the platforms' own figures."""
    return app.say(
        "1 ÷ share left of net revenue ÷ share truly caused. In the platforms' own revenue this reads {reported}.",
        reported=app.numbers.times(reported),
    )


def what_is_left(business: Business) -> None:
    """One average order as a waterfall."""
    order = order_economics(business)
    if order.price <= 0:
        return
    with st.container(gap="xxsmall"):
        st.header(app.say("What is left of the price"), anchor=False)
        st.caption(app.say("One average order, {currency}", currency=app.numbers.currency))
    drawing = waterfall(order_steps(app.words, order), app.numbers, digits=2, totals="plan")
    finding = headlines.of_business(app.words, app.numbers, order)
    frame.chart(app, drawing, finding, key="order")


screen(plan)
