"""What if the budget were another one: a slider that answers at once, cut, keep or grow, and each line's money."""

from collections.abc import Mapping

import streamlit as st

from budget.frontier import Frontier, Point
from budget.money import MICROS, major
from budget.plan import StoredPlan
from budget.present import budget_words as told
from budget.present.charts.frontier import Budget, Place, frontier
from budget.present.charts.split import Move, split
from budget.present.escape import esc
from pages.parts import findings
from pages.parts.app import App
from pages.parts.choice import own_key
from pages.parts.screen import chart

ASKED = "_advice_asked_budget"


def asked_budget(plan: StoredPlan) -> int | None:
    """The budget in micros that was taken over from the slider for this version of the plan."""
    plan_id, version, budget = st.session_state.get(ASKED, (0, 0, None))
    return budget if (plan_id, version) == (plan.plan_id, plan.version) else None


@st.fragment
def show(app: App, plan: StoredPlan, found: Frontier, names: Mapping[str, str]) -> None:
    """Only this part runs again when the slider moves; every budget is known before."""
    with st.container(gap="xxsmall"):
        st.header(esc(told.verdict_text(app.words, app.numbers, found)), anchor=False)
        st.caption(app.say("Each budget at its best split, all inside the same limits: the ones above, but that a week "
                           "may leave today's plan by half at least"))  # fmt: skip
    left, right = st.columns(2, gap="medium")
    with left:
        point = _slider(app, found)
        st.markdown(esc(told.point_text(app.words, app.numbers, point)))
        st.caption(esc(told.point_results(app.words, app.numbers, point)))
        _by_budget(app, found, point)
    with right:
        for reason in told.verdict_reasons(app.words, app.numbers, found):
            st.markdown(f":gray[:material/arrow_right:] {esc(reason)}")
        _by_line(app, found, point, names)
        label = app.say("Ask about this budget")
        if point.share and st.button(label, key="advice_ask_budget", icon=":material/arrow_upward:"):
            st.session_state[ASKED] = (plan.plan_id, plan.version, point.budget_micros)
            st.rerun()
    with st.expander(app.say("Show the numbers")):
        _numbers(app, found)


def _slider(app: App, found: Frontier) -> Point:
    shares = [point.share for point in found.points]
    names = {share: told.point_change(app.words, app.numbers, share) for share in shares}
    nearest = min(shares, key=abs)
    key = own_key(app, f"whatif_{shares[0]:.2f}_{shares[-1]:.2f}")
    share = st.select_slider(app.say("What if the budget were another one?"), shares, nearest,
                             format_func=names.__getitem__, key=key)  # fmt: skip
    return found.points[shares.index(share)]


def _by_budget(app: App, found: Frontier, point: Point) -> None:
    numbers = app.numbers
    unit = numbers.unit(x for each in found.points for x in (each.profit.low, each.profit.high))
    budgets = {each.share: _drawn(app, each) for each in found.points}
    caption = app.say("Profit after media by budget of the weeks to come, before the team, {unit}. Band: 8 of 10 "
                      "outcomes; ring: the budget of the slider", unit=unit.name)  # fmt: skip
    st.caption(esc(caption))
    drawing = frontier(list(budgets.values()), _places(app, found), budgets[point.share], numbers, unit)
    chart(app, drawing, told.point_text(app.words, numbers, point), key="advice_frontier")


def _drawn(app: App, point: Point) -> Budget:
    profit, numbers = point.profit, app.numbers
    span = numbers.whole_span(profit.low, profit.high)
    tip = f"{numbers.money(point.budget_micros)}: {numbers.signed(profit.mid)} ({span})"
    return Budget(major(point.budget_micros), profit.low, profit.mid, profit.high, tip)


def _places(app: App, found: Frontier) -> list[Place]:
    """Today, the best budget and the end of profit, where they are not one."""
    keep = next((point for point in found.points if point.share == 0), None)
    places = [Place(major(keep.budget_micros), keep.profit.mid, app.say("today"), "actual")] if keep else []
    best = found.best_micros
    if best is not None and not found.at_end:
        near = min(found.points, key=lambda point: abs(point.budget_micros - best))
        places.append(Place(major(best), near.profit.mid, app.say("best"), "good", below=True))
    if found.zero_micros is not None:
        places.append(Place(major(found.zero_micros), 0.0, app.say("break-even"), "muted", below=True))
    return places


def _by_line(app: App, found: Frontier, point: Point, names: Mapping[str, str]) -> None:
    rows = [
        Move(names[key], major(today), major(money))
        for key, today, money in zip(found.line_keys, found.today, point.lines, strict=True)
        if today or money
    ]
    unit = app.numbers.unit(max(row.today, row.proposed) for row in rows)
    st.caption(esc(app.say("Money of each line at that budget, {unit}. Hollow: today; full: then", unit=unit.name)))
    alt_text = app.say("Money of each line with {budget}", budget=app.numbers.money(point.budget_micros))
    chart(app, split(rows, app.numbers, app.words, unit), alt_text, key="advice_budget_split")


def _numbers(app: App, found: Frontier) -> None:
    header = [app.say("Budget"), app.say("Change"), app.say("Profit"), app.say("8 of 10 outcomes"),
              app.say("Chance of a loss")]  # fmt: skip
    rows = [
        (
            app.numbers.whole(point.budget_micros / MICROS),
            told.point_change(app.words, app.numbers, point.share),
            app.numbers.signed(point.profit.mid),
            app.numbers.whole_span(point.profit.low, point.profit.high),
            app.numbers.chance(point.p_loss),
        )
        for point in found.points
    ]
    findings.table(app, header, rows)
