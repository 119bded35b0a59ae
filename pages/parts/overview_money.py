"""Did social add money: the income statement to programme profit, and cash week by week."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from budget.cash import Cash
from budget.cash_plan import planned_cash
from budget.forecast import Forecast
from budget.outturn import whole_plan
from budget.plan import StoredPlan
from budget.pnl import ProfitAndLoss
from budget.present import overview_words as told
from budget.present.charts.fan import fan
from budget.present.charts.waterfall import waterfall
from budget.present.escape import esc
from budget.present.steps import pnl_steps
from budget.projection import Projection
from budget.review import Review
from budget.weeks import DAY
from pages.parts.app import App
from pages.parts.screen import chart

Span = Literal["whole", "to_date"]
SPANS: Sequence[Span] = ("whole", "to_date")


def statement(app: App, forecast: Forecast, reviewed: Review | None, projection: Projection | None) -> None:
    """The waterfall from net revenue to programme profit: the whole plan, or to date once there are uploads."""
    if reviewed is None or projection is None:
        pnl = forecast.pnl
        caption = app.say("The plan at its likely figures, {currency}. Net of VAT, discounts and returns",
                          currency=app.numbers.currency)  # fmt: skip
        _draw(app, _planned(app, pnl), caption, pnl, actual=False)
        return
    top = st.container()
    shown = _span(app, over=projection.weeks_done == len(projection.weeks))
    day = app.numbers.date(reviewed.period.end - DAY)
    with top:
        if shown == "to_date":
            pnl = reviewed.actual_pnl
            caption = app.say("Income statement to {day}, {currency}. Net of VAT, discounts and returns", day=day,
                              currency=app.numbers.currency)  # fmt: skip
            _draw(app, _added(app, pnl), caption, pnl, actual=True)
        else:
            pnl = whole_plan(reviewed.actual_pnl, projection.remaining, projection.profit.mid)
            caption = app.say("The whole plan, {currency}: booked figures to {day}, then the middle of the outcomes of "
                              "the weeks to come. Net of VAT, discounts and returns", day=day,
                              currency=app.numbers.currency)  # fmt: skip
            _draw(app, told.of_statement(app.words, app.numbers, pnl), caption, pnl, actual=True)


def _span(app: App, *, over: bool) -> Span:
    """What the statement covers; of a plan that is over both are one."""
    if over:
        return "to_date"
    names = {"whole": app.say("Whole plan"), "to_date": app.say("To date")}
    chosen: Span = st.segmented_control(
        app.say("Income statement"), SPANS, default=SPANS[0], key="overview_span", format_func=names.__getitem__,
        required=True, persist_state="session", label_visibility="collapsed",
    )  # fmt: skip
    return chosen


def _planned(app: App, pnl: ProfitAndLoss) -> str:
    amount = app.numbers.money(abs(pnl.profit))
    won, lost = app.say("It should add {amount}", amount=amount), app.say("It should cost {amount}", amount=amount)
    return won if pnl.profit >= 0 else lost


def _added(app: App, pnl: ProfitAndLoss) -> str:
    amount = app.numbers.money(abs(pnl.profit))
    won, lost = app.say("So far it added {amount}", amount=amount), app.say("So far it cost {amount}", amount=amount)
    return won if pnl.profit >= 0 else lost


def _draw(app: App, finding: str, caption: str, pnl: ProfitAndLoss, *, actual: bool) -> None:
    with st.container(gap="xxsmall"):
        st.header(esc(finding), anchor=False)
        st.caption(esc(caption))
    drawing = waterfall(pnl_steps(app.words, pnl), app.numbers, totals="actual" if actual else "plan")
    chart(app, drawing, finding, key="money")


def cash(app: App, plan: StoredPlan, found: Cash, done: int) -> None:
    """Money on hand week by week: what was paid and received, what may come, and the plan dashed."""
    finding = told.of_cash_weeks(app.words, found, done)
    fresh, course = not done, found.cumulative
    planned = () if fresh else planned_cash(plan)
    unit = app.numbers.unit((*course.low, *course.high))
    with st.container(gap="xxsmall"):
        st.header(esc(finding), anchor=False)
        facts = {"unit": unit.name}
        text = app.say("Money received less money paid since the start, {unit}, after the team; band: 8 of 10 outcomes",
                       **facts)  # fmt: skip
        st.caption(esc(text))
    drawing = fan(found.week_ends, course, app.numbers, app.words, unit, done=done, plan=planned)
    chart(app, drawing, finding, key="ahead")
