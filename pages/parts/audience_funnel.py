"""From fan to customer step by step, and the leads that were handed over to sales."""

import streamlit as st

from budget.audience_desk import Audience
from budget.audience_funnel import Step
from budget.present import audience_words
from budget.present.audience_words import STAGE_NAMES, STEP_COUNTS, STEP_NAMES, network_name
from budget.present.escape import esc
from pages.parts import audience_missing, findings
from pages.parts.app import App


def funnel(app: App, found: Audience, network: str) -> None:
    """The steps as rows, rates with their denominators, what is missing in words."""
    steps = found.funnels.get(network, ())
    finding = audience_words.of_funnel(app.words, app.numbers, steps)
    with st.container(gap="xxsmall"):
        st.header(esc(finding), anchor=False)
        st.caption(app.say("All numbers of these weeks; visits and what follows without those that ads brought. A rate "
                           "stands only between steps of the same networks and counts"))  # fmt: skip
    header = [app.say("Step"), app.say("Number"), app.say("Rate"), app.say("What is counted")]
    findings.table(app, header, [_row(app, step) for step in steps])
    lacking = list(dict.fromkeys(step.missing for step in steps if step.missing not in ("", "no_leads")))
    if lacking:
        with st.popover(app.say("How to get what is missing"), type="tertiary", key="how_funnel"):
            for code in lacking:
                audience_missing.steps(app, code, (network,) if network else found.networks)
    _leads(app, found)


def _row(app: App, step: Step) -> tuple[str, ...]:
    name, rate = app.say(STEP_NAMES[step.name]), audience_words.step_rate(app.words, app.numbers, step)
    if step.value is None:
        reason = app.say("you sell directly") if step.missing == "no_leads" else app.say("not in your exports")
        return name, "–", "–", reason
    counts = app.say(STEP_COUNTS[step.counts]) if step.counts in STEP_COUNTS else ""
    if step.left_out:
        names = ", ".join(network_name(app.words, one) for one in step.left_out)
        counts = app.say("{text}; without {networks}", text=counts, networks=names)
    return name, app.numbers.whole(step.value), rate, counts


def _leads(app: App, found: Audience) -> None:
    leads = found.leads
    if leads is None:
        return
    st.subheader(app.say("Leads handed over to sales"), anchor=False)
    if leads.organic is not None:
        free = app.numbers.percent(leads.organic / leads.total)
        st.caption(app.say("{share} of them came without an ad", share=free))
    header = [app.say("Status"), app.say("Leads"), app.say("Share")]
    rows = [
        (app.say(STAGE_NAMES[stage]), app.numbers.whole(count), app.numbers.percent(count / leads.total))
        for stage, count in leads.stages.items()
    ]
    findings.table(app, header, rows)
