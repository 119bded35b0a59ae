"""Overview: did it add money, what is the chance of the goal, cut or keep or grow, what goes first, approve."""

import streamlit as st

from budget.actuals import Actuals
from budget.forecast import Forecast, Missing
from budget.money import major
from budget.next_steps import Step, next_steps
from budget.plan import StoredPlan
from budget.present import headlines, overview_words
from budget.present.escape import esc
from budget.present.step_words import STEP_PAGES, STEP_SENTENCES
from budget.present.vocabulary import MEASURES, line_names
from budget.projection import Projection
from budget.review import Review
from budget.weeks import DAY
from pages.parts import (
    alerts,
    findings,
    first_visit,
    frame,
    overview_budgets,
    overview_cards,
    overview_done,
    overview_money,
    overview_record,
    plan_versions,
    print_view,
    results,
    variance,
    yours,
)

MOST_ALERTS = 3
"""An owner has fifteen minutes: the rest is folded."""

app = frame.enter()


def heading(plan: StoredPlan, finding: str, uploaded: Actuals) -> None:
    """The finding, the firm, how far the data reach, who approved what; the press that prints."""
    parts = [app.workspace.name if app.workspace else "", plan.name]
    parts += [app.numbers.period(*plan.period)] if plan.period else []
    until = min(uploaded.until.values(), default=None)
    parts += [app.say("data to {day}", day=app.numbers.date_short(until - DAY))] if until else []
    parts.append(overview_done.approval(app))
    with frame.title(app, finding, " · ".join(part for part in parts if part)):
        print_view.button(app)


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
    with st.container(key="overview_steps"):
        st.header(app.say("What next"), anchor=False)
        for step in found:
            facts = {"day": app.numbers.date(step.day), "n": str(step.count)}
            with st.container(horizontal=True, vertical_alignment="center", key=f"step_{step.code}"):
                st.page_link(f"pages/{STEP_PAGES[step.code]}.py", label=app.say(STEP_SENTENCES[step.code], **facts),
                             icon=":material/arrow_forward:")  # fmt: skip


def sentence(forecast: Forecast, reviewed: Review | None, projection: Projection | None) -> str:
    """The page's finding: how the plan ended, where it will end, or what it should return."""
    if projection is None or reviewed is None:
        return headlines.of_outcome(app.words, app.numbers, forecast.profit)
    if projection.weeks_done == len(projection.weeks):
        return overview_words.of_end(app.words, app.numbers, reviewed.actual_pnl.profit)
    return headlines.of_projection(app.words, app.numbers, projection)


def answers(plan: StoredPlan, forecast: Forecast, projection: Projection | None) -> None:
    """The four cards, and how much of them is the firm's own."""
    before = results.promised(app, plan) if projection else None
    overview_cards.show(app, plan, projection or forecast, before)
    st.caption(esc(yours.told(app, forecast.own_share, line_names(app.words, plan))))
    if projection:
        yours.throughout(app, plan, forecast)


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
    heading(plan, sentence(forecast, reviewed, projection), uploaded)
    alerts.show(app, plan, here="overview", most=MOST_ALERTS)
    plan_versions.waiting(app)
    answers(plan, forecast, projection)
    money, cash = st.columns([7, 5], gap="medium")
    with money:
        overview_money.statement(app, forecast, reviewed, projection)
    with cash:
        overview_money.cash(app, plan, (projection or forecast).cash, projection.weeks_done if projection else 0)
    budgets, record = st.columns([7, 5], gap="medium")
    place = budgets.empty()
    place.skeleton(height=overview_budgets.HEIGHT)
    with record:
        overview_record.show(app, results.judged_weeks(app, plan))
    below(plan, reviewed, todo)
    # The budgets take longest where they are not known yet: all else is on the screen by then.
    with place.container():
        overview_budgets.frontier(app, app.plan or plan)


def below(plan: StoredPlan, reviewed: Review | None, todo: tuple[Step, ...]) -> None:
    """The lines that go first; what was decided and done; are we on plan; what next."""
    now = app.plan or plan
    overview_budgets.first_to_go(app, results.first_to_go(app, now), line_names(app.words, now))
    left, right = st.columns([7, 5], gap="medium")
    with left:
        overview_done.show(app, plan)
    with right:
        if reviewed:
            on_plan(reviewed)
        steps(todo)


current = app.locked or app.plan
if current is None or st.session_state.get("_another"):
    first_visit.show(app)
else:
    overview(current)
