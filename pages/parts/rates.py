"""Rates for money that was spent in another currency than the plan's."""

from collections.abc import Mapping

import streamlit as st

from budget.plan import StoredPlan
from budget.store import Rate
from pages.parts.app import App


def missing_rates(app: App, plan: StoredPlan, unconverted: Mapping[str, int]) -> None:
    """One input for each currency without a rate; it holds from the first day of the plan."""
    for currency in sorted(unconverted):
        label = app.say("1 {currency} in {own}", currency=currency, own=plan.currency)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            value = st.number_input(
                label, 0.0, 1e6, None, step=0.01, format=app.numbers.input_format(4), key=f"rate_{currency}", width=200
            )
            pressed = st.button(app.say("Use this rate"), key=f"use_rate_{currency}", disabled=not value)
        if pressed and value and plan.period:
            rate = Rate(plan.period.start, currency, plan.currency, round(value * 1e9), "person")
            app.store.set_rate(plan.workspace_id, rate)
            st.rerun()
