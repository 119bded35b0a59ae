"""Forecast: what the plan should return, how sure that is, and where the money still works."""

import streamlit as st

from budget.fans import Interval
from budget.forecast import Forecast, Missing
from budget.money import MICROS
from budget.plan import StoredPlan
from budget.present import headlines
from budget.present.charts.fan import fan
from budget.present.charts.waterfall import waterfall
from budget.present.escape import esc
from budget.present.forecast_words import forecast_sentence
from budget.present.plan_words import plan_sentence
from budget.present.steps import pnl_steps
from budget.present.vocabulary import MEASURE_HELP, MEASURES, line_names
from pages.parts import (
    challenge_note,
    findings,
    forecast_cash,
    forecast_curve,
    forecast_goals,
    forecast_people,
    forecast_results,
    forecast_sources,
    forecast_tornado,
    forecast_weekly,
    frame,
    results,
    scenarios,
    states,
    yours,
)
from pages.parts.cards import card, goal_help, goal_text

app = frame.enter()
plan = states.plan_or_stop(app)
names = line_names(app.words, plan)
found = results.forecasted(app, plan)


def missing(lacking: Missing) -> None:
    """Why there is no forecast yet, and where to go."""
    frame.title(app, app.say("No forecast yet"), app.say("Forecast · what is still missing"))
    findings.listed(app, lacking.findings, lambda f: plan_sentence(f, app.words, app.numbers, names))
    st.page_link("pages/plan.py", label=app.say("Go to the plan"), icon=":material/arrow_forward:")
    st.page_link("pages/business.py", label=app.say("Go to the business"), icon=":material/arrow_forward:")


def cards(of: Forecast) -> None:
    """Five numbers with the range that 8 of 10 outcomes fall into."""
    numbers, revenue = app.numbers, of.totals["revenue"]
    with st.grid(5, min_column_width=150, gap="small"):
        for metric in ("reach", "conversions"):
            chip = span(of.totals[metric])
            card(app.say(MEASURES[metric]), numbers.compact(of.totals[metric].mid), chip, app.say(MEASURE_HELP[metric]))
        help_text = app.say("Net of VAT, discounts and returns; only what ads truly cause.")
        card(app.say("Net revenue"), numbers.money_of_compact(revenue.mid), span(revenue), help_text)
        card(app.say("Chance of the goal"), numbers.chance(of.p_target), goal_text(app, plan), goal_help(app, plan))
        help_text = app.say("Share of outcomes in which the programme costs more than it brings.")
        card(app.say("Chance of a loss"), numbers.chance(of.p_loss), app.say("after the team"), help_text)


def span(of: Interval) -> str:
    """8 of 10 outcomes, short."""
    return app.numbers.span(app.numbers.compact(of.low), app.numbers.compact(of.high))


def profit(of: Forecast) -> None:
    """Cumulative programme profit with its range, and the plan at its likely figures."""
    unit = app.numbers.unit((of.profit.low, of.profit.high))
    finding = headlines.of_payback(app.words, of)
    with st.container(gap="xxsmall"):
        st.header(finding, anchor=False)
        st.caption(app.say("Cumulative profit after the team, {unit}; band: 8 of 10 outcomes, dots: their middle, "
                           "dashes: your likely figures", unit=unit.name))  # fmt: skip
    drawing = fan(of.week_ends, of.cumulative_profit, app.numbers, app.words, unit, plan=of.likely_cumulative_profit,
                  goal=profit_goal(of))  # fmt: skip
    frame.chart(app, drawing, finding, key="profit")


def profit_goal(of: Forecast) -> float | None:
    """The goal line, where the goal is a profit."""
    goal = of.objective
    return goal.target_micros / MICROS if goal and goal.kpi == "profit" and goal.target_micros else None


def income(of: Forecast) -> None:
    """The P&L at the likely figures."""
    with st.container(gap="xxsmall"):
        amount = app.numbers.money(of.pnl.profit)
        finding = app.say("At your likely figures the plan ends at {amount}", amount=amount)
        st.header(finding, anchor=False)
        st.caption(app.say("Income statement of the plan, {currency}. Net of VAT, discounts and returns",
                           currency=app.numbers.currency))  # fmt: skip
    drawing = waterfall(pnl_steps(app.words, of.pnl), app.numbers, totals="plan")
    frame.chart(app, drawing, finding, key="income")
    roi = app.numbers.percent(of.pnl.roi)
    st.caption(app.say("ROI {roi} = (contribution caused by ads − all programme cost) ÷ all programme cost", roi=roi))


def look_at(of: Forecast) -> None:
    """What deserves a look before the plan is locked."""
    noted = forecast_results.noted(app, plan, of)
    header = app.count("{n} thing to look at before you lock", "{n} things to look at before you lock", len(noted))
    st.header(header if noted else app.say("Nothing stands out"), anchor=False)
    findings.listed(app, noted, lambda f: forecast_sentence(f, app.words, app.numbers, names))
    st.caption(esc(yours.yours(app, of.own_share, of.measured, names)))


def heading(of: Forecast, current: StoredPlan) -> None:
    """The finding of the page."""
    caption = app.say("Forecast · {name}, version {version} · 8 of 10 outcomes fall in the range", name=current.name,
                      version=str(current.version))  # fmt: skip
    frame.title(app, headlines.of_outcome(app.words, app.numbers, of.profit), caption)
    challenge_note.show(app, current)


if isinstance(found, Missing):
    missing(found)
else:
    heading(found, plan)
    cards(found)
    first, second = st.columns(2, gap="medium")
    with first:
        profit(found)
    with second:
        forecast_curve.show(app, plan, found, names)
    third, fourth = st.columns(2, gap="medium")
    with third:
        forecast_tornado.show(app, plan, found, names)
    with fourth:
        look_at(found)
        forecast_goals.show(app, plan, found)
    fifth, sixth = st.columns(2, gap="medium")
    with fifth:
        income(found)
    with sixth:
        forecast_cash.show(app, plan, found.cash)
    seventh, eighth = st.columns(2, gap="medium")
    with seventh:
        forecast_people.show(app, plan, found.frequency, names)
    with eighth:
        forecast_weekly.show(app, plan, found, names)
    forecast_sources.show(app, plan, found, names)
scenarios.show(app, plan)
