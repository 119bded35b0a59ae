"""Cash by week: when money is paid and received, how much is needed up front, and when it is back."""

from dataclasses import replace

import streamlit as st

from budget.cash import MOST_DAYS, Cash, CashTerms, with_terms
from budget.plan import StoredPlan
from budget.present.charts.cash import cash
from budget.present.escape import esc
from budget.present.forecast_words import of_cash
from pages.parts import edits, findings
from pages.parts.app import App
from pages.parts.screen import chart


@st.fragment
def show(app: App, plan: StoredPlan, of: Cash) -> None:
    """The cash fan, its range in words, and the terms of payment."""
    finding = of_cash(app.words, app.numbers, of)
    unit = app.numbers.unit((*of.cumulative.low, *of.cumulative.high))
    with st.container(gap="xxsmall"):
        st.header(esc(finding), anchor=False)
        st.caption(app.say("Money received less money paid since the start, {unit}, without VAT; band: 8 of 10 "
                           "outcomes, dots: their middle", unit=unit.name))  # fmt: skip
    chart(app, cash(of.week_ends, of.cumulative, app.numbers, app.words, unit), finding, key="cash")
    st.caption(esc(_back(app, of)))
    _terms(app, plan, of.terms)
    _table(app, of)


def _back(app: App, of: Cash) -> str:
    span = app.numbers.money_span(of.need.low, of.need.high)
    text = app.say("Needed up front in 8 of 10 outcomes: {span}.", span=span)
    if of.back_week is None:
        return f"{text} " + app.say("Most likely it is not back by the last payment.")
    if of.back_week == 1:
        return f"{text} " + app.say("Most likely the programme pays for itself from the first week.")
    return f"{text} " + app.say("Most likely it is back in week {n}.", n=str(of.back_week))


def _terms(app: App, plan: StoredPlan, terms: CashTerms) -> None:
    """The terms as typed, stored on the plan; what is stored is in the keys, so that inputs never show less."""
    labels = {
        "media_days": app.say("Media is paid after, days"),
        "goods_days": app.say("Goods and delivery are paid after, days"),
        "revenue_days": app.say("Revenue is received after, days"),
    }
    with st.popover(app.say("When money moves"), icon=":material/schedule:"):
        st.caption(app.say("Days after the spend or the order. The team is paid in its week."))
        days = {
            name: int(
                st.number_input(
                    label, 0, MOST_DAYS, getattr(terms, name), step=1, disabled=plan.status == "locked",
                    key=f"cash_{plan.plan_id}_{name}_{getattr(terms, name)}",
                )
            )
            for name, label in labels.items()
        }  # fmt: skip
    wanted = replace(terms, **days)
    if wanted != terms and plan.status != "locked":
        edits.save(app, plan, with_terms(plan, wanted))
        st.rerun()


def _table(app: App, of: Cash) -> None:
    box = st.expander(app.say("Show the numbers"), key="cash_numbers", on_change="rerun")
    if box.open:
        fan, write = of.cumulative, app.numbers.whole
        header = [app.say("Week"), app.say("Low"), app.say("Middle"), app.say("High")]
        rows = zip(of.weeks, fan.low, fan.mid, fan.high, strict=True)
        with box:
            findings.table(app, header, [(app.numbers.date(w), write(a), write(b), write(c)) for w, a, b, c in rows])
