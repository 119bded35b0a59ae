"""What ads add to all sales of the firm: sales taken apart by week, what each channel brought, what is in doubt."""

from collections.abc import Mapping

import streamlit as st

from budget.fans import Interval
from budget.plan import StoredPlan
from budget.present.charts.fan import fan
from budget.present.charts.rows import Range, ranges
from budget.present.charts.sales import sales
from budget.present.charts.style import Role
from budget.present.escape import esc
from budget.present.sales_words import EVIDENCE, named, of_channels, of_sales, sales_sentence
from budget.present.words import N_
from budget.sales_doubts import MOSTLY_PRIOR
from budget.sales_model import Missing, SalesChannel, SalesModel
from pages.parts import findings, frame, sales_paste, sales_results
from pages.parts.app import App
from pages.parts.choice import choose

ALL = -1
ROLES: Mapping[str, Role] = {"measured": "actual", "some": "forecast", MOSTLY_PRIOR: "plan"}
COLOURS: Mapping[str, str] = {
    "measured": N_("Strong blue: measured"),
    "some": N_("Faint blue: partly measured"),
    MOSTLY_PRIOR: N_("Ochre: mostly assumption"),
}


def sales_section(app: App, plan: StoredPlan) -> None:
    """The whole section: the answer or what is missing, doubts with next steps, and where sales are pasted."""
    found = sales_results.model(app, plan)
    if isinstance(found, Missing):
        with st.container(gap="xxsmall"):
            st.header(app.say("What ads add to all sales is not known yet"), anchor=False)
            st.caption(app.say("Platforms claim orders; only all sales of the firm show what ads truly add"))
        _doubts(app, found)
    else:
        _answer(app, found)
    sales_paste.paste(app, plan, wide_open=isinstance(found, Missing))


def _answer(app: App, found: SalesModel) -> None:
    left, right = st.columns([7, 5], gap="medium")
    if found.speaks:
        with left:
            _weeks(app, found)
        with right:
            _channels(app, found)
        _doubts(app, found)
        _numbers(app, found)
        return
    st.header(of_sales(app.words, app.numbers, found), anchor=False)
    _doubts(app, found)


def _doubts(app: App, found: SalesModel | Missing) -> None:
    said = found.findings if isinstance(found, Missing) else found.warnings
    findings.listed(app, said, lambda finding: sales_sentence(finding, app.words, app.numbers))


def _weeks(app: App, found: SalesModel) -> None:
    """Sales beside sales without ads, or one channel's part."""
    place = st.container(gap="xxsmall")
    options = [ALL, *range(len(found.channels))]
    names = {c: named(app.words, one.channel.key) for c, one in enumerate(found.channels)}
    part = choose(app, st.container(), app.say("Part of sales"), options, key="sales_part",
                  shown=lambda c: names.get(c, app.say("All sales and sales without ads")),
                  label_visibility="collapsed")  # fmt: skip
    period = app.numbers.period(*found.period)
    if part == ALL:
        finding = of_sales(app.words, app.numbers, found)
        unit = app.numbers.unit((*found.baseline.high, *found.sales))
        text = app.say("Sales by week, {unit}, {period}. Solid: sold. Dots: without ads, with 8 of 10 outcomes",
                       unit=unit.name, period=period)  # fmt: skip
        drawing = sales(found.weeks, found.sales.tolist(), found.baseline, app.numbers, app.words, unit)
    else:
        finding = app.say("{channel} by week", channel=names[part])
        unit = app.numbers.unit(found.parts[part].high)
        text = app.say("Sales that it brought, {unit}, {period}; band: 8 of 10 outcomes, dots: their middle",
                       unit=unit.name, period=period)  # fmt: skip
        drawing = fan(found.weeks, found.parts[part], app.numbers, app.words, unit)
    with place:
        st.header(esc(finding), anchor=False)
        st.caption(esc(text))
    frame.chart(app, drawing, finding, key="sales_weeks")


def _channels(app: App, found: SalesModel) -> None:
    """What each channel brought, as dots with ranges; in the order of money spent unless they may be compared."""
    finding = of_channels(app.words, app.numbers, found)
    order = sorted(found.channels, key=lambda one: -one.contribution.mid) if found.is_ranked else found.channels
    unit = app.numbers.unit([one.contribution.high for one in order])
    with st.container(gap="xxsmall"):
        st.header(esc(finding), anchor=False)
        text = app.say("Sales that each channel brought, {unit}, and their share of all sales; bar: 8 of 10 outcomes",
                       unit=unit.name)  # fmt: skip
        by_spend = app.say("Sales that each channel brought, {unit}, and their share of all sales, in the order of "
                           "spend; bar: 8 of 10 outcomes", unit=unit.name)  # fmt: skip
        st.caption(text if found.is_ranked else by_spend)
    frame.chart(app, ranges([_row(app, one) for one in order], app.numbers, unit), finding, key="sales_channels")
    met = {one.evidence for one in order}
    st.caption(" · ".join(app.say(COLOURS[evidence]) for evidence in COLOURS if evidence in met))


def _row(app: App, one: SalesChannel) -> Range:
    brought = one.contribution
    share = app.numbers.percent(one.share.mid, 0 if one.share.mid >= 0.1 else 1)
    return Range(
        named(app.words, one.channel.key), brought.low, brought.mid, brought.high, ROLES[one.evidence], note=share
    )


def _numbers(app: App, found: SalesModel) -> None:
    """Every figure of the fit as a table, and where they are used."""
    money, price = app.numbers.money_span, app.numbers.unit_price
    known = found.measured
    if known:
        names = ", ".join(named(app.words, one.channel.key) for one in found.channels if one.channel in known)
        text = app.say("Forecasts take what ads cause from here for {channels}. The income statement to date keeps "
                       "the share of the Business screen.", channels=names)  # fmt: skip
        st.caption(esc(text))
    with st.expander(app.say("Show the numbers")):
        header = [
            app.say("Channel"), app.say("Spend"), app.say("Sales it brought"), app.say("Of all sales"),
            app.say("Sales for 1"), app.say("The next 1 brings"), app.say("Caused, of what is claimed"),
            app.say("Known"),
        ]  # fmt: skip
        none, rest = app.numbers.whole(None), found.without_ads
        rows = [
            (
                named(app.words, one.channel.key), app.numbers.money_of(one.spend),
                money(one.contribution.low, one.contribution.high), _shares(app, one.share),
                app.numbers.span(price(one.iroas.low), price(one.iroas.high)), price(one.next_iroas.mid),
                _caused(app, one), app.say(EVIDENCE[one.evidence]),
            )
            for one in found.channels
        ]  # fmt: skip
        media = found.media_share
        without = _shares(app, Interval(1 - media.high, 1 - media.mid, 1 - media.low))
        rows.append((app.say("Without ads"), none, money(rest.low, rest.high), without, none, none, none, none))
        findings.table(app, header, rows)


def _caused(app: App, one: SalesChannel) -> str:
    share = one.caused_share
    if share is None:
        return app.numbers.percent(None)
    return _shares(app, share)


def _shares(app: App, share: Interval) -> str:
    digits = 0 if share.high >= 0.1 else 1
    return app.numbers.span(app.numbers.percent(share.low, digits), app.numbers.percent(share.high, digits))
