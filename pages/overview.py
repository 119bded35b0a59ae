"""Overview: did it add money, are we on plan, what is the chance of the goal, what next."""

import streamlit as st

from budget.actuals import Actuals
from budget.forecast import Forecast, Missing
from budget.money import major
from budget.next_steps import Step, next_steps
from budget.plan import StoredPlan
from budget.pnl import ProfitAndLoss
from budget.present import headlines
from budget.present.charts.fan import fan
from budget.present.charts.waterfall import waterfall
from budget.present.escape import esc
from budget.present.step_words import STEP_PAGES, STEP_SENTENCES
from budget.present.steps import pnl_steps
from budget.present.vocabulary import MEASURES, line_names
from budget.projection import Projection
from budget.review import Review
from budget.weeks import DAY
from pages.parts import cards as cards_part
from pages.parts import findings, first_visit, frame, plan_versions, results, variance, yours

app = frame.enter()


def heading(plan: StoredPlan, finding: str, uploaded: Actuals) -> None:
    """The finding, the firm, and how far the data reach."""
    parts = [app.workspace.name if app.workspace else "", plan.name]
    parts += [app.numbers.period(*plan.period)] if plan.period else []
    until = min(uploaded.until.values(), default=None)
    parts += [app.say("data to {day}", day=app.numbers.date_short(until - DAY))] if until else []
    parts.append(app.say("baseline locked") if app.locked else app.say("draft, not approved yet"))
    frame.title(app, finding, " · ".join(part for part in parts if part))


def cards(of: Forecast | Projection, plan: StoredPlan) -> None:
    """The four answers of the owner's page."""
    numbers, profit = app.numbers, of.profit
    span = numbers.span(numbers.compact(profit.low), numbers.compact(profit.high))
    week = app.say("week {n}", n=str(of.payback_week)) if of.payback_week else app.say("not in the plan")
    weeks = app.count("of {n} week", "of {n} weeks", len(of.weeks))
    loss_help = app.say("Share of outcomes in which the programme costs more than it brings.")
    with st.grid(4, min_column_width=150, gap="small"):
        goal = cards_part.goal_text(app, plan), cards_part.goal_help(app, plan)
        cards_part.card(app.say("Chance of the goal"), numbers.chance(of.p_target), *goal)
        cards_part.card(app.say("Chance of a loss"), numbers.chance(of.p_loss), app.say("after the team"), loss_help)
        help_text = app.say("After media and the team; 8 of 10 outcomes lie in the range.")
        cards_part.card(app.say("Profit, projected"), numbers.money_of_compact(profit.mid), span, help_text)
        help_text = app.say("The first week from which cumulative profit stays above zero.")
        cards_part.card(app.say("Pays back in"), week, weeks, help_text)


def money(pnl: ProfitAndLoss, to_date: Review | None) -> None:
    """Did it add money? The income statement, actual to date or planned."""
    amount = app.numbers.money(abs(pnl.profit))
    if to_date:
        won, lost = (
            app.say("So far it added {amount}", amount=amount),
            app.say("So far it cost {amount}", amount=amount),
        )
        caption = app.say("Income statement to {day}, {currency}. Net of VAT, discounts and returns",
                          day=app.numbers.date(to_date.period.end - DAY), currency=app.numbers.currency)  # fmt: skip
    else:
        won, lost = app.say("It should add {amount}", amount=amount), app.say("It should cost {amount}", amount=amount)
        caption = app.say("The plan at its likely figures, {currency}. Net of VAT, discounts and returns",
                          currency=app.numbers.currency)  # fmt: skip
    finding = won if pnl.profit >= 0 else lost
    with st.container(gap="xxsmall"):
        st.header(finding, anchor=False)
        st.caption(caption)
    drawing = waterfall(pnl_steps(app.words, pnl), app.numbers, totals="actual" if to_date else "plan")
    frame.chart(app, drawing, finding, key="money")


def ahead(of: Forecast | Projection, done: int) -> None:
    """Cumulative profit week by week, what happened and what may come."""
    unit = app.numbers.unit((of.profit.low, of.profit.high))
    finding = headlines.of_payback(app.words, of)
    with st.container(gap="xxsmall"):
        st.header(finding, anchor=False)
        fresh = app.say("Cumulative profit after the team, {unit}; band holds 8 of 10 outcomes", unit=unit.name)
        running = app.say("{text}, how much ads truly caused included", text=fresh)
        st.caption(running if done else fresh)
    drawing = fan(of.week_ends, of.cumulative_profit, app.numbers, app.words, unit, done=done)
    frame.chart(app, drawing, finding, key="ahead")


def on_plan(of: Review) -> None:
    """Are we on plan? The three figures that say it, and the way to why."""
    with st.container(gap="xxsmall"):
        st.header(headlines.of_review(app.words, app.numbers, of), anchor=False)
        st.caption(app.say("Plan and actual to date, {currency}", currency=app.numbers.currency))
    planned, actual = of.total
    rows = [(app.say(MEASURES[name]), *variance.cells(app, name, planned, actual)) for name in ("spend", "conversions")]
    before, after = of.plan_pnl.after_media, of.actual_pnl.after_media
    exact = app.numbers.decimal
    sides = exact(major(before)), exact(major(after)), app.numbers.signed(major(after - before), 2)
    rows.append((app.say("Profit after media"), *sides))
    findings.table(app, [app.say("Item"), app.say("Planned"), app.say("Actual"), app.say("Difference")], rows)
    st.page_link("pages/review.py", label=app.say("See why in the review"), icon=":material/arrow_forward:")


def steps(found: tuple[Step, ...]) -> None:
    """What next, each with the way to it."""
    st.header(app.say("What next"), anchor=False)
    for step in found:
        facts = {"day": app.numbers.date(step.day), "n": str(step.count)}
        with st.container(horizontal=True, vertical_alignment="center", key=f"step_{step.code}"):
            st.page_link(f"pages/{STEP_PAGES[step.code]}.py", label=app.say(STEP_SENTENCES[step.code], **facts),
                         icon=":material/arrow_forward:")  # fmt: skip


def overview(plan: StoredPlan) -> None:
    """The page of a firm that has a plan."""
    uploaded = results.actuals(app, plan)
    campaigns = results.campaigns(app, plan)
    todo = next_steps(plan, locked=app.locked is not None, actuals=uploaded, campaigns=campaigns, today=app.today)
    forecast = results.forecasted(app, plan)
    if isinstance(forecast, Missing):
        heading(plan, app.say("What the first forecast still needs"), uploaded)
        steps(todo)
        return
    reviewed = results.reviewed(app, plan)
    projection = results.projected(app, plan) if reviewed else None
    shown = projection or forecast
    finding = headlines.of_outcome(app.words, app.numbers, forecast.profit)
    heading(plan, headlines.of_projection(app.words, app.numbers, projection) if projection else finding, uploaded)
    plan_versions.waiting(app)
    cards(shown, plan)
    st.caption(esc(yours.told(app, forecast.own_share, line_names(app.words, plan))))
    if projection:
        yours.throughout(app, plan, forecast)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        money(reviewed.actual_pnl if reviewed else forecast.pnl, reviewed)
    with right:
        ahead(shown, projection.weeks_done if projection else 0)
    left, right = st.columns([7, 5], gap="medium")
    with right:
        steps(todo)
    if reviewed:
        with left:
            on_plan(reviewed)


current = app.locked or app.plan
if current is None or st.session_state.get("_another"):
    first_visit.show(app)
else:
    overview(current)
