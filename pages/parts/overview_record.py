"""Were our forecasts any good: the range of each week beside its result."""

from collections.abc import Sequence

import streamlit as st

from budget.money import major
from budget.present import overview_words as told
from budget.present.charts.record import Promise, record
from budget.present.escape import esc
from budget.record_weeks import JudgedWeek
from pages.parts.app import App
from pages.parts.screen import chart

MOST_WEEKS = 13


def show(app: App, weeks: Sequence[JudgedWeek]) -> None:
    """The last weeks that were judged; before any, what will be shown here."""
    finding = told.of_weeks(app.words, weeks)
    if not weeks:
        st.header(finding, anchor=False)
        st.write(app.say("Each forecast is kept. The next uploads show how good it was."))
        return
    drawn = [
        Promise(week.week, major(week.low_micros), major(week.high_micros), major(week.actual_micros))
        for week in weeks[-MOST_WEEKS:]
    ]
    unit = app.numbers.unit(x for week in drawn for x in (week.low, week.high, week.actual))
    help_text = app.say("A week is judged by the last forecast that was kept before its data came in. Ranges of 8 of "
                        "10 outcomes should be right in about 8 weeks of 10.")  # fmt: skip
    with st.container(gap="xxsmall"):
        st.header(esc(finding), anchor=False, help=help_text)
        st.caption(esc(app.say("Programme profit of each week, {unit}; bar: 8 of 10 outcomes, forecast before the "
                               "week's data", unit=unit.name)))  # fmt: skip
    chart(app, record(drawn, app.numbers, app.words, unit), finding, key="overview_record")
