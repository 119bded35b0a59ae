"""Optimise: where the money still to come should go, how sure that is, and what holds it back."""

import pandas as pd
import streamlit as st

from budget.advice import Advice, LineAdvice
from budget.fans import Interval
from budget.findings import Finding
from budget.forecast import Missing
from budget.money import MICROS, major
from budget.plan import StoredPlan
from budget.present import advice_words as told
from budget.present.charts.split import Marginal, Move, marginals, split
from budget.present.escape import esc
from budget.present.plan_words import plan_sentence
from budget.present.vocabulary import line_names
from budget.question import Question
from budget.scenario import is_scenario, make_scenario, remove_scenario
from budget.weeks import WEEK
from pages.parts import advice_form, challenge_note, findings, frame, results, state, states, whatif, yours

APPLIED = "_advice_applied"

app = frame.enter()
plan = states.plan_or_stop(app)
names = line_names(app.words, plan)


def missing(lacking: Missing) -> None:
    """Why there is no forecast yet, and where to go."""
    frame.title(app, app.say("No advice yet"), app.say("Optimise · what is still missing"))
    listed(lacking)
    st.page_link("pages/plan.py", label=app.say("Go to the plan"), icon=":material/arrow_forward:")
    st.page_link("pages/business.py", label=app.say("Go to the business"), icon=":material/arrow_forward:")


def listed(lacking: Missing) -> None:
    """The findings as sentences."""
    findings.listed(app, lacking.findings, lambda f: plan_sentence(f, app.words, app.numbers, names))


def heading(found: Advice | Missing, current: StoredPlan) -> None:
    """The finding, and the one action: keep it as a scenario."""
    if isinstance(found, Missing):
        frame.title(app, app.say("No split can do that"), app.say("Optimise · {name}", name=current.name))
        return
    weeks = app.numbers.period(found.weeks[0], found.weeks[-1] + WEEK)
    caption = app.say("Optimise · {name} · the weeks to come, {weeks}", name=current.name, weeks=weeks)
    with frame.title(app, told.headline(app.words, app.numbers, found, names), caption):
        if found.changed and st.button(app.say("Save as scenario"), key="go_apply", type="primary"):
            name = app.say("{name}, optimised", name=current.name)
            made = make_scenario(app.store, current, found, name)
            st.session_state[APPLIED] = made.plan_id
            state.open_plan(made.plan_id)
            st.rerun()


def scenario(current: StoredPlan) -> bool:
    """What a scenario is a copy of, and the way back; True right after it was saved, when nothing new is asked yet."""
    if not is_scenario(app.store, current) or current.based_on_plan_id is None:
        return False
    before = app.store.plan(current.workspace_id, current.based_on_plan_id)
    fresh = bool(st.session_state.get(APPLIED) == current.plan_id)
    facts = {"name": esc(current.name), "before": esc(before.name)}
    if fresh:
        frame.title(app, app.say("Saved as a scenario"), app.say("Optimise · {name}", name=current.name))
        st.success(app.say("{name} is your plan now; {before} stays as it was.", **facts),
                   icon=":material/check_circle:")  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        if not fresh:
            st.caption(app.say("{name} is a copy of {before}, which stays as it was", **facts))
        if st.button(app.say("Undo: back to {before}", **facts), key="advice_undo", icon=":material/undo:"):
            remove_scenario(app.store, current)
            state.open_plan(before.plan_id)
            st.session_state.pop(APPLIED, None)
            st.rerun()
        if fresh and st.button(app.say("Ask again from here"), key="advice_again", icon=":material/refresh:"):
            st.session_state.pop(APPLIED)
            st.rerun()
    if fresh:
        st.page_link("pages/forecast.py", label=app.say("See its forecast"), icon=":material/arrow_forward:")
        st.page_link("pages/plan.py", label=app.say("See its weeks"), icon=":material/arrow_forward:")
    return fresh


def running(found: Advice) -> list[LineAdvice]:
    """Lines that have money today or as proposed, the one whose next money earns most first."""
    return [line for line in told.by_marginal(found) if line.today_micros or line.proposed_micros]


def splits(found: Advice) -> None:
    """Today and proposed, line by line."""
    finding = told.split_finding(app.words, found, names)
    rows = running(found)
    unit = app.numbers.unit(major(max(line.today_micros, line.proposed_micros)) for line in rows)
    with st.container(gap="xxsmall"):
        st.header(esc(finding), anchor=False)
        st.caption(app.say("Money of the weeks to come, {unit}. Hollow: today; full: proposed", unit=unit.name))
    moves = [Move(names[line.line_key], major(line.today_micros), major(line.proposed_micros)) for line in rows]
    frame.chart(app, split(moves, app.numbers, app.words, unit), finding, key="advice_split")


