"""Execution, price or market: the plan, the plan at the money really spent, and what happened."""

import streamlit as st

from budget.money import major
from budget.present import headlines
from budget.present.charts.rows import Result, results
from pages.parts.app import App
from pages.parts.review_looks import Looks
from pages.parts.screen import chart


def show(app: App, of: Looks) -> None:
    """Three bars; the two differences in the headline, once most conversions have arrived."""
    three = of.found.three
    finding = headlines.of_three(app.words, app.numbers, three)
    if not of.arrived.is_judged:
        finding = app.say("Execution apart from market")
    with st.container(gap="xxsmall"):
        st.header(finding, anchor=False)
        st.caption(app.say("Profit after media, {currency}: the plan, the plan at the money spent, what happened",
                           currency=of.plan.currency))  # fmt: skip
    rows = [
        Result(app.say("Plan as written"), major(three.planned_micros), "plan"),
        Result(app.say("Plan at money spent"), major(three.as_spent_micros), "forecast"),
        Result(app.say("What happened"), major(three.actual_micros), "actual"),
    ]
    chart(app, results(rows, app.numbers), finding, key="three")
