"""The goals of the plan: what counts, from where, to how much, by when, who answers for it, and whether it can be."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from budget.forecast import Forecast, Missing
from budget.money import major, micros
from budget.objectives import (
    KPIS,
    SHARE_KPIS,
    Verdict,
    moved_up,
    purpose_of,
    verdict,
    with_objective,
    without_objective,
)
from budget.plan import PlanObjective, StoredPlan
from budget.present.business_words import VERDICTS, kpi_unit
from budget.present.escape import esc
from budget.present.vocabulary import CHALLENGES, OBJECTIVES
from budget.present.vocabulary import KPIS as KPI_NAMES
from budget.present.words import N_
from pages.parts import results, typed
from pages.parts.app import App
from pages.parts.choice import choose

NAME_LENGTH = 200
ICONS: dict[Verdict, str] = {
    "achievable": ":green[:material/check_circle:]",
    "open": ":orange[:material/help:]",
    "out_of_reach": ":red[:material/error:]",
}
FIRST = PlanObjective("sales", "profit")
BEFORE_HELP = N_("The same figure in an equally long time before, to see how far the goal is.")


@dataclass
class Shown:
    """A goal on the screen, and the place that waits for its chance."""

    objective: PlanObjective
    badge: DeltaGenerator


@dataclass
class Waiting:
    """Everything on the screen that waits for a forecast: the goals, and a place for what is missing."""

    goals: list[Shown]
    note: DeltaGenerator


def goals(app: App, plan: StoredPlan) -> tuple[StoredPlan, Waiting]:
    """The plan with its goals as typed, and where `badges` go once the plan is stored."""
    with st.container(gap="xxsmall"):
        st.header(app.say("What is the goal?"), anchor=False)
        st.caption(app.say("The first one is the main goal: every screen names its chance. 0 means no target yet"))
    shown: list[Shown] = []
    for place, found in enumerate(plan.objectives or (FIRST,)):
        edited, card = _card(app, plan, found, place)
        plan, shown = edited, [*shown, card]
    more = bool(plan.objectives)
    if more and st.button(app.say("Add a goal"), key="goal_add", icon=":material/add:"):
        plan = with_objective(plan, "", PlanObjective("awareness", "reach", due_date=_last_day(app, plan)))
    return plan, Waiting(shown, st.container())


def badges(app: App, plan: StoredPlan, waiting: Waiting) -> None:
    """Whether each goal can be reached, by the same draws as the Forecast screen's."""
    asked = any(verdict(each.objective, None) == "no_forecast" for each in waiting.goals)
    found = results.forecasted(app, plan) if asked else None
    for each in waiting.goals:
        chance = found.chances.get(each.objective.objective_key) if isinstance(found, Forecast) else None
        what = verdict(each.objective, chance)
        text = app.say(VERDICTS[what], chance=app.numbers.chance(chance))
        each.badge.markdown(f"{ICONS.get(what, ':gray[:material/remove:]')} {esc(text + _way(app, each.objective))}")
    if isinstance(found, Missing):
        text = app.say("A chance needs a plan that can be computed: see the Forecast screen for what is missing.")
        waiting.note.caption(text)


def _way(app: App, goal: PlanObjective) -> str:
    """How far the goal lies from where the firm stands; nothing without a baseline or a target."""
    if not (goal.baseline_micros and goal.target_micros):
        return ""
    change = goal.target_micros / goal.baseline_micros - 1
    return " · " + app.say("{change} on the level before", change=app.numbers.percent_signed(change))


def _card(app: App, plan: StoredPlan, found: PlanObjective, place: int) -> tuple[StoredPlan, Shown]:
    stored = bool(plan.objectives)
    with st.container(border=True):
        with st.container(gap="xxsmall"):
            with st.container(horizontal=True, vertical_alignment="center"):
                name = app.say("Main goal") if not place else app.say("Goal {n}", n=str(place + 1))
                st.markdown(f"**{name}**", width="stretch")
                changed = _acts(app, plan, found, place) if stored else None
            badge = st.container()
        if changed:
            return changed, Shown(found, badge)
        said = _inputs(app, plan, found)
    if said == found or not (stored or said.target_micros):
        return plan, Shown(found, badge)
    edited = with_objective(plan, found.objective_key if stored else "", said)
    return edited, Shown(edited.objectives[place if stored else 0], badge)


