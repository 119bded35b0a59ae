"""How many people see the ads, and how often: each person once over all lines."""

from collections.abc import Mapping

import streamlit as st

from budget.frequency import Frequency, with_cap
from budget.plan import StoredPlan
from budget.present.charts.rows import Range, ranges
from budget.present.escape import esc
from budget.present.forecast_words import group_name, of_frequency
from pages.parts import edits, findings
from pages.parts.app import App
from pages.parts.screen import chart


@st.fragment
def show(app: App, plan: StoredPlan, of: Frequency, names: Mapping[str, str]) -> None:
    """People by how often they see the ads, the range of all of them, and what each line adds."""
    numbers, finding = app.numbers, of_frequency(app.words, app.numbers, of)
    unit = numbers.counting([group.people.high for group in of.groups])
    with st.container(gap="xxsmall"):
        st.header(esc(finding), anchor=False)
        st.caption(app.say("People by how often they see the ads over the whole plan; {unit}; bars: 8 of 10 outcomes, "
                           "dots: their middle", unit=unit.name))  # fmt: skip
    rows = [Range(group_name(app.words, g), g.people.low, g.people.mid, g.people.high) for g in of.groups]
    chart(app, ranges(rows, numbers, unit), finding, key="frequency")
    span = numbers.span(numbers.compact(of.people.low), numbers.compact(of.people.high))
    st.caption(esc(app.say(
        "{people} people, each once over all lines ({span}), see {n} ads each on average. How far audiences overlap is "
        "estimated: platforms count accounts, not people.",
        people=numbers.compact(of.people.mid), span=span, n=numbers.decimal(of.mean, 1),
    )))  # fmt: skip
    _cap(app, plan, of)
    _table(app, of, names)


def _cap(app: App, plan: StoredPlan, of: Frequency) -> None:
    with st.popover(app.say("Cap: {n} ads a person a week", n=app.numbers.decimal(of.cap, 1)),
                    icon=":material/visibility:"):  # fmt: skip
        typed_cap = st.number_input(
            app.say("Ads a person may see a week"), 0.5, 100.0, of.cap, step=0.5, disabled=plan.status == "locked",
            format=app.numbers.input_format(1), key=f"cap_{plan.plan_id}_{of.cap}",
            help=app.say("A line that shows more in its fullest week is named among the things to look at."),
        )  # fmt: skip
    if typed_cap != of.cap and plan.status != "locked":
        edits.save(app, plan, with_cap(plan, float(typed_cap)))
        st.rerun()


def _table(app: App, of: Frequency, names: Mapping[str, str]) -> None:
    box = st.expander(app.say("Show the numbers"), key="frequency_numbers", on_change="rerun")
    if not box.open:
        return
    numbers = app.numbers
    by_times = [app.say("Ads seen"), app.say("People reached"), app.say("Low to high"), app.say("Impressions")]
    by_line = [app.say("Line"), app.say("People reached"), app.say("Only here"), app.say("Ads, fullest week"),
               app.say("Of its audience")]  # fmt: skip
    times = [
        (
            group_name(app.words, g), numbers.whole(g.people.mid),
            numbers.whole_span(g.people.low, g.people.high), numbers.whole(g.impressions),
        )
        for g in of.groups
    ]  # fmt: skip
    total = (app.say("All"), numbers.whole(of.people.mid), numbers.whole_span(of.people.low, of.people.high),
             numbers.whole(of.impressions))  # fmt: skip
    lines = [
        (
            names[key], numbers.whole(line.people), numbers.whole(line.alone), numbers.decimal(line.week, 1),
            numbers.percent(line.used[-1] if line.used else None, 0),
        )
        for key, line in of.lines.items()
    ]  # fmt: skip
    with box:
        findings.table(app, by_times, [*times, total])
        findings.table(app, by_line, lines)
