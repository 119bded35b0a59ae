"""Did social add money: the income statement to programme profit, and cash week by week."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

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
from pages.parts import results
from pages.parts.app import App
from pages.parts.screen import chart

Span = Literal["whole", "to_date"]
SPANS: Sequence[Span] = ("whole", "to_date")


def statement(app: App, forecast: Forecast, reviewed: Review | None, projection: Projection | None) -> None:
    """The waterfall from net revenue to programme profit: the whole plan, or to date once there are uploads."""
    if reviewed is None or projection is None:
        _block(app, st.container(gap="xxsmall"), _planned(app, forecast), actual=False)
        return
    head = st.container(gap="xxsmall")
    over = projection.weeks_done == len(projection.weeks)
    shown = _span(app, over=over)
    _block(
        app,
        head,
        _to_date(app, reviewed, over=over) if shown == "to_date" else _whole(app, reviewed, projection),
        actual=True,
    )


class Told(NamedTuple):
    """A statement with its finding and its source, as plain text."""

    pnl: ProfitAndLoss
    finding: str
    caption: str


def _block(app: App, head: DeltaGenerator, of: Told, *, actual: bool) -> None:
    with head:
        st.header(esc(of.finding), anchor=False, help=_steps_help(app))
        st.caption(esc(of.caption))
    drawing = waterfall(pnl_steps(app.words, of.pnl), app.numbers, totals="actual" if actual else "plan")
    chart(app, drawing, of.finding, key="money")


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


def _steps_help(app: App) -> str:
    return app.say(
        "Net revenue: without VAT, discounts, returns and what would have come anyway. Gross margin: less goods. After "
        "fulfilment: less delivery, payment fees and returns. After media: less what platforms cost, with VAT that is "
        "not recovered, and fees. Profit: less people, agency, tools and production."
    )


def _planned(app: App, forecast: Forecast) -> Told:
    pnl, middle = forecast.pnl, app.numbers.money_of(forecast.profit.mid)
    amount = app.numbers.money(abs(pnl.profit))
    won, lost = app.say("It should add {amount}", amount=amount), app.say("It should cost {amount}", amount=amount)
    caption = app.say("The plan with every figure as likely, {currency}; the middle of its outcomes is {middle}. "
                      "Net of VAT, discounts and returns", currency=app.numbers.currency, middle=middle)  # fmt: skip
    return Told(pnl, won if pnl.profit >= 0 else lost, caption)


def _to_date(app: App, reviewed: Review, *, over: bool) -> Told:
    pnl = reviewed.actual_pnl
    amount = app.numbers.money(abs(pnl.profit))
    won, lost = app.say("So far it added {amount}", amount=amount), app.say("So far it cost {amount}", amount=amount)
    if over:
        won, lost = app.say("It added {amount}", amount=amount), app.say("It cost {amount}", amount=amount)
    caption = app.say("Income statement to {day}, {currency}. Net of VAT, discounts and returns",
                      day=app.numbers.date(reviewed.period.end - DAY), currency=app.numbers.currency)  # fmt: skip
    return Told(pnl, won if pnl.profit >= 0 else lost, caption)


def _whole(app: App, reviewed: Review, projection: Projection) -> Told:
    pnl = whole_plan(reviewed.actual_pnl, projection.remaining, projection.profit.mid)
    caption = app.say("The whole plan, {currency}: what happened to {day}, then the middle of the outcomes to come. "
                      "Net of VAT, discounts and returns", day=app.numbers.date(reviewed.period.end - DAY),
                      currency=app.numbers.currency)  # fmt: skip
    return Told(pnl, told.of_statement(app.words, app.numbers, pnl), caption)


def cash(app: App, plan: StoredPlan, found: Cash, done: int) -> None:
    """Money on hand week by week: what was paid and received, what may come, and the plan dashed."""
    finding, course = told.of_cash_weeks(app.words, found, done), found.cumulative
    unit = app.numbers.unit((*course.low, *course.high))
    help_text = app.say("Revenue when it is received; media, goods and the team when they are paid: by the days on the "
                        "Forecast screen.")  # fmt: skip
    with st.container(gap="xxsmall"):
        st.header(esc(finding), anchor=False, help=help_text)
        st.caption(esc(app.say("Money received less money paid since the start, {unit}, after the team; band: 8 of 10 "
                               "outcomes", unit=unit.name)))  # fmt: skip
    planned, first = planned_cash(plan, found.terms) if done else (), results.immature(app, plan).first_day
    early = sum(first is not None and day >= first for day in found.week_ends[:done])
    drawing = fan(found.week_ends, course, app.numbers, app.words, unit, done=done, plan=planned, early=early)
    chart(app, drawing, finding, key="ahead")
    if early:
        st.caption(app.say("Pale: weeks whose conversions still arrive."))
