"""Review: thirty minutes from what can be trusted, over what happened and why, to what is decided."""

import streamlit as st

from budget.forecast import Forecast, Missing
from budget.immature import early_from
from budget.plan import StoredPlan
from budget.present import headlines
from budget.present.escape import esc
from budget.present.plan_words import plan_sentence
from budget.present.vocabulary import line_names
from budget.review import Review
from budget.spans import name_of
from budget.weeks import Period
from pages.parts import (
    alerts,
    findings,
    frame,
    matcher,
    origin,
    rates,
    results,
    review_actions,
    review_cards,
    review_claims,
    review_close,
    review_decide,
    review_fatigue,
    review_income,
    review_next,
    review_notes,
    review_organic,
    review_pacing,
    review_span,
    review_three,
    review_trust,
    review_why,
    states,
    variance,
    yours,
)
from pages.parts.review_card_words import arrived_share
from pages.parts.review_looks import Looks

app = frame.enter()
states.main_or_stop(app)
plan: StoredPlan = app.locked or states.main_or_stop(app)
now: StoredPlan = app.plan or plan
names = line_names(app.words, plan)
uploaded = results.actuals(app, plan)


def heading(of: Looks) -> None:
    """The finding, the days it rests on, and the plan it is judged against."""
    facts = {"period": app.numbers.period(*of.found.period), "name": plan.name}
    locked = app.say("Review · {period} · against the baseline {name}", **facts)
    draft = app.say("Review · {period} · against the draft {name}: lock a baseline to judge fairly", **facts)
    finding = headlines.of_review(app.words, app.numbers, of.found)
    if not of.arrived.is_judged:
        facts = {"share": arrived_share(app, of.arrived), "amount": app.numbers.money(of.found.actual_pnl.after_media)}
        finding = app.say("Profit after media is {amount} so far, with {share} of conversions in", **facts)
    frame.title(app, finding, locked if app.locked else draft)


def noticed(of: Review) -> None:
    """What is left out or assumed, the campaigns without a line, missing rates."""
    findings.listed(app, of.findings, lambda f: plan_sentence(f, app.words, app.numbers, names))
    rates.missing_rates(app, plan, uploaded.unconverted)
    matcher.matcher(app, plan)


def known() -> None:
    """What the look ahead rests on; what has happened is the exports' own."""
    learned = results.learned(app, plan)
    if not isinstance(learned, Missing):
        ahead = yours.yours(app, learned.own_shares, learned.measured, names)
        st.caption(esc(app.say("To date all figures are your exports'. Ahead: {text}", text=ahead)))
    forecast = results.forecasted(app, plan)
    if isinstance(forecast, Forecast):
        yours.throughout(app, plan, forecast)


def empty() -> None:
    """Nothing uploaded yet."""
    states.nothing_yet(
        app,
        app.say("No results yet"),
        app.say("Upload the platforms' exports as downloaded; the review is there at once."),
        "pages/upload.py",
        app.say("Upload exports"),
    )


def looks(found: Review, span: Period | None) -> Looks:
    """What all blocks are made of."""
    return Looks(
        plan=plan,
        now=now,
        span=span,
        found=found,
        whole=results.reviewed(app, plan) or found,
        uploaded=uploaded,
        early=results.immature(app, plan),
        paced=results.paced(app, now),
        projection=results.projected(app, plan),
        promised=results.promised(app, plan),
        hundred=results.next_hundred(app, now),
        names=names,
    )


def show(of: Looks) -> None:
    """From top to bottom, in the order of the work."""
    review_trust.strip(app, of)
    alerts.show(app, plan, here="review")
    review_actions.show(app, plan)
    review_cards.cards(app, of)
    known()
    noticed(of.found)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        review_pacing.show(app, of)
    with right:
        review_why.show(app, of)
        review_notes.show(app, plan, of.span)
    left, right = st.columns([5, 7], gap="medium")
    with left:
        review_three.show(app, of)
        review_next.show(app, of)
    with right:
        review_income.show(app, of)
    left, right = st.columns([5, 7], gap="medium")
    with left:
        review_claims.show(app, of)
        review_organic.show(app, now)
    with right:
        review_fatigue.show(app, of)
    review_decide.show(app, plan, of.found)
    review_close.show(app, plan, of.found, of.span)
    st.page_link("pages/report.py", label=app.say("Make the pack to pass on"), icon=":material/arrow_forward:")
    with st.container(gap="xxsmall"):
        st.header(app.say("Plan, actual, difference"), anchor=False)
        days = app.numbers.period(*of.found.period)
        st.caption(app.say("{days}, {currency}. Ratios are ratios of sums", days=days, currency=plan.currency))
    early = early_from(plan, of.early, of.found.actual, of.found.weeks)
    channel, week = variance.variance(app, of.found, names, early)
    origin.origin(app, plan, of.found, names, channel, week)


top = st.container()
closed = {name_of(Period(one.start_date, one.end_date)) for one in app.store.closings(plan.workspace_id)}
span = review_span.pick(app, plan.period, results.trust(app, plan), closed)
found = results.reviewed(app, plan, span)
if found is None and span is None:
    rates.missing_rates(app, plan, uploaded.unconverted)
    empty()
elif found is None:
    frame.title(app, app.say("Nothing was uploaded for these days"), review_span.span_words(app, span))
else:
    seen = looks(found, span)
    with top:
        heading(seen)
    show(seen)
