"""What the decisions of the review rest on, computed once per plan version, data version and day."""

from collections.abc import Iterable
from datetime import date

import streamlit as st

from budget.business import business_of
from budget.decisions import MONEY, Suggestion, suggestions
from budget.effects import Effect, Expected, effect, expected
from budget.forecast import Missing
from budget.plan import StoredPlan
from budget.question import Question
from budget.store import Decision
from budget.weeks import WEEK, week_of
from pages.parts import results
from pages.parts.app import App


def first_week(app: App) -> date:
    """The first whole week whose money can still move: decisions of today hold from then on."""
    monday = week_of(app.today)
    return monday if monday == app.today else monday + WEEK


def suggested(app: App, plan: StoredPlan, decided: frozenset[str]) -> tuple[Suggestion, ...] | Missing:
    """What to decide this week but for the lines already `decided`, or what is missing before anything can be said."""
    return _suggested(results.key_of(app, plan), app.today, tuple(sorted(decided)), app, plan)


def promised(app: App, plan: StoredPlan, line_key: str, amount_micros: int) -> Expected | None:
    """What another usual week should change on a line; None where it does not run or nothing can be computed."""
    return _promised(results.key_of(app, plan), app.today, line_key, amount_micros, app, plan)


def came(app: App, plan: StoredPlan, decision: Decision) -> Effect | None:
    """What came of a decision so far; None where there is nothing to measure."""
    return effects_of(app, plan, (decision,))[decision.decision_id]


def effects_of(app: App, plan: StoredPlan, kept: Iterable[Decision]) -> dict[int, Effect | None]:
    """What came of decisions, by their numbers."""
    uploaded, early, business = results.actuals(app, plan), results.immature(app, plan), business_of(plan)
    return {one.decision_id: effect(one, plan, business, uploaded, early) for one in kept}


def moved_lines(app: App, kept: tuple[Decision, ...]) -> frozenset[str]:
    """Lines whose money was decided on for the first open week already."""
    week = first_week(app)
    return frozenset(
        one.line_key
        for one in kept
        if one.week_start == week and one.line_key and one.status != "dropped" and one.action in (*MONEY, "hold")
    )


@st.cache_data(max_entries=16, scope="session", show_spinner=False)
def _suggested(
    key: results.Key, today: date, decided: tuple[str, ...], _app: App, _plan: StoredPlan
) -> tuple[Suggestion, ...] | Missing:
    ground, found = results.ground(_app, _plan), results.advised(_app, _plan, Question(today))
    if isinstance(ground, Missing):
        return ground
    if isinstance(found, Missing):
        return found
    gaps, campaigns = results.covered(_app, _plan).gaps, results.campaigns(_app, _plan)
    return suggestions(ground, found, seed=key.seed, gaps=gaps, campaigns=campaigns, decided=decided)


@st.cache_data(max_entries=64, scope="session", show_spinner=False)
def _promised(
    key: results.Key, today: date, line_key: str, amount_micros: int, _app: App, _plan: StoredPlan
) -> Expected | None:
    ground = results.ground(_app, _plan)
    if isinstance(ground, Missing):
        return None
    return expected(ground, {line_key: amount_micros}, seed=key.seed).get(line_key)
