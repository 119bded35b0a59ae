"""Tests of what ads cause: those that were entered and what they changed, a new one, what a planned one would see."""

import streamlit as st

from budget.believed import believed_return
from budget.business import business_of
from budget.fans import Interval
from budget.lifts import Lift, detectable
from budget.money import major
from budget.plan import StoredPlan
from budget.present.charts.rows import Range, ranges
from budget.present.escape import esc
from budget.present.numbers import Unit
from budget.present.sales_words import EXPERIMENTS, named
from budget.sales_model import Missing, SalesModel
from budget.store import Experiment
from budget.weekly_spend import Channel, channel_of
from pages.parts import lift_form, results, sales_results
from pages.parts.app import App
from pages.parts.choice import choose
from pages.parts.screen import chart

GONE = "_test_gone"
CENTS = Unit(1, 2, "")
PAST_WEEKS = 52
FEWEST_PAST = 8


def tests_section(app: App, plan: StoredPlan) -> None:
    """The whole section: entered tests on the left, the calculator on the right, the form below."""
    left, right = st.columns([7, 5], gap="medium")
    with left:
        _entered(app, plan)
        lift_form.form(app, plan, channels(app, plan))
    with right:
        _calculator(app, plan)


def channels(app: App, plan: StoredPlan) -> list[str]:
    """Keys of all channels that were uploaded or planned."""
    found = sales_results.model(app, plan)
    uploaded = [one.channel for one in found.channels] if isinstance(found, SalesModel) else []
    planned = [Channel(line.platform, line.tactic) for line in plan.lines]
    return list(dict.fromkeys(channel.key for channel in [*uploaded, *planned]))


def _entered(app: App, plan: StoredPlan) -> None:
    """Every test with its own result, and sales for 1 of its channel before and after it."""
    lifts = sales_results.lifts(app, plan)
    with st.container(gap="xxsmall"):
        none = app.say("No test of what ads cause was entered yet")
        finding = app.count("{n} test tells what ads cause", "{n} tests tell what ads cause", len(lifts))
        st.header(finding if lifts else none, anchor=False)
        st.caption(app.say("A test in which spend was changed on purpose says more than months of usual weeks"))
    _gone(app, plan)
    if lifts:
        after, before = sales_results.model(app, plan), sales_results.model(app, plan, tested=False)
        stored = {one.experiment_id: one for one in app.store.experiments(plan.workspace_id)}
        for lift in lifts:
            _test(app, plan, stored[lift.experiment_id], lift, (_of(before, lift), _of(after, lift)))


def _of(found: SalesModel | Missing, lift: Lift) -> Interval | None:
    known = found.channels if isinstance(found, SalesModel) and found.settled else ()
    return next((one.iroas for one in known if one.channel == lift.channel), None)


def _test(
    app: App, plan: StoredPlan, one: Experiment, lift: Lift, effect: tuple[Interval | None, Interval | None]
) -> None:
    money, name = app.numbers.money, named(app.words, lift.channel.key)
    facts = {
        "spend": app.numbers.money_signed(lift.spend_change_micros),
        "sales": app.numbers.money_signed(lift.sales_change_micros),
        "range": app.numbers.money_span(major(lift.low_micros), major(lift.high_micros)),
    }
    with st.container(gap="xxsmall", key=f"test_{one.experiment_id}"):
        st.markdown(f"{esc(name)} · {esc(app.say(EXPERIMENTS[lift.kind]))}")
        said = app.say("{spend} a week changed sales by {sales} a week ({range})", **facts)
        usual = app.say("before it {amount} a week", amount=money(lift.spend_before_micros))
        parts = [app.numbers.period(lift.start_date, lift.end_date), *([usual] if lift.spend_before_micros else [])]
        st.caption(esc(" · ".join(parts)))
        st.caption(esc(said))
        before, after = effect
        if before and after:
            spans = {"before": _span(app, before), "after": _span(app, after)}
            told = app.say("Sales for 1: {before} without the test, {after} with it", **spans)
            st.caption(esc(told))
            sides = [
                Range(app.say("Without the test"), before.low, before.mid, before.high, "plan"),
                Range(app.say("With the test"), after.low, after.mid, after.high),
            ]
            chart(app, ranges(sides, app.numbers, CENTS), told, key=f"test_effect_{one.experiment_id}")
        if st.button(app.say("Take away"), key=f"end_{one.experiment_id}", icon=":material/close:", type="tertiary"):
            st.session_state[GONE] = app.store.remove_experiment(
                plan.workspace_id, one.experiment_id, seen_version=one.version
            )
            st.rerun()


