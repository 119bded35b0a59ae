"""Audience: who follows, who reacts, what content earns, who comes to the site and becomes a customer."""

import streamlit as st

from budget.audience_desk import USUAL_WEEKS, WEEKS, Audience, alerts_of
from budget.audience_kpis import ALL
from budget.plan import StoredPlan
from budget.present import audience_words
from budget.present.audience_words import network_name
from pages.parts import (
    audience_cards,
    audience_content,
    audience_funnel,
    audience_goals,
    audience_line,
    audience_missing,
    audience_results,
    audience_web,
    edits,
    frame,
    states,
)
from pages.parts.choice import choose, own_key

app = frame.enter()
plan: StoredPlan = states.main_or_stop(app)
uploaded = audience_results.uploaded(app, plan)


def empty() -> None:
    """Nothing of pages or of the website yet."""
    frame.title(
        app,
        app.say("Nothing of your pages yet"),
        app.say("Audience · followers, reactions, visits and what people turn away from, network by network"),
    )
    st.write(app.say("Upload what the networks' own statistics and your web analytics export; the screen is there at "
                     "once. Where to find the files:"))  # fmt: skip
    for missing in ("followers", "posts", "reach", "web"):
        with st.container(border=True):
            audience_missing.steps(app, missing, ())


def network_of(found_networks: tuple[str, ...]) -> str:
    """The chosen network, at first all; kept when the language changes."""
    options = (ALL, *found_networks)
    slot = "_audience_network"
    chosen = st.session_state.get(slot, ALL)
    picked = st.segmented_control(
        app.say("Network"), options, default=chosen if chosen in options else ALL, key=own_key(app, "audience_network"),
        format_func=lambda name: network_name(app.words, name), label_visibility="collapsed", required=True,
    )  # fmt: skip
    st.session_state[slot] = picked or ALL
    return picked or ALL


def heading(place: st.delta_generator.DeltaGenerator, found: Audience, network: str) -> None:
    """What leads and what is over its line."""
    alerts = [alert for alert in alerts_of(plan, found) if network in (ALL, alert.network)]
    facts = {"network": network_name(app.words, network), "period": app.numbers.period(*found.window.period)}
    with place:
        finding = audience_words.title(app.words, app.numbers, found, alerts, network)
        caption = app.say("Audience · {network} · {period} · blue: what happened, ochre dashes: plan", **facts)
        frame.title(app, finding, caption)
        edits.notice(app, plan)


def screen() -> None:
    """Title, choosers, cards, content, visits, the way to customers, targets."""
    top = st.container()
    with st.container(horizontal=True, vertical_alignment="center", key="audience_choices"):
        network = network_of(uploaded.networks)
        weeks = choose(
            app, st.container(width=150), app.say("Weeks"), WEEKS, key="audience_weeks", usual=USUAL_WEEKS,
            shown=lambda n: app.count("{n} week", "{n} weeks", n), label_visibility="collapsed",
        )  # fmt: skip
    found = audience_results.found(app, plan, weeks)
    heading(top, found, network)
    audience_cards.cards(app, plan, found, network)
    left, right = st.columns(2, gap="medium")
    with left:
        audience_content.kinds(app, found, network)
    with right:
        audience_content.boost(app, found, network)
    left, right = st.columns(2, gap="medium")
    alerts = [alert for alert in alerts_of(plan, found) if network in (ALL, alert.network)]
    with left:
        audience_line.line(app, plan, found, alerts, network)
    with right:
        audience_funnel.funnel(app, found, network)
    audience_web.landings(app, plan, found, network)
    audience_goals.form(app, plan, found, network)


if uploaded.is_empty:
    empty()
else:
    screen()
