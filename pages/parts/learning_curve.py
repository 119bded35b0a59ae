"""The response of one line with the weeks that were observed, and whether its figures have moved."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from budget.evidence import Evidence, LineEvidence
from budget.present import evidence_words
from budget.present.charts.curve import Week, curve
from budget.present.escape import esc
from pages.parts import findings, yours
from pages.parts.app import App
from pages.parts.choice import choose
from pages.parts.screen import chart


def response(app: App, found: Evidence, names: Mapping[str, str]) -> None:
    """One line's curve through its weeks."""
    lines = {line.line_key: line for line in found.lines}
    place = st.container(gap="xxsmall")
    key = choose(app, st.container(), app.say("Line"), list(lines), key="learning_line", shown=names.__getitem__,
                 label_visibility="collapsed")  # fmt: skip
    line = lines[key]
    finding = evidence_words.of_curve(app.words, app.numbers, line, names[key])
    with place:
        st.header(esc(finding), anchor=False)
        st.caption(app.say("{currency} a week, in and out, before media. Circles: weeks as reported, at the "
                           "plan's margins. Dotted: never spent so far", currency=app.numbers.currency))  # fmt: skip
    weeks = [
        Week(seen.spend, seen.contribution, _tip(app, seen.spend, seen.contribution, seen.week)) for seen in line.seen
    ]
    chart(app, curve(line.curve, app.numbers, app.words, weeks=weeks), finding, key="learning_curve")
    st.caption(esc(f"{names[key]}: {yours.of_line(app, line.own_share)}"))
    _weeks_table(app, line)


def _tip(app: App, spend: float, back: float, week: date) -> str:
    day = app.numbers.date_short(week)
    return f"{day}: {app.numbers.money_of(spend)} → {app.numbers.money_of(back)}"


def _weeks_table(app: App, line: LineEvidence) -> None:
    if not line.seen:
        return
    with st.expander(app.say("Show the numbers")):
        header = [app.say("Week"), app.say("Spend"), app.say("Contribution before media")]
        money = app.numbers.money_of
        rows = [(app.numbers.date(seen.week), money(seen.spend), money(seen.contribution)) for seen in line.seen]
        findings.table(app, header, rows)


def drift(app: App, found: Evidence, names: Mapping[str, str]) -> None:
    """How fast older weeks are forgotten, and which figures have moved."""
    with st.container(gap="xxsmall"):
        st.header(esc(evidence_words.of_drift(app.words, found)), anchor=False)
        st.caption(app.say("The last four weeks of each line beside those before. More spend alone makes views dearer"))
    st.write(esc(evidence_words.memory_sentence(app.words, app.numbers, found)))
    judged = [(line, shift) for line in found.lines for shift in line.shifts]
    for line, shift in judged:
        if not shift.within_noise:
            sentence = evidence_words.shift_sentence(app.words, app.numbers, shift, names[line.line_key])
            st.markdown(f"{findings.MARKS['warn']} {esc(sentence)}")
    if not judged:
        st.write(app.say("It needs eight full weeks with spend on a line."))
        return
    with st.expander(app.say("Show the numbers")):
        header = [app.say("Line"), app.say("Figure"), app.say("Before"), app.say("Last four weeks"), app.say("Change")]
        rows = []
        for line, shift in judged:
            sides = [evidence_words.written(app.numbers, shift.name, x) for x in (shift.before, shift.recent)]
            noise = app.say("within the noise") if shift.within_noise else app.numbers.percent_signed(shift.change)
            rows.append((names[line.line_key], app.say(evidence_words.FIGURES[shift.name]), *sides, noise))
        findings.table(app, header, rows)
