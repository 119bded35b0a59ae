"""Which assumption matters: the profit at the low and high end of each, everything else in the middle."""

from collections.abc import Mapping

import streamlit as st

from budget.forecast import Forecast
from budget.plan import StoredPlan
from budget.present.charts.tornado import Pull, tornado
from budget.present.escape import esc
from budget.present.forecast_words import of_sensitivity, swing_end, swing_even, swing_name
from budget.sensitivity import POINTS, Swing
from pages.parts import findings, forecast_results
from pages.parts.app import App
from pages.parts.choice import own_key
from pages.parts.screen import chart

MOST_ROWS = 8
SAID = 3
LEAST_SHARE = 0.02
"""Figures that move the profit less than this share of what the first one does are not drawn."""


@st.fragment
def show(app: App, plan: StoredPlan, of: Forecast, names: Mapping[str, str]) -> None:
    """The tornado with its switch, where the profit would be zero, and the numbers behind it."""
    found = forecast_results.swung(app, plan, of)
    place = st.container(gap="xxsmall")
    by_line = _by_line(app, plan)
    every = (found.by_line if by_line else found.by_kind)[:MOST_ROWS]
    rows = tuple(swing for swing in every if swing.width >= LEAST_SHARE * every[0].width)
    finding = of_sensitivity(app.words, found, names, by_line=by_line)
    pulls = [_pull(app, swing, names, by_line) for swing in rows]
    unit = app.numbers.unit([found.profit, *(x for swing in rows for x in (swing.profit_low, swing.profit_high))])
    with place:
        st.header(esc(finding), anchor=False)
        st.caption(app.say("Profit of the plan in the middle of what is believed, and when one figure moves while the "
                           "others stay; {unit}. Pale: its low end, dark: its high end", unit=unit.name))  # fmt: skip
    chart(app, tornado(pulls, found.profit, app.numbers, unit), finding, key=f"tornado_{by_line}")
    _said(app, rows, names, by_line)
    _table(app, rows, names, by_line)


def _by_line(app: App, plan: StoredPlan) -> bool:
    options = {False: app.say("All lines together"), True: app.say("Line by line")}
    chosen = st.segmented_control(
        app.say("Figures of"), [False, True], default=False, required=True, format_func=options.__getitem__,
        key=own_key(app, f"tornado_{plan.plan_id}"), label_visibility="collapsed",
    )  # fmt: skip
    return bool(chosen)


def _pull(app: App, swing: Swing, names: Mapping[str, str], by_line: bool) -> Pull:
    low, high = _ends(app, swing)
    even = swing_even(app.numbers, swing)
    tip = app.say("profit is zero at {value}", value=even) if even else ""
    return Pull(
        swing_name(app.words, swing, names, by_line=by_line), swing.profit_low, swing.profit_high, low, high, tip
    )


def _ends(app: App, swing: Swing) -> tuple[str, str]:
    ends = ((swing.low, swing.low_times), (swing.high, swing.high_times))
    low, high = (swing_end(app.numbers, swing, x, times) for x, times in ends)
    return low, high


def _said(app: App, rows: tuple[Swing, ...], names: Mapping[str, str], by_line: bool) -> None:
    """Where the profit would be zero, of the widest swings that can bring it there."""
    even = [(swing, text) for swing in rows if (text := swing_even(app.numbers, swing))][:SAID]
    said = "; ".join(f"{swing_name(app.words, s, names, by_line=by_line)} {text}" for s, text in even)
    if said:
        st.caption(esc(app.say("Profit is zero, one figure at a time: {said}", said=said)))


def _table(app: App, rows: tuple[Swing, ...], names: Mapping[str, str], by_line: bool) -> None:
    box = st.expander(app.say("Show the numbers"), key="tornado_numbers", on_change="rerun")
    if not box.open:
        return
    numbers, unknown = app.numbers, "–"
    header = [app.say("Figure"), app.say("Low to high"), app.say("Profit"), app.say("Profit is zero")]
    table = [
        (
            swing_name(app.words, s, names, by_line=by_line),
            numbers.span(*_ends(app, s)),
            numbers.span(numbers.whole(s.profit_low), numbers.whole(s.profit_high)),
            swing_even(numbers, s) or unknown,
        )
        for s in rows
    ]
    with box:
        findings.table(app, header, table)
        st.caption(app.say("Low and high hold 8 of 10 cases; returns and cost of goods move by {points}.",
                           points=numbers.points(POINTS)))  # fmt: skip
