"""Challenges that hold media back, said wherever money is planned."""

import streamlit as st

from budget.challenges import gates
from budget.plan import StoredPlan
from budget.present.business_words import business_sentence
from pages.parts import findings
from pages.parts.app import App


def show(app: App, plan: StoredPlan, *, link: bool = True) -> None:
    """One warning a gate that is on, with the way to the Business screen; nothing where none is."""
    held = gates(plan)
    if not held:
        return
    findings.listed(app, held, lambda finding: business_sentence(finding, app.words, app.numbers, {}))
    if link:
        st.page_link("pages/business.py", label=app.say("Go to the business"), icon=":material/arrow_forward:")
