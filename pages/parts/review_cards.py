"""The top of the review: how far the data can be trusted, and five figures against plan."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from budget.actuals import Actuals
from budget.measures import Measures
from budget.money import major
from budget.present.charts.spark import spark
from budget.projection import Projection
from budget.review import Review
from budget.trust import Trust
from budget.weeks import DAY
from pages.parts.app import App
from pages.parts.screen import chart

Colour = Literal["green", "red", "gray"]
SAME_SHARE = 0.005


def strip(app: App, trust: Trust, uploaded: Actuals) -> None:
    """Badges: freshness, platforms, unmatched money, assumed values."""
    with st.container(horizontal=True, gap="small"):
        if trust.until and trust.latest:
            fresh = app.say("Data to {day}", day=app.numbers.date_short(trust.until - DAY))
            st.badge(fresh, icon=":material/check:", color="green")
            if trust.latest != trust.until:
                later = app.numbers.date_short(trust.latest - DAY)
                st.badge(app.say("Some to {day}", day=later), icon=":material/hourglass_empty:", color="gray")
        done, of = str(len(trust.uploaded)), str(len(trust.uploaded) + len(trust.missing))
        colour: Colour | Literal["orange"] = "orange" if trust.missing else "green"
        st.badge(app.say("{n} of {of} platforms", n=done, of=of), icon=":material/database:", color=colour)
        if trust.gaps:
            gaps = app.count("{n} day without data", "{n} days without data", trust.gaps)
            st.badge(gaps, icon=":material/event_busy:", color="gray")
        if unmatched := uploaded.unmatched.spend_micros:
            amount = app.numbers.money(unmatched)
            st.badge(app.say("{amount} not matched", amount=amount), icon=":material/help:", color="orange")


def cards(app: App, found: Review, projection: Projection | None) -> None:
    """Spend, conversions, profit after media, ROI and the chance of the goal."""
    weeks = found.by_week()
    planned, actual = found.total
    with st.grid(5, min_column_width=150, gap="small"):
        _sums(app, app.say("Spend"), app.numbers.money(actual.spend_micros), "spend", (planned, actual), weeks)
        orders = app.numbers.whole(actual.conversions)
        _sums(app, app.say("Conversions"), orders, "conversions", (planned, actual), weeks)
        _profit(app, found)
        _roi(app, found)
        _goal(app, projection)


def _sums(
    app: App, label: str, figure: str, name: str, sides: tuple[Measures, Measures],
    weeks: Sequence[tuple[object, Measures, Measures]],
) -> None:  # fmt: skip
    planned, actual = (getattr(side, name) for side in sides)
    with st.container(border=True, height="stretch"):
        chip, arrow = _against(app, planned, actual)
        st.metric(label, figure, chip, delta_arrow=arrow, delta_color="gray")
        series = [[getattr(side, name) for side in column] for column in ([w[1] for w in weeks], [w[2] for w in weeks])]
        chart(app, spark(series[1], series[0], app.numbers), f"{label}: {figure}", key=f"spark_{name}")


def _against(app: App, planned: float | None, actual: float | None) -> tuple[str, Literal["up", "down", "off"]]:
    """The chip: how far above or below plan."""
    if not planned or actual is None:
        return app.say("not planned"), "off"
    change = actual / planned - 1
    if abs(change) < SAME_SHARE:
        return app.say("on plan"), "off"
    share = app.numbers.percent(abs(change))
    over, under = app.say("{share} over plan", share=share), app.say("{share} under plan", share=share)
    return (over, "up") if change > 0 else (under, "down")


def _profit(app: App, found: Review) -> None:
    difference = found.actual_pnl.after_media - found.plan_pnl.after_media
    amount = app.numbers.decimal(major(abs(difference)), 0)
    over, under = app.say("{amount} over plan", amount=amount), app.say("{amount} under plan", amount=amount)
    label, figure = app.say("Profit after media"), app.numbers.money(found.actual_pnl.after_media)
    with st.container(border=True, height="stretch"):
        st.metric(
            label, figure, over if difference >= 0 else under, delta_arrow="up" if difference >= 0 else "down",
            delta_color="green" if difference >= 0 else "red",
            help=app.say("Contribution that ads caused, less media. The team is not paid yet."),
        )  # fmt: skip
        planned, actual = (
            [major(side.after_media) for side in column] for column in zip(*found.cumulative, strict=True)
        )
        chart(app, spark(actual, planned, app.numbers), f"{label}: {figure}", key="spark_profit")


def _roi(app: App, found: Review) -> None:
    figure = app.numbers.percent(found.actual_pnl.roi)
    with st.container(border=True, height="stretch"):
        chip = app.say("plan {roi}", roi=app.numbers.percent(found.plan_pnl.roi))
        st.metric(
            "ROI", figure, chip, delta_color="gray", delta_arrow="off",
            help=app.say("(Contribution caused by ads − all programme cost) ÷ all programme cost, team included."),
        )  # fmt: skip
        planned, actual = ([side.roi for side in column] for column in zip(*found.cumulative, strict=True))
        chart(app, spark(actual, planned, app.numbers), f"ROI: {figure}", key="spark_roi")


def _goal(app: App, projection: Projection | None) -> None:
    chance, chip, help_text = None, app.say("no goal yet"), app.say("Set a goal on the Business screen.")
    if projection is not None and projection.p_target is not None:
        chance = projection.p_target
        chip = app.say("end {amount}", amount=app.numbers.money_of_compact(projection.profit.mid))
        help_text = app.say("What has happened, plus the weeks ahead at the planned budget.")
    with st.container(border=True, height="stretch"):
        label = app.say("Chance of the goal")
        figure = app.numbers.chance(chance)
        st.metric(label, figure, chip, delta_color="gray", delta_arrow="off", help=help_text)
        if projection is not None:
            path = [float(x) for x in projection.cumulative_profit.mid]
            chart(app, spark(path[: projection.weeks_done], path, app.numbers), f"{label}: {figure}", key="spark_goal")