def _acts(app: App, plan: StoredPlan, found: PlanObjective, place: int) -> StoredPlan | None:
    """The plan after a press of a button of the card; None where none was pressed."""
    key = found.objective_key
    if place and st.button(app.say("Up"), key=_key(plan, found, "up"), icon=":material/arrow_upward:", type="tertiary"):
        return moved_up(plan, key)
    remove = app.say("Remove")
    if st.button(remove, key=_key(plan, found, "remove"), icon=":material/delete:", type="tertiary"):
        return without_objective(plan, key)
    return None


def _inputs(app: App, plan: StoredPlan, found: PlanObjective) -> PlanObjective:
    first, second, third, fourth = st.columns(4)
    purpose, named = purpose_of(found.objective_key), list(OBJECTIVES)
    objective = choose(
        app, first, app.say("Objective"), named if purpose in named else [*named, purpose],
        key=_key(plan, found, "objective"), usual=purpose,
        shown=lambda key: app.say(OBJECTIVES[key]) if key in OBJECTIVES else key, remembered=False,
    )  # fmt: skip
    kpi = choose(
        app, second, app.say("KPI"), KPIS if found.kpi in KPIS else (*KPIS, found.kpi),
        key=_key(plan, found, "kpi"), usual=found.kpi,
        shown=lambda key: app.say(KPI_NAMES[key]) if key in KPI_NAMES else key, remembered=False,
    )  # fmt: skip
    baseline = _amount(app, plan, found, third, kpi, "baseline")
    target = _amount(app, plan, found, fourth, kpi, "target")
    first, second, third = st.columns([1, 1, 2])
    usual = found.due_date or _last_day(app, plan)
    due = first.date_input(
        app.say("By"), usual, format=app.numbers.grid_date_format, key=_key(plan, found, "due")
    )  # fmt: skip
    owner = second.text_input(app.say("Owner"), found.owner, max_chars=NAME_LENGTH, key=_key(plan, found, "owner"))
    challenges = ["", *CHALLENGES, *([found.challenge_key] if found.challenge_key not in ("", *CHALLENGES) else [])]
    because = choose(
        app, third, app.say("Because of"), challenges, key=_key(plan, found, "challenge"), usual=found.challenge_key,
        shown=lambda key: app.say(CHALLENGES.get(key, key)) if key else app.say("no challenge"), remembered=False,
    )  # fmt: skip
    return replace(
        found, objective_key=found.objective_key if objective == purpose else objective, kpi=kpi,
        baseline_micros=baseline, target_micros=target, due_date=found.due_date if due == usual else due,
        owner=" ".join(owner.split()), challenge_key=because,
    )  # fmt: skip


def _amount(app: App, plan: StoredPlan, found: PlanObjective, place: DeltaGenerator, kpi: str, what: str) -> int:
    """The baseline or the target in micros; a share is typed in percent."""
    stored: int = getattr(found, f"{what}_micros")
    share = kpi in SHARE_KPIS
    label = app.say("Level before") if what == "baseline" else app.say("Target")
    amount = place.number_input(
        kpi_unit(app.words, app.numbers, kpi, label), 0.0, 1e10, major(stored) * (100 if share else 1),
        step=0.1 if share else 100.0, format=app.numbers.input_format(2 if share else 0),
        key=_key(plan, found, what), help=app.say(BEFORE_HELP) if what == "baseline" else None,
    )  # fmt: skip
    said = micros(round(amount / 100, 8) if share else amount)
    return stored if abs(said - stored) <= 1 else said


def _last_day(app: App, plan: StoredPlan) -> date:
    return plan.period.end - timedelta(days=1) if plan.period else app.today


def _key(plan: StoredPlan, found: PlanObjective, name: str) -> str:
    return typed.key(plan, f"goal_{plan.plan_id}_{found.objective_key}_{name}")
