"""Review: plan against actual, and why; what it did to the income statement."""

import streamlit as st

from budget.forecast import Forecast, Missing
from budget.money import MICROS, major
from budget.pacing import Pacing
from budget.plan import StoredPlan
from budget.present import headlines
from budget.present.charts.bridge import Effect, bridge
from budget.present.charts.pacing import funnel, pacing
from budget.present.charts.rows import Result
from budget.present.charts.rows import results as result_rows
from budget.present.charts.waterfall import waterfall
from budget.present.escape import esc
from budget.present.plan_words import plan_sentence
from budget.present.steps import pnl_steps
from budget.present.vocabulary import DRIVER_HELP, DRIVERS, PNL_STEPS, key_name, line_names
from budget.review import Review
from pages.parts import findings, frame, matcher, origin, rates, results, review_cards, states, variance, yours
from pages.parts.choice import choose

ALL = ""

app = frame.enter()
states.main_or_stop(app)
plan: StoredPlan = app.locked or states.main_or_stop(app)
names = line_names(app.words, plan)
uploaded = results.actuals(app, plan)
found = results.reviewed(app, plan)


def heading(of: Review) -> None:
    """The finding, the days it rests on, and the plan it is judged against."""
    facts = {"period": app.numbers.period(*of.period), "name": plan.name}
    locked = app.say("Review · {period} · against the baseline {name}", **facts)
    draft = app.say("Review · {period} · against the draft {name}: lock a baseline to judge fairly", **facts)
    frame.title(app, headlines.of_review(app.words, app.numbers, of), locked if app.locked else draft)


def why(of: Review) -> None:
    """Plan to actual, one driver a row."""
    difference = of.actual_pnl.after_media - of.plan_pnl.after_media
    cause = headlines.main_driver(of.drivers, difference)
    finding = (
        app.say("Largest cause: {driver}", driver=app.say(DRIVERS[cause.name]))
        if cause
        else app.say("From plan to actual")
    )
    with st.container(gap="xxsmall"):
        st.header(finding, anchor=False)
        st.caption(app.say("Profit after media to date, {currency}. The steps add up exactly; grey is within the noise",
                           currency=plan.currency))  # fmt: skip
    labels = {ALL: app.say("All channels")} | {key: key_name(app.words, names, key) for key in of.channels}
    key = choose(app, st.container(), app.say("Channel"), list(labels), key="why_channel", shown=labels.__getitem__,
                 label_visibility="collapsed")  # fmt: skip
    drivers = of.drivers_by_channel[key] if key else of.drivers
    before, after = of.channels[key] if key else (of.plan_pnl, of.actual_pnl)
    effects = [Effect(app.say(DRIVERS[d.name]), d.effect_micros, d.within_noise) for d in drivers]
    ends = (app.say("Plan"), before.after_media), (app.say("Actual"), after.after_media)
    frame.chart(app, bridge(ends[0], effects, ends[1], app.numbers), finding, key="why")
    with st.expander(app.say("Show the numbers")):
        rows = [
            (app.say(DRIVERS[d.name]), app.numbers.money_signed(d.effect_micros), app.say(DRIVER_HELP[d.name]))
            for d in drivers
        ]
        findings.table(app, [app.say("Cause"), app.say("Effect"), app.say("What it means")], rows)


def pace(of: Pacing) -> None:
    """Is the money going out as planned, and what to spend a day."""
    shift = of.pace.projected / (of.budget_micros / MICROS) - 1
    facts = {"share": app.numbers.percent(abs(shift)), "day": app.numbers.money_of(of.pace.required_day)}
    over = app.say("Spending will end {share} over budget; {day} a day would meet it", **facts)
    under = app.say("Spending will end {share} under budget; {day} a day would meet it", **facts)
    ended = app.say("The plan has ended")
    finding = ended if not of.days_left else over if shift > 0 else under
    unit = app.numbers.unit((of.budget_micros / MICROS,))
    with st.container(gap="xxsmall"):
        st.header(finding, anchor=False)
        st.caption(app.say("Cumulative spend, {unit}. Dashes: plan; blue band: 8 of 10 outcomes", unit=unit.name))
    frame.chart(app, pacing(of.days, of.pace, of.days_done, app.numbers, app.words, unit), finding, key="pace")
    st.caption(app.say("The same, as % above or below plan. Ochre: allowed, narrowing from 25% to 1%"))
    frame.chart(app, funnel(of.days, of.pace, of.days_done, app.numbers, app.words), finding, key="pace_band")


def three(of: Review) -> None:
    """Execution apart from market."""
    finding = headlines.of_three(app.words, app.numbers, of.three)
    with st.container(gap="xxsmall"):
        st.header(finding, anchor=False)
        st.caption(app.say("Profit after media, {currency}: the plan, the plan at the money spent, what happened",
                           currency=plan.currency))  # fmt: skip
    rows = [
        Result(app.say("Plan as written"), major(of.three.planned_micros), "plan"),
        Result(app.say("Plan at money spent"), major(of.three.as_spent_micros), "forecast"),
        Result(app.say("What happened"), major(of.three.actual_micros), "actual"),
    ]
    frame.chart(app, result_rows(rows, app.numbers), finding, key="three")


def income(of: Review) -> None:
    """The actual P&L to date, with the plan's beside it."""
    roi = app.numbers.percent(of.actual_pnl.roi)
    finding = app.say("ROI to date: {roi}; planned: {planned}", roi=roi, planned=app.numbers.percent(of.plan_pnl.roi))
    with st.container(gap="xxsmall"):
        st.header(finding, anchor=False)
        st.caption(app.say("ROI = (contribution caused by ads − all programme cost) ÷ all programme cost. {currency}",
                           currency=plan.currency))  # fmt: skip
    frame.chart(app, waterfall(pnl_steps(app.words, of.actual_pnl), app.numbers), finding, key="income")
    with st.expander(app.say("Plan beside actual")):
        rows = []
        for key in PNL_STEPS:
            before, after = getattr(of.plan_pnl, key), getattr(of.actual_pnl, key)
            if key == "challenges" and not (before or after):
                continue
            exact = app.numbers.money_exact
            rows.append(
                (app.say(PNL_STEPS[key]), exact(before), exact(after), app.numbers.money_signed(after - before))
            )
        findings.table(app, [app.say("Item"), app.say("Planned"), app.say("Actual"), app.say("Difference")], rows)


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


if found is None:
    rates.missing_rates(app, plan, uploaded.unconverted)
    empty()
else:
    heading(found)
    review_cards.strip(app, results.trust(app, plan), uploaded)
    review_cards.cards(app, found, results.projected(app, plan))
    known()
    noticed(found)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        if paced := results.paced(app, plan):
            pace(paced)
    with right:
        why(found)
    left, right = st.columns([5, 7], gap="medium")
    with left:
        three(found)
    with right:
        income(found)
    with st.container(gap="xxsmall"):
        st.header(app.say("Plan, actual, difference"), anchor=False)
        st.caption(app.say("To date, {currency}. Ratios are ratios of sums", currency=plan.currency))
    channel, week = variance.variance(app, found, names)
    origin.origin(app, plan, found, names, channel, week)
