"""Five figures of the review, each with its plan, its end and its weeks: spend, result, profit, next 100, goal."""

from collections.abc import Sequence

import streamlit as st

from budget.forecast import Missing
from budget.money import major
from budget.pnl import ProfitAndLoss
from budget.present.charts.spark import spark
from budget.present.vocabulary import KPIS
from budget.review import Review
from budget.standing import (
    Verdict,
    after_media_of,
    main_kpi,
    result_of,
    roi_range,
    spend_of,
    verdict,
    weekly_results,
)
from pages.parts import cards as cards_part
from pages.parts.app import App
from pages.parts.review_card_words import COLOURS, against, beside, early_help, ends, lines
from pages.parts.review_looks import Looks
from pages.parts.screen import chart

Series = Sequence[float | None]


def cards(app: App, of: Looks) -> None:
    """The five cards, in the order in which they are read."""
    with st.grid(5, min_column_width=150, gap="small"):
        _spend(app, of)
        _result(app, of)
        _profit(app, of)
        _next(app, of)
        _goal(app, of)


def _spend(app: App, of: Looks) -> None:
    weeks = of.whole.by_week()
    standing = spend_of(of.found, of.paced)
    with st.container(border=True, height="stretch"):
        figure = app.numbers.money(of.found.total[1].spend_micros)
        chip, arrow = against(app, standing)
        st.metric(app.say("Spend"), figure, chip, delta_arrow=arrow, delta_color="gray",
                  help=app.say("Without VAT and fees. The end follows the pace of the last 14 days."))  # fmt: skip
        beside(app, standing)
        _spark(app, of, app.say("Spend"), figure, ([w[2].spend for w in weeks], [w[1].spend for w in weeks]), "spend",
               len(weeks))  # fmt: skip


def _result(app: App, of: Looks) -> None:
    kpi = main_kpi(of.plan)
    standing, label = result_of(of.found, kpi, of.projection), app.say(KPIS[kpi])
    write = app.numbers.money_of if kpi == "revenue" else app.numbers.whole
    with st.container(border=True, height="stretch"):
        figure = write(standing.actual)
        chip, arrow = against(app, standing)
        st.metric(label, figure, chip, delta_arrow=arrow, delta_color="gray", help=early_help(app, of.arrived))
        beside(app, standing)
        first = of.early_from if kpi in ("revenue", "conversions") else len(of.whole.weeks)
        _spark(app, of, label, figure, weekly_results(of.whole, kpi), "result", first)


def _profit(app: App, of: Looks) -> None:
    standing, told = after_media_of(of.found, of.plan, of.projection), verdict(of.found, of.arrived)
    difference = of.found.actual_pnl.after_media - of.found.plan_pnl.after_media
    amount = app.numbers.decimal(major(abs(difference)), 0)
    over, under = app.say("{amount} over plan", amount=amount), app.say("{amount} under plan", amount=amount)
    label, figure = app.say("Profit after media"), app.numbers.money(of.found.actual_pnl.after_media)
    with st.container(border=True, height="stretch"):
        st.metric(
            label, figure, over if difference >= 0 else under, delta_arrow="up" if difference >= 0 else "down",
            delta_color=COLOURS[told],
            help=app.say("Contribution that ads caused, less media. The team is not paid yet. Green or red only beyond "
                         "chance, once most conversions have arrived."),
        )  # fmt: skip
        beside(app, standing)
        planned, actual = _paths(of.whole, "after_media")
        _spark(app, of, label, figure, (actual, planned), "profit")


def _next(app: App, of: Looks) -> None:
    """Marginal ROI: what the next 100 earns by today's split; below it ROI to date beside its plan."""
    label = app.say("Next {hundred} earns", hundred=app.numbers.money_of(100))
    roi = app.numbers.percent(of.found.actual_pnl.roi)
    if (span := roi_range(of.found)) is not None:
        roi = app.numbers.span(*(app.numbers.percent(share, 0) for share in span))
    with st.container(border=True, height="stretch"):
        if isinstance(of.hundred, Missing):
            st.metric(label, app.numbers.whole(None), app.say("no week to come"), delta_arrow="off", delta_color="gray",
                      help=app.say("No line of the plan has money still to come."))  # fmt: skip
            lines(app.say("ROI {roi}", roi=roi))
        else:
            whole = of.hundred.total
            told: Verdict = "good" if whole.low > 0 else "bad" if whole.high < 0 else "open"
            st.metric(label, app.numbers.money_of_signed(whole.mid), app.numbers.whole_span(whole.low, whole.high),
                      delta_arrow="off", delta_color=COLOURS[told],
                      help=app.say("Profit of 100 more a week over all lines by today's split, after their cost; 8 of "
                                   "10 outcomes. Below: ROI of the days chosen, team included."))  # fmt: skip
            before = app.say("Before uploads {amount}", amount=app.numbers.signed(of.hundred.planned))
            lines(before, app.say("ROI {roi}", roi=roi))
        planned, actual = ([side.roi for side in column] for column in _columns(of.whole))
        _spark(app, of, "ROI", roi, (actual, planned), "roi")


def _goal(app: App, of: Looks) -> None:
    chance = of.projection.p_target if of.projection else None
    with st.container(border=True, height="stretch"):
        label, figure = app.say("Chance of the goal"), app.numbers.chance(chance)
        ends_in = app.say("End: profit after the team.")
        st.metric(label, figure, cards_part.goal_text(app, of.plan), delta_color="gray", delta_arrow="off",
                  help=f"{cards_part.goal_help(app, of.plan)} · {ends_in}")  # fmt: skip
        if of.projection is not None:
            profit = of.projection.profit
            lines(_was(app, of), app.say("End {range}", range=ends(app, profit)))
            path = [float(x) for x in of.projection.cumulative_profit.mid]
            done = of.projection.weeks_done
            drawing = spark(path[:done], path, app.numbers, min(of.early_from, done))
            chart(app, drawing, f"{label}: {figure}", key="spark_goal")


def _was(app: App, of: Looks) -> str:
    """The chance as an earlier forecast said it; empty where none was kept."""
    if of.promised is None or of.promised.p_target is None:
        return ""
    chance, day = app.numbers.chance(of.promised.p_target), app.numbers.date_short(of.promised.until)
    return app.say("Was {chance} on {day}", chance=chance, day=day)


def _columns(found: Review) -> tuple[Sequence[ProfitAndLoss], Sequence[ProfitAndLoss]]:
    planned, actual = zip(*found.cumulative, strict=True) if found.cumulative else ((), ())
    return planned, actual


def _paths(found: Review, name: str) -> tuple[Series, Series]:
    planned, actual = ([major(getattr(side, name)) for side in column] for column in _columns(found))
    return planned, actual


def _spark(
    app: App, of: Looks, label: str, figure: str, series: tuple[Series, Series], key: str, first: int | None = None
) -> None:
    """Actual and plan by week to the span's end; weeks from place `first` (None: the first early one) are pale."""
    actual, planned = (side[: of.weeks] for side in series)
    drawing = spark(actual, planned, app.numbers, of.early_from if first is None else first)
    chart(app, drawing, f"{label}: {figure}", key=f"spark_{key}")
