"""The four answers at the top of the owner's page, each with what changed since an earlier forecast."""

from typing import Literal

import streamlit as st

from budget.forecast import Forecast
from budget.plan import StoredPlan
from budget.present import overview_words as told
from budget.present.escape import esc
from budget.present.overview_words import Change
from budget.projection import Projection
from budget.promised import Promised
from pages.parts import cards as cards_part
from pages.parts.app import App


def show(app: App, plan: StoredPlan, of: Forecast | Projection, before: Promised | None) -> None:
    """Chance of the goal, chance of a loss, projected profit with its range, payback week."""
    with st.grid(4, min_column_width=150, gap="small"):
        _goal(app, plan, of, before)
        _loss(app, of, before)
        _profit(app, of, before)
        _payback(app, of, before)


def _goal(app: App, plan: StoredPlan, of: Forecast | Projection, before: Promised | None) -> None:
    change = told.chance_change(app.words, app.numbers, before.p_target, of.p_target, up=True) if before else None
    help_text = cards_part.goal_help(app, plan)
    figure = app.numbers.chance(of.p_target)
    _card(app, app.say("Chance of the goal"), figure, change, cards_part.goal_text(app, plan), help_text, before)


def _loss(app: App, of: Forecast | Projection, before: Promised | None) -> None:
    change = told.chance_change(app.words, app.numbers, before.p_loss, of.p_loss, up=False) if before else None
    help_text = app.say("Share of outcomes in which the programme costs more than it brings.")
    figure = app.numbers.chance(of.p_loss)
    _card(app, app.say("Chance of a loss"), figure, change, app.say("after the team"), help_text, before)


def _profit(app: App, of: Forecast | Projection, before: Promised | None) -> None:
    numbers, now, middle = app.numbers, of.profit, float(of.cumulative_profit.mid[-1])
    change = None
    if before:
        change = told.profit_change(app.words, numbers, before.profit.mid, middle, now.high - now.low)
    span = numbers.span(numbers.compact(now.low), numbers.compact(now.high))
    help_text = app.say("After media and the team; 8 of 10 outcomes lie in the range.")
    over = isinstance(of, Projection) and of.weeks_done == len(of.weeks)
    label = app.say("Profit") if over else app.say("Profit, projected")
    _card(app, label, numbers.money_of_compact(middle), change, span, help_text, before)


def _payback(app: App, of: Forecast | Projection, before: Promised | None) -> None:
    change = told.payback_change(app.words, before.payback_week, of.payback_week) if before else None
    week = app.say("week {n}", n=str(of.payback_week)) if of.payback_week else app.say("not in the plan")
    weeks = app.count("of {n} week", "of {n} weeks", len(of.weeks))
    help_text = app.say("The first week from which cumulative profit stays above zero.")
    _card(app, app.say("Pays back in"), week, change, weeks, help_text, before)


def _card(
    app: App, label: str, figure: str, change: Change | None, note: str, help_text: str, before: Promised | None
) -> None:
    """Label, figure, the change as a chip, the comparison below; the change says since when in the help."""
    if change and before:
        day = app.numbers.date_short(before.until)
        since = app.say("The chip compares with the forecast that knew nothing of the weeks from {day} on.", day=day)
        help_text = f"{help_text} {since}"
    colour: Literal["gray", "green", "red"] = "gray"
    if change is not None and change.good is not None:
        colour = "green" if change.good else "red"
    with st.container(border=True, height="stretch", gap="xxsmall"):
        st.metric(
            label, figure, change.text if change else None, delta_color=colour, help=help_text,
            delta_arrow=change.arrow if change else "off",
        )  # fmt: skip
        st.caption(esc(note))
