"""Phasing by a pattern: even, burst, pulse, by the season, as the last period; for some lines or for all."""

from collections.abc import Mapping

import streamlit as st

from budget.last_period import last_period
from budget.patterns import PATTERNS, Pattern, Shape, has_season, with_pattern
from budget.plan import StoredPlan
from budget.present.vocabulary import line_names
from budget.present.words import N_
from pages.parts import edits
from pages.parts.app import App
from pages.parts.choice import choose, own_key

NAMES: Mapping[Pattern, str] = {
    "even": N_("Even"),
    "burst": N_("Burst at the start"),
    "pulse": N_("Pulse, on and off"),
    "seasonal": N_("By the season"),
    "last": N_("As the last period"),
}
HELP: Mapping[Pattern, str] = {
    "even": N_("Every day the same."),
    "burst": N_("Half of the money in the first quarter of the weeks, the rest evenly."),
    "pulse": N_("Weeks with money and weeks without, in turn."),
    "seasonal": N_("More in weeks where the plan's events and months make money bring more."),
    "last": N_("The shape of what was spent in the weeks before, else of the plan before."),
}
MOST_WEEKS = 13


def show(app: App, plan: StoredPlan) -> None:
    """The choices in one row, and the button that phases anew; budgets stay, weeks add up to them."""
    names = line_names(app.words, plan)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        pattern = choose(
            app, st.container(width=220), app.say("Phase by a pattern"), PATTERNS, key=f"pattern_{plan.plan_id}",
            shown=lambda each: app.say(NAMES[each]),
        )  # fmt: skip
        on, off = _pulse(app) if pattern == "pulse" else (2, 2)
        keys = st.multiselect(
            app.say("Lines"), list(names), key=own_key(app, f"pattern_lines_{plan.plan_id}"),
            format_func=names.__getitem__, placeholder=app.say("All lines"), width=320,
        )  # fmt: skip
        label = app.count("Phase {n} line", "Phase {n} lines", len(keys) or len(names))
        pressed = st.button(label, key="phase_lines", icon=":material/bar_chart:")
    st.caption(app.say(HELP[pattern]))
    if pressed:
        _phase(app, plan, Shape(pattern, on, off), keys)


def _pulse(app: App) -> tuple[int, int]:
    on = st.number_input(app.say("Weeks on"), 1, MOST_WEEKS, 2, key="pulse_on", width=110)
    off = st.number_input(app.say("Weeks off"), 1, MOST_WEEKS, 2, key="pulse_off", width=110)
    return int(on), int(off)


def _phase(app: App, plan: StoredPlan, shape: Shape, keys: list[str]) -> None:
    """Phase anew, or say what is missing for it."""
    if shape.pattern == "seasonal" and not has_season(plan):
        st.warning(app.say("No event or month makes one week differ from another. Add an event first."))
        return
    if shape.pattern == "last":
        earlier = last_period(app.store, plan)
        shape = Shape("last", last=earlier.weights)
        unknown = [line.line_key for line in plan.lines if line.line_key not in earlier.weights]
        if not set(keys or earlier.weights) - set(unknown):
            st.warning(app.say("Nothing is known of the weeks before: upload them, or keep the plan before."))
            return
    edits.save(app, plan, with_pattern(plan, shape, keys))
    st.rerun()