def next_money(found: Advice) -> None:
    """What the next 100 earns on each line, before and after."""
    finding = told.marginal_finding(app.words, app.numbers, found, names)
    with st.container(gap="xxsmall"):
        st.header(esc(finding), anchor=False)
        st.caption(app.say("Profit of the next {hundred} a week, after its cost. Bar: 8 of 10 outcomes",
                           hundred=app.numbers.money_of(100)))  # fmt: skip
    rows = [Marginal(names[line.line_key], line.next_today.mid, *_ends(line.next_proposed)) for line in running(found)]
    frame.chart(app, marginals(rows, app.numbers), finding, key="advice_marginal")


def _ends(of: Interval) -> tuple[float, float, float]:
    return of.low, of.mid, of.high


def by_line(found: Advice) -> None:
    """Every line as a row, with what holds it."""
    write = app.numbers.whole
    hundred = app.say("Next {hundred}", hundred=app.numbers.money_of(100))
    header = [app.say("Line"), app.say("Proposed"), app.say("Change"), app.say("Today"), app.say("What holds it"),
              hundred]  # fmt: skip
    rows = [
        (
            names[line.line_key],
            write(line.proposed_micros / MICROS),
            app.numbers.signed(line.change_micros / MICROS),
            write(line.today_micros / MICROS),
            held(found, line),
            f"{app.numbers.signed(line.next_today.mid)} → {app.numbers.signed(line.next_proposed.mid)}",
        )
        for line in told.by_marginal(found)
    ]
    findings.table(app, header, rows)


def held(found: Advice, line: LineAdvice) -> str:
    """The bound at which a line stands; a line without one is where it is because that pays best."""
    if line.held is None and found.changed:
        return app.say("nothing: a further move would not pay")
    return told.held_text(app.words, app.numbers, line.held)


def why(found: Advice) -> None:
    """Reasons, range, certificate and how much of it is the firm's own."""
    st.header(app.say("Why, and how sure"), anchor=False)
    for reason in told.reasons(app.words, app.numbers, found, names):
        st.markdown(f":gray[:material/arrow_right:] {esc(reason)}")
    for note in (told.gain_sentence, told.gap_sentence):
        st.markdown(f":gray[:material/info:] {esc(note(app.words, app.numbers, found))}")
    findings.listed(app, found.findings, lambda f: plan_sentence(f, app.words, app.numbers, names))
    st.caption(esc(yours.yours(app, found.own_share, found.measured, names)))


def weeks(found: Advice) -> None:
    """The proposed weeks as a grid."""
    with st.expander(app.say("Proposed week by week")):
        named = {week.isoformat(): app.numbers.date_short(week) for week in found.weeks}
        rows = [
            {"line": names[line.line_key]} | dict(zip(named, map(major, line.proposed_weeks), strict=True))
            for line in running(found)
        ]
        number, text = st.column_config.NumberColumn, st.column_config.TextColumn
        columns = {key: number(label, format=app.numbers.grid_format(2)) for key, label in named.items()}
        st.dataframe(
            pd.DataFrame(rows), hide_index=True, row_height=30, alt=app.say("Proposed week by week"),
            column_config={"line": text(app.say("Line"), pinned=True)} | columns, key="advice_weeks",
        )  # fmt: skip


def show(found: Advice) -> None:
    """The answer under the inputs."""
    if found.question.aim == "target":
        st.markdown(esc(told.target_answer(app.words, app.numbers, found, names)))
    left, right = st.columns(2, gap="medium")
    with left:
        splits(found)
    with right:
        next_money(found)
    by_line(found)
    weeks(found)
    why(found)


def other_budgets(question: Question) -> None:
    """Cut, keep or grow, inside the same limits; nothing where these leave no choice."""
    budgets = results.budgets(app, plan, question)
    if not isinstance(budgets, Missing) and len(budgets.points) > 1:
        whatif.show(app, plan, budgets, names)


def ask() -> None:
    """Title, inputs, answer: the title comes first and is filled last."""
    forecast = results.forecasted(app, plan)
    if isinstance(forecast, Missing):
        missing(forecast)
        return
    ahead = results.ahead(app, plan)
    if not ahead.running:
        missing(Missing((Finding("ADVICE_NO_WEEKS", "stop", "plan"),)))
        return
    top = st.container()
    question = advice_form.question(app, plan, ahead, forecast, names)
    found = results.advised(app, plan, question)
    with top:
        heading(found, plan)
        challenge_note.show(app, plan)
    if isinstance(found, Missing):
        listed(found)
    else:
        show(found)
    other_budgets(question)


if not scenario(plan):
    ask()