def _span(app: App, found: Interval) -> str:
    return app.numbers.span(app.numbers.unit_price(found.low), app.numbers.unit_price(found.high))


def _gone(app: App, plan: StoredPlan) -> None:
    gone: Experiment | None = st.session_state.get(GONE)
    if gone is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(app.say("The test counts no more."), icon=":material/check_circle:")
        if st.button(app.say("Undo"), key="undo_test", icon=":material/undo:", type="tertiary"):
            app.store.restore_experiment(plan.workspace_id, gone.experiment_id, seen_version=gone.version)
            st.session_state.pop(GONE)
            st.rerun()


def _calculator(app: App, plan: StoredPlan) -> None:
    """The smallest change that a planned test would see, the money that takes, and the chance of the planned one."""
    with st.container(border=True):
        place = st.container(gap="xxsmall")
        key = choose(app, st.container(), app.say("Channel"), channels(app, plan), key="calculated",
                     shown=lambda one: named(app.words, one))  # fmt: skip
        first, second = st.columns(2)
        weeks = first.number_input(app.say("Weeks of the test"), 1, 26, 4, key="test_weeks")
        change = second.number_input(
            app.say("Change of spend a week, {currency}", currency=plan.currency), 0.0, 1e9, 0.0, step=100.0,
            format=app.numbers.input_format(2), key="test_change",
        )  # fmt: skip
        groups = lift_form.regions(app, "planned") if lift_form.by_region(app, "planned") else None
        past = _past(app, plan)
        sold, control = (groups.test, groups.control) if groups else (past, ())
        with place:
            _seen(app, plan, channel_of(key), weeks, change, sold, control)


def _past(app: App, plan: StoredPlan) -> tuple[float, ...]:
    """The last weeks of sales; where the model explains them, only what it leaves open makes a test hard to read."""
    found = sales_results.model(app, plan)
    known = found.by_itself if isinstance(found, SalesModel) and found.speaks else ()
    return (known or tuple(sales_results.booked(app, plan).amounts.values()))[-PAST_WEEKS:]


def _seen(
    app: App,
    plan: StoredPlan,
    channel: Channel,
    weeks: int,
    change: float,
    sold: tuple[float, ...],
    control: tuple[float, ...],
) -> None:
    if len(sold) < FEWEST_PAST:
        st.header(app.say("What would a test see?"), anchor=False)
        text = app.say("It takes {weeks} weeks of sales to say how much they vary by themselves. Paste them under "
                       "Weekly sales, or two regions here.", weeks=str(FEWEST_PAST))  # fmt: skip
        st.caption(text)
        return
    business, sales = business_of(plan), sales_results.model(app, plan)
    iroas = believed_return(plan, business, results.actuals(app, plan), sales, channel)
    found = detectable(sold, weeks, control=control, iroas=iroas, spend_change=change or None)
    facts = {"lift": app.numbers.money_of(found.lift), "share": app.numbers.percent(found.share)}
    length = app.count("A test of {n} week", "A test of {n} weeks", weeks)
    finding = app.say("{test} sees a change of {lift} a week, {share} of sales", test=length, **facts)
    st.header(esc(finding), anchor=False)
    st.caption(app.say("Seen 8 times of 10; a smaller change can drown in the usual ups and downs"))
    if found.spend_change is None:
        st.write(esc(app.say("What {channel} sells is not known yet, so the money it takes cannot be said.",
                             channel=named(app.words, channel.key))))  # fmt: skip
        return
    spend = app.numbers.money_of(found.spend_change)
    believed = app.numbers.unit_price(iroas)
    st.write(esc(app.say("At the {believed} of sales for 1 that is believed now, that takes {spend} a week more or "
                         "less.", believed=believed, spend=spend)))  # fmt: skip
    if found.chance is not None:
        planned = {"change": app.numbers.money_of(change), "chance": app.numbers.chance(found.chance)}
        enough = app.say("A change of {change} a week would be seen with a chance of {chance}.", **planned)
        little = app.say("A change of {change} a week would be seen with a chance of only {chance}: test longer, or "
                         "change more.", **planned)  # fmt: skip
        st.write(esc(enough if found.chance >= 0.8 else little))
