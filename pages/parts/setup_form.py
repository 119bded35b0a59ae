"""In-house, agency or freelancer: what each costs over the plan, from which media spend on, and which one is chosen."""

from dataclasses import replace

import streamlit as st

from budget.money import major, micros
from budget.plan import CostKind, StoredPlan
from budget.present.business_words import SETUPS as NAMES
from budget.present.charts.rows import Result, results
from budget.present.vocabulary import COSTS
from budget.present.words import N_
from budget.setups import (
    MONEY,
    SETUPS,
    SetupCost,
    choose,
    chosen,
    compared,
    cost_over,
    crossings,
    setup_of,
    today,
    with_setup,
)
from pages.parts import edits, findings, frame, typed
from pages.parts.app import App

FIELDS = {
    "salaries_micros": N_("Salaries, {currency} a month"),
    "fee_micros": N_("Fixed fee, {currency} a month"),
    "tools_micros": N_("Tools, {currency} a month"),
    "production_micros": N_("Production, {currency} a month"),
}
OWN, TODAY = "own", "today"
IN_PNL: tuple[CostKind, CostKind] = ("people", "agency")


def figures(app: App, plan: StoredPlan) -> StoredPlan:
    """The plan with the figures of the three set-ups as typed, side by side."""
    with st.container(gap="xxsmall"):
        st.header(app.say("Who does the work?"), anchor=False)
        st.caption(app.say("Enter what you know of each to compare them and to choose one; the fee in % goes on top of "
                           "what the platforms invoice"))  # fmt: skip
    for name, column in zip(SETUPS, st.columns(3), strict=True):
        with column.container(border=True):
            plan = _figures(app, plan, name)
    return plan


def _figures(app: App, plan: StoredPlan, name: str) -> StoredPlan:
    found = said = setup_of(plan, name)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{app.say(NAMES[name])}**", width="stretch")
        if name == SETUPS[0] and not found.is_known and today(plan).is_known:
            _take(app, plan, name)
    for field in MONEY:
        amount = st.number_input(
            app.say(FIELDS[field], currency=app.numbers.currency), 0.0, 1e8, major(getattr(found, field)), step=50.0,
            format=app.numbers.input_format(2), key=_key(plan, name, field),
        )  # fmt: skip
        said = replace(said, **{field: micros(round(amount, 2))})
    share = st.number_input(
        app.say("Fee, % of media"), 0.0, 100.0, found.media_fee_share * 100, step=0.5,
        format=app.numbers.input_format(1), key=_key(plan, name, "share"),
    )  # fmt: skip
    if share != found.media_fee_share * 100:
        said = replace(said, media_fee_share=share / 100)
    return with_setup(plan, name, said) if said != found else plan


def _take(app: App, plan: StoredPlan, name: str) -> None:
    """The costs that are in the P&L as the figures of this set-up, at the press of a button."""
    label = app.say("Use the costs as typed")
    if st.button(label, key=_key(plan, name, "take"), icon=":material/content_copy:", type="tertiary"):
        edits.save(app, plan, with_setup(plan, name, today(plan)))
        typed.renew(plan)
        st.rerun()


def choice(app: App, plan: StoredPlan) -> StoredPlan:
    """The plan with the chosen set-up in its P&L; a set-up without figures cannot be chosen."""
    known = [name for name in SETUPS if setup_of(plan, name).is_known]
    if not known:
        return plan
    names = {OWN: app.say("Costs as typed"), **{name: app.say(NAMES[name]) for name in known}}
    now = chosen(plan)
    picked = st.segmented_control(
        app.say("In the P&L"), list(names), default=now if now in known else OWN, format_func=names.__getitem__,
        required=True, key=typed.key(plan, f"setup_{plan.plan_id}_chosen_{len(known)}_{now}"),
    )  # fmt: skip
    wanted = None if picked == OWN else picked
    return choose(plan, wanted) if wanted != now and (now in known or wanted) else plan


def comparison(app: App, plan: StoredPlan) -> None:
    """Costs over the plan side by side, and the media at which the cheapest changes."""
    if plan.period is None:
        st.caption(app.say("The plan has no dates yet, so nothing is counted."))
        return
    costs = compared(plan)
    if not costs:
        return
    finding = _finding(app, costs)
    with st.container(gap="xxsmall"):
        st.header(finding, anchor=False)
        unit = app.numbers.unit(major(cost.total_micros) for cost in costs)
        st.caption(app.say("Over the whole plan, without media itself, {unit}; media planned: {media}",
                           unit=unit.name, media=app.numbers.money(plan.budget_micros)))  # fmt: skip
    rows = [_row(app, plan, cost) for cost in costs]
    if chosen(plan) is None:
        now = cost_over(today(plan), TODAY, plan.period, plan.budget_micros)
        rows.append(Result(app.say("Costs as typed"), major(now.total_micros), "plan"))
    frame.chart(app, results(rows, app.numbers, unit), finding, key="setups")
    _crossings(app, costs)
    st.caption(_kinds(app))


def _crossings(app: App, costs: tuple[SetupCost, ...]) -> None:
    """From which media spend on another set-up costs less."""
    header = [app.say("Cheaper below"), app.say("Break-even media over the plan"), app.say("Cheaper above")]
    rows = [
        (app.say(NAMES[each.below]), app.numbers.money(each.media_micros), app.say(NAMES[each.above]))
        for each in crossings(costs)
    ]
    if rows:
        findings.table(app, header, rows)


def _kinds(app: App) -> str:
    people, agency = (app.say(COSTS[kind]) for kind in IN_PNL)
    return app.say(
        "In the P&L salaries stand under {people}, a fixed fee under {agency}, a fee in % under media.",
        people=people, agency=agency,
    )  # fmt: skip


def _row(app: App, plan: StoredPlan, cost: SetupCost) -> Result:
    return Result(
        app.say(NAMES[cost.name]), major(cost.total_micros), "plan" if chosen(plan) == cost.name else "neutral"
    )


def _finding(app: App, costs: tuple[SetupCost, ...]) -> str:
    cheapest = costs[0]
    facts = {"setup": app.say(NAMES[cheapest.name]), "cost": app.numbers.money(cheapest.total_micros)}
    if len(costs) == 1:
        return app.say("{setup} costs {cost} over the plan", **facts)
    less = app.numbers.money(costs[1].total_micros - cheapest.total_micros)
    return app.say("{setup} costs least: {cost}, {less} less than the next", less=less, **facts)


def _key(plan: StoredPlan, name: str, field: str) -> str:
    return typed.key(plan, f"setup_{plan.plan_id}_{name}_{field}")
