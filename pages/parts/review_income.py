"""The income statement of the review's days, the plan's beside it."""

import streamlit as st

from budget.present.charts.waterfall import waterfall
from budget.present.steps import pnl_steps
from budget.present.vocabulary import PNL_STEPS
from pages.parts import findings
from pages.parts.app import App
from pages.parts.review_looks import Looks
from pages.parts.screen import chart

OPTIONAL = ("challenges", "not_booked")
"""Steps that are left out where both sides have none."""


def show(app: App, of: Looks) -> None:
    """The waterfall of what happened; folded, both sides to the cent."""
    found = of.found
    facts = {"roi": app.numbers.percent(found.actual_pnl.roi), "planned": app.numbers.percent(found.plan_pnl.roi)}
    to_date, spanned = (
        app.say("ROI to date: {roi}; planned: {planned}", **facts),
        app.say("ROI of these days: {roi}; planned: {planned}", **facts),
    )
    finding = to_date if of.span is None else spanned
    with st.container(gap="xxsmall"):
        st.header(finding, anchor=False)
        st.caption(app.say("ROI = (contribution caused by ads − all programme cost) ÷ all programme cost. {currency}",
                           currency=of.plan.currency))  # fmt: skip
    drawing = waterfall(pnl_steps(app.words, found.actual_pnl), app.numbers, judged=of.arrived.is_judged)
    chart(app, drawing, finding, key="income")
    with st.expander(app.say("Plan beside actual")):
        header = [app.say("Item"), app.say("Planned"), app.say("Actual"), app.say("Difference")]
        findings.table(app, header, rows(app, of))


def rows(app: App, of: Looks) -> list[tuple[str, str, str, str]]:
    """Every step: planned, actual and their difference."""
    exact, found = app.numbers.money_exact, []
    for key, name in PNL_STEPS.items():
        before, after = getattr(of.found.plan_pnl, key), getattr(of.found.actual_pnl, key)
        if before or after or key not in OPTIONAL:
            found.append((app.say(name), exact(before), exact(after), app.numbers.money_signed(after - before)))
    return found
