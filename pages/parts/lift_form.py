"""The form of a test: which channel, when, how spend changed, and what sales did, typed or from weekly sales."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import streamlit as st

from budget.errors import InvalidValue
from budget.lifts import Lift, WeeklyLift, lift_from_weeks, stored
from budget.money import micros
from budget.pasted_sales import Groups, read_groups
from budget.plan import StoredPlan
from budget.present.escape import esc
from budget.present.sales_words import EXPERIMENTS, named, sales_sentence
from budget.present.words import N_
from budget.store.review_values import ExperimentKind
from budget.weekly_spend import channel_of
from budget.weeks import DAY, WEEK, Period
from pages.parts import findings, sales_paste, sales_results
from pages.parts.app import App
from pages.parts.choice import choose

KINDS: tuple[ExperimentKind, ...] = ("on_off", "geo", "lift")
PAST_WEEKS = 26
SAVED = "_test_saved"
WRONG = N_("Spend must change, stay 0 or more, and the range must hold the change of sales.")
FEW = N_("At least 4 known weeks before the change and 1 whole week of it are needed.")
GROUP_ROWS = 140


class Spent(NamedTuple):
    """Money of a usual week before, and of a week of the test."""

    before: float
    during: float


def form(app: App, plan: StoredPlan, channels: list[str]) -> None:
    """The folded form; what it says so far is shown before it is kept."""
    if st.session_state.pop(SAVED, False):
        st.success(
            app.say("The test is kept; what is measured from sales takes it in."), icon=":material/check_circle:"
        )
    with st.expander(app.say("Enter a test"), icon=":material/science:"):
        if not channels:
            st.caption(app.say("The plan has no line yet; a test needs a channel."))
            return
        key = choose(app, st.container(), app.say("Channel"), channels, key="test_channel",
                     shown=lambda one: named(app.words, one))  # fmt: skip
        kind = choose(app, st.container(), app.say("What was done"), KINDS, key="test_kind",
                      shown=lambda one: app.say(EXPERIMENTS[one]))  # fmt: skip
        days, spent = _days(app), _spent(app, plan)
        shown = _result(app, plan, kind, days)
        if days is None or shown is None or not spent.before + spent.during:
            return
        try:
            lift = _lift(plan, kind, key, days, spent, shown)
        except InvalidValue:
            st.markdown(f":orange[:material/warning:] {app.say(WRONG)}")
            return
        if st.button(app.say("Save this test"), key="go_test", type="primary", icon=":material/check:"):
            app.store.save_experiment(plan.workspace_id, stored(lift))
            st.session_state[SAVED] = True
            st.rerun()


def _days(app: App) -> Period | None:
    """First and last day of the changed spend."""
    picked = st.date_input(
        app.say("First and last day of the change"), [], max_value=app.today, format=app.numbers.grid_date_format,
        key="test_days",
    )  # fmt: skip
    if not isinstance(picked, tuple) or len(picked) != 2:
        return None
    return Period(picked[0], picked[1] + DAY)


def _spent(app: App, plan: StoredPlan) -> Spent:
    first, second = st.columns(2)
    before = first.number_input(
        app.say("Spend a week before, {currency}", currency=plan.currency), 0.0, 1e9, 0.0, step=100.0,
        format=app.numbers.input_format(2), key="test_before",
        help=app.say("Of the whole channel. In a test of regions the change below is that of the tested region."),
    )  # fmt: skip
    during = second.number_input(
        app.say("Spend a week in the test, {currency}", currency=plan.currency), 0.0, 1e9, 0.0, step=100.0,
        format=app.numbers.input_format(2), key="test_during",
    )  # fmt: skip
    return Spent(before, during)


def _result(app: App, plan: StoredPlan, kind: ExperimentKind, days: Period | None) -> WeeklyLift | None:
    """What sales did: worked out from weekly sales, or as the person knows it."""
    if kind != "lift":
        options = ("weeks", "typed")
        shown = {"weeks": app.say("Work it out from weekly sales"), "typed": app.say("I know the result")}
        how = choose(app, st.container(), app.say("Change of sales"), options, key="test_how",
                     shown=shown.__getitem__)  # fmt: skip
        if how == "weeks":
            return _from_weeks(app, plan, kind, days)
    return _typed(app, plan)


def _typed(app: App, plan: StoredPlan) -> WeeklyLift | None:
    columns = st.columns(3)
    labels = (app.say("Low"), app.say("Change of sales a week, {currency}", currency=plan.currency), app.say("High"))
    values = [
        column.number_input(label, -1e9, 1e9, None, step=100.0, format=app.numbers.input_format(2), key=f"amount_{n}")
        for n, (column, label) in enumerate(zip(columns, labels, strict=True))
    ]
    st.caption(app.say("Low and high hold 8 of 10 outcomes; fewer sales are a negative change"))
    low, change, high = values
    if low is None or change is None or high is None:
        return None
    return WeeklyLift(change, low, high, 0.0)


def _from_weeks(app: App, plan: StoredPlan, kind: ExperimentKind, days: Period | None) -> WeeklyLift | None:
    if days is None:
        return None
    if kind == "geo":
        groups = regions(app, "entered")
        test, control = groups.test, groups.control
        start = len(test) - max(days.days // 7, 1)
    else:
        test, start = own_weeks(sales_results.booked(app, plan).amounts, days)
        control = ()
    if not test:
        return None
    try:
        found = lift_from_weeks(test, control, start)
    except InvalidValue:
        st.markdown(f":orange[:material/warning:] {app.say(FEW)}")
        return None
    change = app.numbers.money_of_signed(found.change)
    facts = {"change": change, "range": app.numbers.money_span(found.low, found.high)}
    st.markdown(esc(app.say("Sales changed by {change} a week ({range})", **facts)))
    return found


def own_weeks(amounts: Mapping[date, float], days: Period) -> tuple[tuple[float, ...], int]:
    """The firm's own known weeks up to the end of the test, and how many lie before it; weeks half inside count not."""
    before = [money for week, money in amounts.items() if week + WEEK <= days.start][-PAST_WEEKS:]
    inside = [money for week, money in amounts.items() if days.start <= week and week + WEEK <= days.end]
    return (*before, *inside), len(before)


def by_region(app: App, name: str) -> bool:
    """Whether two regions are compared instead of the firm's sales with their own past."""
    return st.toggle(app.say("Compare two regions"), key=f"regions_{name}")


def regions(app: App, name: str) -> Groups:
    """Weekly sales of a tested and a control region, as pasted."""
    text = st.text_area(
        app.say("Paste two columns, a line a week: sales where it is tested, sales where nothing changes"),
        key=f"groups_{name}", height=GROUP_ROWS,
    )  # fmt: skip
    found = read_groups(text) if text.strip() else Groups()
    answers = {one.key: said for one in found.questions if (said := sales_paste.asked(app, one, name))}
    found = read_groups(text, answers=answers) if answers else found
    findings.listed(app, found.findings, lambda finding: sales_sentence(finding, app.words, app.numbers))
    return found


def _lift(plan: StoredPlan, kind: ExperimentKind, key: str, days: Period, spent: Spent, shown: WeeklyLift) -> Lift:
    channel, before = channel_of(key), micros(spent.before)
    return Lift(
        kind, channel.platform, channel.tactic, days.start, days.end, plan.currency, before,
        micros(spent.during) - before, *(micros(round(x, 2)) for x in (shown.change, shown.low, shown.high)),
    )  # fmt: skip
