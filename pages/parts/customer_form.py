"""What a customer is worth beside what winning one costs: inputs of repeat purchase, and the answer as one types."""

import streamlit as st

from budget.lifetime import LONGEST_MONTHS, MOST_ORDERS, Lifetime, Repeat, lifetime_of, repeat_of, with_repeat
from budget.plan import StoredPlan
from budget.present.charts.rows import Result, results
from budget.present.numbers import Unit
from budget.present.words import N_
from pages.parts import frame, typed
from pages.parts.app import App
from pages.parts.cards import card

ORDERS_HELP = N_("Orders of an average customer in a year, the first one among them. 1: customers buy once a year.")
HORIZON_HELP = N_("How far one looks ahead. What a customer may buy later counts as nothing.")
RATE_HELP = N_("By how much money that comes a year later is worth less today. A setting, not advice.")
NEW_HELP = N_("Of the orders that ads cause, how many come from people who never bought before.")
LTV_HELP = N_("Sum of what each order inside the horizon leaves before ads, discounted to the day of the first one.")
PAID_HELP = N_("Media with VAT and fees ÷ new customers that ads cause, at the plan's likely figures.")
FULL_HELP = N_("All programme cost (media, team, challenges) ÷ new customers that ads cause.")
RATIO_HELP = N_("LTV ÷ fully loaded CAC. Below 1 a customer never brings back what winning one cost.")


def inputs(app: App, plan: StoredPlan) -> StoredPlan:
    """The bordered form of repeat purchase; the plan as typed."""
    found = repeat_of(plan)
    with st.container(border=True):
        st.header(app.say("How customers come back"), anchor=False)
        first, second = st.columns(2)
        orders = first.number_input(
            app.say("Orders a year, per customer"), 0.0, MOST_ORDERS, found.orders_per_year, step=0.1,
            format=app.numbers.input_format(2), key=_key(plan, "orders"), help=app.say(ORDERS_HELP),
        )  # fmt: skip
        months = second.number_input(
            app.say("Horizon, months"), 1, LONGEST_MONTHS, found.horizon_months, step=1, key=_key(plan, "months"),
            help=app.say(HORIZON_HELP),
        )  # fmt: skip
        rate = first.number_input(
            app.say("Discount rate a year, %"), 0.0, 100.0, found.discount_rate * 100, step=0.5,
            format=app.numbers.input_format(1), key=_key(plan, "rate"), help=app.say(RATE_HELP),
        )  # fmt: skip
        new = second.number_input(
            app.say("Orders by new customers, %"), 0.0, 100.0, found.new_share * 100, step=1.0,
            format=app.numbers.input_format(1), key=_key(plan, "new"), help=app.say(NEW_HELP),
        )  # fmt: skip
    said = Repeat(orders, int(months), _same(rate, found.discount_rate), _same(new, found.new_share))
    return with_repeat(plan, said) if said != found else plan


def _same(percent: float, stored: float) -> float:
    return stored if percent == stored * 100 else percent / 100


def answer(app: App, plan: StoredPlan) -> None:
    """LTV, CAC, their ratio and the payback of one customer."""
    found, repeat = lifetime_of(plan), repeat_of(plan)
    finding = _finding(app, found, repeat)
    with st.container(gap="xxsmall"):
        st.header(finding, anchor=False)
        st.caption(app.say("At the plan's likely figures. LTV is not in the plan's profit: that counts the orders that "
                           "ads cause, not those that may follow"))  # fmt: skip
    with st.grid(4, min_column_width=130, gap="small"):
        price, decimal = app.numbers.unit_price, app.numbers.decimal
        orders = app.say("{n} orders", n=decimal(found.orders, 1))
        card("LTV", price(found.value), orders, app.say(LTV_HELP))
        media = app.say("media {cost}", cost=price(found.cac_paid))
        card(app.say("CAC, full"), price(found.cac_full), media, app.say(FULL_HELP) + " " + app.say(PAID_HELP))
        ratio = "–" if found.ratio is None else app.numbers.times(found.ratio)
        first = "–" if not found.cac_full else app.numbers.times(found.first / found.cac_full)
        card(app.say("LTV to CAC"), ratio, app.say("first order {ratio}", ratio=first), app.say(RATIO_HELP))
        card(app.say("Payback"), _payback(app, found), app.say("of the full CAC"), app.say(
            "The first month in which what the customer's orders left reaches the fully loaded CAC."))  # fmt: skip
    if found.cac_full is not None and found.value > 0:
        rows = [
            Result("LTV", found.value, "plan"),
            Result(app.say("First order"), found.first, "plan"),
            Result(app.say("CAC, full"), found.cac_full, "neutral"),
            Result(app.say("CAC, media only"), found.cac_paid or 0.0, "neutral"),
        ]
        st.caption(app.say("One customer, {currency}", currency=app.numbers.currency))
        frame.chart(app, results(rows, app.numbers, Unit(1, 2, app.numbers.currency)), finding, key="customer")


def _finding(app: App, found: Lifetime, repeat: Repeat) -> str:
    months = app.count("{n} month", "{n} months", repeat.horizon_months)
    value = app.numbers.unit_price(found.value)
    if found.value <= 0:
        return app.say("A customer is worth nothing yet: an order leaves no money")
    if found.cac_full is None:
        return app.say("A customer is worth {value} over {months}", value=value, months=months)
    facts = {"value": value, "months": months, "cost": app.numbers.unit_price(found.cac_full)}
    if found.value >= found.cac_full:
        return app.say("A customer is worth {value} over {months} and costs {cost}", **facts)
    return app.say("A customer costs {cost} and is worth only {value} over {months}", **facts)


def _payback(app: App, found: Lifetime) -> str:
    if found.cac_full is None:
        return "–"
    if found.payback_month is None:
        return app.say("never")
    if not found.payback_month:
        return app.say("at once")
    return app.count("after {n} month", "after {n} months", found.payback_month)


def _key(plan: StoredPlan, name: str) -> str:
    return typed.key(plan, f"customer_{plan.plan_id}_{name}")
