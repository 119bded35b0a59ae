"""Business: what one order and one customer earn, goals, audiences, challenges, the team, currencies."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from budget.business import Business, business_of, with_business
from budget.economics import break_even, order_economics
from budget.editing import funnel_averages
from budget.plan import StoredPlan
from budget.present import headlines
from budget.present.charts.waterfall import waterfall
from budget.present.steps import order_steps
from budget.present.words import N_
from pages.parts import (
    audience_form,
    challenge_list,
    challenge_note,
    currency_form,
    customer_form,
    edits,
    frame,
    goal_form,
    order_form,
    setup_form,
    states,
    typed,
)
from pages.parts.choice import own_key

CPA_HELP = N_("Share truly caused × what an order leaves: the most that an order may cost.")
CPC_HELP = N_("Break-even CPA × conversion rate of the plan, weighted by budget.")
CPM_HELP = N_("1,000 × click rate of the plan × break-even CPC.")

app = frame.enter()
plan = states.editable_or_stop(app)


@st.fragment
def screen(stored: StoredPlan) -> None:
    """The whole screen: typing redraws it alone, and of its tabs only the open one."""
    current = app.store.plan(stored.workspace_id, stored.plan_id)
    heading = st.container()
    waiting: list[goal_form.Waiting] = []
    bodies: dict[str, Callable[[StoredPlan], StoredPlan]] = {
        app.say("One order"): order,
        app.say("One customer"): customer,
        app.say("Goals"): partial(goals, waiting=waiting),
        app.say("Audiences"): audiences,
        app.say("Challenges"): challenges,
        app.say("Team"): team,
        app.say("Currencies and VAT"): currencies,
    }
    for tab, body in zip(
        st.tabs(list(bodies), on_change="rerun", key=own_key(app, "business_tabs")), bodies.values(), strict=True
    ):
        if tab.open:
            with tab:
                current = body(current)
    with heading:
        finding = headlines.of_business(app.words, app.numbers, order_economics(business_of(current)))
        with frame.title(app, finding, app.say("Business · what the plan rests on, used on every other screen")):
            typed.undo(app, current)
        edits.notice(app, current)
        challenge_note.show(app, current, link=False)
    for each in waiting:
        goal_form.badges(app, current, each)


def order(current: StoredPlan) -> StoredPlan:
    """One order, and what an advertisement may cost."""
    form, answer = st.columns([5, 7], gap="medium")
    with form:
        business = order_form.order(app, current, business_of(current))
        business = order_form.monthly_costs(app, current, business)
    edited = with_business(current, business) if business != business_of(current) else current
    with answer:
        what_ads_may_cost(edited, business)
        what_is_left(business)
    return edits.save(app, current, edited)


def customer(current: StoredPlan) -> StoredPlan:
    """Repeat purchase, and what a customer is worth beside what winning one costs."""
    form, answer = st.columns([5, 7], gap="medium")
    with form:
        edited = customer_form.inputs(app, current)
    with answer:
        customer_form.answer(app, edited)
    return edits.save(app, current, edited)


def goals(current: StoredPlan, waiting: list[goal_form.Waiting]) -> StoredPlan:
    """Goals; their chances come after everything else, so that typing never waits for a forecast."""
    edited, places = goal_form.goals(app, current)
    stored = edits.save(app, current, edited)
    if len(stored.objectives) != len(current.objectives) or order_of(stored) != order_of(current):
        st.rerun()
    waiting.append(places)
    return stored


def order_of(of: StoredPlan) -> list[str]:
    """The goals' keys, the main one first."""
    return [each.objective_key for each in of.objectives]


def audiences(current: StoredPlan) -> StoredPlan:
    """Whom the plan speaks to, and which of them each line."""
    left, right = st.columns([7, 5], gap="medium")
    with left:
        edited = audience_form.audiences(app, current)
    if len(edited.audiences) != len(current.audiences):
        edits.save(app, current, edited)
        st.rerun()
    with right:
        edited = audience_form.whom(app, edited)
    return edits.save(app, current, edited)


def challenges(current: StoredPlan) -> StoredPlan:
    """The checklist, and what it takes from the plan."""
    left, right = st.columns([7, 5], gap="medium")
    with left:
        edited = challenge_list.checklist(app, current)
    with right:
        challenge_list.effect(app, edited)
    stored = edits.save(app, current, edited)
    if order_of(stored) != order_of(current):
        st.rerun()
    return stored


def team(current: StoredPlan) -> StoredPlan:
    """Three ways of working side by side, and the chosen one."""
    answer = st.container()
    edited = setup_form.figures(app, current)
    with answer:
        edited = setup_form.choice(app, edited)
        setup_form.comparison(app, edited)
    return edits.save(app, current, edited)


def currencies(current: StoredPlan) -> StoredPlan:
    """VAT on media, uploads in other currencies, rates."""
    left, right = st.columns([5, 7], gap="medium")
    with left:
        edited = currency_form.media_vat(app, current)
        currency_form.waiting(app, current)
    with right:
        currency_form.rates(app, current)
    return edits.save(app, current, edited)


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
    of = order_economics(business)
    if of.price <= 0:
        return
    with st.container(gap="xxsmall"):
        st.header(app.say("What is left of the price"), anchor=False)
        st.caption(app.say("One average order, {currency}", currency=app.numbers.currency))
    drawing = waterfall(order_steps(app.words, of), app.numbers, digits=2, totals="plan")
    finding = headlines.of_business(app.words, app.numbers, of)
    frame.chart(app, drawing, finding, key="order")


screen(plan)
