"""What if the budget were another one: a slider that answers at once, cut, keep or grow, and each line's money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from budget.frontier import Frontier, Point
from budget.money import MICROS, major
from budget.plan import StoredPlan
from budget.present import budget_words as told
from budget.present.charts.frontier import ASKED as ASKED_LAYERS
from budget.present.charts.frontier import Budget, Place, frontier
from budget.present.charts.live import live
from budget.present.charts.marks import Spec
from budget.present.charts.split import Move, split
from budget.present.escape import esc
from budget.present.numbers import Unit
from pages.parts import findings
from pages.parts.app import App
from pages.parts.choice import own_key

ASKED = "_advice_asked_budget"


def asked_budget(plan: StoredPlan) -> int | None:
    """The budget in micros that was taken over from the slider for this version of the plan."""
    plan_id, version, budget = st.session_state.get(ASKED, (0, 0, None))
    return budget if (plan_id, version) == (plan.plan_id, plan.version) else None


def show(app: App, plan: StoredPlan, found: Frontier, names: Mapping[str, str]) -> None:
    """Cut, keep or grow with its reasons; the slider; all budgets as a table."""
    with st.container(gap="xxsmall"):
        st.header(esc(told.verdict_text(app.words, app.numbers, found)), anchor=False)
        st.caption(app.say("Each budget at its best split, all inside the same limits: the ones above, but that a week "
                           "may leave today's plan by half at least"))  # fmt: skip
    for reason in told.verdict_reasons(app.words, app.numbers, found):
        st.markdown(f":gray[:material/arrow_right:] {esc(reason)}")
    _answers(app, plan, found, _pictures(app, found, names))
    with st.expander(app.say("Show the numbers")):
        _numbers(app, found)


@dataclass(frozen=True)
class Pictures:
    """What is drawn, but for the place of the slider: written once, as words and figures take longest."""

    verdict: str
    changes: Mapping[float, str]
    budgets: Mapping[float, Budget]
    places: Sequence[Place]
    unit: Unit
    caption: str
    lines: Sequence[tuple[int, str]]
    most: float
    line_unit: Unit
    line_caption: str


def _pictures(app: App, found: Frontier, names: Mapping[str, str]) -> Pictures:
    numbers = app.numbers
    unit = numbers.unit(x for each in found.points for x in (each.profit.low, each.profit.high))
    money = [found.today, *(point.lines for point in found.points)]
    most = major(max(max(lines) for lines in money))
    line_unit = numbers.unit([most])
    lines = [(c, names[key]) for c, key in enumerate(found.line_keys) if any(each[c] for each in money)]
    caption = app.say("Profit after media by budget of the weeks to come, before the team, {unit}. Band: 8 of 10 "
                      "outcomes; ring: the budget of the slider", unit=unit.name)  # fmt: skip
    line_caption = app.say("Money of each line at that budget, {unit}. Hollow: today; full: then", unit=line_unit.name)
    budgets = {each.share: _drawn(app, each) for each in found.points}
    changes = {each.share: told.point_change(app.words, numbers, each.share) for each in found.points}
    verdict = told.verdict_text(app.words, numbers, found)
    return Pictures(verdict, changes, budgets, _places(app, found), unit, caption, lines, most, line_unit, line_caption)


@st.fragment
def _answers(app: App, plan: StoredPlan, found: Frontier, pictures: Pictures) -> None:
    """Only this part runs again when the slider moves; every budget is known before."""
    left, right = st.columns(2, gap="medium", vertical_alignment="bottom")
    with left:
        point = _slider(app, found, pictures.changes)
        st.markdown(esc(told.point_text(app.words, app.numbers, point)))
    with right:
        st.markdown(esc(told.point_results(app.words, app.numbers, point)))
        label = app.say("Ask about this budget")
        if st.button(label, key="advice_ask_budget", icon=":material/arrow_upward:", disabled=not point.share):
            st.session_state[ASKED] = (plan.plan_id, plan.version, point.budget_micros)
            st.rerun()
    left, right = st.columns(2, gap="medium")
    with left:
        st.caption(esc(pictures.caption))
        asked = pictures.budgets[point.share]
        drawing = frontier(list(pictures.budgets.values()), pictures.places, asked, app.numbers, pictures.unit)
        _moving(drawing, pictures.verdict, "advice_frontier", ASKED_LAYERS)
    with right:
        st.caption(esc(pictures.line_caption))
        moves = [Move(name, major(found.today[c]), major(point.lines[c])) for c, name in pictures.lines]
        drawing = split(moves, app.numbers, app.words, pictures.line_unit, pictures.most)
        _moving(drawing, pictures.line_caption, "advice_budget_split")


def _moving(drawing: Spec, alt_text: str, key: str, layers: Sequence[int] | None = None) -> None:
    """A chart of which only the rows of these layers (None: of all) change."""
    shape, rows = live(drawing, layers)
    st.vega_lite_chart(pd.DataFrame(rows), shape, alt=alt_text, key=key, width="stretch")


def _slider(app: App, found: Frontier, names: Mapping[float, str]) -> Point:
    shares = [point.share for point in found.points]
    nearest = min(shares, key=abs)
    key = own_key(app, f"whatif_{round(100 * shares[0])}_{round(100 * shares[-1])}")
    share = st.select_slider(app.say("What if the budget were another one?"), shares, nearest,
                             format_func=names.__getitem__, key=key)  # fmt: skip
    return found.points[shares.index(share)]


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
