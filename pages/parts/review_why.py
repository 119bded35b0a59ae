"""Why profit differs from plan: one driver a row, in all and by channel, each with who looks at it."""

import streamlit as st

from budget.present import headlines
from budget.present.charts.bridge import Effect, bridge
from budget.present.escape import esc
from budget.present.vocabulary import DRIVER_HELP, DRIVERS, OWNER_ROLES, key_name
from pages.parts import findings
from pages.parts.app import App
from pages.parts.choice import choose
from pages.parts.review_card_words import early_help
from pages.parts.review_looks import Looks
from pages.parts.screen import chart

ALL = ""


def show(app: App, of: Looks) -> None:
    """The bridge from plan to actual, and what each cause means for whom."""
    found = of.found
    difference = found.actual_pnl.after_media - found.plan_pnl.after_media
    cause = headlines.main_driver(found.drivers, difference) if of.arrived.is_judged else None
    finding = (
        app.say("Largest cause: {driver}", driver=app.say(DRIVERS[cause.name]))
        if cause
        else app.say("From plan to actual")
    )
    with st.container(gap="xxsmall"):
        st.header(finding, anchor=False)
        st.caption(app.say("Profit after media, {currency}. The steps add up exactly; grey is within the noise",
                           currency=of.plan.currency))  # fmt: skip
    labels = {ALL: app.say("All channels")} | {key: key_name(app.words, of.names, key) for key in found.channels}
    key = choose(app, st.container(), app.say("Channel"), list(labels), key="why_channel", shown=labels.__getitem__,
                 label_visibility="collapsed")  # fmt: skip
    drivers = found.drivers_by_channel[key] if key else found.drivers
    before, after = found.channels[key] if key else (found.plan_pnl, found.actual_pnl)
    early = not of.arrived.is_judged
    effects = [Effect(app.say(DRIVERS[d.name]), d.effect_micros, d.is_quiet or early) for d in drivers]
    ends = (app.say("Plan"), before.after_media), (app.say("Actual"), after.after_media)
    chart(app, bridge(ends[0], effects, ends[1], app.numbers), finding, key="why")
    if early:
        st.caption(esc(early_help(app, of.arrived)))
    with st.expander(app.say("Who looks at what")):
        header = [app.say("Cause"), app.say("Effect"), app.say("Who looks at it"), app.say("What it means")]
        rows = []
        for d in drivers:
            noise = app.say("Within the noise.") if d.within_noise else ""
            who = d.owner or app.say(OWNER_ROLES[d.owner_role])
            effect = app.numbers.money_signed(d.effect_micros)
            rows.append((app.say(DRIVERS[d.name]), effect, who, f"{noise} {app.say(DRIVER_HELP[d.name])}".strip()))
        findings.table(app, header, rows)
