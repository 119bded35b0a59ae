"""What a week's money on one line brings back: here, where growing stops, where it breaks even, what was spent."""

from collections.abc import Mapping

import streamlit as st

from budget.curves import Curve
from budget.forecast import Forecast
from budget.plan import StoredPlan
from budget.present.charts.curve import curve
from budget.present.escape import esc
from pages.parts import yours
from pages.parts.app import App
from pages.parts.choice import choose
from pages.parts.screen import chart


@st.fragment
def show(app: App, plan: StoredPlan, of: Forecast, names: Mapping[str, str]) -> None:
    """The curve of a chosen line; choosing another one redraws this alone."""
    curves = {each.line_key: each for each in of.curves}
    place = st.container(gap="xxsmall")
    key = choose(app, st.container(), app.say("Line"), list(curves), key=f"curve_{plan.plan_id}",
                 shown=names.__getitem__, label_visibility="collapsed")  # fmt: skip
    chosen = curves[key]
    finding = _finding(app, chosen, names[key])
    with place:
        st.header(esc(finding), anchor=False)
        facts = {"currency": app.numbers.currency, "share": yours.of_line(app, of.own_share[key])}
        st.caption(esc(app.say("{currency} a week, in and out. Profit is the gap to the dashes. Dotted: never spent so "
                               "far. Prices and rates: {share}", **facts)))  # fmt: skip
    chart(app, curve(chosen, app.numbers, app.words, even=chosen.even_spend), finding, key="curve")
    st.caption(esc(_even(app, chosen)))


def _finding(app: App, chosen: Curve, name: str) -> str:
    facts = {"line": name, "hundred": app.numbers.money_of(100)}
    gain = app.numbers.money_of(abs(chosen.next_hundred))
    earns = app.say("{line}: the next {hundred} earns {gain}", gain=gain, **facts)
    loses = app.say("{line}: the next {hundred} loses {gain}", gain=gain, **facts)
    return earns if chosen.next_hundred >= 0 else loses


def _even(app: App, chosen: Curve) -> str:
    """Where the week as a whole neither earns nor loses."""
    if chosen.even_spend is None:
        top = app.numbers.money_of(float(chosen.spend[-1]))
        return app.say("Break-even: beyond {amount} a week, further than is drawn.", amount=top)
    if not chosen.even_spend:
        return app.say("Break-even: at no spend; a week of this line never brings back its cost.")
    return app.say("Break-even: a week of more than {amount} costs more than it brings back.",
                   amount=app.numbers.money_of(chosen.even_spend))  # fmt: skip
