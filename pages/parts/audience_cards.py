"""The eight measures as cards: figure, what it is held against, weeks, denominator."""

from typing import Literal

import streamlit as st

from budget.audience_desk import Audience, alert_for, target_for
from budget.audience_goals import MEASURES, Goal, measure_of, passed
from budget.audience_kpis import ALL, KPIS, Kpi
from budget.plan import StoredPlan
from budget.present import audience_words
from budget.present.charts.spark import spark
from budget.present.escape import esc
from pages.parts import audience_missing
from pages.parts.app import App
from pages.parts.screen import chart

Colour = Literal["green", "red", "orange", "gray"]


def cards(app: App, plan: StoredPlan, found: Audience, network: str) -> None:
    """Four in a row, two on a phone."""
    with st.grid(4, min_column_width=150, gap="small"):
        for name in KPIS:
            with st.container(border=True, height="stretch", gap="xsmall"):
                _card(app, plan, found, found.kpis[network][name])


def _card(app: App, plan: StoredPlan, found: Audience, kpi: Kpi) -> None:
    label, what = app.say(audience_words.LABELS[kpi.name]), app.say(audience_words.HELP[kpi.name])
    if kpi.value is None:
        st.metric(label, "–", help=what)
        st.caption(app.say("Not in your exports"))
        networks = (kpi.network,) if kpi.network else found.networks
        audience_missing.how(app, kpi.missing, networks, key=f"how_{kpi.name}")
        return
    text, colour = _chip(app, plan, kpi)
    figure = audience_words.figure(app.words, app.numbers, kpi)
    st.metric(label, figure, text, delta_arrow="off", delta_color=colour, help=_help(app, found, kpi, what, plan))
    target = target_for(plan, kpi)
    if sum(x is not None for x in kpi.weeks) > 1:
        dashes = _dashes(kpi, target)
        chart(app, spark(kpi.weeks, dashes, app.numbers), f"{label}: {figure}", key=f"audience_{kpi.name}")
    st.caption(esc(_caption(app, found, kpi)))


def _dashes(kpi: Kpi, target: Goal | None) -> list[float | None]:
    """The plan's target in every week; none where the line counts something else."""
    return [target.value] * len(kpi.weeks) if target and "line_of_won" not in kpi.notes else []


def _chip(app: App, plan: StoredPlan, kpi: Kpi) -> tuple[str | None, Colour]:
    """Alert line passed, plan met or not, else what is known besides; no colour below 30 events."""
    measure = measure_of(kpi.name, kpi.basis)
    if kpi.name == "best_content":
        return app.say("{rate} react", rate=app.numbers.percent(kpi.value)), "gray"
    if kpi.is_few and kpi.ratio and kpi.name != "visits":
        return audience_words.span(app.numbers, measure, kpi.ratio), "gray"
    line, target = alert_for(plan, kpi), target_for(plan, kpi)
    if line and passed(measure, kpi.value, line):
        return app.say("alert at {line}", line=audience_words.amount(app.numbers, measure, line.value)), "red"
    if target:
        missed = passed(measure, kpi.value, target)
        shown = audience_words.amount(app.numbers, measure, target.value)
        return app.say("plan {target}", target=shown), "orange" if missed else "green"
    if kpi.name == "followers" and kpi.change is not None:
        return app.say("{change} in all weeks", change=app.numbers.signed(kpi.change)), "gray"
    if line:
        return app.say("line at {line}", line=audience_words.amount(app.numbers, measure, line.value)), "gray"
    return None, "gray"


def _help(app: App, found: Audience, kpi: Kpi, what: str, plan: StoredPlan) -> str:
    """The definition, the range, who the target is, and whose line it is."""
    said, measure = [what], measure_of(kpi.name, kpi.basis)
    if kpi.ratio and kpi.name not in ("visits", "best_content"):
        said.append(app.say("8 of 10: {span}", span=audience_words.span(app.numbers, measure, kpi.ratio)))
    if kpi.name == "profile":
        profiles = [found.profiles[name] for name in found.profiles if kpi.network in (ALL, name)]
        names = dict.fromkeys(name for profile in profiles for name in profile.targets)
        said.append(app.say("Meant: {audiences}", audiences="; ".join(names)))
    if line := alert_for(plan, kpi):
        shown = audience_words.amount(app.numbers, measure, line.value)
        source = audience_words.goal_source(app.words, line)
        said.append(app.say("Alert line: {line} ({source})", line=shown, source=source))
    if not MEASURES.get(measure, MEASURES["bounce_rate"]).everywhere and kpi.network != ALL:
        said.append(app.say("The target of all networks does not hold for one."))
    return esc(" ".join(said))


def _caption(app: App, found: Audience, kpi: Kpi) -> str:
    text = audience_words.caption(app.words, kpi)
    if kpi.name == "visits" and kpi.ratio and kpi.ratio.value is not None:
        share = app.numbers.percent(kpi.ratio.value)
        return app.say("{text}; {share} convert", text=text, share=share)
    if kpi.name == "followers" and kpi.change is not None:
        change = app.numbers.signed(kpi.change)
        return app.say("{text}: {change} in all", text=text, change=change)
    profile = found.profiles.get(kpi.network)
    if kpi.name == "profile" and profile and profile.people is not None and profile.places is not None:
        share = app.numbers.percent(profile.places)
        return app.say("{text}; {share} live there, counted apart", text=text, share=share)
    return text
