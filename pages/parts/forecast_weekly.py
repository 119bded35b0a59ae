"""Any measure by week, of one line or all."""

from collections.abc import Mapping

import streamlit as st

from budget.forecast import ALL_LINES, Forecast
from budget.plan import StoredPlan
from budget.present.charts.fan import fan
from budget.present.vocabulary import MEASURES
from pages.parts import findings
from pages.parts.app import App
from pages.parts.choice import choose
from pages.parts.screen import chart

WEEKLY = ("impressions", "reach", "clicks", "conversions", "value")


@st.fragment
def show(app: App, plan: StoredPlan, of: Forecast, names: Mapping[str, str]) -> None:
    """The weekly fan of a chosen measure and line; choosing redraws this alone."""
    left, right = st.columns(2)
    keys = [ALL_LINES, *(line.line_key for line in of.lines)]
    metric = choose(app, left, app.say("Measure"), WEEKLY, key=f"weekly_metric_{plan.plan_id}", usual="conversions",
                    shown=lambda key: app.say(MEASURES[key]))  # fmt: skip
    key = choose(app, right, app.say("Line"), keys, key=f"weekly_line_{plan.plan_id}",
                 shown=lambda key: names.get(key, app.say("All lines")))  # fmt: skip
    outcomes = of.fans[metric, key]
    unit = app.numbers.unit(outcomes.high) if metric == "value" else app.numbers.counting(outcomes.high)
    finding = app.say("{measure} by week", measure=app.say(MEASURES[metric]))
    with st.container(gap="xxsmall"):
        st.header(finding, anchor=False)
        text = app.say("{unit}; band: 8 of 10 outcomes, dots: their middle", unit=unit.name)
        reach = app.say("People since the first week; {unit}; band: 8 of 10 outcomes", unit=unit.name)
        st.caption(reach if metric == "reach" else text)
    chart(app, fan(of.weeks, outcomes, app.numbers, app.words, unit), finding, key="weekly")
    box = st.expander(app.say("Show the numbers"), key="weekly_numbers", on_change="rerun")
    if box.open:
        write = app.numbers.whole
        header = [app.say("Week"), app.say("Low"), app.say("Middle"), app.say("High")]
        rows = zip(of.weeks, outcomes.low, outcomes.mid, outcomes.high, strict=True)
        with box:
            findings.table(app, header, [(app.numbers.date(w), write(a), write(b), write(c)) for w, a, b, c in rows])
