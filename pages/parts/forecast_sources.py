"""Where the numbers of the forecast come from: each definition, each input, who says so."""

from collections.abc import Mapping

import streamlit as st

from budget.forecast import Forecast
from budget.plan import BUSINESS, StoredPlan
from budget.present.source_words import DEFINITIONS, SHORT, figure_range, source_sentence
from budget.provenance import Input, provenance
from pages.parts import findings
from pages.parts.app import App


@st.fragment
def show(app: App, plan: StoredPlan, of: Forecast, names: Mapping[str, str]) -> None:
    """Folded away; opening it draws this alone."""
    box = st.expander(app.say("Where these numbers come from"), key="forecast_sources", on_change="rerun",
                      icon=":material/help_center:")  # fmt: skip
    if not box.open:
        return
    with box:
        _definitions(app, of)
        _inputs(app, provenance(plan, of), names)


def _definitions(app: App, of: Forecast) -> None:
    values = _values(app, of)
    rows = [(app.say(name), values[key], app.say(text)) for key, (name, text) in DEFINITIONS.items()]
    findings.table(app, [app.say("Figure"), app.say("Here"), app.say("Definition")], rows)


def _values(app: App, of: Forecast) -> Mapping[str, str]:
    numbers = app.numbers
    counts = {key: numbers.compact(of.totals[key].mid) for key in ("reach", "impressions", "clicks", "conversions")}
    return counts | {
        "frequency": numbers.decimal(of.frequency.mean, 1),
        "revenue": numbers.money_of(of.totals["revenue"].mid),
        "profit": numbers.money_of(of.profit.mid),
        "roi": numbers.percent(of.pnl.roi),
        "p_target": numbers.chance(of.p_target),
        "p_loss": numbers.chance(of.p_loss),
        "payback": app.say("week {n}", n=str(of.payback_week)) if of.payback_week else "–",
        "need": numbers.money_of(of.cash.need.mid),
    }


def _inputs(app: App, inputs: tuple[Input, ...], names: Mapping[str, str]) -> None:
    header = [app.say("Line"), app.say("Figure"), app.say("In the plan"), app.say("Used now"), app.say("Source")]
    business = app.say("Business")
    rows = [
        (
            business if each.scope == BUSINESS else names[each.scope],
            app.say(SHORT[each.key]),
            figure_range(app.numbers, each.key, each.planned),
            figure_range(app.numbers, each.key, each.used),
            source_sentence(app.words, app.numbers, each),
        )
        for each in inputs
    ]
    findings.table(app, header, rows)
    st.caption(app.say("In brackets: the range that holds 8 of 10 cases. Change figures on the Plan and Business "
                       "screens; uploads replace them on their own."))  # fmt: skip
