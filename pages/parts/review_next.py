"""Where the next 100 a week earns most: a row a line, the figures that Optimise shows for today's split."""

import streamlit as st

from budget.fans import Interval
from budget.forecast import Missing
from budget.next_hundred import NextHundred
from budget.present.charts.rows import Range, ranges
from budget.present.charts.style import Role
from budget.present.escape import esc
from pages.parts import findings
from pages.parts.app import App
from pages.parts.review_looks import Looks
from pages.parts.screen import chart


def show(app: App, of: Looks) -> None:
    """Bars of 8 of 10 outcomes; green or red only where a whole bar lies on one side of zero."""
    hundred = app.numbers.money_of(100)
    if isinstance(of.hundred, Missing) or not of.hundred.lines:
        with st.container(gap="xxsmall"):
            st.header(app.say("Where the next {hundred} earns most", hundred=hundred), anchor=False)
            st.caption(app.say("No line of the plan has money still to come."))
        return
    finding = headline(app, of.hundred, of)
    with st.container(gap="xxsmall"):
        st.header(esc(finding), anchor=False)
        st.caption(app.say("Profit of the next {hundred} a week in the weeks to come, after its cost. "
                           "Bar: 8 of 10 outcomes", hundred=hundred))  # fmt: skip
    rows = [Range(of.names[key], x.low, x.mid, x.high, _role(x)) for key, x in of.hundred.lines.items()]
    chart(app, ranges(rows, app.numbers, signed=True), finding, key="next_hundred")
    with st.expander(app.say("Show the numbers")):
        header = [app.say("Where"), app.say("Low"), app.say("Middle"), app.say("High")]
        signed = app.numbers.signed
        findings.table(app, header, [(row.name, signed(row.low), signed(row.mid), signed(row.high)) for row in rows])
    st.page_link("pages/optimise.py", label=app.say("Move money in Optimise"), icon=":material/arrow_forward:")


def headline(app: App, hundred: NextHundred, of: Looks) -> str:
    """The line that earns most, once its range does not cross zero."""
    amount = app.numbers.money_of(100)
    best, found = next(iter(hundred.lines.items()))
    if found.high <= 0:
        return app.say("The next {hundred} would lose money on every line", hundred=amount)
    if found.low <= 0:
        return app.say("Where the next {hundred} earns most", hundred=amount)
    return app.say("The next {hundred} earns most on {line}: {gain}", hundred=amount, line=of.names[best],
                   gain=app.numbers.money_of(found.mid))  # fmt: skip


def _role(of: Interval) -> Role:
    return "good" if of.low > 0 else "bad" if of.high < 0 else "actual"
