"""Events and months of a plan: what is known to make weeks strong or weak, with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from budget.findings import Finding
from budget.occasions import occasions
from budget.plan import PlanEvent, StoredPlan
from budget.present.charts.multipliers import multipliers
from budget.present.season_words import (
    OCCASIONS,
    occasion_label,
    reason_of,
    season_headline,
    season_sentence,
)
from budget.present.words import LANGUAGES, words_for
from budget.season import check_season, usual_weeks
from budget.typed_events import DIGITS, LONGEST_NAME, LONGEST_REASON, TypedSeason, typed_events
from budget.weeks import DAY, Period, weeks_of
from pages.parts import edits, findings, grid, plan_months
from pages.parts.app import App
from pages.parts.screen import chart

NAME = "events"
COLUMNS = ("name", "start", "last", "factor", "price", "reason", "factor_was", "price_was")


def show(app: App, plan: StoredPlan) -> StoredPlan:
    """The events, examples to add, the months, and what they make of the plan's weeks; returns the plan as it is."""
    plan = _events(app, plan)
    _examples(app, plan)
    plan = plan_months.show(app, plan)
    _preview(app, plan)
    return plan


def _events(app: App, plan: StoredPlan) -> StoredPlan:
    with st.container(gap="xxsmall"):
        st.header(app.say("Days that sell more or less"), anchor=False)
        st.caption(
            app.say("Multiples of a usual day: 1.50 is half as much again. Where days overlap, they are multiplied.")
        )
    if grid.is_behind(NAME, plan):
        plan = _store(app, plan) or plan
    base = grid.base_for(NAME, app, plan, lambda: _frame(app, plan.events))
    rows = st.data_editor(
        base.frame, key=base.key, num_rows="dynamic", hide_index=True, row_height=34,
        column_config=_columns(app), alt=app.say("Events of the plan"),
        on_change=edits.at_once, args=(lambda: _store(app, plan),),
    ).to_dict("records")  # fmt: skip
    typed = _typed(app, plan, rows)
    stored = edits.save(app, plan, typed.plan)
    if not edits.followed(typed.plan, stored):
        st.rerun()
    grid.keep(NAME, stored)
    _said(app, (*typed.findings, *check_season(stored)))
    return stored


def _typed(app: App, plan: StoredPlan, rows: Sequence[Mapping[Any, Any]]) -> TypedSeason:
    return typed_events(plan, rows, app.numbers.writing, unnamed=app.say("Event"))


def _store(app: App, plan: StoredPlan) -> StoredPlan | None:
    """Store what was typed on top of what the editor showed; None where that is stored already."""
    found = grid.typed(NAME, plan)
    if found is None:
        return None
    seen, rows = found
    return edits.save_typed(app, NAME, seen, _typed(app, seen, rows).plan)


def _said(app: App, found: tuple[Finding, ...]) -> None:
    findings.listed(app, found, lambda finding: season_sentence(finding, app.words, app.numbers))


def _frame(app: App, events: tuple[PlanEvent, ...]) -> pd.DataFrame:
    rows = [
        {
            "name": event.name,
            "start": event.start_date,
            "last": event.end_date - DAY,
            "factor": app.numbers.decimal(event.factor, DIGITS),
            "price": app.numbers.decimal(event.price_factor, DIGITS),
            "reason": event.reason,
            "factor_was": event.factor,
            "price_was": event.price_factor,
        }
        for event in events
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(object)


def _columns(app: App) -> dict[str, Any]:
    column, numbers = st.column_config, app.numbers
    usual = numbers.decimal(1.0, DIGITS)
    return {
        "name": column.TextColumn(app.say("Event"), max_chars=LONGEST_NAME, pinned=True, width=150),
        "start": column.DateColumn(app.say("Start"), format=numbers.grid_date_format, width=110),
        "last": column.DateColumn(app.say("Last day"), format=numbers.grid_date_format, width=110),
        "factor": column.TextColumn(
            app.say("Conversions ×"), default=usual, alignment="right", width=120,
            help=app.say("How many times as many conversions a click brings on these days."),
        ),
        "price": column.TextColumn(
            app.say("CPM ×"), default=usual, alignment="right", width=90,
            help=app.say("How many times as much a thousand impressions cost on these days."),
        ),
        "reason": column.TextColumn(app.say("Why"), max_chars=LONGEST_REASON, width=380),
        "factor_was": None,
        "price_was": None,
    }  # fmt: skip


def _examples(app: App, plan: StoredPlan) -> None:
    """Known days to begin with; the person edits what they do."""
    near = plan.period or Period(app.today, app.today + DAY)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(app.say("Add an example:"), width="content")
        for occasion in occasions():
            period, name = occasion.near(near), app.say(OCCASIONS[occasion.key])
            if period is None or any(_is(event, occasion.key, period) for event in plan.events):
                continue
            label = occasion_label(occasion, period, app.words, app.numbers)
            if st.button(label, key=f"example_{occasion.key}", icon=":material/add:"):
                event = occasion.event(period, name, reason_of(occasion, app.words))
                edits.save(app, plan, _with(plan, event))
                st.rerun()
    st.caption(app.say("Examples bring multipliers that are assumed, not measured: edit them to what you know."))


def _is(event: PlanEvent, key: str, period: Period) -> bool:
    """Whether an event is that example already, in whatever language it was added, its days moved or not."""
    names = {words_for(lang).say(OCCASIONS[key]) for lang in LANGUAGES}
    days = Period(event.start_date, event.end_date)
    return days == period or (event.name in names and days.common(period).days > 0)


def _with(plan: StoredPlan, event: PlanEvent) -> StoredPlan:
    return replace(plan, events=(*plan.events, event))


def _preview(app: App, plan: StoredPlan) -> None:
    """What events and months make of each week of the plan."""
    if plan.period is None:
        return
    weeks = weeks_of(plan.period)
    season = usual_weeks(plan, weeks)
    demand, price = ([float(x) for x in part[0]] for part in (season.demand, season.price))
    headline = season_headline(weeks, demand, app.words, app.numbers)
    with st.container(gap="xxsmall"):
        st.header(headline, anchor=False)
        st.caption(app.say("Whole weeks against a usual one; a line counts the days on which it runs"))
    if not season.is_usual:
        chart(app, multipliers(weeks, demand, price, app.numbers, app.words), headline, key="season_weeks")
